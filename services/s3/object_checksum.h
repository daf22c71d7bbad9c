#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/checksum.h"
#include "protocol/http.h"

namespace cumulite::s3 {

using protocol::ChecksumAlgorithm;

enum class ChecksumType : unsigned char { kFullObject, kComposite };

/// The checksum that an object carries, as it is shown: base64, with "-N" behind a composite one.
struct ObjectChecksum {
  ChecksumAlgorithm algorithm = ChecksumAlgorithm::kCrc64Nvme;
  ChecksumType type = ChecksumType::kFullObject;
  std::string value;
};

std::string_view ToString(ChecksumType type);
/// "FULL_OBJECT" or "COMPOSITE".
std::optional<ChecksumType> ParseChecksumType(std::string_view text);

/// "x-amz-checksum-crc64nvme"; the element is "ChecksumCRC64NVME".
std::string_view ChecksumHeader(ChecksumAlgorithm algorithm);
std::string ChecksumElement(ChecksumAlgorithm algorithm);
/// The algorithm whose header that is (any case); nullopt for other headers.
std::optional<ChecksumAlgorithm> ChecksumOfHeader(std::string_view header);
/// "sha256": as messages spell it.
std::string LowerName(ChecksumAlgorithm algorithm);

/// A checksum given in a header.
struct GivenChecksum {
  ChecksumAlgorithm algorithm;
  std::string_view value;
};

/// The x-amz-checksum-<algorithm> header of a request, if it has one.
/// Errors: InvalidRequest for two of them.
std::optional<GivenChecksum> FindChecksum(const protocol::HttpRequest& request);

}  // namespace cumulite::s3
