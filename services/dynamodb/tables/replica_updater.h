#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/operations/update_table.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {

/// Makes, changes and removes a table's replicas in other regions (global tables, version 2019.11.21).
///
/// A replica is a table of the same name in its region. Whoever writes to one of them writes to all, in the
/// same job (ItemWriter).
/// Thread: the writer's, inside a job, which may run twice: Begin first.
/// Source: DynamoDB Developer Guide "Global tables: multi-active, multi-Region replication".
class ReplicaUpdater {
 public:
  ReplicaUpdater(DynamoDbService& dynamodb, const UpdateTableRequest& request)
      : dynamodb_(dynamodb), request_(request) {}

  void Begin();
  /// Does the request's ReplicaUpdates. `record` is the table's, as it shall be.
  /// Errors: ValidationException.
  void Apply(const Table& table, TableRecord& record);

  bool IsNew(std::string_view region) const;
  /// Tables into which the items are to be copied.
  const std::vector<std::int64_t>& new_tables() const { return new_tables_; }

 private:
  void Create(const Table& table, TableRecord& record, const CreateReplicationGroupMemberAction& wanted);
  void Change(const Table& table, TableRecord& record, const UpdateReplicationGroupMemberAction& wanted);
  void Delete(const Table& table, TableRecord& record, const std::string& region);
  TablePtr Member(const Table& table, std::string_view region);

  DynamoDbService& dynamodb_;
  const UpdateTableRequest& request_;
  std::vector<std::string> new_regions_;
  std::vector<std::int64_t> new_tables_;
};

/// Job: the tables of the other regions no longer name this one.
void LeaveReplicas(DynamoDbService& dynamodb, const Table& table);

}  // namespace cumulite::dynamodb
