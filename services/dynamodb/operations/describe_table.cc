#include "services/dynamodb/operations/describe_table.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DescribeTableRequest::Describe() {
  using T = DescribeTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
  };
  return kMembers;
}

protocol::Members DescribeTableResponse::Describe() {
  using T = DescribeTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table>("Table"),
  };
  return kMembers;
}

runtime::Task<DescribeTableResponse> DescribeTable(DynamoDbService& dynamodb,
                                                   const protocol::RequestContext& context,
                                                   DescribeTableRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  DescribeTableResponse response{.table =
                                     Describe(*table, dynamodb.tables().CountsOf(*table), dynamodb.NowMs())};
  co_return response;
}

}  // namespace cumulite::dynamodb
