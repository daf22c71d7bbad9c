#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/policy.h"
#include "services/dynamodb/items/attribute_value.h"
#include "services/dynamodb/tables/table_record.h"

namespace cumulite::dynamodb {

struct KeyAttribute {
  std::string name;
  AttributeType type = AttributeType::kS;
};

/// How the rows of a table or an index are found and ordered. A table and an LSI have one attribute in `hash`
/// and at most one in `range`, a GSI up to four in each.
struct KeySchema {
  std::vector<KeyAttribute> hash;
  std::vector<KeyAttribute> range;

  bool Has(std::string_view attribute) const;
};

struct Index {
  std::int64_t number = 0;
  std::string name;
  bool local = false;
  bool backfilling = false;
  KeySchema keys;
  bool projects_all = false;
  std::vector<std::string> projected;  // with all keys, in order; unless projects_all
};

/// A table as it was at one moment: requests share it, a change makes a new one.
struct Table {
  std::int64_t id = 0;
  std::int64_t version = 0;  // grows with each change
  std::string account;
  std::string region;
  std::string name;
  std::string arn;
  TableRecord record;
  KeySchema keys;
  std::vector<Index> indexes;
  std::shared_ptr<const protocol::Policy> policy;  // null: none

  const Index* FindIndex(std::string_view index_name) const;
  bool on_demand() const { return record.billing_mode == "PAY_PER_REQUEST"; }
  bool has_local_index() const;
  /// Whether changes keep what was there before, for restores and copies under way.
  bool keeps_history() const { return record.point_in_time_recovery || record.copies > 0; }
  /// "CREATING", "UPDATING", "DELETING" or "ACTIVE".
  std::string_view Status(std::int64_t now_ms) const;
  /// Whether nobody may use its items, not yet or not any more.
  bool IsBeingMade(std::int64_t now_ms) const { return Status(now_ms) == "CREATING"; }
  bool IsBeingDeleted() const { return record.phase == "DELETING"; }
  std::string StreamArn() const;  // of the latest stream; empty: none
};
using TablePtr = std::shared_ptr<const Table>;

/// Makes the snapshot that a row says.
TablePtr MakeTable(std::int64_t id, std::int64_t version, std::string account, std::string region,
                   std::string name, TableRecord record);

/// How many rows a table or an index has, and their bytes.
struct Counts {
  std::int64_t items = 0;
  std::int64_t bytes = 0;
};

/// What DescribeTable answers; `counts` by index number, 0 is the table.
TableDescription Describe(const Table& table, const std::map<std::int64_t, Counts>& counts,
                          std::int64_t now_ms);

}  // namespace cumulite::dynamodb
