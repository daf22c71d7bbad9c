#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeRulesRequest {
  std::optional<std::string> listener_arn;
  std::vector<std::string> rule_arns;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeRulesResponse {
  std::vector<Rule> rules;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The rules of a listener in the order of their priorities, the default rule last; or those of ARNs.
///
/// Errors: ListenerNotFound, RuleNotFound, UnsupportedProtocol.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeRules".
runtime::Task<DescribeRulesResponse> DescribeRules(ElbService& elb, const protocol::RequestContext& context,
                                                   DescribeRulesRequest request);

}  // namespace cumulite::elb
