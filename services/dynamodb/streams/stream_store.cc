#include "services/dynamodb/streams/stream_store.h"

#include <charconv>

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/json_writer.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::int64_t kDay = 24LL * 3600 * 1000;
constexpr std::size_t kSequenceDigits = 21;  // AWS's shortest
constexpr std::size_t kShardDigits = 20;

#define STREAM_COLUMNS                                                                                   \
  "id, account, region, table_name, label, view_type, key_schema, created_ms, disabled_ms, last_number," \
  " policy, policy_revision, shards"

std::string Padded(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

std::optional<std::string> TextOrNone(std::optional<std::string_view> text) {
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

Stream ReadStream(const storage::Cursor& row) {
  return {.id = row.Int64(0),
          .account = std::string(row.Text(1)),
          .region = std::string(row.Text(2)),
          .table_name = std::string(row.Text(3)),
          .label = std::string(row.Text(4)),
          .view_type = std::string(row.Text(5)),
          .key_schema = std::string(row.Text(6)),
          .created_ms = row.Int64(7),
          .disabled_ms = row.OptionalInt64(8),
          .last_number = row.Int64(9),
          .shards = row.Int64(12),
          .policy = TextOrNone(row.OptionalText(10)),
          .policy_revision = TextOrNone(row.OptionalText(11))};
}

/// All changes of an item are in one shard, and so are those of its partition.
std::int64_t ShardOf(const Table& table, const StreamChange& change, std::int64_t shards) {
  if (shards <= 1) return 0;
  const std::string key =
      KeyOfStored(table.keys, change.new_item == nullptr ? *change.old_item : *change.new_item);
  std::uint64_t hash = 0;  // AWS's own, which keys begin with
  for (const char c : key.substr(0, 8)) hash = (hash << 8U) | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(shards));
}

/// What GetRecords answers of a change.
std::string RecordText(const Table& table, const StreamChange& change, std::int64_t number) {
  const std::string& view = *table.record.stream->stream_view_type;
  const bool shows_new = view == "NEW_IMAGE" || view == "NEW_AND_OLD_IMAGES";
  const bool shows_old = view == "OLD_IMAGE" || view == "NEW_AND_OLD_IMAGES";
  const AttributeMap& item = change.new_item == nullptr ? *change.old_item : *change.new_item;
  const AttributeMap keys = KeyAttributesOf(table, nullptr, item);
  std::size_t size = SizeOf(keys);
  std::string text;
  protocol::JsonWriter json(text);
  const auto member = [&](std::string_view key, std::string_view value) {
    json.Key(key);
    json.String(value);
  };
  json.OpenObject();
  member("eventID", base::RandomUuid());
  member("eventName", change.old_item == nullptr   ? "INSERT"
                      : change.new_item == nullptr ? "REMOVE"
                                                   : "MODIFY");
  member("eventVersion", "1.1");
  member("eventSource", "aws:dynamodb");
  member("awsRegion", table.region);
  json.Key("dynamodb");
  json.OpenObject();
  json.Key("ApproximateCreationDateTime");
  json.Int(change.at_ms / 1000);
  json.Key("Keys");
  AppendJson(keys, json.Value());
  if (shows_new && change.new_item != nullptr) {
    json.Key("NewImage");
    AppendJson(*change.new_item, json.Value());
    size += SizeOf(*change.new_item);
  }
  if (shows_old && change.old_item != nullptr) {
    json.Key("OldImage");
    AppendJson(*change.old_item, json.Value());
    size += SizeOf(*change.old_item);
  }
  member("SequenceNumber", SequenceNumber(number));
  json.Key("SizeBytes");
  json.Int(static_cast<std::int64_t>(size));
  member("StreamViewType", view);
  json.CloseObject();
  if (change.by_time_to_live) {
    json.Key("userIdentity");
    json.OpenObject();
    member("PrincipalId", "dynamodb.amazonaws.com");
    member("Type", "Service");
    json.CloseObject();
  }
  json.CloseObject();
  return text;
}

}  // namespace

std::string Stream::Arn() const {
  return protocol::FormatArn("dynamodb", region, account, "table/" + table_name + "/stream/" + label);
}

std::string Stream::ShardId(std::int64_t shard) const {
  return "shardId-" + Padded(created_ms, kShardDigits) + "-" + Padded(id, 8) +
         (shards > 1 ? Padded(shard, 3) : "");
}

std::optional<std::int64_t> Stream::FindShard(std::string_view wanted) const {
  for (std::int64_t shard = 0; shard < shards; ++shard) {
    if (wanted == ShardId(shard)) return shard;
  }
  return std::nullopt;
}

std::string SequenceNumber(std::int64_t number) { return "1" + Padded(number, kSequenceDigits - 1); }

