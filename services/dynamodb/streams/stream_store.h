#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/tables/table.h"
#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// A stream, open or disabled. It outlives its table.
struct Stream {
  std::int64_t id = 0;
  std::string account;
  std::string region;
  std::string table_name;
  std::string label;
  std::string view_type;
  std::string key_schema;  // JSON
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> disabled_ms;
  std::int64_t last_number = 0;  // of its records, from 1
  std::int64_t shards = 1;
  std::optional<std::string> policy;
  std::optional<std::string> policy_revision;

  std::string Arn() const;
  /// Shards count from 0; their ids are in that order.
  std::string ShardId(std::int64_t shard) const;
  /// Nothing for an id that is none of this stream.
  std::optional<std::int64_t> FindShard(std::string_view id) const;
};

/// "000000000000000000012": as AWS shows sequence numbers, in the order of the records.
std::string SequenceNumber(std::int64_t number);
/// Nothing for what SequenceNumber never gave.
std::optional<std::int64_t> ParseSequenceNumber(std::string_view text);

/// One change of an item, for a stream. Null: there was, or is, none.
struct StreamChange {
  const AttributeMap* old_item = nullptr;
  const AttributeMap* new_item = nullptr;
  std::int64_t at_ms = 0;
  bool by_time_to_live = false;
};

struct StreamRecordRow {
  std::int64_t number = 0;
  std::string body;
};

/// Streams and their records, which stay readable for a day.
/// Thread: what says "job" on the writer's, inside a job; the rest any.
class StreamStore {
 public:
  explicit StreamStore(storage::Database& database);

  /// Job: the id of a new stream of the table.
  std::int64_t Create(std::string_view account, std::string_view region, std::string_view table_name,
                      std::string_view label, std::string_view view_type, std::string_view key_schema,
                      std::int64_t shards, std::int64_t now_ms);
  /// Job.
  void Disable(std::int64_t id, std::int64_t now_ms);
  /// Job: the record of a change, into the table's open stream.
  void Append(const Table& table, const StreamChange& change);
  /// Job: nothing when it is gone.
  std::optional<Stream> Current(std::int64_t id);
  /// Job.
  void SetPolicy(std::int64_t id, const std::optional<std::string>& policy,
                 const std::optional<std::string>& revision);
  /// Job: forgets the streams of an account and a region, of all where that is empty.
  void Reset(std::string_view account, std::string_view region);

  std::optional<Stream> Find(std::string_view account, std::string_view region, std::string_view table_name,
                             std::string_view label) const;
  std::optional<Stream> FindById(std::int64_t id) const;
  /// In the order of their ids, after one.
  std::vector<Stream> List(std::string_view account, std::string_view region, std::string_view table_name,
                           std::int64_t after_id, std::int64_t max) const;
  /// Records of a shard, from a number on, that are not older than `since_ms`.
  std::vector<StreamRecordRow> Records(std::int64_t id, std::int64_t shard, std::int64_t from,
                                       std::int64_t since_ms, std::int64_t max) const;

 private:
  storage::Statement create_;
  storage::Statement disable_;
  storage::Statement next_number_;
  storage::Statement append_;
  storage::Statement trim_records_;
  storage::Statement reset_records_;
  storage::Statement reset_streams_;
  storage::Statement current_;
  storage::Statement set_policy_;
  storage::ReadStatement find_;
  storage::ReadStatement find_by_id_;
  storage::ReadStatement list_;
  storage::ReadStatement records_;
};

}  // namespace cumulite::dynamodb
