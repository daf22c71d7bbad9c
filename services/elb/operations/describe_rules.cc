#include "services/elb/operations/describe_rules.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeRulesRequest::Describe() {
  using T = DescribeRulesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn"),
      Wire<&T::rule_arns>("RuleArns"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeRulesResponse::Describe() {
  using T = DescribeRulesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

runtime::Task<DescribeRulesResponse> DescribeRules(ElbService& elb, const protocol::RequestContext& context,
                                                   DescribeRulesRequest request) {
  RequireAllowed(context, "*");
  if (!request.listener_arn && request.rule_arns.empty()) {
    throw Invalid("You must specify either listener rule ARNs or a listener ARN");
  }
  if (request.listener_arn && !request.rule_arns.empty()) {
    throw Invalid("You cannot specify both listener rule ARNs and a listener ARN");
  }
  std::vector<RuleRecord> found;
  if (request.listener_arn) {
    Open<ListenerRecord>(elb.committed(), *request.listener_arn, context);
    found = elb.committed().Children<RuleRecord>(*request.listener_arn);
  } else {
    found = OpenAll<RuleRecord>(elb.committed(), request.rule_arns, context);
  }
  DescribeRulesResponse response;
  response.next_marker =
      CutPage(found, request.marker, request.page_size, [](const RuleRecord& r) { return r.arn(); });
  for (const RuleRecord& record : found) response.rules.push_back(ShownRule(record));
  co_return response;
}

}  // namespace cumulite::elb
