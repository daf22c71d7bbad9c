#include "server/web_rules.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "protocol/s3_host.h"

namespace cumulite::server {
namespace {

bool IsAddress(const std::string& name) {
  in6_addr address{};
  if (name.starts_with('[') && name.ends_with(']')) {
    return inet_pton(AF_INET6, name.substr(1, name.size() - 2).c_str(), &address) == 1;
  }
  return inet_pton(AF_INET, name.c_str(), &address) == 1;
}

bool IsAtOrBelow(std::string_view name, std::string_view domain) {
  if (!name.ends_with(domain)) return false;
  return name.size() == domain.size() || name[name.size() - domain.size() - 1] == '.';
}

/// "localhost", names below it, and the addresses that mean the same.
bool IsLocalhost(const std::string& name) {
  return IsAtOrBelow(name, "localhost") || name == "[::1]" || (name.starts_with("127.") && IsAddress(name));
}

}  // namespace

bool WebRules::IsOwnHost(std::string_view host) const {
  const std::string name = protocol::HostName(host);
  // No browser leaves it out.
  if (name.find('.') == std::string::npos || IsAddress(name)) return true;
  constexpr std::string_view kOwn[] = {
      "localhost",     "local",           "internal", "test", "localhost.localstack.cloud",
      "amazonaws.com", "amazonaws.com.cn"};
  const auto below = [&name](std::string_view domain) { return IsAtOrBelow(name, domain); };
  return std::ranges::any_of(kOwn, below) || std::ranges::any_of(settings_.base_hosts, below) ||
         std::ranges::find(settings_.allow_host, name) != settings_.allow_host.end();
}

bool WebRules::IsForeignOrigin(const protocol::HttpRequest& request) {
  const auto origin = request.Find("Origin");
  if (!origin) return false;
  const std::size_t scheme = origin->find("://");
  return scheme == std::string_view::npos || origin->substr(scheme + 3) != request.Header("Host");
}

bool WebRules::IsAllowedOrigin(std::string_view origin) const {
  const std::size_t scheme = origin.find("://");
  const std::string name =
      scheme == std::string_view::npos ? "" : protocol::HostName(origin.substr(scheme + 3));
  return std::ranges::any_of(settings_.allow_origin, [&](const std::string& allowed) {
    return allowed == "*" || protocol::EqualsIgnoreCase(allowed, origin) ||
           (allowed == "localhost" && IsLocalhost(name));
  });
}

bool WebRules::MayCall(const protocol::HttpRequest& request) const {
  const auto origin = request.Find("Origin");
  if (!origin || IsAllowedOrigin(*origin)) return true;
  return !IsForeignOrigin(request) && IsOwnHost(request.Header("Host"));
}

}  // namespace cumulite::server
