#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "services/dynamodb/operations/update_table.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {

/// Applies an UpdateTable to what a table is, and to its replicas what they share.
/// Thread: the writer's, inside a job, which may run twice: Begin first.
class TableUpdater {
 public:
  TableUpdater(DynamoDbService& dynamodb, const UpdateTableRequest& request)
      : dynamodb_(dynamodb), request_(request) {}

  void Begin();
  /// Errors: ValidationException and others, in AWS's words, for what the table may not become. All is
  /// checked and nothing written but the stream.
  void Apply(const Table& table, TableRecord& record);
  /// Changes billing and indexes of the table's replicas likewise.
  void ApplyToReplicas(const Table& table, const TableRecord& record);
  /// Drops what Apply took away.
  void Write();

  /// Tables and their indexes that are to be filled.
  const std::vector<std::pair<std::int64_t, std::int64_t>>& new_indexes() const { return new_indexes_; }
  const std::string& updated_index() const { return updated_index_; }

 private:
  void SetCapacity(TableRecord& record);
  void SetDefinitions(TableRecord& record);
  void SetIndexes(const Table& table, TableRecord& record);
  void CreateIndex(const Table& table, TableRecord& record, const CreateGlobalSecondaryIndexAction& wanted);
  void DeleteIndex(const Table& table, TableRecord& record, const std::string& name);
  void UpdateIndex(TableRecord& record, const UpdateGlobalSecondaryIndexAction& wanted);
  void SetProperties(const Table& table, TableRecord& record) const;
  void CheckStream(const Table& table, const TableRecord& record) const;
  void SetStream(const Table& table, TableRecord& record);

  DynamoDbService& dynamodb_;
  const UpdateTableRequest& request_;
  std::int64_t now_ms_ = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> new_indexes_;
  std::vector<std::pair<std::int64_t, std::int64_t>> dropped_;
  std::string updated_index_;
};

}  // namespace cumulite::dynamodb
