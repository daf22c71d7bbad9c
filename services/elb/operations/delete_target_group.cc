#include "services/elb/operations/delete_target_group.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DeleteTargetGroupRequest::Describe() {
  using T = DeleteTargetGroupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
  };
  return kMembers;
}

runtime::Task<DeleteTargetGroupResponse> DeleteTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DeleteTargetGroupRequest request) {
  RequireAllowed(context, request.target_group_arn);
  const std::string& arn = request.target_group_arn;
  CheckArn(arn, TargetGroupRecord::kKind, WordsOf<TargetGroupRecord>());
  const auto erase = [&] {
    if (!IsOwn(arn, context.identity)) return;
    if (!elb.store().current().LoadBalancersOf(arn).empty()) {
      throw AwsError(kResourceInUse,
                     "Target group '" + arn + "' is currently in use by a listener or a rule");
    }
    elb.store().Erase(arn);
  };
  co_await elb.Change(erase);
  elb.log().info("target group deleted arn={}", arn);
  co_return DeleteTargetGroupResponse{};
}

}  // namespace cumulite::elb
