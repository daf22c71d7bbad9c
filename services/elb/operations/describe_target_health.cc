#include "services/elb/operations/describe_target_health.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/proxy/data_plane.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr std::string_view kDescribeTargetHealthInputIncludeEnum[] = {"AnomalyDetection", "All"};
constexpr protocol::Limits kDescribeTargetHealthInputIncludeEnumLimits =
    protocol::Limits{}.Values(kDescribeTargetHealthInputIncludeEnum);

}  // namespace

protocol::Members TargetHealth::Describe() {
  using T = TargetHealth;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::state>("State"),
      Wire<&T::reason>("Reason"),
      Wire<&T::description>("Description"),
  };
  return kMembers;
}

protocol::Members AnomalyDetection::Describe() {
  using T = AnomalyDetection;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::result>("Result"),
      Wire<&T::mitigation_in_effect>("MitigationInEffect"),
  };
  return kMembers;
}

protocol::Members AdministrativeOverride::Describe() {
  using T = AdministrativeOverride;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::state>("State"),
      Wire<&T::reason>("Reason"),
      Wire<&T::description>("Description"),
  };
  return kMembers;
}

protocol::Members TargetHealthDescription::Describe() {
  using T = TargetHealthDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target>("Target"),
      Wire<&T::health_check_port>("HealthCheckPort"),
      Wire<&T::target_health>("TargetHealth"),
      Wire<&T::anomaly_detection>("AnomalyDetection"),
      Wire<&T::administrative_override>("AdministrativeOverride"),
  };
  return kMembers;
}

protocol::Members DescribeTargetHealthRequest::Describe() {
  using T = DescribeTargetHealthRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
      Wire<&T::targets>("Targets"),
      Wire<&T::include>("Include").Elements(kDescribeTargetHealthInputIncludeEnumLimits),
  };
  return kMembers;
}

protocol::Members DescribeTargetHealthResponse::Describe() {
  using T = DescribeTargetHealthResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_health_descriptions>("TargetHealthDescriptions").KeepEmpty(),
  };
  return kMembers;
}

namespace {

TargetHealthDescription Describe(const TargetGroupRecord& group, const TargetRecord& target,
                                 TargetHealth health) {
  TargetHealthDescription description;
  description.target.emplace();
  description.target->id = target.id;
  if (target.has_port) description.target->port = target.port;
  if (!target.zone.empty()) description.target->availability_zone = target.zone;
  if (target.has_port) {
    const std::string port = group.shown.health_check_port.value_or("traffic-port");
    description.health_check_port = port == "traffic-port" ? std::to_string(target.port) : port;
  }
  description.target_health = std::move(health);
  return description;
}

/// What is known of a target before the data plane has seen it: its group is not in use, or it has just come.
TargetHealth Unseen(bool in_use) {
  if (!in_use) {
    return {"unused", "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer"};
  }
  return {"initial", "Elb.RegistrationInProgress", "Target registration is in progress"};
}

std::optional<std::string> UnlessEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// As the data plane sees it. A target is described by its id and port, as registered.
class Healths {
 public:
  Healths(const ElbService& elb, const TargetGroupRecord& group)
      : seen_(elb.HealthOf(group.arn())), in_use_(!elb.committed().LoadBalancersOf(group.arn()).empty()) {}

  const proxy::TargetHealth* Seen(const TargetRecord& target) const {
    const auto found = std::ranges::find_if(seen_, [&](const proxy::TargetHealth& health) {
      return health.id == target.id && (!target.has_port || health.port == target.port);
    });
    return found == seen_.end() ? nullptr : &*found;
  }
  TargetHealth Of(const TargetRecord& target) const {
    if (target.deregistered_ms) {
      return {"draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"};
    }
    const proxy::TargetHealth* const seen = Seen(target);
    if (seen == nullptr || !in_use_) return Unseen(in_use_);
    return {seen->state, UnlessEmpty(seen->reason), UnlessEmpty(seen->description)};
  }

 private:
  const std::vector<proxy::TargetHealth> seen_;
  const bool in_use_;
};

TargetHealth NotRegistered() {
  return {"unused", "Target.NotRegistered", "Target is not registered to the target group"};
}

}  // namespace

runtime::Task<DescribeTargetHealthResponse> DescribeTargetHealth(ElbService& elb,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeTargetHealthRequest request) {
  RequireAllowed(context, "*");
  const auto group = Open<TargetGroupRecord>(elb.committed(), request.target_group_arn, context);
  const std::vector<TargetRecord> targets = elb.committed().Targets(group.arn());
  const Healths healths(elb, group);
  const bool anomalies = !request.include.empty();
  const auto describe = [&](const TargetRecord& target) {
    auto description = Describe(group, target, healths.Of(target));
    if (const auto* const seen = anomalies ? healths.Seen(target) : nullptr) {
      description.anomaly_detection =
          AnomalyDetection{seen->anomalous ? "anomalous" : "normal", seen->mitigated ? "yes" : "no"};
    }
    return description;
  };
  DescribeTargetHealthResponse response;
  if (request.targets.empty()) {
    for (const TargetRecord& target : targets) {
      response.target_health_descriptions.push_back(describe(target));
    }
    co_return response;
  }
  for (const TargetDescription& asked : request.targets) {
    const std::int32_t port = asked.port.value_or(group.shown.port.value_or(0));
    auto found = std::ranges::find_if(
        targets, [&](const TargetRecord& target) { return target.id == asked.id && target.port == port; });
    if (found == targets.end() && !asked.port)
      found = std::ranges::find(targets, asked.id, &TargetRecord::id);
    if (found != targets.end()) {
      response.target_health_descriptions.push_back(describe(*found));
    } else {
      const TargetRecord unknown{.id = asked.id, .port = port, .has_port = group.type() != "lambda"};
      response.target_health_descriptions.push_back(Describe(group, unknown, NotRegistered()));
    }
  }
  co_return response;
}

}  // namespace cumulite::elb
