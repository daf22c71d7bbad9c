#pragma once
#include <string_view>

#include "config/settings.h"
#include "protocol/http.h"

namespace cumulite::server {

/// What keeps web pages that a developer happens to visit from driving the server behind their back: pages of
/// foreign origins, and pages whose name was bound anew to an address of ours (DNS rebinding).
/// Thread: any.
class WebRules {
 public:
  /// `settings` outlives it.
  explicit WebRules(const config::Settings& settings) : settings_(settings) {}

  /// Whether the admin API answers under this Host: addresses, names of one label, those that no public DNS
  /// can give away (.localhost, .local, .internal, .test), the built-in and configured base hosts, and
  /// `allow_host`.
  bool IsOwnHost(std::string_view host) const;

  /// Whether a page's request may reach a service: no page's, one of our own host's, or of `allow_origin`.
  bool MayCall(const protocol::HttpRequest& request) const;

  /// A page of another site: its Origin is not the host that it talks to.
  static bool IsForeignOrigin(const protocol::HttpRequest& request);

 private:
  bool IsAllowedOrigin(std::string_view origin) const;

  const config::Settings& settings_;
};

}  // namespace cumulite::server
