#include "services/elb/proxy/ip_block.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace cumulite::elb::proxy {
namespace {
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
}  // namespace

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  char terminated[INET6_ADDRSTRLEN + 1];
  if (text.empty() || text.size() >= sizeof terminated) return std::nullopt;
  std::memcpy(terminated, text.data(), text.size());
  terminated[text.size()] = '\0';
  IpAddress address;
  if (::inet_pton(AF_INET, terminated, address.bytes.data() + kMapped.size()) == 1) {
    std::ranges::copy(kMapped, address.bytes.begin());
    address.v4 = true;
    return address;
  }
  if (::inet_pton(AF_INET6, terminated, address.bytes.data()) != 1) return std::nullopt;
  address.v4 = std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin());
  return address;
}

std::optional<IpBlock> IpBlock::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> address = IpAddress::Parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned width = address->v4 ? 32 : 128;
  unsigned bits = width;
  if (slash != std::string_view::npos) {
    const std::string_view length = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (error != std::errc{} || end != length.data() + length.size() || bits > width) return std::nullopt;
  }
  return IpBlock(*address, bits + (128 - width));
}

bool IpBlock::Contains(const IpAddress& address) const {
  if (address.v4 != address_.v4) return false;
  const unsigned whole = bits_ / 8;
  if (!std::equal(address_.bytes.begin(), address_.bytes.begin() + whole, address.bytes.begin()))
    return false;
  const unsigned rest = bits_ % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return (address_.bytes[whole] & mask) == (address.bytes[whole] & mask);
}

}  // namespace cumulite::elb::proxy
