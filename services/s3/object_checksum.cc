#include "services/s3/object_checksum.h"

#include <array>

#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

struct Row {
  ChecksumAlgorithm algorithm;
  std::string_view header;
};
constexpr std::array<Row, 5> kRows{{{ChecksumAlgorithm::kCrc32, "x-amz-checksum-crc32"},
                                    {ChecksumAlgorithm::kCrc32c, "x-amz-checksum-crc32c"},
                                    {ChecksumAlgorithm::kCrc64Nvme, "x-amz-checksum-crc64nvme"},
                                    {ChecksumAlgorithm::kSha1, "x-amz-checksum-sha1"},
                                    {ChecksumAlgorithm::kSha256, "x-amz-checksum-sha256"}}};

}  // namespace

std::string_view ToString(ChecksumType type) {
  return type == ChecksumType::kComposite ? "COMPOSITE" : "FULL_OBJECT";
}

std::optional<ChecksumType> ParseChecksumType(std::string_view text) {
  if (text == "COMPOSITE") return ChecksumType::kComposite;
  if (text == "FULL_OBJECT") return ChecksumType::kFullObject;
  return std::nullopt;
}

std::string_view ChecksumHeader(ChecksumAlgorithm algorithm) {
  for (const Row& row : kRows) {
    if (row.algorithm == algorithm) return row.header;
  }
  return {};
}

std::string ChecksumElement(ChecksumAlgorithm algorithm) {
  return "Checksum" + std::string(protocol::ChecksumName(algorithm));
}

std::optional<ChecksumAlgorithm> ChecksumOfHeader(std::string_view header) {
  for (const Row& row : kRows) {
    if (protocol::EqualsIgnoreCase(row.header, header)) return row.algorithm;
  }
  return std::nullopt;
}

std::string LowerName(ChecksumAlgorithm algorithm) {
  constexpr std::string_view kPrefix = "x-amz-checksum-";
  return std::string(ChecksumHeader(algorithm).substr(kPrefix.size()));
}

std::optional<GivenChecksum> FindChecksum(const protocol::HttpRequest& request) {
  std::optional<GivenChecksum> given;
  for (const protocol::HeaderField& field : request.headers) {
    const auto algorithm = ChecksumOfHeader(field.name);
    if (!algorithm) continue;
    if (given) {
      throw AwsError(kInvalidRequest,
                     "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    given = GivenChecksum{*algorithm, field.value};
  }
  return given;
}

}  // namespace cumulite::s3
