#include "services/s3/address.h"

#include <algorithm>
#include <array>

#include "protocol/utf8.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxKeyBytes = 1024;

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool LooksLikeIpAddress(std::string_view name) {
  return std::count(name.begin(), name.end(), '.') == 3 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

std::string Decode(std::string_view raw) {
  if (raw.find('%') == std::string_view::npos) return std::string(raw);
  std::optional<std::string> decoded = protocol::PercentDecode(raw);
  if (!decoded)
    throw AwsError(kInvalidURI, "Couldn't parse the specified URI.").With("URI", std::string(raw));
  return *std::move(decoded);
}

}  // namespace

bool IsValidBucketName(std::string_view name) {
  constexpr std::array<std::string_view, 3> kPrefixes{"xn--", "sthree-", "amzn-s3-demo-"};
  constexpr std::array<std::string_view, 5> kSuffixes{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"};
  if (name.size() < 3 || name.size() > 63) return false;
  if (!IsLowerOrDigit(name.front()) || !IsLowerOrDigit(name.back())) return false;
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return IsLowerOrDigit(c) || c == '-' || c == '.'; })) {
    return false;
  }
  if (name.find("..") != std::string_view::npos || LooksLikeIpAddress(name)) return false;
  return std::none_of(kPrefixes.begin(), kPrefixes.end(), [&](auto p) { return name.starts_with(p); }) &&
         std::none_of(kSuffixes.begin(), kSuffixes.end(), [&](auto s) { return name.ends_with(s); });
}

bool CouldBeBucketName(std::string_view name) {
  return name.size() >= 3 && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
           return IsLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
         });
}

AwsError InvalidBucketName(std::string_view bucket) {
  return AwsError(kInvalidBucketName, "The specified bucket is not valid.")
      .With("BucketName", std::string(bucket));
}

void CheckKey(std::string_view key) {
  if (key.size() > kMaxKeyBytes) {
    throw AwsError(kKeyTooLongError, "Your key is too long")
        .With("Size", std::to_string(key.size()))
        .With("MaxSizeAllowed", std::to_string(kMaxKeyBytes));
  }
  if (!protocol::IsUtf8(key)) throw AwsError(kInvalidURI, "Couldn't parse the specified URI.");
}

Address ParseAddress(protocol::S3Host host, std::string_view path) {
  Address address;
  address.endpoint = host.endpoint;
  address.virtual_host = !host.bucket.empty();
  address.bucket = std::move(host.bucket);
  if (path.starts_with('/')) path.remove_prefix(1);
  if (!address.virtual_host) {
    if (path.empty()) return address;
    const std::size_t slash = path.find('/');
    address.bucket = Decode(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  if (!CouldBeBucketName(address.bucket)) throw InvalidBucketName(address.bucket);
  address.level = path.empty() ? Level::kBucket : Level::kObject;
  address.key = Decode(path);
  CheckKey(address.key);
  return address;
}

}  // namespace cumulite::s3
