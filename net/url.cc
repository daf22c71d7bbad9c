#include "net/url.h"

#include <algorithm>
#include <charconv>

namespace cumulite::net {
namespace {
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool StartsWithIgnoreCase(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::ranges::equal(text.substr(0, start.size()), start, {}, Lower, Lower);
}

bool HasBlankOrControl(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

bool IsHostName(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.' || c == '_';
  });
}

bool IsIpv6(std::string_view host) {
  return host.find(':') != std::string_view::npos &&
         std::ranges::all_of(host, [](unsigned char c) { return std::isxdigit(c) || c == ':' || c == '.'; });
}

/// "host", "host:80", "[::1]:80"
bool TakeAuthority(std::string_view authority, Url& url) {
  std::string_view port;
  std::string_view host = authority;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return false;
    host = authority.substr(1, end - 1);
    port = authority.substr(end + 1);
    if (!IsIpv6(host) || (!port.empty() && port.front() != ':')) return false;
  } else {
    const std::size_t colon = authority.find(':');
    host = authority.substr(0, colon);
    if (colon != std::string_view::npos) port = authority.substr(colon);
    if (!IsHostName(host)) return false;
  }
  url.host.assign(host);
  std::ranges::transform(url.host, url.host.begin(), Lower);
  url.port = url.tls ? kHttpsPort : kHttpPort;
  if (port.size() <= 1) return true;  // none, or a colon without one
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), url.port);
  return error == std::errc{} && end == port.data() + port.size() && url.port != 0;
}

/// Takes "." and ".." out of a path.
std::string Normalize(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(0, end);  // with its slash in front
    path.remove_prefix(end);
    if (segment == "/.." || segment == "/.") {
      if (segment == "/..") out.erase(std::min(out.rfind('/'), out.size()));
      if (path.empty()) out += '/';
    } else {
      out += segment;
    }
  }
  return out;
}
}  // namespace

std::string Url::Authority() const {
  const bool v6 = host.find(':') != std::string::npos;
  std::string text = v6 ? "[" + host + "]" : host;
  if (port != (tls ? kHttpsPort : kHttpPort)) text += ":" + std::to_string(port);
  return text;
}

std::string Url::Origin() const { return (tls ? "https://" : "http://") + Authority(); }

std::string Url::Text() const { return Origin() + target; }

std::optional<Url> ParseUrl(std::string_view text) {
  Url url;
  if (StartsWithIgnoreCase(text, "https://")) {
    url.tls = true;
    text.remove_prefix(8);
  } else if (StartsWithIgnoreCase(text, "http://")) {
    text.remove_prefix(7);
  } else {
    return std::nullopt;
  }
  if (HasBlankOrControl(text)) return std::nullopt;
  text = text.substr(0, text.find('#'));
  const std::size_t path = std::min(text.find_first_of("/?"), text.size());
  if (!TakeAuthority(text.substr(0, path), url)) return std::nullopt;
  const std::string_view target = text.substr(path);
  if (!target.starts_with('/')) url.target = "/";
  url.target += target;
  return url;
}

std::optional<Url> ResolveUrl(const Url& base, std::string_view location) {
  const std::string_view scheme = base.tls ? "https:" : "http:";
  if (location.starts_with("//")) return ParseUrl(std::string(scheme).append(location));
  if (location.starts_with('/')) return ParseUrl(base.Origin().append(location));
  // A colon before any slash or query ends a scheme.
  if (location.substr(0, location.find_first_of("/?#")).find(':') != std::string_view::npos) {
    return ParseUrl(location);
  }
  const std::string_view path = std::string_view(base.target).substr(0, base.target.find('?'));
  if (location.empty() || location.starts_with('#')) return base;
  if (location.starts_with('?')) return ParseUrl(base.Origin().append(path).append(location));
  const std::size_t query = std::min(location.find_first_of("?#"), location.size());
  const std::string directory(path.substr(0, path.rfind('/') + 1));
  return ParseUrl(base.Origin()
                      .append(Normalize(directory + std::string(location.substr(0, query))))
                      .append(location.substr(query)));
}

}  // namespace cumulite::net
