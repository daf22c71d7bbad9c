#include "services/dynamodb/operations/describe_endpoints.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members Endpoint::Describe() {
  using T = Endpoint;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::address>("Address"),
      Wire<&T::cache_period_in_minutes>("CachePeriodInMinutes"),
  };
  return kMembers;
}

protocol::Members DescribeEndpointsResponse::Describe() {
  using T = DescribeEndpointsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoints>("Endpoints"),
  };
  return kMembers;
}

runtime::Task<DescribeEndpointsResponse> DescribeEndpoints(DynamoDbService&,
                                                           const protocol::RequestContext& context,
                                                           DescribeEndpointsRequest) {
  RequireOwnAccess(context, "*");
  DescribeEndpointsResponse response;
  response.endpoints.push_back({.address = std::string(context.host), .cache_period_in_minutes = 1440});
  co_return response;
}

}  // namespace cumulite::dynamodb
