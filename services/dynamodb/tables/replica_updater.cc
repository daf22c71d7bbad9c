#include "services/dynamodb/tables/replica_updater.h"

#include <algorithm>

#include "base/ids.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_control.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kImages = "NEW_AND_OLD_IMAGES";
constexpr std::int64_t kUntilCopied = 253'402'300'799'000;  // the year 9999; TableCopier ends it

auto FindReplica(TableRecord& record, std::string_view region) {
  return std::ranges::find(record.replicas, region, &ReplicaRecord::region);
}

template <class Action>
void SetOverrides(const Action& wanted, ReplicaRecord& replica) {
  if (wanted.kms_master_key_id) replica.kms_master_key_id = wanted.kms_master_key_id;
  if (wanted.provisioned_throughput_override) {
    replica.throughput_override = wanted.provisioned_throughput_override;
  }
  if (wanted.table_class_override) replica.table_class_override = wanted.table_class_override;
  if (!wanted.global_secondary_indexes) return;
  replica.global_secondary_indexes.clear();
  for (const ReplicaGlobalSecondaryIndex& index : *wanted.global_secondary_indexes) {
    replica.global_secondary_indexes.push_back({index.index_name, index.provisioned_throughput_override});
  }
}

/// What the new replica is: what all regions share.
TableRecord RecordOfReplica(const Table& table, const TableRecord& record, const std::string& region,
                            std::int64_t now_ms) {
  TableRecord replica;
  replica.table_id = base::RandomUuid();
  replica.created = {now_ms};
  replica.attribute_definitions = record.attribute_definitions;
  replica.key_schema = record.key_schema;
  replica.billing_mode = record.billing_mode;
  replica.on_demand_since = record.on_demand_since;
  replica.throughput = record.throughput;
  replica.on_demand_throughput = record.on_demand_throughput;
  replica.warm_throughput = record.warm_throughput;
  replica.next_index = record.next_index;
  replica.indexes = record.indexes;
  for (IndexRecord& index : replica.indexes) index.backfilling = true;
  replica.table_class = record.table_class;
  replica.sse = record.sse;
  replica.ttl_attribute = record.ttl_attribute;
  for (const ReplicaRecord& other : record.replicas) {
    if (other.region != region) replica.replicas.push_back(other);
  }
  replica.replicas.push_back({.region = table.region});
  replica.phase = "CREATING";
  replica.phase_ends = protocol::Timestamp{kUntilCopied};
  return replica;
}

}  // namespace

void ReplicaUpdater::Begin() {
  new_regions_.clear();
  new_tables_.clear();
}

bool ReplicaUpdater::IsNew(std::string_view region) const {
  return std::ranges::find(new_regions_, region) != new_regions_.end();
}

void ReplicaUpdater::Apply(const Table& table, TableRecord& record) {
  if (!request_.replica_updates) return;
  for (const ReplicationGroupUpdate& update : *request_.replica_updates) {
    if (update.create.has_value() + update.update.has_value() + update.delete_.has_value() != 1) {
      throw InvalidValue("A ReplicaUpdate must have exactly one of Create, Update and Delete");
    }
    const std::string& region = update.create   ? update.create->region_name
                                : update.update ? update.update->region_name
                                                : update.delete_->region_name;
    if (region == table.region) {
      throw Invalid(
          "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, "
          "DeleteTable, "
          "or UpdateTable as required.");
    }
    if (update.create) Create(table, record, *update.create);
    if (update.update) Change(table, record, *update.update);
    if (update.delete_) Delete(table, record, region);
  }
}

