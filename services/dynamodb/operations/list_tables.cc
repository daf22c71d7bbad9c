#include "services/dynamodb/operations/list_tables.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members ListTablesRequest::Describe() {
  using T = ListTablesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::exclusive_start_table_name>("ExclusiveStartTableName"),
      Wire<&T::limit>("Limit").Range(1, 100),
  };
  return kMembers;
}

protocol::Members ListTablesResponse::Describe() {
  using T = ListTablesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_names>("TableNames").KeepEmpty(),
      Wire<&T::last_evaluated_table_name>("LastEvaluatedTableName"),
  };
  return kMembers;
}

runtime::Task<ListTablesResponse> ListTables(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             ListTablesRequest request) {
  RequireOwnAccess(context, "*");
  const auto limit = static_cast<std::size_t>(request.limit.value_or(100));
  ListTablesResponse response;
  response.table_names = dynamodb.tables().Names(context.identity.account, context.identity.region,
                                                 request.exclusive_start_table_name.value_or(""), limit + 1);
  if (response.table_names.size() > limit) {
    response.table_names.pop_back();
    response.last_evaluated_table_name = response.table_names.back();
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
