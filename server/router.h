#pragma once
#include <span>
#include <string>
#include <string_view>

#include "protocol/auth.h"
#include "protocol/http.h"
#include "services/service.h"

namespace cumulite::server {

/// Which service a request is for, and in which words that service reports errors.
struct Route {
  services::Service* service = nullptr;  // null: a service that is not part of this server
  protocol::Flavor flavor = protocol::Flavor::kS3;
  std::string name;  // of the service asked for, where `service` is null
};

/// "/000000000000/name" or "/queue/us-east-1/000000000000/name": the path of a queue URL.
bool IsQueuePath(std::string_view path);

/// Finds the service by, in order: X-Amz-Target; the credential scope's service; Action and Version of a form
/// or query; Host; path. What is left is S3.
///
/// Immutable after construction. Thread: any.
class Router {
 public:
  explicit Router(std::span<services::Service* const> services);

  /// Only its body tells which service an unsigned form POST is for: read it and pass it to Find.
  bool NeedsForm(const protocol::HttpRequest& request) const;
  /// Whether signing for that service of a credential scope is signing for `service`.
  static bool IsScopeOf(std::string_view scope_service, const services::Service& service);
  Route Find(const protocol::HttpRequest& request, std::string_view form) const;

 private:
  services::Service* ByName(std::string_view name) const;
  Route ForService(std::string_view name, const protocol::HttpRequest& request) const;

  std::span<services::Service* const> services_;
};

}  // namespace cumulite::server
