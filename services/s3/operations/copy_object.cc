#include "services/s3/operations/copy_object.h"

#include <stdexcept>

#include "services/s3/attribute_headers.h"
#include "services/s3/copy_source.h"
#include "services/s3/encryption.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/object_headers.h"
#include "services/s3/store_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

struct Directives {
  bool replaces_metadata = false;
  bool replaces_tags = false;
};

bool Replaces(const Call& call, std::string_view header, const char* what) {
  const auto directive = call.Header(header);
  if (!directive || *directive == "COPY") return false;
  if (*directive == "REPLACE") return true;
  throw InvalidArgument(std::string("Unknown ") + what + " directive.", header, *directive);
}

void RefuseCopyOntoItself(const Call& call, const CopySource& source, const Directives& directives) {
  if (source.bucket->name != call.address.bucket || source.name != call.key() || source.version) return;
  if (directives.replaces_metadata) return;
  for (const std::string_view change :
       {"x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-website-redirect-location",
        "x-amz-server-side-encryption-customer-algorithm"}) {
    if (call.Header(change)) return;
  }
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

/// Stores the copy without its bytes being read. False when the source has gone since it was found.
/// Differs from AWS: the copy of a multipart object keeps its ETag and its parts, where S3 makes it anew.
runtime::Task<bool> Share(Call& call, const Bucket& bucket, const CopySource& source, Object& object,
                          const WriteConditions& conditions) {
  Content content;
  content.size = source.object.size;
  content.blob = source.object.blob;
  content.upload = source.object.upload;
  content.shared = true;
  EventScope events(call, bucket, EventCause::kCopy);
  object.etag = source.object.etag;
  object.checksum = source.object.checksum;
  object.attributes.encryption.seal = source.object.attributes.encryption.seal;
  try {
    runtime::Task<void> storing = StoreContent(call, bucket, object, content, conditions, events);
    co_await storing;
  } catch (const SourceGone&) {
    co_return false;
  }
  co_return true;
}

runtime::Task<void> CopyBytes(Call& call, const Bucket& bucket, Object& object, const SealKey* seal,
                              const WriteConditions& conditions) {
  CopySource source = OpenCopySource(call);
  BodyChecks checks(ChooseAlgorithm(call, source.object));
  runtime::Task<Content> copying = source.Copy(call.s3, checks, Placement::kBySize, seal);
  const Content content = co_await copying;
  EventScope events(call, bucket, EventCause::kCopy);
  runtime::Task<void> storing = StoreObject(call, bucket, object, content, checks, conditions, events);
  co_await storing;
}

Object NewObject(const Call& call, const Bucket& bucket, const CopySource& source,
                 const Directives& directives) {
  Object object;
  object.headers = directives.replaces_metadata ? ObjectHeaders(call.request()) : source.object.headers;
  object.attributes = ReadAttributeHeaders(call, bucket);
  if (!directives.replaces_tags) object.attributes.tags = source.object.attributes.tags;
  return object;
}

}  // namespace

runtime::Task<void> CopyObject(Call& call) {
  CheckHeaders(call.request(), Access::kWrite);
  const BucketPtr bucket = call.OwnedBucket();
  const WriteConditions conditions = WriteConditions::Of(call.request());
  const Directives directives{Replaces(call, "x-amz-metadata-directive", "metadata"),
                              Replaces(call, "x-amz-tagging-directive", "tagging")};
  for (int attempt = 0; attempt < 100; ++attempt) {
    const CopySource source = FindCopySource(call);
    RefuseCopyOntoItself(call, source, directives);
    OpeningKeyOfSource(call, source.object.attributes.encryption);  // one that does not apply is refused
    const WantedEncryption wanted = ReadEncryption(call, *bucket);
    Object object = NewObject(call, *bucket, source, directives);
    object.attributes.encryption = wanted.encryption;
    if (source.object.is_inline() || !CanShare(source.object.attributes.encryption, wanted) ||
        ChooseAlgorithm(call, source.object) != source.object.checksum.algorithm) {
      runtime::Task<void> copying = CopyBytes(call, *bucket, object, wanted.seal(), conditions);
      co_await copying;
    } else {
      runtime::Task<bool> sharing = Share(call, *bucket, source, object, conditions);
      if (!co_await sharing) continue;
    }
    AddNewVersionHeader(call.response(), object.version_id);
    AddSourceVersion(call.response(), source);
    AddEncryptionHeaders(call.response(), object.attributes.encryption);
    XmlAnswer xml(call, "CopyObjectResult");
    xml.Time("LastModified", object.modified);
    xml.Etag(object.etag);
    xml.Checksum(object.checksum);
    co_return;
  }
  throw std::runtime_error("the source of a copy is replaced again and again");
}

}  // namespace cumulite::s3
