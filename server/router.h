#pragma once
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/http.h"
#include "protocol/route.h"
#include "server/service_slot.h"

namespace cumulite::server {

/// "/000000000000/name" or "/queue/us-east-1/000000000000/name": the path of a queue URL.
bool IsQueuePath(std::string_view path);

/// Finds the service by, in order: X-Amz-Target; the credential scope's service; Action and Version of a form
/// or query; Host; path. What is left is S3. Its tables follow from the services' descriptors.
///
/// Immutable after construction. Thread: any.
class Router {
 public:
  explicit Router(std::span<ServiceSlot* const> slots);

  /// Reads what the request says of its caller into `route`; before the others.
  static void ReadScope(const protocol::HttpRequest& request, protocol::Route& route);
  /// Only its body tells which service an unsigned form POST is for: read it and pass it to Find.
  static bool NeedsForm(const protocol::HttpRequest& request, const protocol::Route& route);
  /// Names the service and the flavour of its errors. Null: a service that is not part of this server.
  ServiceSlot* Find(const protocol::HttpRequest& request, std::string_view form,
                    protocol::Route& route) const;
  /// The service of whose own hosts `host` is one: "NAME.REGION.elb.localhost". Whatever else such a request
  /// carries (a signature, X-Amz-Target) is for whoever stands behind it.
  ServiceSlot* FindWebHost(std::string_view host) const;
  /// Whether signing for that service of a credential scope is signing for `slot`'s.
  bool IsScopeOf(std::string_view scope_service, const ServiceSlot& slot) const;

 private:
  using Table = std::vector<std::pair<std::string_view, ServiceSlot*>>;  // in the order of names

  static ServiceSlot* Lookup(const Table& table, std::string_view key);
  static void Sort(Table& table);
  ServiceSlot* FindHost(std::string_view host) const;
  ServiceSlot* FindForm(const protocol::HttpRequest& request, std::string_view form) const;
  ServiceSlot* Choose(ServiceSlot* slot, const protocol::HttpRequest& request, protocol::Route& route) const;
  ServiceSlot* Absent(std::string_view name, const protocol::HttpRequest& request,
                      protocol::Route& route) const;

  Table names_;          // of credential scopes and host labels
  Table targets_;        // of X-Amz-Target, up to its dot
  Table versions_;       // of the Query protocol
  Table link_actions_;   // of requests that name no version
  Table path_prefixes_;  // of unsigned requests
  Table web_hosts_;      // third labels of hosts
  ServiceSlot* s3_;
  ServiceSlot* sqs_;
};

}  // namespace cumulite::server
