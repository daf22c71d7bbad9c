#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <tuple>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/write_action.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {

/// Holds tables and indexes to their throughput, where a setting wants it: a bucket of units each for reads
/// and writes, which fills with what is provisioned, or is the maximum on demand, up to that of 300 seconds.
/// A request goes on while there is anything in the bucket, and may leave a debt.
///
/// The buckets are full at first and after a start.
/// Thread: any.
/// Source: DynamoDB Developer Guide "Burst and adaptive capacity", "Maximum throughput for on-demand tables".
class Throttle {
 public:
  enum class Use : std::uint8_t { kRead, kWrite };

  explicit Throttle(bool enforces) : enforces_(enforces) {}
  bool enforces() const { return enforces_; }

  /// Why a read of the table, or of that index, must not go on; nothing: it may.
  std::optional<AwsError> RefuseRead(const Table& table, const Index* index, std::int64_t now_ms);
  /// Why a write to the table must not go on: it, or one of its global indexes, has nothing left.
  std::optional<AwsError> RefuseWrite(const Table& table, std::int64_t now_ms);
  /// Takes what a request cost.
  void Charge(const Table& table, Use use, const WriteCost& cost, std::int64_t now_ms);

 private:
  struct Bucket {
    double units = 0;
    std::int64_t filled_ms = 0;
  };
  /// A table, its index or 0, and the use.
  using Key = std::tuple<std::int64_t, std::int64_t, Use>;

  double& Fill(const Key& key, double rate, std::int64_t now_ms);
  std::optional<AwsError> Refuse(const Table& table, const IndexRecord* index, Use use, std::int64_t now_ms);
  void Take(const Table& table, const IndexRecord* index, Use use, double units, std::int64_t now_ms);

  const bool enforces_;
  std::mutex mutex_;
  std::map<Key, Bucket> buckets_;
};

}  // namespace cumulite::dynamodb
