#include "services/s3/list_request.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {
constexpr std::int32_t kMaxParts = 1000;
}

runtime::Task<void> ListParts(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ListRequest list(call);
  const Upload upload = call.s3.uploads().Find(*bucket, call.key(), call.Query("uploadId", ""));
  const std::int32_t after = call.QueryInt("part-number-marker", 0, INT32_MAX, 0);
  const std::int32_t max = call.QueryInt("max-parts", 0, kMaxParts, kMaxParts);
  std::vector<Part> parts = call.s3.uploads().Parts(upload.id, after, max + 1);
  const bool truncated = max > 0 && parts.size() > static_cast<std::size_t>(max);
  parts.resize(std::min(parts.size(), static_cast<std::size_t>(max)));

  XmlAnswer xml(call, "ListPartsResult");
  xml.Element("Bucket", bucket->name);
  xml.Element("Key", list.Shown(call.key()));
  xml.Element("UploadId", upload.id);
  xml.Owner("Initiator", upload.account, call.identity());
  xml.Owner("Owner", OwnerOf(upload.attributes, *bucket), call.identity());
  xml.Element("StorageClass", upload.attributes.StorageClass());
  xml.Element("PartNumberMarker", after);
  xml.Element("NextPartNumberMarker", parts.empty() ? 0 : parts.back().number);
  xml.Element("MaxParts", max);
  if (list.url_encoded) xml.Element("EncodingType", "url");
  xml.Element("IsTruncated", truncated);
  if (upload.checksum.asked) {
    xml.Element("ChecksumAlgorithm", protocol::ChecksumName(upload.checksum.algorithm));
    xml.Element("ChecksumType", ToString(upload.checksum.type));
  }
  for (const Part& part : parts) {
    xml.Open("Part");
    xml.Element("PartNumber", part.number);
    xml.Time("LastModified", part.modified);
    xml.Etag(part.etag);
    xml.Element("Size", static_cast<std::int64_t>(part.size));
    if (upload.checksum.asked) xml.Element(ChecksumElement(upload.checksum.algorithm), part.checksum);
    xml.Close("Part");
  }
  co_return;
}

}  // namespace cumulite::s3
