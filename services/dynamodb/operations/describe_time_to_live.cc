#include "services/dynamodb/operations/describe_time_to_live.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DescribeTimeToLiveRequest::Describe() {
  using T = DescribeTimeToLiveRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
  };
  return kMembers;
}

protocol::Members DescribeTimeToLiveResponse::Describe() {
  using T = DescribeTimeToLiveResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::time_to_live_description>("TimeToLiveDescription"),
  };
  return kMembers;
}

runtime::Task<DescribeTimeToLiveResponse> DescribeTimeToLive(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             DescribeTimeToLiveRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  const auto& attribute = table->record.ttl_attribute;
  DescribeTimeToLiveResponse response;
  response.time_to_live_description = TimeToLiveDescription{
      .time_to_live_status = attribute ? "ENABLED" : "DISABLED", .attribute_name = attribute};
  co_return response;
}

}  // namespace cumulite::dynamodb
