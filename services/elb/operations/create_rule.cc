#include "services/elb/operations/create_rule.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/action_rules.h"
#include "services/elb/condition_rules.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"
#include "services/elb/quotas.h"
#include "services/elb/tags.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members CreateRuleRequest::Describe() {
  using T = CreateRuleRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::conditions>("Conditions").Required(),
      Wire<&T::priority>("Priority").Required().Range(1, 50'000),
      Wire<&T::actions>("Actions").Required(),
      Wire<&T::tags>("Tags").Length(1, protocol::kNoMaximum),
      Wire<&T::transforms>("Transforms"),
  };
  return kMembers;
}

protocol::Members CreateRuleResponse::Describe() {
  using T = CreateRuleResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").KeepEmpty(),
  };
  return kMembers;
}

namespace {

/// Of all listeners of the load balancer, without default rules.
std::size_t CountRules(const ElbStore::Current& current, const std::string& load_balancer_arn) {
  std::size_t count = 0;
  for (const ListenerRecord& listener : current.Children<ListenerRecord>(load_balancer_arn)) {
    count += current.Children<RuleRecord>(listener.arn()).size() - 1;
  }
  return count;
}

}  // namespace

runtime::Task<CreateRuleResponse> CreateRule(ElbService& elb, const protocol::RequestContext& context,
                                             CreateRuleRequest request) {
  RequireAllowed(context, request.listener_arn);
  CheckTags(request.tags);
  RuleRecord record;
  Rule& shown = record.shown;
  shown.conditions = ReadConditions(std::move(request.conditions));
  CheckTransforms(request.transforms);
  shown.transforms = std::move(request.transforms);
  shown.priority = std::to_string(request.priority);
  shown.is_default = false;
  record.listener_arn = request.listener_arn;
  MergeTags(record.tags, request.tags);
  const auto create = [&] {
    ElbStore& store = elb.store();
    const auto listener = Open<ListenerRecord>(store.current(), request.listener_arn, context);
    const auto load_balancer =
        Open<LoadBalancerRecord>(store.current(), *listener.shown.load_balancer_arn, context);
    if (load_balancer.type() != "application") {
      throw AwsError(kUnsupportedProtocol, "Rules are supported only for HTTP and HTTPS listeners");
    }
    shown.actions =
        ReadActions(request.actions, {load_balancer.type(), listener.shown.protocol.value_or("")});
    KeepClientSecrets(shown.actions, {});
    const auto others = store.current().Children<RuleRecord>(request.listener_arn);
    if (std::ranges::find(others, request.priority, &RuleRecord::priority) != others.end()) {
      throw AwsError(kPriorityInUse,
                     "Priority '" + std::to_string(request.priority) + "' is currently in use");
    }
    CheckForwards(store.current(), shown.actions, load_balancer, listener.shown, context);
    if (CountRules(store.current(), load_balancer.arn()) >= kMaxRules) {
      throw AwsError(kTooManyRules, "The maximum number of rules has been reached on load balancer '" +
                                        load_balancer.arn() + "'");
    }
    shown.rule_arn = RuleArn(request.listener_arn, NewId());
    store.Insert(record, OwnerOf(context));
    store.SetForwards(record.arn(), load_balancer.arn(), ForwardedTo(shown.actions));
  };
  co_await elb.Change(create);
  CreateRuleResponse response;
  response.rules.push_back(ShownRule(record));
  co_return response;
}

}  // namespace cumulite::elb
