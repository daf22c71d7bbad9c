#include "services/s3/copy_source.h"
#include "services/s3/encryption.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/store_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

/// The checksum that a part names must be of the algorithm that the upload was created with. An upload
/// without one takes any, since SDKs add a CRC32 to every part; the part then has the default CRC64NVME, and
/// a completion that names the CRC32 all the same is InvalidPart (seen at AWS: aws-sdk-go-v2 issue 3005,
/// aws-sdk-java-v2 issue 6518).
void RequireSameAlgorithm(const UploadChecksum& upload, const BodyChecks& checks) {
  if (!upload.asked || !checks.algorithm_given() || checks.algorithm() == upload.algorithm) return;
  throw AwsError(kInvalidRequest,
                 "Checksum Type mismatch occurred, expected checksum Type: " + LowerName(upload.algorithm) +
                     ", actual checksum Type: " + LowerName(checks.algorithm()));
}

Part MakePart(const Call& call, std::int32_t number, const Content& content, const BodyChecks& checks,
              const UploadChecksum& checksum) {
  return {.number = number,
          .size = content.size,
          .etag = checks.md5().Hex(),
          .modified = call.Now(),
          .checksum = checks.checksum(checksum.algorithm).Base64(),
          .blob = content.blob};
}

}  // namespace

runtime::Task<void> UploadPart(Call& call) {
  CheckHeaders(call.request(), Access::kWritePart);
  const BucketPtr bucket = call.OwnedBucket();
  const std::int32_t number = ParsePartNumber(call.Query("partNumber", ""));
  const Upload upload = call.s3.uploads().Find(*bucket, call.key(), call.Query("uploadId", ""));
  BodyChecks checks(call.request(), call.exchange.payload, upload.checksum.algorithm);
  RequireSameAlgorithm(upload.checksum, checks);
  checks.Also(upload.checksum.algorithm);
  const std::optional<SealKey> key = KeyOfPart(call, upload.attributes.encryption);
  UploadBody body(call.exchange);

  runtime::Task<Content> receiving =
      call.s3.content().Receive(body, checks, Placement::kFile, key ? &*key : nullptr);
  const Content content = co_await receiving;
  const Part part = MakePart(call, number, content, checks, upload.checksum);
  co_await StorePart(call, upload.id, part);

  protocol::HttpResponse& response = call.response();
  response.AddHeader("ETag", Quoted(part.etag));
  AddEncryptionHeaders(response, upload.attributes.encryption);
  response.AddHeader(ChecksumHeader(checks.algorithm()), checks.checksum().Base64());
}

runtime::Task<void> UploadPartCopy(Call& call) {
  CheckHeaders(call.request(), Access::kWritePart);
  const BucketPtr bucket = call.OwnedBucket();
  const std::int32_t number = ParsePartNumber(call.Query("partNumber", ""));
  const Upload upload = call.s3.uploads().Find(*bucket, call.key(), call.Query("uploadId", ""));
  const std::optional<SealKey> key = KeyOfPart(call, upload.attributes.encryption);
  CopySource source = OpenCopySource(call);
  BodyChecks checks(upload.checksum.algorithm);
  runtime::Task<Content> copying = source.Copy(call.s3, checks, Placement::kFile, key ? &*key : nullptr);
  const Content content = co_await copying;
  const Part part = MakePart(call, number, content, checks, upload.checksum);
  co_await StorePart(call, upload.id, part);

  AddSourceVersion(call.response(), source);
  AddEncryptionHeaders(call.response(), upload.attributes.encryption);
  XmlAnswer xml(call, "CopyPartResult");
  xml.Time("LastModified", part.modified);
  xml.Etag(part.etag);
  if (upload.checksum.asked) xml.Element(ChecksumElement(upload.checksum.algorithm), part.checksum);
}

}  // namespace cumulite::s3
