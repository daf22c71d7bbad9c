#include "services/elb/operations/create_target_group.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/network_rules.h"
#include "services/elb/quotas.h"
#include "services/elb/tags.h"
#include "services/elb/target_group_rules.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr std::string_view kTargetTypeEnum[] = {"instance", "ip", "lambda", "alb"};
constexpr std::string_view kTargetGroupIpAddressTypeEnum[] = {"ipv4", "ipv6"};

}  // namespace

protocol::Members CreateTargetGroupRequest::Describe() {
  using T = CreateTargetGroupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name").Required(),
      Wire<&T::protocol>("Protocol").Values(kProtocolEnum),
      Wire<&T::protocol_version>("ProtocolVersion"),
      Wire<&T::port>("Port").Range(1, 65'535),
      Wire<&T::vpc_id>("VpcId"),
      Wire<&T::health_check_protocol>("HealthCheckProtocol").Values(kProtocolEnum),
      Wire<&T::health_check_port>("HealthCheckPort"),
      Wire<&T::health_check_enabled>("HealthCheckEnabled"),
      Wire<&T::health_check_path>("HealthCheckPath").Length(1, 1024),
      Wire<&T::health_check_interval_seconds>("HealthCheckIntervalSeconds").Range(5, 300),
      Wire<&T::health_check_timeout_seconds>("HealthCheckTimeoutSeconds").Range(2, 120),
      Wire<&T::healthy_threshold_count>("HealthyThresholdCount").Range(2, 10),
      Wire<&T::unhealthy_threshold_count>("UnhealthyThresholdCount").Range(2, 10),
      Wire<&T::matcher>("Matcher"),
      Wire<&T::target_type>("TargetType").Values(kTargetTypeEnum),
      Wire<&T::tags>("Tags").Length(1, protocol::kNoMaximum),
      Wire<&T::ip_address_type>("IpAddressType").Values(kTargetGroupIpAddressTypeEnum),
      Wire<&T::target_control_port>("TargetControlPort").Range(1, 65'535),
  };
  return kMembers;
}

protocol::Members CreateTargetGroupResponse::Describe() {
  using T = CreateTargetGroupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_groups>("TargetGroups").KeepEmpty(),
  };
  return kMembers;
}

namespace {

std::string Written(const TargetGroup& group) {
  TargetGroup same = group;
  same.target_group_arn.reset();
  std::string text;
  protocol::EncodeJson(&same, TargetGroup::Describe(), text);
  return text;
}

TargetGroup ReadRequest(const CreateTargetGroupRequest& request) {
  TargetGroup group;
  group.target_group_name = request.name;
  group.target_type = request.target_type;
  group.protocol = request.protocol;
  group.protocol_version = request.protocol_version;
  group.port = request.port;
  group.vpc_id = request.vpc_id;
  group.ip_address_type = request.ip_address_type;
  group.target_control_port = request.target_control_port;
  ReadTargetGroup(group);
  StartHealthCheck(group, {.protocol = request.health_check_protocol,
                           .port = request.health_check_port,
                           .path = request.health_check_path,
                           .enabled = request.health_check_enabled,
                           .interval = request.health_check_interval_seconds,
                           .timeout = request.health_check_timeout_seconds,
                           .healthy = request.healthy_threshold_count,
                           .unhealthy = request.unhealthy_threshold_count,
                           .matcher = request.matcher});
  return group;
}

}  // namespace

runtime::Task<CreateTargetGroupResponse> CreateTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           CreateTargetGroupRequest request) {
  RequireAllowed(context, NamedArn(context.identity, "targetgroup", request.name, "*"));
  CheckTargetGroupName(request.name);
  CheckTags(request.tags);
  TargetGroupRecord record;
  record.shown = ReadRequest(request);
  if (elb.settings().check_network && record.shown.vpc_id) {
    runtime::Task<void> checking = FindVpc(elb.peers().network(), *record.shown.vpc_id, context.identity);
    co_await checking;
  }
  MergeTags(record.tags, request.tags);
  record.shown.target_group_arn = NamedArn(context.identity, TargetGroupRecord::kKind, request.name, NewId());
  const Owner owner = OwnerOf(context);
  const auto create = [&]() -> TargetGroup {
    ElbStore& store = elb.store();
    if (auto old = store.current().FindNamed<TargetGroupRecord>(owner, request.name)) {
      if (Written(old->shown) != Written(record.shown)) {
        throw AwsError(kDuplicateTargetGroupName, "A target group with the same name '" + request.name +
                                                      "' exists, but with different settings");
      }
      old->shown.load_balancer_arns = store.current().LoadBalancersOf(old->arn());
      return old->shown;
    }
    const auto count = store.current().Count(TargetGroupRecord::kKind, owner);
    if (static_cast<std::size_t>(count) >= kMaxTargetGroups) {
      throw AwsError(kTooManyTargetGroups, "The maximum number of target groups has been reached");
    }
    store.Insert(record, owner);
    return record.shown;
  };
  TargetGroup made = co_await elb.Change(create);
  elb.log().info("target group created arn={}", *made.target_group_arn);
  CreateTargetGroupResponse response;
  response.target_groups.push_back(std::move(made));
  co_return response;
}

}  // namespace cumulite::elb
