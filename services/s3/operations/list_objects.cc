#include "services/s3/operations/list_objects.h"

#include "services/s3/list_request.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kMaxKeys = 1000;

enum class ShowOwner : bool { kNo, kYes };

void WriteObjects(XmlAnswer& xml, const Call& call, const ListRequest& list, const Bucket& bucket,
                  const ObjectPage& page, ShowOwner show_owner) {
  for (const ListedObject& object : page.objects) {
    xml.Open("Contents");
    xml.Element("Key", list.Shown(object.key));
    xml.Time("LastModified", object.modified);
    xml.Etag(object.etag);
    xml.Element("ChecksumAlgorithm", protocol::ChecksumName(object.checksum_algorithm));
    xml.Element("ChecksumType", ToString(object.checksum_type));
    xml.Element("Size", static_cast<std::int64_t>(object.size));
    if (show_owner == ShowOwner::kYes)
      xml.Owner("Owner", OwnerOf(object.attributes, bucket), call.identity());
    xml.Element("StorageClass", object.attributes.StorageClass());
    xml.Close("Contents");
  }
  for (const std::string& prefix : page.common_prefixes) {
    xml.Open("CommonPrefixes");
    xml.Element("Prefix", list.Shown(prefix));
    xml.Close("CommonPrefixes");
  }
}

void WriteRule(XmlAnswer& xml, const ListRequest& list, std::int32_t max_keys, const ListWalk& walk) {
  xml.Element("MaxKeys", max_keys);
  if (!list.delimiter.empty()) xml.Element("Delimiter", list.Shown(list.delimiter));
  if (list.url_encoded) xml.Element("EncodingType", "url");
  xml.Element("IsTruncated", walk.truncated());
}

}  // namespace

runtime::Task<void> ListObjects(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ListRequest list(call);
  const std::string marker = call.Query("marker", "");
  const std::int32_t max_keys = call.QueryInt("max-keys", 0, kMaxKeys, kMaxKeys);
  ListWalk walk({list.prefix, list.delimiter, AfterMarker(marker, list.prefix, list.delimiter), max_keys});
  const ObjectPage page = call.s3.lister().List(*bucket, walk);

  XmlAnswer xml(call, "ListBucketResult");
  xml.Element("Name", bucket->name);
  xml.Element("Prefix", list.Shown(list.prefix));
  xml.Element("Marker", list.Shown(marker));
  if (walk.truncated() && !list.delimiter.empty()) xml.Element("NextMarker", list.Shown(walk.last()));
  WriteRule(xml, list, max_keys, walk);
  WriteObjects(xml, call, list, *bucket, page, ShowOwner::kYes);
  co_return;
}

runtime::Task<void> ListObjectsV2(Call& call) {
  if (call.Query("list-type") != "2") {
    throw InvalidArgument("Invalid List Type specified in Request", "list-type", *call.Query("list-type"));
  }
  const BucketPtr bucket = call.OwnedBucket();
  const ListRequest list(call);
  const std::string start_after = call.Query("start-after", "");
  const auto token = call.Query("continuation-token");
  std::string from = AfterMarker(start_after, list.prefix, list.delimiter);
  if (token) {
    std::optional<std::string> decoded = DecodeToken(*token);
    if (!decoded) {
      throw InvalidArgument("The continuation token provided is incorrect", "continuation-token", *token);
    }
    from = *std::move(decoded);
  }
  const std::int32_t max_keys = call.QueryInt("max-keys", 0, kMaxKeys, kMaxKeys);
  ListWalk walk({list.prefix, list.delimiter, std::move(from), max_keys});
  const ObjectPage page = call.s3.lister().List(*bucket, walk);

  XmlAnswer xml(call, "ListBucketResult");
  xml.Element("Name", bucket->name);
  xml.Element("Prefix", list.Shown(list.prefix));
  if (token) xml.Element("ContinuationToken", *token);
  if (walk.truncated()) xml.Element("NextContinuationToken", EncodeToken(walk.Next()));
  if (!start_after.empty()) xml.Element("StartAfter", list.Shown(start_after));
  xml.Element("KeyCount", walk.count());
  WriteRule(xml, list, max_keys, walk);
  const bool fetch_owner = call.Query("fetch-owner") == "true";
  WriteObjects(xml, call, list, *bucket, page, fetch_owner ? ShowOwner::kYes : ShowOwner::kNo);
  co_return;
}

}  // namespace cumulite::s3