std::optional<std::int64_t> ParseSequenceNumber(std::string_view text) {
  if (text.size() != kSequenceDigits || text[0] != '1') return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

StreamStore::StreamStore(storage::Database& database)
    : create_(
          database,
          "INSERT INTO stream (account, region, table_name, label, view_type, key_schema, created_ms, shards)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
      disable_(database, "UPDATE stream SET disabled_ms = ?2 WHERE id = ?1 AND disabled_ms IS NULL"),
      next_number_(
          database,
          "UPDATE stream SET last_number = last_number + 1 WHERE id = ?1 RETURNING last_number, shards"),
      append_(database, "INSERT INTO stream_record VALUES (?1, ?2, ?3, ?4, ?5)"),
      trim_records_(database,
                    "DELETE FROM stream_record WHERE stream_id = ?1 AND number IN (SELECT number FROM"
                    " stream_record WHERE stream_id = ?1 AND at_ms < ?2 ORDER BY number LIMIT 100)"),
      reset_records_(database,
                     "DELETE FROM stream_record WHERE stream_id IN"
                     " (SELECT id FROM stream WHERE ?1 IN (account, '') AND ?2 IN (region, ''))"),
      reset_streams_(database, "DELETE FROM stream WHERE ?1 IN (account, '') AND ?2 IN (region, '')"),
      current_(database, "SELECT " STREAM_COLUMNS " FROM stream WHERE id = ?1"),
      set_policy_(database, "UPDATE stream SET policy = ?2, policy_revision = ?3 WHERE id = ?1"),
      find_(database, "SELECT " STREAM_COLUMNS
                      " FROM stream WHERE account = ?1 AND region = ?2 AND table_name = ?3 AND label = ?4"),
      find_by_id_(database, "SELECT " STREAM_COLUMNS " FROM stream WHERE id = ?1"),
      list_(database, "SELECT " STREAM_COLUMNS
                      " FROM stream WHERE account = ?1 AND region = ?2 AND (?3 = '' OR table_name = ?3)"
                      " AND id > ?4 ORDER BY id LIMIT ?5"),
      records_(database,
               "SELECT number, body FROM stream_record WHERE stream_id = ?1 AND number >= ?2 AND at_ms >= ?3"
               " AND shard = ?4 ORDER BY number LIMIT ?5") {}

#undef STREAM_COLUMNS

std::int64_t StreamStore::Create(std::string_view account, std::string_view region,
                                 std::string_view table_name, std::string_view label,
                                 std::string_view view_type, std::string_view key_schema, std::int64_t shards,
                                 std::int64_t now_ms) {
  return *create_.Scalar<std::int64_t>(account, region, table_name, label, view_type, key_schema, now_ms,
                                       shards);
}

void StreamStore::Disable(std::int64_t id, std::int64_t now_ms) { disable_.Run(id, now_ms); }

void StreamStore::Append(const Table& table, const StreamChange& change) {
  const std::int64_t stream = table.record.stream_id;
  std::int64_t number = 0;
  std::int64_t shards = 0;
  if (auto row = next_number_.Query(stream); row.Next()) {
    number = row.Int64(0);
    shards = row.Int64(1);
  }
  if (number == 0) return;
  append_.Run(stream, number, change.at_ms, RecordText(table, change, number),
              ShardOf(table, change, shards));
  constexpr std::int64_t kTrimEvery = 64;  // so that trimming keeps up with writing, at a hundred a time
  if (number % kTrimEvery == 0) trim_records_.Run(stream, change.at_ms - kDay);
}

std::optional<Stream> StreamStore::Current(std::int64_t id) {
  auto row = current_.Query(id);
  return row.Next() ? std::optional(ReadStream(row)) : std::nullopt;
}

void StreamStore::SetPolicy(std::int64_t id, const std::optional<std::string>& policy,
                            const std::optional<std::string>& revision) {
  set_policy_.Run(id, policy, revision);
}

void StreamStore::Reset(std::string_view account, std::string_view region) {
  reset_records_.Run(account, region);
  reset_streams_.Run(account, region);
}

std::optional<Stream> StreamStore::Find(std::string_view account, std::string_view region,
                                        std::string_view table_name, std::string_view label) const {
  auto row = find_.Query(account, region, table_name, label);
  return row.Next() ? std::optional(ReadStream(row)) : std::nullopt;
}

std::optional<Stream> StreamStore::FindById(std::int64_t id) const {
  auto row = find_by_id_.Query(id);
  return row.Next() ? std::optional(ReadStream(row)) : std::nullopt;
}

std::vector<Stream> StreamStore::List(std::string_view account, std::string_view region,
                                      std::string_view table_name, std::int64_t after_id,
                                      std::int64_t max) const {
  std::vector<Stream> list;
  for (auto rows = list_.Query(account, region, table_name, after_id, max); rows.Next();) {
    list.push_back(ReadStream(rows));
  }
  return list;
}

std::vector<StreamRecordRow> StreamStore::Records(std::int64_t id, std::int64_t shard, std::int64_t from,
                                                  std::int64_t since_ms, std::int64_t max) const {
  std::vector<StreamRecordRow> records;
  for (auto rows = records_.Query(id, from, since_ms, shard, max); rows.Next();) {
    records.push_back({rows.Int64(0), std::string(rows.Text(1))});
  }
  return records;
}

}  // namespace cumulite::dynamodb
