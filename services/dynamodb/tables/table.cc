#include "services/dynamodb/tables/table.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "protocol/arn.h"

namespace cumulite::dynamodb {
namespace {

AttributeType TypeOfDefinition(const TableRecord& record, std::string_view name) {
  for (const AttributeDefinition& definition : record.attribute_definitions) {
    if (definition.attribute_name != name) continue;
    if (definition.attribute_type == "N") return AttributeType::kN;
    return definition.attribute_type == "B" ? AttributeType::kB : AttributeType::kS;
  }
  return AttributeType::kS;
}

KeySchema MakeKeys(const TableRecord& record, const std::vector<KeySchemaElement>& schema) {
  KeySchema keys;
  for (const KeySchemaElement& element : schema) {
    auto& part = element.key_type == "HASH" ? keys.hash : keys.range;
    part.push_back({element.attribute_name, TypeOfDefinition(record, element.attribute_name)});
  }
  if (keys.hash.empty()) throw std::invalid_argument("a key schema without a hash key");
  return keys;
}

void AddNames(const KeySchema& keys, std::set<std::string>& names) {
  for (const KeyAttribute& key : keys.hash) names.insert(key.name);
  for (const KeyAttribute& key : keys.range) names.insert(key.name);
}

Index MakeIndex(const TableRecord& record, const KeySchema& table_keys, const IndexRecord& from) {
  Index index{.number = from.number,
              .name = from.name,
              .local = from.local,
              .backfilling = from.backfilling.value_or(false),
              .keys = MakeKeys(record, from.key_schema)};
  index.projects_all = from.projection.projection_type == "ALL";
  if (!index.projects_all) {
    std::set<std::string> names;
    AddNames(table_keys, names);
    AddNames(index.keys, names);
    if (from.projection.non_key_attributes) {
      names.insert(from.projection.non_key_attributes->begin(), from.projection.non_key_attributes->end());
    }
    index.projected.assign(names.begin(), names.end());
  }
  return index;
}

ProvisionedThroughputDescription DescribeThroughput(const ProvisionedThroughput& throughput) {
  return {.number_of_decreases_today = 0,
          .read_capacity_units = throughput.read_capacity_units,
          .write_capacity_units = throughput.write_capacity_units};
}

/// What an on-demand table is warm for from the start, and a provisioned one at least.
TableWarmThroughputDescription DescribeWarm(const std::optional<WarmThroughput>& asked, bool on_demand,
                                            const ProvisionedThroughput& throughput) {
  constexpr std::int64_t kOnDemandReads = 12'000;
  constexpr std::int64_t kOnDemandWrites = 4'000;
  const std::int64_t reads = on_demand ? kOnDemandReads : throughput.read_capacity_units;
  const std::int64_t writes = on_demand ? kOnDemandWrites : throughput.write_capacity_units;
  TableWarmThroughputDescription warm{
      .read_units_per_second = reads, .write_units_per_second = writes, .status = "ACTIVE"};
  if (asked) {
    warm.read_units_per_second = std::max(reads, asked->read_units_per_second.value_or(reads));
    warm.write_units_per_second = std::max(writes, asked->write_units_per_second.value_or(writes));
  }
  return warm;
}

Counts CountsOf(const std::map<std::int64_t, Counts>& counts, std::int64_t number) {
  const auto found = counts.find(number);
  return found == counts.end() ? Counts{} : found->second;
}

GlobalSecondaryIndexDescription DescribeGlobal(const Table& table, const IndexRecord& index, Counts counts,
                                               std::int64_t now_ms) {
  const ProvisionedThroughput throughput = index.throughput.value_or(ProvisionedThroughput{});
  const bool backfilling = index.backfilling.value_or(false);
  GlobalSecondaryIndexDescription answer{
      .index_name = index.name,
      .key_schema = index.key_schema,
      .projection = index.projection,
      .index_status = backfilling || table.IsBeingMade(now_ms) ? "CREATING" : "ACTIVE",
      .provisioned_throughput = DescribeThroughput(throughput),
      .index_size_bytes = counts.bytes,
      .item_count = counts.items,
      .index_arn = table.arn + "/index/" + index.name,
      .on_demand_throughput = index.on_demand_throughput,
      .warm_throughput = DescribeWarm(index.warm_throughput, table.on_demand(), throughput)};
  if (backfilling) answer.backfilling = true;
  return answer;
}

ReplicaDescription DescribeReplica(const ReplicaRecord& replica) {
  ReplicaDescription answer{.region_name = replica.region,
                            .replica_status = "ACTIVE",
                            .kms_master_key_id = replica.kms_master_key_id,
                            .provisioned_throughput_override = replica.throughput_override,
                            .global_secondary_indexes = replica.global_secondary_indexes};
  if (replica.table_class_override) {
    answer.replica_table_class_summary = TableClassSummary{.table_class = replica.table_class_override};
  }
  return answer;
}

}  // namespace

bool KeySchema::Has(std::string_view attribute) const {
  return std::ranges::find(hash, attribute, &KeyAttribute::name) != hash.end() ||
         std::ranges::find(range, attribute, &KeyAttribute::name) != range.end();
}

const Index* Table::FindIndex(std::string_view index_name) const {
  const auto found = std::ranges::find(indexes, index_name, &Index::name);
  return found == indexes.end() ? nullptr : &*found;
}

std::string_view Table::Status(std::int64_t now_ms) const {
  if (record.restored && record.restored->restore_in_progress) return "CREATING";
  if (IsBeingDeleted()) return "DELETING";
  const bool lasts = record.phase && record.phase_ends && record.phase_ends->milliseconds > now_ms;
  return lasts ? std::string_view(*record.phase) : "ACTIVE";
}

bool Table::has_local_index() const { return std::ranges::any_of(indexes, &Index::local); }

std::string Table::StreamArn() const {
  return record.stream_label ? arn + "/stream/" + *record.stream_label : std::string();
}

TablePtr MakeTable(std::int64_t id, std::int64_t version, std::string account, std::string region,
                   std::string name, TableRecord record) {
  auto table = std::make_shared<Table>();
  table->id = id;
  table->version = version;
  table->arn = protocol::FormatArn("dynamodb", region, account, "table/" + name);
  table->account = std::move(account);
  table->region = std::move(region);
  table->name = std::move(name);
  if (record.phase == "DELETING" && !record.phase_ends) throw std::invalid_argument("deleted at no time");
  table->keys = MakeKeys(record, record.key_schema);
  for (const IndexRecord& index : record.indexes) {
    table->indexes.push_back(MakeIndex(record, table->keys, index));
  }
  if (record.resource_policy) {
    table->policy = std::make_shared<protocol::Policy>(protocol::Policy::Parse(*record.resource_policy));
  }
  table->record = std::move(record);
  return table;
}

TableDescription Describe(const Table& table, const std::map<std::int64_t, Counts>& counts,
                          std::int64_t now_ms) {
  const TableRecord& record = table.record;
  TableDescription answer;
  answer.attribute_definitions = record.attribute_definitions;
  answer.table_name = table.name;
  answer.key_schema = record.key_schema;
  answer.table_status = table.Status(now_ms);
  answer.creation_date_time = record.created;
  answer.provisioned_throughput = DescribeThroughput(record.throughput);
  answer.provisioned_throughput->last_increase_date_time = record.last_increase;
  answer.provisioned_throughput->last_decrease_date_time = record.last_decrease;
  const Counts own = CountsOf(counts, 0);
  answer.table_size_bytes = own.bytes;
  answer.item_count = own.items;
  answer.table_arn = table.arn;
  answer.table_id = record.table_id;
  if (record.on_demand_since) {
    answer.billing_mode_summary =
        BillingModeSummary{.billing_mode = record.billing_mode,
                           .last_update_to_pay_per_request_date_time = record.on_demand_since};
  }
  for (const IndexRecord& index : record.indexes) {
    const Counts counted = CountsOf(counts, index.number);
    if (!index.local) {
      answer.global_secondary_indexes.push_back(DescribeGlobal(table, index, counted, now_ms));
      continue;
    }
    answer.local_secondary_indexes.push_back({.index_name = index.name,
                                              .key_schema = index.key_schema,
                                              .projection = index.projection,
                                              .index_size_bytes = counted.bytes,
                                              .item_count = counted.items,
                                              .index_arn = table.arn + "/index/" + index.name});
  }
  answer.stream_specification = record.stream;
  answer.latest_stream_label = record.stream_label;
  if (record.stream_label) answer.latest_stream_arn = table.StreamArn();
  answer.restore_summary = record.restored;
  for (const ReplicaRecord& replica : record.replicas) answer.replicas.push_back(DescribeReplica(replica));
  if (!record.replicas.empty()) answer.global_table_version = "2019.11.21";
  answer.sse_description = record.sse;
  if (record.table_class) {
    answer.table_class_summary = TableClassSummary{.table_class = record.table_class,
                                                   .last_update_date_time = record.table_class_since};
  }
  answer.deletion_protection_enabled = record.deletion_protection;
  answer.on_demand_throughput = record.on_demand_throughput;
  answer.warm_throughput = DescribeWarm(record.warm_throughput, table.on_demand(), record.throughput);
  return answer;
}

}  // namespace cumulite::dynamodb
