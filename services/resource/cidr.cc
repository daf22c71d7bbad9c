#include "services/resource/cidr.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace cumulite::resource {
namespace {

/// Whether the first `bits` bits are the same.
bool SameStart(const std::array<std::uint8_t, 16>& a, const std::array<std::uint8_t, 16>& b, int bits) {
  for (int i = 0; i * 8 < bits; ++i) {
    const int rest = std::min(8, bits - i * 8);
    const auto at = static_cast<std::size_t>(i);
    if (((a[at] ^ b[at]) >> (8 - rest)) != 0) return false;
  }
  return true;
}

}  // namespace

bool Cidr::IsNetwork() const {
  for (int bit = prefix; bit < width(); ++bit) {
    if ((bytes[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1) != 0) return false;
  }
  return true;
}

bool Cidr::Contains(const Cidr& other) const {
  return v6 == other.v6 && prefix <= other.prefix && SameStart(bytes, other.bytes, prefix);
}

std::string Cidr::Format() const { return FormatAddress(*this) + "/" + std::to_string(prefix); }

std::optional<Cidr> ParseAddress(std::string_view text) {
  constexpr std::size_t kLongest = INET6_ADDRSTRLEN;
  if (text.empty() || text.size() >= kLongest) return std::nullopt;
  const std::string terminated(text);
  Cidr address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
    address.prefix = 32;
    return address;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) != 1) return std::nullopt;
  address.v6 = true;
  address.prefix = 128;
  return address;
}

std::optional<Cidr> ParseCidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto block = ParseAddress(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  if (!block || digits.empty() || digits.size() > 3 || digits[0] < '0' || digits[0] > '9') {
    return std::nullopt;
  }
  int prefix = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || prefix > block->width()) {
    return std::nullopt;
  }
  block->prefix = prefix;
  return block;
}

std::string FormatAddress(const Cidr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
  return text.data();
}

}  // namespace cumulite::resource
