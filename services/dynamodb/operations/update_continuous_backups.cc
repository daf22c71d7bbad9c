#include "services/dynamodb/operations/update_continuous_backups.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/describe_continuous_backups.h"
#include "services/dynamodb/tables/change_table.h"

namespace cumulite::dynamodb {
using protocol::Wire;
protocol::Members PointInTimeRecoverySpecification::Describe() {
  using T = PointInTimeRecoverySpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::point_in_time_recovery_enabled>("PointInTimeRecoveryEnabled").Required(),
      Wire<&T::recovery_period_in_days>("RecoveryPeriodInDays").Range(1, 35),
  };
  return kMembers;
}

protocol::Members UpdateContinuousBackupsRequest::Describe() {
  using T = UpdateContinuousBackupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::point_in_time_recovery_specification>("PointInTimeRecoverySpecification").Required(),
  };
  return kMembers;
}

protocol::Members UpdateContinuousBackupsResponse::Describe() {
  using T = UpdateContinuousBackupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::continuous_backups_description>("ContinuousBackupsDescription"),
  };
  return kMembers;
}

runtime::Task<UpdateContinuousBackupsResponse> UpdateContinuousBackups(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateContinuousBackupsRequest request) {
  const PointInTimeRecoverySpecification& wanted = request.point_in_time_recovery_specification;
  const TablePtr table = RequireBackedUpTable(dynamodb, context, request.table_name);
  const std::function<void(TableRecord&)> set = [&](TableRecord& record) {
    const bool was_on = record.point_in_time_recovery;
    record.point_in_time_recovery = wanted.point_in_time_recovery_enabled;
    if (wanted.recovery_period_in_days) record.recovery_days = *wanted.recovery_period_in_days;
    if (!record.point_in_time_recovery) {
      record.recoverable_since.reset();
      record.recovery_days = kMaxRecoveryDays;
      if (was_on && record.copies == 0) dynamodb.tables().DropHistory(table->id);
    } else if (!was_on) {
      record.recoverable_since = protocol::Timestamp{dynamodb.NowMs()};
    }
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, set);
  const TablePtr changed = co_await change;
  dynamodb.SweepDropped();
  UpdateContinuousBackupsResponse response{.continuous_backups_description =
                                               DescribeRecovery(changed->record, dynamodb.NowMs())};
  co_return response;
}

}  // namespace cumulite::dynamodb
