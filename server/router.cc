#include "server/router.h"

#include <algorithm>

#include "protocol/auth.h"
#include "server/absent_services.h"

namespace cumulite::server {
namespace {
using protocol::HttpRequest;
using protocol::Route;

bool IsForm(const HttpRequest& request) {
  return request.method == "POST" &&
         request.Header("Content-Type").starts_with("application/x-www-form-urlencoded");
}

/// The raw value of one parameter of a form; enough for names that need no escapes.
std::string_view FormValue(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    form.remove_prefix(std::min(end + 1, form.size()));
    if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name)) {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

/// "elb" of "NAME-ID.REGION.elb.localhost", by which a load balancer is reached. Its labels could be those of
/// a bucket. Empty for hosts of fewer labels.
std::string_view WebHostLabel(std::string_view host) {
  const std::size_t name_end = host.find('.');
  if (name_end == std::string_view::npos) return {};
  const std::size_t region_end = host.find('.', name_end + 1);
  if (region_end == std::string_view::npos) return {};
  const std::string_view rest = host.substr(region_end + 1);
  const std::size_t end = rest.find('.');
  return end == std::string_view::npos || end + 1 == rest.size() ? std::string_view{} : rest.substr(0, end);
}

}  // namespace

bool IsQueuePath(std::string_view path) {
  if (path.starts_with("/queue/")) {
    path.remove_prefix(6);
    const std::size_t region_end = path.find('/', 1);
    if (region_end == std::string_view::npos) return false;
    path.remove_prefix(region_end);
  }
  if (path.size() < 15 || path[0] != '/' || path[13] != '/') return false;
  const std::string_view name = path.substr(14);
  return std::ranges::all_of(path.substr(1, 12), [](char c) { return c >= '0' && c <= '9'; }) &&
         name.find('/') == std::string_view::npos;
}

Router::Router(std::span<ServiceSlot* const> slots) {
  for (ServiceSlot* slot : slots) {
    const ServiceDescriptor& descriptor = slot->descriptor();
    names_.emplace_back(descriptor.name, slot);
    for (const std::string_view alias : descriptor.aliases) names_.emplace_back(alias, slot);
    for (const std::string_view action : descriptor.link_actions) link_actions_.emplace_back(action, slot);
    if (!descriptor.web_host.empty()) web_hosts_.emplace_back(descriptor.web_host, slot);
    for (const std::string_view prefix : descriptor.path_prefixes) path_prefixes_.emplace_back(prefix, slot);
    for (const protocol::RpcModel* model : descriptor.models) {
      if (!model->json_target.empty()) targets_.emplace_back(model->json_target, slot);
      if (!model->query_version.empty()) versions_.emplace_back(model->query_version, slot);
    }
  }
  Sort(names_);
  Sort(targets_);
  Sort(versions_);
  Sort(link_actions_);
  s3_ = Lookup(names_, "s3");
  sqs_ = Lookup(names_, "sqs");
}

ServiceSlot* Router::FindWebHost(std::string_view host) const {
  for (const auto& [label, slot] : web_hosts_) {
    if (protocol::EqualsIgnoreCase(WebHostLabel(host), label)) return slot;
  }
  return nullptr;
}

void Router::Sort(Table& table) { std::ranges::sort(table, {}, &Table::value_type::first); }

ServiceSlot* Router::Lookup(const Table& table, std::string_view key) {
  const auto found = std::ranges::lower_bound(table, key, {}, &Table::value_type::first);
  return found != table.end() && found->first == key ? found->second : nullptr;
}

bool Router::IsScopeOf(std::string_view scope_service, const ServiceSlot& slot) const {
  return Lookup(names_, scope_service) == &slot;
}

void Router::ReadScope(const HttpRequest& request, Route& route) {
  route.scope = protocol::PeekScope(request);
}

bool Router::NeedsForm(const HttpRequest& request, const Route& route) {
  return IsForm(request) && !request.Find("X-Amz-Target") && !route.scope;
}

ServiceSlot* Router::Choose(ServiceSlot* slot, const HttpRequest& request, Route& route) const {
  route.service = slot->name();
  if (slot->descriptor().models.empty()) {
    route.flavor = protocol::Flavor::kS3;
  } else {
    route.flavor = request.Find("X-Amz-Target") ? protocol::Flavor::kJson : protocol::Flavor::kQuery;
  }
  return slot;
}

ServiceSlot* Router::Absent(std::string_view name, const HttpRequest& request, Route& route) const {
  route.service = AbsentServiceName(name);
  route.flavor = request.Find("X-Amz-Target") ? protocol::Flavor::kJson : protocol::Flavor::kQuery;
  return nullptr;
}

/// By "sqs" of "sqs.us-east-1.localhost:4566", "queue" of "us-east-1.queue.localhost". Buckets cannot take
/// these names over: virtual hosts are BUCKET.s3....
ServiceSlot* Router::FindHost(std::string_view host) const {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return nullptr;
  if (ServiceSlot* const slot = Lookup(names_, host.substr(0, dot))) return slot;
  return host.substr(dot + 1).starts_with("queue.") ? sqs_ : nullptr;
}

ServiceSlot* Router::FindForm(const HttpRequest& request, std::string_view form) const {
  for (const std::string_view parameters : {form, request.query}) {
    if (FormValue(parameters, "Action").empty()) continue;
    if (ServiceSlot* const slot = Lookup(versions_, FormValue(parameters, "Version"))) return slot;
    if (ServiceSlot* const slot = Lookup(link_actions_, FormValue(parameters, "Action"))) return slot;
    // "/queue/NAME" would be an object of a bucket but for the action.
    if (IsQueuePath(request.path) || request.path.starts_with("/queue/")) return sqs_;
  }
  return nullptr;
}

ServiceSlot* Router::Find(const HttpRequest& request, std::string_view form, Route& route) const {
  if (const auto target = request.Find("X-Amz-Target")) {
    const std::string_view prefix = target->substr(0, target->find('.'));
    ServiceSlot* const slot = Lookup(targets_, prefix);
    return slot == nullptr ? Absent(prefix, request, route) : Choose(slot, request, route);
  }
  if (route.scope && !route.scope->service.empty()) {
    ServiceSlot* const slot = Lookup(names_, route.scope->service);
    return slot == nullptr ? Absent(route.scope->service, request, route) : Choose(slot, request, route);
  }
  if (ServiceSlot* const slot = FindForm(request, form)) return Choose(slot, request, route);
  for (const std::string_view parameters : {form, request.query}) {
    const std::string_view name = AbsentQueryService(FormValue(parameters, "Version"));
    if (!name.empty() && !FormValue(parameters, "Action").empty()) return Absent(name, request, route);
  }
  const std::string_view host = request.Header("Host");
  // Before S3's virtual hosts, where no service has taken it.
  if (WebHostLabel(host) == "elb") return Absent("elb", request, route);
  if (ServiceSlot* const slot = FindHost(host)) return Choose(slot, request, route);
  if (const std::string_view name = AbsentHostService(host); !name.empty()) {
    return Absent(name, request, route);
  }
  for (const auto& [prefix, slot] : path_prefixes_) {
    if (!route.scope && request.path.starts_with(prefix)) return Choose(slot, request, route);
  }
  // An access key without a scope is SigV2, which S3 alone speaks here.
  if (!route.scope && IsQueuePath(request.path)) return Choose(sqs_, request, route);
  return Choose(s3_, request, route);
}

}  // namespace cumulite::server
