#include "services/elb/operations/targets.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/attributes.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/quotas.h"
#include "services/elb/target_group_rules.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members RegisterTargetsRequest::Describe() {
  using T = RegisterTargetsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
      Wire<&T::targets>("Targets").Required(),
  };
  return kMembers;
}

protocol::Members DeregisterTargetsRequest::Describe() {
  using T = DeregisterTargetsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
      Wire<&T::targets>("Targets").Required(),
  };
  return kMembers;
}

namespace {

const TargetRecord* FindSame(const std::vector<TargetRecord>& targets, const TargetRecord& wanted) {
  const auto found = std::ranges::find_if(targets, [&](const TargetRecord& target) {
    return target.id == wanted.id && target.port == wanted.port;
  });
  return found == targets.end() ? nullptr : &*found;
}

/// What a request to deregister names: an id and a port. Without a port it is the one at the group's port, or
/// if the id has none there, all of that id.
std::vector<TargetRecord> Meant(const std::vector<TargetRecord>& targets,
                                const TargetDescription& description, const TargetGroupRecord& group) {
  const TargetRecord wanted{.id = description.id,
                            .port = description.port.value_or(group.shown.port.value_or(0))};
  if (const TargetRecord* const same = FindSame(targets, wanted)) return {*same};
  std::vector<TargetRecord> meant;
  if (description.port) return meant;
  for (const TargetRecord& target : targets) {
    if (target.id == description.id) meant.push_back(target);
  }
  return meant;
}

/// A load balancer as a target: it must be there, listening on the port.
void CheckLoadBalancerTarget(const ElbStore::Current& current, const TargetRecord& target,
                             const protocol::RequestContext& context) {
  const auto load_balancer = Open<LoadBalancerRecord>(current, target.id, context);
  const auto listeners = current.Children<ListenerRecord>(target.id);
  const bool listens = std::ranges::any_of(
      listeners, [&](const ListenerRecord& listener) { return listener.shown.port == target.port; });
  if (load_balancer.type() != "application" || !listens) {
    throw AwsError(kInvalidTarget, "Target '" + target.id +
                                       "' must be an Application Load Balancer with a listener on port '" +
                                       std::to_string(target.port) + "'");
  }
}

}  // namespace

runtime::Task<RegisterTargetsResponse> RegisterTargets(ElbService& elb,
                                                       const protocol::RequestContext& context,
                                                       RegisterTargetsRequest request) {
  RequireAllowed(context, request.target_group_arn);
  if (request.targets.empty()) throw Invalid("A target must be specified");
  const auto add = [&] {
    ElbStore& store = elb.store();
    const auto group = Open<TargetGroupRecord>(store.current(), request.target_group_arn, context);
    auto targets = store.current().Targets(group.arn());
    const bool single = group.type() == "lambda" || group.type() == "alb";
    for (const TargetDescription& description : request.targets) {
      const TargetRecord target = ReadTarget(group, description);
      if (group.type() == "alb") CheckLoadBalancerTarget(store.current(), target, context);
      const TargetRecord* const same = FindSame(targets, target);
      if (same != nullptr && !same->deregistered_ms) continue;
      const auto active = std::ranges::count_if(targets, [](const auto& t) { return !t.deregistered_ms; });
      if (static_cast<std::size_t>(active) >= (single ? 1 : kMaxTargets)) {
        throw AwsError(kTooManyTargets, "The maximum number of targets has been reached on target group '" +
                                            group.arn() + "'");
      }
      store.InsertTarget(group.arn(), target);
      std::erase_if(targets,
                    [&](const TargetRecord& old) { return old.id == target.id && old.port == target.port; });
      targets.push_back(target);
    }
  };
  co_await elb.Change(add);
  co_return RegisterTargetsResponse{};
}

runtime::Task<DeregisterTargetsResponse> DeregisterTargets(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DeregisterTargetsRequest request) {
  RequireAllowed(context, request.target_group_arn);
  if (request.targets.empty()) throw Invalid("A target must be specified");
  const auto remove = [&] {
    ElbStore& store = elb.store();
    const auto group = Open<TargetGroupRecord>(store.current(), request.target_group_arn, context);
    const auto targets = store.current().Targets(group.arn());
    const bool drains = !store.current().LoadBalancersOf(group.arn()).empty() &&
                        Attribute(group, "deregistration_delay.timeout_seconds") != "0" &&
                        group.type() != "lambda";
    for (const TargetDescription& description : request.targets) {
      for (const TargetRecord& target : Meant(targets, description, group)) {
        if (target.deregistered_ms) continue;
        if (drains) {
          store.SetDraining(target.registration, elb.clock().Now());
        } else {
          store.EraseTarget(target.registration);
        }
      }
    }
  };
  co_await elb.Change(remove);
  co_return DeregisterTargetsResponse{};
}

}  // namespace cumulite::elb
