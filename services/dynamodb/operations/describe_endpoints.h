#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct Endpoint {
  std::string address;
  std::int64_t cache_period_in_minutes = 0;
  static protocol::Members Describe();
};

struct DescribeEndpointsRequest {
  static protocol::Members Describe() { return {}; }
};

struct DescribeEndpointsResponse {
  std::vector<Endpoint> endpoints;
  static protocol::Members Describe();
};

/// Where requests go: the address by which this one came.
///
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeEndpoints".
runtime::Task<DescribeEndpointsResponse> DescribeEndpoints(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           DescribeEndpointsRequest request);

}  // namespace cumulite::dynamodb
