#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cumulite::elb::proxy {

/// An IPv4 or IPv6 address; IPv4 in its form mapped into IPv6, so that the two compare.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool v4 = false;

  /// Of "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1" (which is IPv4); nullopt for anything else.
  static std::optional<IpAddress> Parse(std::string_view text);
};

/// "10.0.0.0/8", "2001:db8::/32"; without a length one address.
class IpBlock {
 public:
  static std::optional<IpBlock> Parse(std::string_view text);
  bool Contains(const IpAddress& address) const;

 private:
  IpBlock(IpAddress address, unsigned bits) : address_(address), bits_(bits) {}

  IpAddress address_;
  unsigned bits_;  // of all 128
};

}  // namespace cumulite::elb::proxy
