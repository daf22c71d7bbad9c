#include "services/elb/operations/delete_rule.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DeleteRuleRequest::Describe() {
  using T = DeleteRuleRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rule_arn>("RuleArn").Required(),
  };
  return kMembers;
}

runtime::Task<DeleteRuleResponse> DeleteRule(ElbService& elb, const protocol::RequestContext& context,
                                             DeleteRuleRequest request) {
  RequireAllowed(context, request.rule_arn);
  const auto erase = [&] {
    const auto record = Open<RuleRecord>(elb.store().current(), request.rule_arn, context);
    if (record.is_default()) {
      throw AwsError(kOperationNotPermitted, "Default rule '" + request.rule_arn + "' cannot be deleted");
    }
    elb.store().Erase(request.rule_arn);
  };
  co_await elb.Change(erase);
  co_return DeleteRuleResponse{};
}

}  // namespace cumulite::elb
