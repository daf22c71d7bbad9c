#include "services/elb/operations/modify_listener.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/action_rules.h"
#include "services/elb/certificates.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members ModifyListenerRequest::Describe() {
  using T = ModifyListenerRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::port>("Port").Range(1, 65'535),
      Wire<&T::protocol>("Protocol").Values(kProtocolEnum),
      Wire<&T::ssl_policy>("SslPolicy"),
      Wire<&T::certificates>("Certificates"),
      Wire<&T::default_actions>("DefaultActions"),
      Wire<&T::alpn_policy>("AlpnPolicy"),
      Wire<&T::mutual_authentication>("MutualAuthentication"),
  };
  return kMembers;
}

protocol::Members ModifyListenerResponse::Describe() {
  using T = ModifyListenerResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listeners>("Listeners").KeepEmpty(),
  };
  return kMembers;
}

namespace {

bool IsSecure(const std::optional<std::string>& protocol) { return protocol == "HTTPS" || protocol == "TLS"; }

void Merge(Listener& shown, const ModifyListenerRequest& request) {
  if (request.protocol) {
    if (IsSecure(shown.protocol) && !IsSecure(request.protocol)) {
      shown.certificates.clear();
      shown.ssl_policy.reset();
      shown.mutual_authentication.reset();
    }
    if (*request.protocol != "TLS") shown.alpn_policy.clear();
    shown.protocol = request.protocol;
  }
  if (request.port) shown.port = request.port;
  if (!request.certificates.empty()) shown.certificates = request.certificates;
  if (request.ssl_policy) shown.ssl_policy = request.ssl_policy;
  if (!request.alpn_policy.empty()) shown.alpn_policy = request.alpn_policy;
  if (request.mutual_authentication) shown.mutual_authentication = request.mutual_authentication;
  if (IsSecure(shown.protocol) && shown.certificates.size() != 1) {
    throw InvalidConfiguration(
        "You must provide a list containing exactly one certificate if the listener protocol is " +
        *shown.protocol + ".");
  }
}

/// All rules of a listener go on with its new protocol, or the change is refused.
void CheckRules(const ElbStore::Current& current, const std::vector<RuleRecord>& rules,
                const LoadBalancerRecord& load_balancer, const Listener& listener,
                const protocol::RequestContext& context) {
  for (const RuleRecord& rule : rules) {
    if (rule.is_default()) continue;
    ReadActions(rule.shown.actions, {load_balancer.type(), listener.protocol.value_or("")});
    CheckForwards(current, rule.shown.actions, load_balancer, listener, context);
  }
}

}  // namespace

runtime::Task<ModifyListenerResponse> ModifyListener(ElbService& elb, const protocol::RequestContext& context,
                                                     ModifyListenerRequest request) {
  RequireAllowed(context, request.listener_arn);
  runtime::Task<void> learning =
      LearnCertificates(elb.certificates(), ArnsOf(request.certificates), elb.settings().check_network);
  co_await learning;
  const auto modify = [&]() -> Listener {
    ElbStore& store = elb.store();
    auto record = Open<ListenerRecord>(store.current(), request.listener_arn, context);
    Listener& shown = record.shown;
    const auto load_balancer = Open<LoadBalancerRecord>(store.current(), *shown.load_balancer_arn, context);
    Merge(shown, request);
    ReadListener(shown, load_balancer.type());
    if (shown.mutual_authentication && shown.mutual_authentication->trust_store_arn) {
      Open<TrustStoreRecord>(store.current(), *shown.mutual_authentication->trust_store_arn, context);
    }
    for (const ListenerRecord& other : store.current().Children<ListenerRecord>(load_balancer.arn())) {
      if (other.arn() == record.arn() || other.shown.port != shown.port) continue;
      throw AwsError(kDuplicateListener, "A listener already exists on this port for this load balancer '" +
                                             load_balancer.arn() + "'");
    }
    std::vector<Action> actions =
        request.default_actions.empty() ? shown.default_actions : request.default_actions;
    actions = ReadActions(std::move(actions), {load_balancer.type(), shown.protocol.value_or("")});
    KeepClientSecrets(actions, shown.default_actions);
    CheckForwards(store.current(), actions, load_balancer, shown, context);
    const auto rules = store.current().Children<RuleRecord>(record.arn());
    CheckRules(store.current(), rules, load_balancer, shown, context);
    shown.default_actions = std::move(actions);
    RuleRecord rule = rules.back();  // the default one is the last
    rule.shown.actions = shown.default_actions;
    store.Save(record);
    store.Save(rule);
    store.SetForwards(rule.arn(), load_balancer.arn(), ForwardedTo(shown.default_actions));
    return ShownListener(record);
  };
  Listener changed = co_await elb.Change(modify);
  ModifyListenerResponse response;
  response.listeners.push_back(std::move(changed));
  co_return response;
}

}  // namespace cumulite::elb
