#include "services/s3/operations/list_object_versions.h"

#include "services/s3/list_request.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kMaxKeys = 1000;

struct Markers {
  std::string key;
  std::string version;
  std::optional<VersionRef> after;
};

Markers ReadMarkers(const Call& call) {
  Markers markers;
  markers.key = call.Query("key-marker", "");
  const auto version = call.Query("version-id-marker");
  if (!version) return markers;
  if (version->empty()) {
    throw InvalidArgument("A version-id marker cannot be empty.", "version-id-marker", *version);
  }
  if (markers.key.empty()) {
    throw InvalidArgument("A version-id marker cannot be specified without a key marker.",
                          "version-id-marker", *version);
  }
  markers.version = *version;
  markers.after = ParseVersionId(*version);
  if (!markers.after) throw InvalidArgument("Invalid version id specified", "version-id-marker", *version);
  return markers;
}

void WriteVersion(XmlAnswer& xml, const Call& call, const ListRequest& list, const Bucket& bucket,
                  const ListedVersion& version) {
  const std::string_view element = version.delete_marker ? "DeleteMarker" : "Version";
  xml.Open(element);
  xml.Element("Key", list.Shown(version.key));
  xml.Element("VersionId", version.version_id);
  xml.Element("IsLatest", version.is_latest);
  xml.Time("LastModified", version.modified);
  if (!version.delete_marker) {
    xml.Etag(version.etag);
    xml.Element("ChecksumAlgorithm", protocol::ChecksumName(version.checksum_algorithm));
    xml.Element("ChecksumType", ToString(version.checksum_type));
    xml.Element("Size", static_cast<std::int64_t>(version.size));
    xml.Element("StorageClass", version.attributes.StorageClass());
  }
  xml.Owner("Owner", OwnerOf(version.attributes, bucket), call.identity());
  xml.Close(element);
}

}  // namespace

runtime::Task<void> ListObjectVersions(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ListRequest list(call);
  const Markers markers = ReadMarkers(call);
  const std::int32_t max_keys = call.QueryInt("max-keys", 0, kMaxKeys, kMaxKeys);
  std::string from = markers.after ? markers.key : AfterMarker(markers.key, list.prefix, list.delimiter);
  ListWalk walk({list.prefix, list.delimiter, std::move(from), max_keys});
  const VersionPage page = call.s3.lister().ListVersions(*bucket, walk, markers.key, markers.after);

  XmlAnswer xml(call, "ListVersionsResult");
  xml.Element("Name", bucket->name);
  xml.Element("Prefix", list.Shown(list.prefix));
  xml.Element("KeyMarker", list.Shown(markers.key));
  xml.Element("VersionIdMarker", markers.version);
  if (walk.truncated()) {
    xml.Element("NextKeyMarker", list.Shown(walk.last()));
    const bool ends_with_version = !page.versions.empty() && page.versions.back().key == walk.last();
    if (ends_with_version) xml.Element("NextVersionIdMarker", page.versions.back().version_id);
  }
  xml.Element("MaxKeys", max_keys);
  if (!list.delimiter.empty()) xml.Element("Delimiter", list.Shown(list.delimiter));
  if (list.url_encoded) xml.Element("EncodingType", "url");
  xml.Element("IsTruncated", walk.truncated());
  for (const ListedVersion& version : page.versions) WriteVersion(xml, call, list, *bucket, version);
  for (const std::string& prefix : page.common_prefixes) {
    xml.Open("CommonPrefixes");
    xml.Element("Prefix", list.Shown(prefix));
    xml.Close("CommonPrefixes");
  }
  co_return;
}

}  // namespace cumulite::s3
