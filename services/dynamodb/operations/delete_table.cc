#include "services/dynamodb/operations/delete_table.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/remove_table.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members DeleteTableRequest::Describe() {
  using T = DeleteTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
  };
  return kMembers;
}

protocol::Members DeleteTableResponse::Describe() {
  using T = DeleteTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

runtime::Task<DeleteTableResponse> DeleteTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               DeleteTableRequest request) {
  const TablePtr found = RequireNamedTable(dynamodb, context, request.table_name);
  const std::map<std::int64_t, Counts> counts = dynamodb.tables().CountsOf(*found);
  const auto remove = [&]() -> TablePtr {
    TablePtr table = dynamodb.tables().Current(found->id);
    if (table == nullptr || table->record.deletion_protection) return table;
    RefuseUnlessActive(*table, dynamodb.NowMs());
    if (table->record.copies > 0) {
      throw AwsError(
          kResourceInUse,
          "Attempt to change a resource which is still in use: Table is being copied: " + table->name);
    }
    TableRecord record = table->record;
    BeginPhase(dynamodb, "DELETING", record);
    if (record.phase == "DELETING") {
      dynamodb.tables().Update(table->id, record);
    } else {
      RemoveTable(dynamodb, *table);
    }
    return table;
  };
  dynamodb.NoteWork();
  runtime::Task<TablePtr> run = dynamodb.writer().Run(remove, storage::Room::kMakes);
  const TablePtr table = co_await run;
  if (table == nullptr) {
    throw AwsError(kResourceNotFound, "Requested resource not found: Table: " + found->name + " not found");
  }
  if (table->record.deletion_protection) {
    throw Invalid(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
        "protection first.");
  }
  dynamodb.tables().Refresh(table->id);
  if (const TablePtr left = dynamodb.tables().FindById(table->id)) {
    dynamodb.EndPhaseAt(left->record.phase_ends->milliseconds);
  }
  if (!table->record.replicas.empty()) dynamodb.tables().RefreshAll();
  dynamodb.SweepDropped();
  DeleteTableResponse response{.table_description = Describe(*table, counts, dynamodb.NowMs())};
  TableDescription& description = *response.table_description;
  description.table_status = "DELETING";
  description.attribute_definitions.clear();
  description.key_schema.clear();
  description.creation_date_time.reset();
  description.local_secondary_indexes.clear();
  description.global_secondary_indexes.clear();
  description.warm_throughput.reset();
  co_return response;
}

}  // namespace cumulite::dynamodb
