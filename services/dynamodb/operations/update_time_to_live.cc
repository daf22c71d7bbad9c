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

namespace {

void Set(DynamoDbService& dynamodb, std::int64_t table, const TimeToLiveSpecification& wanted,
         TableRecord& record) {
  record.ttl_attribute.reset();
  if (wanted.enabled) record.ttl_attribute = wanted.attribute_name;
  dynamodb.items().DeleteExpiries(table);
}

}  // namespace

runtime::Task<UpdateTimeToLiveResponse> UpdateTimeToLive(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         UpdateTimeToLiveRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  const TimeToLiveSpecification& wanted = request.time_to_live_specification;
  std::vector<std::int64_t> tables;
  const std::function<void(TableRecord&)> set = [&](TableRecord& record) {
    if (!record.ttl_attribute && !wanted.enabled) throw Invalid("TimeToLive is already disabled");
    if (record.ttl_attribute && *record.ttl_attribute != wanted.attribute_name) {
      throw Invalid("TimeToLive is active on a different AttributeName: current AttributeName is " +
                    *record.ttl_attribute);
    }
    if (record.ttl_attribute && wanted.enabled) throw Invalid("TimeToLive is already enabled");
    Set(dynamodb, table->id, wanted, record);
    // Its replicas share it.
    tables = {table->id};
    for (const ReplicaRecord& replica : record.replicas) {
      const TablePtr found = dynamodb.tables().Find(table->account, replica.region, table->name);
      const TablePtr other = found == nullptr ? nullptr : dynamodb.tables().Current(found->id);
      if (other == nullptr) continue;
      TableRecord changed = other->record;
      Set(dynamodb, other->id, wanted, changed);
      dynamodb.tables().Update(other->id, changed);
      tables.push_back(other->id);
    }
  };
  dynamodb.NoteWork();
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, set);
  co_await change;
  for (const std::int64_t id : tables) {
    dynamodb.tables().Refresh(id);
    if (wanted.enabled) dynamodb.NoteExpiries(id);
  }
  UpdateTimeToLiveResponse response{.time_to_live_specification = wanted};
  co_return response;
}

}  // namespace cumulite::dynamodb
