#include "services/dynamodb/operations/update_time_to_live.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members TimeToLiveSpecification::Describe() {
  using T = TimeToLiveSpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::enabled>("Enabled").Required(),
      Wire<&T::attribute_name>("AttributeName").Required().Length(1, 255),
  };
  return kMembers;
}

protocol::Members UpdateTimeToLiveRequest::Describe() {
  using T = UpdateTimeToLiveRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::time_to_live_specification>("TimeToLiveSpecification").Required(),
  };
  return kMembers;
}

protocol::Members UpdateTimeToLiveResponse::Describe() {
  using T = UpdateTimeToLiveResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::time_to_live_specification>("TimeToLiveSpecification"),
  };
  return kMembers;
}

runtime::Task<UpdateTimeToLiveResponse> UpdateTimeToLive(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         UpdateTimeToLiveRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  const TimeToLiveSpecification& wanted = request.time_to_live_specification;
  const std::function<void(TableRecord&)> set = [&](TableRecord& record) {
    if (!record.ttl_attribute && !wanted.enabled) throw Invalid("TimeToLive is already disabled");
    if (record.ttl_attribute && *record.ttl_attribute != wanted.attribute_name) {
      throw Invalid("TimeToLive is active on a different AttributeName: current AttributeName is " +
                    *record.ttl_attribute);
    }
    if (record.ttl_attribute && wanted.enabled) throw Invalid("TimeToLive is already enabled");
    record.ttl_attribute.reset();
    if (wanted.enabled) record.ttl_attribute = wanted.attribute_name;
    dynamodb.items().DeleteExpiries(table->id);
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, set);
  co_await change;
  if (wanted.enabled) dynamodb.NoteExpiries(table->id);
  UpdateTimeToLiveResponse response{.time_to_live_specification = wanted};
  co_return response;
}

}  // namespace cumulite::dynamodb
