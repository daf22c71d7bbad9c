#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct Limit {
  std::optional<std::string> name;
  std::optional<std::string> max;
  static protocol::Members Describe();
};

struct DescribeAccountLimitsRequest {
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeAccountLimitsResponse {
  std::vector<Limit> limits;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// What an account may have in a region.
///
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeAccountLimits".
runtime::Task<DescribeAccountLimitsResponse> DescribeAccountLimits(ElbService& elb,
                                                                   const protocol::RequestContext& context,
                                                                   DescribeAccountLimitsRequest request);

}  // namespace cumulite::elb
