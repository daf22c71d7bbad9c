#include "services/dynamodb/tables/table_updater.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_control.h"
#include "services/dynamodb/tables/create_rules.h"

namespace cumulite::dynamodb {
namespace {

void RefuseSameThroughput(const ProvisionedThroughput& now, const ProvisionedThroughput& wanted) {
  if (now.read_capacity_units != wanted.read_capacity_units ||
      now.write_capacity_units != wanted.write_capacity_units) {
    return;
  }
  const std::string reads = std::to_string(now.read_capacity_units);
  const std::string writes = std::to_string(now.write_capacity_units);
  throw Invalid(
      "The provisioned throughput for the table will not change. The requested value equals the current "
      "value. "
      "Current ReadCapacityUnits provisioned for the table: " +
      reads + ". Requested ReadCapacityUnits: " + reads +
      ". Current WriteCapacityUnits provisioned for the table: " + writes +
      ". Requested WriteCapacityUnits: " + writes +
      ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
      "limits.");
}

IndexRecord& FindGlobal(TableRecord& record, const std::string& name) {
  const auto found = std::ranges::find(record.indexes, name, &IndexRecord::name);
  if (found == record.indexes.end() || found->local) {
    throw AwsError(kResourceNotFound, "Requested resource not found");
  }
  return *found;
}

}  // namespace

void TableUpdater::Begin() {
  now_ms_ = dynamodb_.NowMs();
  new_indexes_.clear();
  dropped_.clear();
}

void TableUpdater::Apply(const Table& table, TableRecord& record) {
  SetCapacity(record);
  SetDefinitions(record);
  SetIndexes(table, record);
  SetProperties(table, record);
  CheckStream(table, record);
  SetStream(table, record);
}

void TableUpdater::ApplyToReplicas(const Table& table, const TableRecord& record) {
  for (const ReplicaRecord& replica : record.replicas) {
    const TablePtr found = dynamodb_.tables().Find(table.account, replica.region, table.name);
    const TablePtr other = found == nullptr ? nullptr : dynamodb_.tables().Current(found->id);
    if (other == nullptr) continue;
    TableRecord changed = other->record;
    SetCapacity(changed);
    SetDefinitions(changed);
    SetIndexes(*other, changed);
    dynamodb_.tables().Update(other->id, changed);
  }
}

void TableUpdater::Write() {
  for (const auto& [table, index] : dropped_) dynamodb_.tables().DropIndex(table, index);
}

void TableUpdater::SetCapacity(TableRecord& record) {
  const auto& throughput = request_.provisioned_throughput;
  if (!request_.billing_mode && !throughput) return;
  const std::string mode = request_.billing_mode.value_or(record.billing_mode);
  const bool was_on_demand = record.billing_mode == "PAY_PER_REQUEST";
  if (mode == "PAY_PER_REQUEST" || throughput || was_on_demand) CheckBilling(mode, throughput);
  if (throughput && !was_on_demand) RefuseSameThroughput(record.throughput, *throughput);
  record.billing_mode = mode;
  if (mode == "PAY_PER_REQUEST" && !was_on_demand) record.on_demand_since = protocol::Timestamp{now_ms_};
  if (mode == "PAY_PER_REQUEST") {
    record.throughput = {};
    for (IndexRecord& index : record.indexes) index.throughput.reset();
  } else if (throughput) {
    const bool more = throughput->read_capacity_units > record.throughput.read_capacity_units ||
                      throughput->write_capacity_units > record.throughput.write_capacity_units;
    (more ? record.last_increase : record.last_decrease) = protocol::Timestamp{now_ms_};
    record.throughput = *throughput;
  }
}

/// Adds the request's definitions; those that nothing uses in the end are refused or dropped.
void TableUpdater::SetDefinitions(TableRecord& record) {
  if (!request_.attribute_definitions) return;
  for (const AttributeDefinition& wanted : *request_.attribute_definitions) {
    auto known = std::ranges::find(record.attribute_definitions, wanted.attribute_name,
                                   &AttributeDefinition::attribute_name);
    if (known == record.attribute_definitions.end()) {
      record.attribute_definitions.push_back(wanted);
    } else if (known->attribute_type != wanted.attribute_type) {
      throw InvalidValue("Attribute " + wanted.attribute_name + " is redefined with another type");
    }
  }
}

void TableUpdater::SetIndexes(const Table& table, TableRecord& record) {
  const auto& updates = request_.global_secondary_index_updates;
  if (!updates) return;
  const auto changes = std::ranges::count_if(
      *updates, [](const GlobalSecondaryIndexUpdate& update) { return update.create || update.delete_; });
  if (changes > 1) {
    throw AwsError(kLimitExceeded,
                   "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                   "simultaneously per table");
  }
  for (const GlobalSecondaryIndexUpdate& update : *updates) {
    const int given = update.create.has_value() + update.delete_.has_value() + update.update.has_value();
    if (given != 1) {
      throw InvalidValue("A GlobalSecondaryIndexUpdate must have exactly one of Create, Delete and Update");
    }
    if (update.create) CreateIndex(table, record, *update.create);
    if (update.delete_) DeleteIndex(table, record, update.delete_->index_name);
    if (update.update) UpdateIndex(record, *update.update);
  }
}

void TableUpdater::CreateIndex(const Table& table, TableRecord& record,
                               const CreateGlobalSecondaryIndexAction& wanted) {
  if (std::ranges::find(record.indexes, wanted.index_name, &IndexRecord::name) != record.indexes.end()) {
    throw Invalid("Attempting to create an index which already exists");
  }
  // The definitions of its keys come along, even of those that the table has already.
  TableRecord given;
  if (request_.attribute_definitions) given.attribute_definitions = *request_.attribute_definitions;
  CheckDefined(given, wanted.key_schema);
  IndexRecord index = GlobalIndexOf({.index_name = wanted.index_name,
                                     .key_schema = wanted.key_schema,
                                     .projection = wanted.projection,
                                     .provisioned_throughput = wanted.provisioned_throughput,
                                     .on_demand_throughput = wanted.on_demand_throughput,
                                     .warm_throughput = wanted.warm_throughput},
                                    record);
  index.backfilling = true;
  new_indexes_.emplace_back(table.id, index.number);
  record.indexes.push_back(std::move(index));
  CheckDefinitionsUsed(record);
}

void TableUpdater::DeleteIndex(const Table& table, TableRecord& record, const std::string& name) {
  const std::int64_t number = FindGlobal(record, name).number;
  dropped_.emplace_back(table.id, number);
  std::erase_if(record.indexes, [number](const IndexRecord& index) { return index.number == number; });
  DropUnusedDefinitions(record);
}

void TableUpdater::UpdateIndex(TableRecord& record, const UpdateGlobalSecondaryIndexAction& wanted) {
  IndexRecord& index = FindGlobal(record, wanted.index_name);
  if (wanted.provisioned_throughput) {
    CheckBilling(record.billing_mode, wanted.provisioned_throughput);
    index.throughput = wanted.provisioned_throughput;
  }
  if (wanted.on_demand_throughput) index.on_demand_throughput = wanted.on_demand_throughput;
  if (wanted.warm_throughput) index.warm_throughput = wanted.warm_throughput;
  updated_index_ = wanted.index_name;
}

void TableUpdater::SetProperties(const Table& table, TableRecord& record) const {
  if (request_.deletion_protection_enabled)
    record.deletion_protection = *request_.deletion_protection_enabled;
  if (request_.table_class) {
    record.table_class = request_.table_class;
    record.table_class_since = protocol::Timestamp{now_ms_};
  }
  if (request_.on_demand_throughput) record.on_demand_throughput = request_.on_demand_throughput;
  if (request_.warm_throughput) record.warm_throughput = request_.warm_throughput;
  if (request_.sse_specification) {
    record.sse.reset();
    if (request_.sse_specification->enabled.value_or(false)) {
      record.sse = DescribeEncryption(*request_.sse_specification, table.account, table.region);
    }
  }
}

void TableUpdater::CheckStream(const Table& table, const TableRecord& record) const {
  const auto& wanted = request_.stream_specification;
  if (!wanted) return;
  CheckStreamSpecification(*wanted);
  if (wanted->stream_enabled && record.stream_id != 0) {
    throw Invalid("Table already has an enabled stream: TableName: " + table.name);
  }
  if (!wanted->stream_enabled && record.stream_id == 0) {
    throw Invalid("Table has no stream to disable: TableName: " + table.name);
  }
}

void TableUpdater::SetStream(const Table& table, TableRecord& record) {
  const auto& wanted = request_.stream_specification;
  if (!wanted) return;
  if (wanted->stream_enabled) {
    OpenStream(dynamodb_.streams(), {table.account, table.region, table.name}, *wanted,
               dynamodb_.settings().stream_shards, now_ms_, record);
  } else {
    CloseStream(dynamodb_.streams(), now_ms_, record);
  }
}

}  // namespace cumulite::dynamodb
