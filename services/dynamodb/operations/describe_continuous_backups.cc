#include "services/dynamodb/operations/describe_continuous_backups.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
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

std::int64_t EarliestRestorable(const TableRecord& record, std::int64_t now_ms) {
  constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
  const std::int64_t since = record.recoverable_since.value_or(protocol::Timestamp{now_ms}).milliseconds;
  // The second in which it began: SDKs ask for whole ones.
  return std::max(since - since % 1000, now_ms - record.recovery_days * kDayMs);
}

ContinuousBackupsDescription DescribeRecovery(const TableRecord& record, std::int64_t now_ms) {
  PointInTimeRecoveryDescription recovery{.point_in_time_recovery_status = "DISABLED"};
  if (record.point_in_time_recovery) {
    // Differs from AWS: it can be restored to this very moment, which AWS lags behind by five minutes.
    recovery = {.point_in_time_recovery_status = "ENABLED",
                .recovery_period_in_days = record.recovery_days,
                .earliest_restorable_date_time = protocol::Timestamp{EarliestRestorable(record, now_ms)},
                .latest_restorable_date_time = protocol::Timestamp{now_ms}};
  }
  return {.continuous_backups_status = "ENABLED", .point_in_time_recovery_description = recovery};
}

runtime::Task<DescribeContinuousBackupsResponse> DescribeContinuousBackups(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeContinuousBackupsRequest request) {
  const TablePtr table = RequireBackedUpTable(dynamodb, context, CheckTableName(request.table_name));
  DescribeContinuousBackupsResponse response{.continuous_backups_description =
                                                 DescribeRecovery(table->record, dynamodb.NowMs())};
  co_return response;
}

}  // namespace cumulite::dynamodb
