#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::resource {

/// A block of addresses, "10.0.0.0/16" or "2001:db8::/32"; one address is a block of all its bits.
struct Cidr {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // of IPv4 the first four
  int prefix = 0;                        // bits

  int width() const { return v6 ? 128 : 32; }
  /// Whether nothing is set behind the prefix, as a network's own address must be.
  bool IsNetwork() const;
  bool Contains(const Cidr& other) const;
  bool Overlaps(const Cidr& other) const { return Contains(other) || other.Contains(*this); }
  /// "10.0.0.0/16"
  std::string Format() const;
};

/// nullopt for what is no block; a text without '/' is none either.
std::optional<Cidr> ParseCidr(std::string_view text);
/// One address.
std::optional<Cidr> ParseAddress(std::string_view text);
/// "10.0.0.7"
std::string FormatAddress(const Cidr& address);

}  // namespace cumulite::resource
