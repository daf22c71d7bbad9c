#include "services/elb/operations/modify_rule.h"

#include "services/elb/access.h"
#include "services/elb/action_rules.h"
#include "services/elb/condition_rules.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members ModifyRuleRequest::Describe() {
  using T = ModifyRuleRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rule_arn>("RuleArn").Required(),
      Wire<&T::conditions>("Conditions"),
      Wire<&T::actions>("Actions"),
      Wire<&T::transforms>("Transforms"),
      Wire<&T::reset_transforms>("ResetTransforms"),
  };
  return kMembers;
}

protocol::Members ModifyRuleResponse::Describe() {
  using T = ModifyRuleResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<ModifyRuleResponse> ModifyRule(ElbService& elb, const protocol::RequestContext& context,
                                             ModifyRuleRequest request) {
  RequireAllowed(context, request.rule_arn);
  const bool reset = request.reset_transforms.value_or(false);
  if (reset && !request.transforms.empty())
    throw Invalid("You cannot specify both transforms and their reset");
  const auto modify = [&] {
    ElbStore& store = elb.store();
    auto record = Open<RuleRecord>(store.current(), request.rule_arn, context);
    if (record.is_default()) {
      throw AwsError(kOperationNotPermitted, "Default rule '" + request.rule_arn + "' cannot be modified");
    }
    Rule& shown = record.shown;
    const auto listener = Open<ListenerRecord>(store.current(), record.listener_arn, context);
    const auto load_balancer =
        Open<LoadBalancerRecord>(store.current(), *listener.shown.load_balancer_arn, context);
    if (!request.conditions.empty()) shown.conditions = ReadConditions(request.conditions);
    if (!request.transforms.empty() || reset) {
      CheckTransforms(request.transforms);
      shown.transforms = request.transforms;
    }
    if (!request.actions.empty()) {
      auto actions =
          ReadActions(request.actions, {load_balancer.type(), listener.shown.protocol.value_or("")});
      KeepClientSecrets(actions, shown.actions);
      CheckForwards(store.current(), actions, load_balancer, listener.shown, context);
      shown.actions = std::move(actions);
      store.SetForwards(record.arn(), load_balancer.arn(), ForwardedTo(shown.actions));
    }
    store.Save(record);
    return ShownRule(record);
  };
  Rule changed = co_await elb.Change(modify);
  ModifyRuleResponse response;
  response.rules.push_back(std::move(changed));
  co_return response;
}

}  // namespace cumulite::elb
