#include "services/dynamodb/operations/describe_limits.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DescribeLimitsResponse::Describe() {
  using T = DescribeLimitsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::account_max_read_capacity_units>("AccountMaxReadCapacityUnits"),
      Wire<&T::account_max_write_capacity_units>("AccountMaxWriteCapacityUnits"),
      Wire<&T::table_max_read_capacity_units>("TableMaxReadCapacityUnits"),
      Wire<&T::table_max_write_capacity_units>("TableMaxWriteCapacityUnits"),
  };
  return kMembers;
}

runtime::Task<DescribeLimitsResponse> DescribeLimits(DynamoDbService&, const protocol::RequestContext& context,
                                                     DescribeLimitsRequest) {
  RequireOwnAccess(context, "*");
  DescribeLimitsResponse response{.account_max_read_capacity_units = 80'000,
                                  .account_max_write_capacity_units = 80'000,
                                  .table_max_read_capacity_units = 40'000,
                                  .table_max_write_capacity_units = 40'000};
  co_return response;
}

}  // namespace cumulite::dynamodb
