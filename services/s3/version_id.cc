#include "services/s3/version_id.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/ids.h"
#include "protocol/base64.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kCharacters = 32;
constexpr std::size_t kRandomBytes = 16;
constexpr std::size_t kNumberBytes = 8;

/// The number, hidden by the random bytes so that ids of one key do not look alike.
std::array<char, kNumberBytes> Mask(std::int64_t number, std::string_view random) {
  std::array<char, kNumberBytes> bytes{};
  for (std::size_t i = 0; i < kNumberBytes; ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
    bytes[i] = static_cast<char>(bytes[i] ^ random[i]);
  }
  return bytes;
}

std::int64_t Unmask(std::string_view bytes, std::string_view random) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[i] ^ random[i])} << (8 * i);
  }
  return static_cast<std::int64_t>(number);
}

}  // namespace

std::string NewVersionId(std::int64_t number) {
  std::array<std::byte, kRandomBytes> random;
  base::SecureRandom(random);
  std::string bytes(reinterpret_cast<const char*>(random.data()), random.size());
  const std::array<char, kNumberBytes> masked = Mask(number, bytes);
  bytes.append(masked.data(), masked.size());
  std::string id = protocol::Base64Encode(bytes);
  std::replace(id.begin(), id.end(), '+', '.');
  std::replace(id.begin(), id.end(), '/', '_');
  return id;
}

std::optional<VersionRef> ParseVersionId(std::string_view text) {
  if (text == kNullVersion) return VersionRef{std::string(text), 0};
  if (text.size() != kCharacters || text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  std::string base64(text);
  std::replace(base64.begin(), base64.end(), '.', '+');
  std::replace(base64.begin(), base64.end(), '_', '/');
  const std::optional<std::string> bytes = protocol::Base64Decode(base64);
  if (!bytes) return std::nullopt;
  const std::string_view all = *bytes;
  return VersionRef{std::string(text), Unmask(all.substr(kRandomBytes), all.substr(0, kRandomBytes))};
}

VersionRef RequireVersionId(std::string_view text) {
  std::optional<VersionRef> version = ParseVersionId(text);
  if (!version) throw InvalidArgument("Invalid version id specified", "versionId", text);
  return *std::move(version);
}

}  // namespace cumulite::s3
