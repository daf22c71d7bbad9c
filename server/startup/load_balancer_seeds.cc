#include "server/startup/load_balancer_seeds.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cumulite::server {
namespace {
using nlohmann::ordered_json;

constexpr const char* kService = "elb";

/// Applies `Attributes`, which stand beside the members of the creation but are an operation of their own.
runtime::Task<void> Modify(World& world, const Declaration& declaration, const char* operation,
                           const char* arn_name, const ordered_json& arn, ordered_json attributes) {
  if (attributes.is_null()) co_return;
  const ordered_json members{{arn_name, arn}, {"Attributes", std::move(attributes)}};
  runtime::Task<ordered_json> modified = Rpc(world, declaration, kService, operation, members);
  co_await modified;
}

/// Puts the ARNs of target groups where `value` has their names.
runtime::Task<void> ResolveTargetGroups(World& world, const Declaration& declaration, ordered_json& value) {
  for (auto& [name, inner] : value.items()) {
    if (inner.is_structured()) {
      runtime::Task<void> resolved = ResolveTargetGroups(world, declaration, inner);
      co_await resolved;
    }
    if (name != "TargetGroupArn" || !inner.is_string()) continue;
    if (inner.get_ref<const std::string&>().starts_with("arn:")) continue;
    const ordered_json asked{{"Names", ordered_json::array({inner})}};
    runtime::Task<ordered_json> asking = Rpc(world, declaration, kService, "DescribeTargetGroups", asked);
    const ordered_json found = co_await asking;
    inner = found.at("TargetGroups").at(0).at("TargetGroupArn");
  }
}

runtime::Task<void> MakeRule(World& world, const Declaration& declaration, const ordered_json& listener_arn,
                             ordered_json rule) {
  rule["ListenerArn"] = listener_arn;
  runtime::Task<void> resolved = ResolveTargetGroups(world, declaration, rule);
  co_await resolved;
  runtime::Task<ordered_json> made = Rpc(world, declaration, kService, "CreateRule", rule, {"PriorityInUse"});
  co_await made;
}

runtime::Task<void> MakeListener(World& world, const Declaration& declaration,
                                 const ordered_json& load_balancer_arn, ordered_json listener) {
  if (!listener.is_object()) declaration.Fail("listener must be a list of tables");
  const std::vector<ordered_json> rules = declaration.TakeList(listener, "rule");
  listener["LoadBalancerArn"] = load_balancer_arn;
  runtime::Task<void> resolved = ResolveTargetGroups(world, declaration, listener);
  co_await resolved;
  runtime::Task<ordered_json> made = Rpc(world, declaration, kService, "CreateListener", listener);
  const ordered_json answer = co_await made;
  for (const ordered_json& rule : rules) {
    if (!rule.is_object()) declaration.Fail("rule must be a list of tables");
    runtime::Task<void> ruled =
        MakeRule(world, declaration, answer.at("Listeners").at(0).at("ListenerArn"), rule);
    co_await ruled;
  }
}

}  // namespace

runtime::Task<void> MakeTargetGroup(World& world, Declaration declaration) {
  const std::vector<ordered_json> targets = declaration.TakeList("target");
  ordered_json attributes = declaration.Take("Attributes");
  runtime::Task<ordered_json> made =
      Rpc(world, declaration, kService, "CreateTargetGroup", declaration.members());
  const ordered_json answer = co_await made;
  const ordered_json& arn = answer.at("TargetGroups").at(0).at("TargetGroupArn");
  runtime::Task<void> modified =
      Modify(world, declaration, "ModifyTargetGroupAttributes", "TargetGroupArn", arn, std::move(attributes));
  co_await modified;
  if (targets.empty()) co_return;
  const ordered_json registration{{"TargetGroupArn", arn}, {"Targets", targets}};
  runtime::Task<ordered_json> registered = Rpc(world, declaration, kService, "RegisterTargets", registration);
  co_await registered;
}

runtime::Task<void> MakeLoadBalancer(World& world, Declaration declaration) {
  const std::vector<ordered_json> listeners = declaration.TakeList("listener");
  ordered_json attributes = declaration.Take("Attributes");
  runtime::Task<ordered_json> made =
      Rpc(world, declaration, kService, "CreateLoadBalancer", declaration.members());
  const ordered_json answer = co_await made;
  const ordered_json& arn = answer.at("LoadBalancers").at(0).at("LoadBalancerArn");
  runtime::Task<void> modified = Modify(world, declaration, "ModifyLoadBalancerAttributes", "LoadBalancerArn",
                                        arn, std::move(attributes));
  co_await modified;
  for (const ordered_json& listener : listeners) {
    runtime::Task<void> listening = MakeListener(world, declaration, arn, listener);
    co_await listening;
  }
}

}  // namespace cumulite::server
