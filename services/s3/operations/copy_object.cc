#include "services/s3/operations/copy_object.h"

#include "services/s3/copy_source.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/object_headers.h"
#include "services/s3/store_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

bool ReplacesMetadata(const Call& call) {
  const auto directive = call.Header("x-amz-metadata-directive");
  if (!directive || *directive == "COPY") return false;
  if (*directive == "REPLACE") return true;
  throw InvalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", *directive);
}

void RefuseCopyOntoItself(const Call& call, const CopySource& source, bool replaces_metadata) {
  if (source.bucket != call.address.bucket || source.key != call.key() || replaces_metadata) return;
  if (call.Header("x-amz-server-side-encryption") || call.Header("x-amz-storage-class")) return;
  throw AwsError(kInvalidRequest,
                 "This copy request is illegal because it is trying to copy an object to itself without "
                 "changing the object's metadata, storage class, website redirect location or encryption "
                 "attributes.");
}

/// The algorithm that is asked for, else the source's.
ChecksumAlgorithm ChooseAlgorithm(const Call& call, const Object& source) {
  const auto name = call.Header("x-amz-checksum-algorithm");
  return name ? ChooseUploadChecksum(name, std::nullopt).algorithm : source.checksum.algorithm;
}

}  // namespace

runtime::Task<void> CopyObject(Call& call) {
  CheckHeaders(call.request(), Access::kWrite);
  const BucketPtr bucket = call.OwnedBucket();
  const WriteConditions conditions = WriteConditions::Of(call.request());
  const bool replaces_metadata = ReplacesMetadata(call);
  CopySource source = OpenCopySource(call);
  RefuseCopyOntoItself(call, source, replaces_metadata);

  Object object;
  object.headers = replaces_metadata ? ObjectHeaders(call.request()) : source.object.headers;
  BodyChecks checks(ChooseAlgorithm(call, source.object));
  runtime::Task<Content> copying = source.Copy(call.s3, checks, Placement::kBySize);
  const Content content = co_await copying;
  co_await StoreObject(call, *bucket, object, content, checks, conditions);

  AddEncryptionHeader(call.response());
  XmlAnswer xml(call, "CopyObjectResult");
  xml.Time("LastModified", object.modified);
  xml.Etag(object.etag);
  xml.Checksum(object.checksum);
}

}  // namespace cumulite::s3
