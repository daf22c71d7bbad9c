#include "services/elb/operations/modify_target_group.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/target_group_rules.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members ModifyTargetGroupRequest::Describe() {
  using T = ModifyTargetGroupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
      Wire<&T::health_check_protocol>("HealthCheckProtocol").Values(kProtocolEnum),
      Wire<&T::health_check_port>("HealthCheckPort"),
      Wire<&T::health_check_path>("HealthCheckPath").Length(1, 1024),
      Wire<&T::health_check_enabled>("HealthCheckEnabled"),
      Wire<&T::health_check_interval_seconds>("HealthCheckIntervalSeconds").Range(5, 300),
      Wire<&T::health_check_timeout_seconds>("HealthCheckTimeoutSeconds").Range(2, 120),
      Wire<&T::healthy_threshold_count>("HealthyThresholdCount").Range(2, 10),
      Wire<&T::unhealthy_threshold_count>("UnhealthyThresholdCount").Range(2, 10),
      Wire<&T::matcher>("Matcher"),
  };
  return kMembers;
}

protocol::Members ModifyTargetGroupResponse::Describe() {
  using T = ModifyTargetGroupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_groups>("TargetGroups").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<ModifyTargetGroupResponse> ModifyTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           ModifyTargetGroupRequest request) {
  RequireAllowed(context, request.target_group_arn);
  const HealthCheckChange change{.protocol = request.health_check_protocol,
                                 .port = request.health_check_port,
                                 .path = request.health_check_path,
                                 .enabled = request.health_check_enabled,
                                 .interval = request.health_check_interval_seconds,
                                 .timeout = request.health_check_timeout_seconds,
                                 .healthy = request.healthy_threshold_count,
                                 .unhealthy = request.unhealthy_threshold_count,
                                 .matcher = request.matcher};
  const auto modify = [&] {
    auto record = Open<TargetGroupRecord>(elb.store().current(), request.target_group_arn, context);
    ChangeHealthCheck(record.shown, change);
    elb.store().Save(record);
    record.shown.load_balancer_arns = elb.store().current().LoadBalancersOf(record.arn());
    return record.shown;
  };
  TargetGroup changed = co_await elb.Change(modify);
  ModifyTargetGroupResponse response;
  response.target_groups.push_back(std::move(changed));
  co_return response;
}

}  // namespace cumulite::elb
