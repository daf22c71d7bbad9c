#include "services/elb/operations/set_rule_priorities.h"

#include <map>
#include <set>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members RulePriorityPair::Describe() {
  using T = RulePriorityPair;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rule_arn>("RuleArn"),
      Wire<&T::priority>("Priority").Range(1, 50'000),
  };
  return kMembers;
}

protocol::Members SetRulePrioritiesRequest::Describe() {
  using T = SetRulePrioritiesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rule_priorities>("RulePriorities").Required(),
  };
  return kMembers;
}

protocol::Members SetRulePrioritiesResponse::Describe() {
  using T = SetRulePrioritiesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").KeepEmpty(),
  };
  return kMembers;
}

namespace {

AwsError InUse(std::int64_t priority) {
  return {kPriorityInUse, "Priority '" + std::to_string(priority) + "' is currently in use"};
}

std::map<std::string, std::int32_t> ReadPairs(const std::vector<RulePriorityPair>& pairs) {
  if (pairs.empty()) throw Invalid("A rule priority must be specified");
  std::map<std::string, std::int32_t> priorities;
  std::set<std::int32_t> seen;
  for (const RulePriorityPair& pair : pairs) {
    if (!pair.rule_arn) throw Invalid("A listener rule ARN must be specified");
    if (!pair.priority) throw Invalid("A priority must be specified");
    if (!priorities.emplace(*pair.rule_arn, *pair.priority).second) {
      throw Invalid("Rule '" + *pair.rule_arn + "' is specified more than once");
    }
    if (!seen.insert(*pair.priority).second) throw InUse(*pair.priority);
  }
  return priorities;
}

}  // namespace

runtime::Task<SetRulePrioritiesResponse> SetRulePriorities(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           SetRulePrioritiesRequest request) {
  for (const RulePriorityPair& pair : request.rule_priorities) {
    RequireAllowed(context, pair.rule_arn.value_or("*"));
  }
  const auto priorities = ReadPairs(request.rule_priorities);
  const auto set = [&] {
    ElbStore& store = elb.store();
    std::vector<RuleRecord> records;
    for (const auto& [arn, priority] : priorities) {
      records.push_back(Open<RuleRecord>(store.current(), arn, context));
      if (records.back().is_default()) {
        throw AwsError(kOperationNotPermitted,
                       "The priority of default rule '" + arn + "' cannot be changed");
      }
      if (records.back().listener_arn != records.front().listener_arn) {
        throw Invalid("All rules must belong to the same listener");
      }
    }
    std::set<std::int64_t> kept;
    for (const RuleRecord& other : store.current().Children<RuleRecord>(records.front().listener_arn)) {
      if (!priorities.contains(other.arn())) kept.insert(other.priority());
    }
    SetRulePrioritiesResponse response;
    for (RuleRecord& record : records) {
      const std::int32_t priority = priorities.at(record.arn());
      if (kept.contains(priority)) throw InUse(priority);
      record.shown.priority = std::to_string(priority);
      store.Save(record);
      response.rules.push_back(ShownRule(record));
    }
    return response;
  };
  SetRulePrioritiesResponse response = co_await elb.Change(set);
  co_return response;
}

}  // namespace cumulite::elb
