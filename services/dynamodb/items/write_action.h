#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/attribute_value.h"
#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {
class Condition;
class Update;

enum class WriteKind : std::uint8_t { kPut, kDelete, kUpdate, kCheck };

/// One change of one item, checked as far as it can be without the item that is there now. Whoever makes it
/// keeps what it points to until the change is done.
struct WriteAction {
  WriteKind kind = WriteKind::kPut;
  TablePtr table;
  std::string key;        // the row
  AttributeMap item;      // kPut: all of it; else the key
  std::string body;       // kPut: its wire form
  std::int64_t size = 0;  // kPut
  const Condition* condition = nullptr;
  const Update* update = nullptr;  // kUpdate; null: leaves an item as it is, or makes one of its key
};

/// A kPut of `item`. Errors: ValidationException for its keys and its size.
WriteAction PutAction(TablePtr table, AttributeMap item);
/// kDelete, kUpdate or kCheck. Errors: ValidationException for the key.
WriteAction KeyAction(WriteKind kind, TablePtr table, AttributeMap key);

/// What a WriteAction comes to, seen with the item that is there.
struct Decision {
  bool refused = false;           // the condition does not hold
  std::optional<AwsError> error;  // it cannot be done
  std::optional<StoredItem> old;
  std::optional<AttributeMap> old_item;  // `old` read, if something wanted it
  bool writes = false;                   // something is stored or removed
  std::optional<AttributeMap> new_item;  // afterwards; nothing: there is none, or it is action.item
  std::string new_body;                  // afterwards; empty: there is none
  std::int64_t new_size = 0;

  bool ok() const { return !refused && !error; }
  const AttributeMap* OldItem();  // null when there was none
};

/// What a write costs in units, by what it was written to.
struct WriteCost {
  double table = 0;
  std::map<std::string, double> global_indexes;
  std::map<std::string, double> local_indexes;

  double Total() const;
  void Add(const WriteCost& other);
};

/// When TTL wants an item gone, in ms; nothing when never. Times more than five years past are mistakes.
std::optional<std::int64_t> ExpiryOf(const Table& table, const AttributeMap& item, std::int64_t now_ms);

}  // namespace cumulite::dynamodb
