#include "services/elb/inspect.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "services/elb/elb_service.h"
#include "services/elb/proxy/data_plane.h"

namespace cumulite::elb {
namespace {
using Json = nlohmann::ordered_json;

Json ShowListener(const ListenerRecord& listener, const std::vector<proxy::ListenerState>& states) {
  Json shown;
  shown["arn"] = listener.arn();
  shown["protocol"] = listener.shown.protocol.value_or("");
  shown["port"] = listener.shown.port.value_or(0);
  const auto state = std::ranges::find(states, listener.arn(), &proxy::ListenerState::listener_arn);
  shown["bound"] = state != states.end() && state->bound;
  if (state != states.end() && !state->failure.empty()) shown["failure"] = state->failure;
  return shown;
}

std::string ShowLoadBalancers(const ElbService& elb) {
  const std::vector<proxy::ListenerState> states =
      elb.data_plane() ? elb.data_plane()->Listeners() : std::vector<proxy::ListenerState>();
  Json list = Json::array();
  for (const LoadBalancerRecord& record : elb.committed().Everything<LoadBalancerRecord>()) {
    Json shown;
    shown["name"] = *record.shown.load_balancer_name;
    shown["arn"] = record.arn();
    shown["type"] = record.type();
    shown["dns_name"] = record.shown.dns_name.value_or("");
    shown["listeners"] = Json::array();
    for (const ListenerRecord& listener : elb.committed().Children<ListenerRecord>(record.arn())) {
      shown["listeners"].push_back(ShowListener(listener, states));
    }
    list.push_back(std::move(shown));
  }
  return Json{{"load_balancers", std::move(list)}}.dump();
}

/// What is asked, or what is wrong with it.
std::optional<std::string> ReadQuestion(const protocol::HttpRequest& request, proxy::Question& question) {
  const auto parameters = protocol::ParseQuery(request.query);
  if (!parameters) return "the query cannot be read";
  for (const auto& [name, value] : *parameters) {
    if (name == "host") {
      question.host = value;
    } else if (name == "path") {
      question.path = value;
    } else if (name == "method") {
      question.method = value;
    } else if (name == "source_ip") {
      question.source_ip = value;
    } else if (name == "port") {
      const char* const end = value.data() + value.size();
      const auto read = std::from_chars(value.data(), end, question.listener_port);
      if (read.ec != std::errc{} || read.ptr != end) return "port must be a number";
    } else if (name == "header") {
      const std::size_t colon = value.find(':');
      if (colon == std::string::npos) return "header must be NAME:VALUE";
      question.headers.emplace_back(value.substr(0, colon), value.substr(colon + 1));
    } else {
      return "unknown parameter";
    }
  }
  if (question.host.empty()) return "host is missing";
  if (question.path.empty()) question.path = "/";
  return std::nullopt;
}

/// Nothing for one that is not there.
std::optional<Inspected> ShowTrustStore(const ElbService& elb, const protocol::HttpRequest& request) {
  std::string arn;
  std::optional<std::string> revocation;
  for (const auto& [name, value] :
       protocol::ParseQuery(request.query).value_or(std::vector<protocol::QueryParam>{})) {
    if (name == "arn") arn = value;
    if (name == "revocation") revocation = value;
  }
  const auto store = elb.committed().Find<TrustStoreRecord>(arn);
  if (!store) return std::nullopt;
  constexpr std::string_view kPem = "application/x-pem-file";
  if (!revocation) return Inspected{200, store->bundle_pem, kPem};
  for (const RevocationRecord& record : store->revocations) {
    if (std::to_string(record.id) == *revocation) return Inspected{200, record.pem, kPem};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Inspected> Inspect(const ElbService& elb, std::string_view resource,
                                 const protocol::HttpRequest& request) {
  if (resource == "load-balancers") return Inspected{200, ShowLoadBalancers(elb)};
  if (resource == "trust-store") return ShowTrustStore(elb, request);
  constexpr std::string_view kPublicKeys = "public-keys/";
  if (resource.starts_with(kPublicKeys) && elb.data_plane() != nullptr) {
    const auto key = elb.data_plane()->PublicKey(resource.substr(kPublicKeys.size()));
    if (!key) return std::nullopt;
    return Inspected{200, *key, "application/x-pem-file"};
  }
  if (resource != "explain" || elb.data_plane() == nullptr) return std::nullopt;
  proxy::Question question;
  if (const auto fault = ReadQuestion(request, question)) {
    return Inspected{400, Json{{"error", *fault}}.dump()};
  }
  return Inspected{200, elb.data_plane()->Explain(question)};
}

}  // namespace cumulite::elb
