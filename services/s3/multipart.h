#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "services/s3/object_checksum.h"

/// The rules of multipart uploads. Pure.
/// Source: S3 User Guide "Uploading and copying objects using multipart upload"; limits in "Amazon S3
/// multipart upload limits".
namespace cumulite::s3 {

inline constexpr std::int32_t kMaxPartNumber = 10'000;
inline constexpr std::uint64_t kMinPartBytes = std::uint64_t{5} << 20;  // of every part but the last

/// A part as it was uploaded.
struct Part {
  std::int32_t number = 0;
  std::uint64_t size = 0;
  std::string etag;  // MD5 in hex
  base::TimePoint modified;
  std::string checksum;  // base64, of the upload's algorithm
  std::string blob;
};

/// A part as CompleteMultipartUpload names it.
struct NamedPart {
  std::int32_t number = 0;
  std::string etag;
  std::optional<GivenChecksum> checksum;
};

/// The checksums of an upload, as it was created with.
struct UploadChecksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::kCrc64Nvme;
  ChecksumType type = ChecksumType::kFullObject;
  bool asked = false;  // CreateMultipartUpload named the algorithm
};

/// x-amz-checksum-algorithm and x-amz-checksum-type of CreateMultipartUpload.
/// Errors: InvalidRequest for a pair that does not exist.
UploadChecksum ChooseUploadChecksum(std::optional<std::string_view> algorithm,
                                    std::optional<std::string_view> type);

/// What becomes of the parts.
struct Completion {
  std::vector<Part> parts;  // in their order
  std::uint64_t size = 0;
  std::string etag;  // "<md5 of md5s>-N"
  ObjectChecksum checksum;
};

/// Errors: InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest.
Completion CompleteParts(std::span<const NamedPart> named, std::span<const Part> uploaded,
                         const UploadChecksum& checksum);

/// Errors: InvalidArgument unless it is 1..10000.
std::int32_t ParsePartNumber(std::string_view text);

}  // namespace cumulite::s3
