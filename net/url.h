#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::net {

/// An absolute http or https URL, taken apart; nothing is decoded.
struct Url {
  bool tls = false;
  std::string host;  // lower case, an IPv6 address without its brackets
  std::uint16_t port = 0;
  std::string target;  // "/path?query", never empty

  /// "example.com:8080", without the scheme's own port: what Host says.
  std::string Authority() const;
  /// Scheme, host and port: what may share a connection.
  std::string Origin() const;
  std::string Text() const;
};

/// nullopt for what is not such a URL, has blanks or control characters, or names a user. The fragment goes.
/// Source: RFC 3986.
std::optional<Url> ParseUrl(std::string_view text);

/// What a Location header means to who asked for `base`: absolute, //host/..., /path, ?query or relative.
std::optional<Url> ResolveUrl(const Url& base, std::string_view location);

}  // namespace cumulite::net
