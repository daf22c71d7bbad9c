#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/byte_range.h"
#include "services/s3/call.h"
#include "services/s3/stored_bytes.h"

namespace cumulite::s3 {

/// The source of CopyObject and UploadPartCopy.
struct CopySource {
  BucketPtr bucket;
  std::string name;  // the key under which the object is
  std::optional<VersionRef> version;
  ObjectWithBytes object;
  ByteRange range;                      // x-amz-copy-source-range, else the whole
  std::unique_ptr<StoredBytes> stream;  // of the range when opened, unless the object is inline
  std::optional<SealKey> key;           // that the object is sealed with, when opened

  /// Copies the bytes into new content, which is the call's to reference. Once it is open.
  runtime::Task<Content> Copy(S3Service& s3, BodyChecks& checks, Placement placement, const SealKey* seal);
};

/// Reads x-amz-copy-source and its conditions and finds the object.
/// Errors: InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied, PreconditionFailed,
/// InvalidObjectState (archived), InvalidRequest (more than 5 GiB, a delete marker by its id).
CopySource FindCopySource(const Call& call);

/// The same with its bytes held, so that they can be read whatever happens to the key meanwhile.
CopySource OpenCopySource(const Call& call);

/// x-amz-copy-source-version-id, if the source has versions.
void AddSourceVersion(protocol::HttpResponse& response, const CopySource& source);

}  // namespace cumulite::s3
