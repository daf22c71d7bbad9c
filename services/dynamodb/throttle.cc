#include "services/dynamodb/throttle.h"

#include <algorithm>

#include "protocol/json_writer.h"

namespace cumulite::dynamodb {
namespace {

constexpr double kBurstSeconds = 300;

/// Units a second; nothing: as many as are wanted.
std::optional<double> RateOf(const Table& table, const IndexRecord* index, Throttle::Use use) {
  const bool reads = use == Throttle::Use::kRead;
  if (table.on_demand()) {
    const auto& limits = index == nullptr ? table.record.on_demand_throughput : index->on_demand_throughput;
    const auto limit = !limits ? std::nullopt
                       : reads ? limits->max_read_request_units
                               : limits->max_write_request_units;
    return limit && *limit > 0 ? std::optional(static_cast<double>(*limit)) : std::nullopt;
  }
  const ProvisionedThroughput own =
      index == nullptr ? table.record.throughput : index->throughput.value_or(table.record.throughput);
  return static_cast<double>(reads ? own.read_capacity_units : own.write_capacity_units);
}

/// [{"reason":"TableWriteProvisionedThroughputExceeded","resource":"arn:…"}]
std::string ReasonsOf(const Table& table, const IndexRecord* index, Throttle::Use use) {
  std::string reason = index == nullptr ? "Table" : "Index";
  reason += use == Throttle::Use::kRead ? "Read" : "Write";
  reason += table.on_demand() ? "MaxOnDemandThroughputExceeded" : "ProvisionedThroughputExceeded";
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenArray();
  json.OpenObject();
  json.Key("reason");
  json.String(reason);
  json.Key("resource");
  json.String(index == nullptr ? table.arn : table.arn + "/index/" + index->name);
  json.CloseObject();
  json.CloseArray();
  return text;
}

AwsError Exceeded(const Table& table, const IndexRecord* index, Throttle::Use use) {
  if (table.on_demand()) {
    return AwsError(kThrottled,
                    "Throughput exceeds the maximum OnDemandThroughput configured on table or index")
        .With("throttlingReasons", ReasonsOf(table, index, use));
  }
  const std::string_view message =
      index == nullptr
          ? "The level of configured provisioned throughput for the table was exceeded. Consider increasing "
            "your provisioning level with the UpdateTable API."
          : "The level of configured provisioned throughput for one or more global secondary indexes of the "
            "table was exceeded. Consider increasing your provisioning level for the under-provisioned "
            "global "
            "secondary indexes with the UpdateTable API";
  return AwsError(kProvisionedThroughputExceeded, std::string(message))
      .With("ThrottlingReasons", ReasonsOf(table, index, use));
}

const IndexRecord* FindRecord(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table.record.indexes, name, &IndexRecord::name);
  return found == table.record.indexes.end() ? nullptr : &*found;
}

}  // namespace

double& Throttle::Fill(const Key& key, double rate, std::int64_t now_ms) {
  const double full = rate * kBurstSeconds;
  const auto [entry, is_new] = buckets_.try_emplace(key, Bucket{full, now_ms});
  Bucket& bucket = entry->second;
  const double seconds = static_cast<double>(std::max<std::int64_t>(now_ms - bucket.filled_ms, 0)) / 1000;
  bucket.units = std::min(bucket.units + seconds * rate, full);
  bucket.filled_ms = now_ms;
  return bucket.units;
}

std::optional<AwsError> Throttle::Refuse(const Table& table, const IndexRecord* index, Use use,
                                         std::int64_t now_ms) {
  const auto rate = RateOf(table, index, use);
  if (!rate) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  if (Fill({table.id, index == nullptr ? 0 : index->number, use}, *rate, now_ms) > 0) return std::nullopt;
  return Exceeded(table, index, use);
}

void Throttle::Take(const Table& table, const IndexRecord* index, Use use, double units,
                    std::int64_t now_ms) {
  const auto rate = RateOf(table, index, use);
  if (!rate || units == 0) return;
  const std::scoped_lock lock(mutex_);
  Fill({table.id, index == nullptr ? 0 : index->number, use}, *rate, now_ms) -= units;
}

std::optional<AwsError> Throttle::RefuseRead(const Table& table, const Index* index, std::int64_t now_ms) {
  if (!enforces_) return std::nullopt;
  // A local index lives on its table's capacity.
  const bool own = index != nullptr && !index->local;
  return Refuse(table, own ? FindRecord(table, index->name) : nullptr, Use::kRead, now_ms);
}

std::optional<AwsError> Throttle::RefuseWrite(const Table& table, std::int64_t now_ms) {
  if (!enforces_) return std::nullopt;
  if (auto refusal = Refuse(table, nullptr, Use::kWrite, now_ms)) return refusal;
  for (const IndexRecord& index : table.record.indexes) {
    if (index.local) continue;
    if (auto refusal = Refuse(table, &index, Use::kWrite, now_ms)) return refusal;
  }
  return std::nullopt;
}

void Throttle::Charge(const Table& table, Use use, const WriteCost& cost, std::int64_t now_ms) {
  if (!enforces_) return;
  double own = cost.table;
  for (const auto& [name, units] : cost.local_indexes) own += units;
  Take(table, nullptr, use, own, now_ms);
  for (const auto& [name, units] : cost.global_indexes)
    Take(table, FindRecord(table, name), use, units, now_ms);
}

}  // namespace cumulite::dynamodb
