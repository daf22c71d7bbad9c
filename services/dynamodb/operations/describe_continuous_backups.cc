#include "services/dynamodb/operations/describe_continuous_backups.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DescribeContinuousBackupsRequest::Describe() {
  using T = DescribeContinuousBackupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
  };
  return kMembers;
}

protocol::Members DescribeContinuousBackupsResponse::Describe() {
  using T = DescribeContinuousBackupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::continuous_backups_description>("ContinuousBackupsDescription"),
  };
  return kMembers;
}

runtime::Task<DescribeContinuousBackupsResponse> DescribeContinuousBackups(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeContinuousBackupsRequest request) {
  const auto address = AddressOf(context.identity, CheckTableName(request.table_name));
  const TablePtr table =
      address ? dynamodb.tables().Find(address->account, address->region, address->name) : nullptr;
  if (table == nullptr) throw AwsError(kTableNotFound, "Table not found: " + *request.table_name);
  DescribeContinuousBackupsResponse response;
  ContinuousBackupsDescription& description = response.continuous_backups_description.emplace();
  // Differs from AWS: point-in-time recovery cannot be switched on, for nothing here could restore from it.
  description.continuous_backups_status = "ENABLED";
  description.point_in_time_recovery_description =
      PointInTimeRecoveryDescription{.point_in_time_recovery_status = "DISABLED"};
  co_return response;
}

}  // namespace cumulite::dynamodb
