#include "services/elb/operations/create_listener.h"

#include "services/elb/access.h"
#include "services/elb/action_rules.h"
#include "services/elb/certificates.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"
#include "services/elb/quotas.h"
#include "services/elb/tags.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members CreateListenerRequest::Describe() {
  using T = CreateListenerRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::protocol>("Protocol").Values(kProtocolEnum),
      Wire<&T::port>("Port").Range(1, 65'535),
      Wire<&T::ssl_policy>("SslPolicy"),
      Wire<&T::certificates>("Certificates"),
      Wire<&T::default_actions>("DefaultActions").Required(),
      Wire<&T::alpn_policy>("AlpnPolicy"),
      Wire<&T::tags>("Tags").Length(1, protocol::kNoMaximum),
      Wire<&T::mutual_authentication>("MutualAuthentication"),
  };
  return kMembers;
}

protocol::Members CreateListenerResponse::Describe() {
  using T = CreateListenerResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listeners>("Listeners").KeepEmpty(),
  };
  return kMembers;
}

namespace {

/// A listener's default rule, which does what the listener's default actions say.
RuleRecord DefaultRule(const ListenerRecord& listener) {
  RuleRecord rule;
  rule.shown.rule_arn = RuleArn(listener.arn(), NewId());
  rule.shown.priority = "default";
  rule.shown.is_default = true;
  rule.shown.actions = listener.shown.default_actions;
  rule.listener_arn = listener.arn();
  return rule;
}

std::string Written(const Listener& listener) {
  Listener same = listener;
  same.listener_arn.reset();
  std::string text;
  protocol::EncodeJson(&same, Listener::Describe(), text);
  return text;
}

/// The listener on that port which a request like this one made; a different one is refused.
std::optional<Listener> FindSame(const std::vector<ListenerRecord>& others, const Listener& wanted) {
  for (const ListenerRecord& other : others) {
    if (other.shown.port != wanted.port) continue;
    if (Written(other.shown) == Written(wanted)) return ShownListener(other);
    throw AwsError(kDuplicateListener, "A listener already exists on this port for this load balancer '" +
                                           *wanted.load_balancer_arn + "'");
  }
  return std::nullopt;
}

void CheckTrustStore(const ElbStore::Current& current, const Listener& listener,
                     const protocol::RequestContext& context) {
  if (!listener.mutual_authentication || !listener.mutual_authentication->trust_store_arn) return;
  Open<TrustStoreRecord>(current, *listener.mutual_authentication->trust_store_arn, context);
}

}  // namespace

runtime::Task<CreateListenerResponse> CreateListener(ElbService& elb, const protocol::RequestContext& context,
                                                     CreateListenerRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  CheckTags(request.tags);
  runtime::Task<void> learning =
      LearnCertificates(elb.certificates(), ArnsOf(request.certificates), elb.settings().check_network);
  co_await learning;
  const auto create = [&]() -> Listener {
    ElbStore& store = elb.store();
    const auto load_balancer = Open<LoadBalancerRecord>(store.current(), request.load_balancer_arn, context);
    ListenerRecord record;
    Listener& shown = record.shown;
    shown.load_balancer_arn = request.load_balancer_arn;
    shown.port = request.port;
    shown.protocol = request.protocol;
    shown.certificates = request.certificates;
    shown.ssl_policy = request.ssl_policy;
    shown.alpn_policy = request.alpn_policy;
    shown.mutual_authentication = request.mutual_authentication;
    ReadListener(shown, load_balancer.type());
    CheckTrustStore(store.current(), shown, context);
    shown.default_actions =
        ReadActions(request.default_actions, {load_balancer.type(), shown.protocol.value_or("")});
    KeepClientSecrets(shown.default_actions, {});
    MergeTags(record.tags, request.tags);
    const auto others = store.current().Children<ListenerRecord>(request.load_balancer_arn);
    if (auto same = FindSame(others, shown)) return std::move(*same);
    CheckForwards(store.current(), shown.default_actions, load_balancer, shown, context);
    if (others.size() >= kMaxListeners) {
      throw AwsError(kTooManyListeners,
                     "The maximum number of listeners has been reached on load balancer '" +
                         request.load_balancer_arn + "'");
    }
    shown.listener_arn = ListenerArn(request.load_balancer_arn, NewId());
    const RuleRecord rule = DefaultRule(record);
    store.Insert(record, OwnerOf(context));
    store.Insert(rule, OwnerOf(context));
    store.SetForwards(rule.arn(), load_balancer.arn(), ForwardedTo(shown.default_actions));
    return ShownListener(record);
  };
  Listener made = co_await elb.Change(create);
  elb.log().info("listener created arn={}", *made.listener_arn);
  CreateListenerResponse response;
  response.listeners.push_back(std::move(made));
  co_return response;
}

}  // namespace cumulite::elb