void ReplicaUpdater::Create(const Table& table, TableRecord& record,
                            const CreateReplicationGroupMemberAction& wanted) {
  const std::string& region = wanted.region_name;
  if (record.billing_mode != "PAY_PER_REQUEST") {
    throw Invalid("Table write capacity should either be Pay-Per-Request or AutoScaled.");
  }
  if (record.stream && record.stream->stream_view_type != kImages) {
    throw Invalid("Table must have DynamoDB Streams enabled with New and Old Images to add replicas.");
  }
  const std::int64_t now_ms = dynamodb_.NowMs();
  ReplicaRecord replica{.region = region};
  SetOverrides(wanted, replica);
  const StreamSpecification images{.stream_enabled = true, .stream_view_type = std::string(kImages)};
  TableRecord copy = RecordOfReplica(table, record, region, now_ms);
  if (FindReplica(record, region) == record.replicas.end()) record.replicas.push_back(replica);
  OpenStream(dynamodb_.streams(), {table.account, region, table.name}, images,
             dynamodb_.settings().stream_shards, now_ms, copy);
  const auto id = dynamodb_.tables().Insert(table.account, region, table.name, copy);
  if (!id) {
    throw Invalid("Failed to create a the new replica of table with name: '" + table.name +
                  "' because one or more replicas already existed as tables.");  // sic
  }
  if (!record.stream) {
    OpenStream(dynamodb_.streams(), {table.account, table.region, table.name}, images,
               dynamodb_.settings().stream_shards, now_ms, record);
  }
  for (const ReplicaRecord& other : copy.replicas) {
    const TablePtr member = other.region == table.region ? nullptr : Member(table, other.region);
    if (member == nullptr) continue;
    TableRecord changed = member->record;
    changed.replicas.push_back(replica);
    dynamodb_.tables().Update(member->id, changed);
  }
  dynamodb_.copier().Begin(*id, table.id, TableCopier::As::kFollows);
  new_regions_.push_back(region);
  new_tables_.push_back(*id);
}

void ReplicaUpdater::Change(const Table& table, TableRecord& record,
                            const UpdateReplicationGroupMemberAction& wanted) {
  const auto replica = FindReplica(record, wanted.region_name);
  if (replica == record.replicas.end()) {
    throw Invalid("Table '" + table.name + "' has no replica in Region '" + wanted.region_name + "'");
  }
  SetOverrides(wanted, *replica);
}

void ReplicaUpdater::Delete(const Table& table, TableRecord& record, const std::string& region) {
  const auto replica = FindReplica(record, region);
  if (replica == record.replicas.end()) {
    throw Invalid("Table '" + table.name + "' has no replica in Region '" + region + "'");
  }
  record.replicas.erase(replica);
  const TablePtr gone = Member(table, region);
  if (gone == nullptr) return;
  for (const ReplicaRecord& other : gone->record.replicas) {
    const TablePtr member = other.region == table.region ? nullptr : Member(table, other.region);
    if (member == nullptr) continue;
    TableRecord changed = member->record;
    std::erase_if(changed.replicas, [&](const ReplicaRecord& one) { return one.region == region; });
    dynamodb_.tables().Update(member->id, changed);
  }
  dynamodb_.streams().Disable(gone->record.stream_id, dynamodb_.NowMs());
  dynamodb_.tables().Remove(*gone);
}

TablePtr ReplicaUpdater::Member(const Table& table, std::string_view region) {
  const TablePtr found = dynamodb_.tables().Find(table.account, region, table.name);
  return found == nullptr ? nullptr : dynamodb_.tables().Current(found->id);
}

void LeaveReplicas(DynamoDbService& dynamodb, const Table& table) {
  TableStore& tables = dynamodb.tables();
  for (const ReplicaRecord& replica : table.record.replicas) {
    const TablePtr found = tables.Find(table.account, replica.region, table.name);
    const TablePtr other = found == nullptr ? nullptr : tables.Current(found->id);
    if (other == nullptr) continue;
    TableRecord record = other->record;
    std::erase_if(record.replicas, [&](const ReplicaRecord& one) { return one.region == table.region; });
    tables.Update(other->id, record);
  }
}

}  // namespace cumulite::dynamodb
