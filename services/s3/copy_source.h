#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/byte_range.h"
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The source of CopyObject and UploadPartCopy: the object, and its bytes held open, so that they can be read
/// whatever happens to the key meanwhile.
struct CopySource {
  std::string bucket;
  std::string key;
  ObjectWithBytes object;
  ByteRange range;                           // x-amz-copy-source-range, else the whole
  std::vector<protocol::FileSegment> files;  // of the range, unless the object is inline

  /// Copies the bytes into new content, which is the call's to reference.
  runtime::Task<Content> Copy(S3Service& s3, BodyChecks& checks, Placement placement);
};

/// Reads x-amz-copy-source and its conditions, finds and opens the object.
/// Errors: InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied, PreconditionFailed, InvalidRequest (more
/// than 5 GiB).
CopySource OpenCopySource(const Call& call);

}  // namespace cumulite::s3
