#include "services/s3/list_request.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kMaxUploads = 1000;

/// Where the page begins: behind all uploads of key-marker, or among them behind upload-id-marker.
std::string FromOf(const ListRequest& list, const std::string& key_marker, const std::string& id_marker) {
  return id_marker.empty() ? AfterMarker(key_marker, list.prefix, list.delimiter) : key_marker;
}

void WriteUpload(XmlAnswer& xml, const Call& call, const ListRequest& list, const Bucket& bucket,
                 const Upload& upload) {
  xml.Open("Upload");
  xml.Element("Key", list.Shown(upload.key));
  xml.Element("UploadId", upload.id);
  xml.Owner("Initiator", upload.account, call.identity());
  xml.Owner("Owner", OwnerOf(upload.attributes, bucket), call.identity());
  xml.Element("StorageClass", upload.attributes.StorageClass());
  xml.Time("Initiated", upload.initiated);
  if (upload.checksum.asked) {
    xml.Element("ChecksumAlgorithm", protocol::ChecksumName(upload.checksum.algorithm));
    xml.Element("ChecksumType", ToString(upload.checksum.type));
  }
  xml.Close("Upload");
}

}  // namespace

runtime::Task<void> ListMultipartUploads(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ListRequest list(call);
  const std::string key_marker = call.Query("key-marker", "");
  // Without a key-marker S3 ignores it.
  const std::string id_marker = key_marker.empty() ? "" : call.Query("upload-id-marker", "");
  const std::int32_t max = call.QueryInt("max-uploads", 1, kMaxUploads, kMaxUploads);
  ListWalk walk({list.prefix, list.delimiter, FromOf(list, key_marker, id_marker), max});
  const UploadPage page = call.s3.uploads().List(*bucket, walk, key_marker, id_marker);

  XmlAnswer xml(call, "ListMultipartUploadsResult");
  xml.Element("Bucket", bucket->name);
  xml.Element("KeyMarker", list.Shown(key_marker));
  xml.Element("UploadIdMarker", id_marker);
  if (walk.truncated()) {
    xml.Element("NextKeyMarker", list.Shown(walk.last()));
    const bool ends_with_upload = !page.uploads.empty() && page.uploads.back().key == walk.last();
    xml.Element("NextUploadIdMarker", ends_with_upload ? page.uploads.back().id : "");
  }
  if (!list.delimiter.empty()) xml.Element("Delimiter", list.Shown(list.delimiter));
  if (!list.prefix.empty()) xml.Element("Prefix", list.Shown(list.prefix));
  xml.Element("MaxUploads", max);
  if (list.url_encoded) xml.Element("EncodingType", "url");
  xml.Element("IsTruncated", walk.truncated());
  for (const Upload& upload : page.uploads) WriteUpload(xml, call, list, *bucket, upload);
  for (const std::string& prefix : page.common_prefixes) {
    xml.Open("CommonPrefixes");
    xml.Element("Prefix", list.Shown(prefix));
    xml.Close("CommonPrefixes");
  }
  co_return;
}

}  // namespace cumulite::s3
