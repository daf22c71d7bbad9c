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

/// The part that the range would become, where the source has these very bytes in a file of their own: as its
/// whole, or as one of its parts. It then has the same ETag and checksum, and nothing is read.
std::optional<Part> FindSharedPart(const Call& call, const Upload& upload, const CopySource& source) {
  const Object& object = source.object;
  const Seal seal = object.attributes.encryption.seal;
  if (seal == Seal::kCustomer || seal != upload.attributes.encryption.seal) return std::nullopt;
  if (object.checksum.algorithm != upload.checksum.algorithm) return std::nullopt;
  const ByteRange& range = source.range;
  if (!object.blob.empty() && range.size == object.size) {
    return Part{.size = object.size,
                .etag = object.etag,
                .modified = call.Now(),
                .checksum = object.checksum.value,
                .blob = object.blob};
  }
  if (object.upload.empty()) return std::nullopt;
  std::uint64_t start = 0;
  for (Part& part : call.s3.uploads().Parts(object.upload)) {
    if (start == range.first && part.size == range.size) {
      part.modified = call.Now();
      return std::move(part);
    }
    if (start >= range.first) break;
    start += part.size;
  }
  return std::nullopt;
}

/// Stores a part that shares the file of its source. Nothing when there is none to be shared, or not any
/// more.
runtime::Task<std::optional<Part>> SharePart(Call& call, const Upload& upload, std::int32_t number) {
  const CopySource source = FindCopySource(call);
  OpeningKeyOfSource(call, source.object.attributes.encryption);  // one that does not apply is refused
  std::optional<Part> part = FindSharedPart(call, upload, source);
  if (!part) co_return std::nullopt;
  part->number = number;
  try {
    co_await StorePart(call, upload.id, *part, UploadStore::PartFile::kShared);
  } catch (const SourceGone&) {
    co_return std::nullopt;
  }
  AddSourceVersion(call.response(), source);
  co_return part;
}

runtime::Task<Part> CopyPart(Call& call, const Upload& upload, std::int32_t number, const SealKey* key) {
  CopySource source = OpenCopySource(call);
  BodyChecks checks(upload.checksum.algorithm);
  runtime::Task<Content> copying = source.Copy(call.s3, checks, Placement::kFile, key);
  const Content content = co_await copying;
  Part part = MakePart(call, number, content, checks, upload.checksum);
  co_await StorePart(call, upload.id, part);
  AddSourceVersion(call.response(), source);
  co_return part;
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
  runtime::Task<std::optional<Part>> sharing = SharePart(call, upload, number);
  std::optional<Part> part = co_await sharing;
  if (!part) {
    runtime::Task<Part> copying = CopyPart(call, upload, number, key ? &*key : nullptr);
    part = co_await copying;
  }
  AddEncryptionHeaders(call.response(), upload.attributes.encryption);
  XmlAnswer xml(call, "CopyPartResult");
  xml.Time("LastModified", part->modified);
  xml.Etag(part->etag);
  if (upload.checksum.asked) xml.Element(ChecksumElement(upload.checksum.algorithm), part->checksum);
}

}  // namespace cumulite::s3
