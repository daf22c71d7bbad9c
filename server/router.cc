#include "server/router.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cumulite::server {
namespace {
using protocol::HttpRequest;
using Pair = std::pair<std::string_view, std::string_view>;

/// X-Amz-Target prefix -> service.
constexpr std::array kTargets{Pair{"AmazonSQS", "sqs"}, Pair{"AmazonSimpleNotificationService", "sns"},
                              Pair{"DynamoDB_20120810", "dynamodb"},
                              Pair{"DynamoDBStreams_20120810", "dynamodb"}};
/// Actions of links that SNS writes into its messages: they carry neither version nor signature.
constexpr std::array kLinkActions{Pair{"ConfirmSubscription", "sns"}, Pair{"Unsubscribe", "sns"}};
/// API version of the Query protocol -> service.
constexpr std::array kVersions{Pair{"2012-11-05", "sqs"}, Pair{"2010-03-31", "sns"},
                               Pair{"2011-06-15", "sts"}, Pair{"2015-12-01", "elb"}};
/// Credential scope and host label -> service, where they differ from its name.
constexpr std::array kAliases{Pair{"elasticloadbalancing", "elb"}, Pair{"s3express", "s3"},
                              Pair{"queue", "sqs"}};
/// Host labels that name a service. Buckets cannot take them over: virtual hosts are BUCKET.s3....
constexpr std::array<std::string_view, 7> kHostLabels{
    "sqs", "sns", "dynamodb", "sts", "queue", "elasticloadbalancing", "s3"};

template <std::size_t N>
std::string_view Lookup(const std::array<Pair, N>& table, std::string_view key) {
  for (const auto& [from, to] : table) {
    if (from == key) return to;
  }
  return {};
}

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

/// "sqs" of "sqs.us-east-1.localhost:4566", "queue" of "us-east-1.queue.localhost"; empty for other hosts.
std::string_view HostService(std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view first = host.substr(0, dot);
  if (std::ranges::find(kHostLabels, first) != kHostLabels.end()) return first;
  const std::string_view rest = host.substr(dot + 1);
  return rest.starts_with("queue.") ? std::string_view("queue") : std::string_view();
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

Router::Router(std::span<services::Service* const> services) : services_(services) {}

services::Service* Router::ByName(std::string_view name) const {
  for (services::Service* service : services_) {
    if (service->name() == name) return service;
  }
  return nullptr;
}

bool Router::IsScopeOf(std::string_view scope_service, const services::Service& service) {
  const std::string_view alias = Lookup(kAliases, scope_service);
  return service.name() == (alias.empty() ? scope_service : alias);
}

Route Router::ForService(std::string_view name, const HttpRequest& request) const {
  if (const std::string_view alias = Lookup(kAliases, name); !alias.empty()) name = alias;
  Route route{.service = ByName(name)};
  if (name == "s3") {
    route.flavor = protocol::Flavor::kS3;
  } else {
    route.flavor = request.Find("X-Amz-Target") ? protocol::Flavor::kJson : protocol::Flavor::kQuery;
  }
  if (route.service == nullptr) route.name = name;
  return route;
}

bool Router::NeedsForm(const HttpRequest& request) const {
  return IsForm(request) && !request.Find("X-Amz-Target") && !protocol::PeekScope(request);
}

Route Router::Find(const HttpRequest& request, std::string_view form) const {
  if (const auto target = request.Find("X-Amz-Target")) {
    const std::string_view prefix = target->substr(0, target->find('.'));
    const std::string_view name = Lookup(kTargets, prefix);
    return ForService(name.empty() ? prefix : name, request);
  }
  const auto scope = protocol::PeekScope(request);
  if (scope && !scope->service.empty()) return ForService(scope->service, request);
  for (const std::string_view parameters : {form, request.query}) {
    if (FormValue(parameters, "Action").empty()) continue;
    std::string_view name = Lookup(kVersions, FormValue(parameters, "Version"));
    if (name.empty()) name = Lookup(kLinkActions, FormValue(parameters, "Action"));
    if (!name.empty()) return ForService(name, request);
    if (IsQueuePath(request.path)) return ForService("sqs", request);
  }
  if (const std::string_view name = HostService(request.Header("Host")); !name.empty()) {
    return ForService(name, request);
  }
  // The certificate that signed messages of SNS name.
  if (!scope && request.path.starts_with("/SimpleNotificationService-") && request.path.ends_with(".pem")) {
    return ForService("sns", request);
  }
  // An access key without a scope is SigV2, which S3 alone speaks here.
  if (!scope && IsQueuePath(request.path)) return ForService("sqs", request);
  return ForService("s3", request);
}

}  // namespace cumulite::server
