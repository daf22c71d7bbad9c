#include "services/dynamodb/items/write_action.h"

#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {

WriteAction PutAction(TablePtr table, AttributeMap item) {
  WriteAction action{.kind = WriteKind::kPut, .table = std::move(table)};
  action.key = KeyOfItem(*action.table, item);
  CheckIndexKeys(*action.table, item);
  AppendJson(item, action.body);
  action.size = static_cast<std::int64_t>(SizeOf(item));
  action.item = std::move(item);
  return action;
}

WriteAction KeyAction(WriteKind kind, TablePtr table, AttributeMap key) {
  WriteAction action{.kind = kind, .table = std::move(table)};
  action.key = KeyOfRequest(*action.table, key);
  action.item = std::move(key);
  return action;
}

const AttributeMap* Decision::OldItem() {
  if (!old) return nullptr;
  if (!old_item) old_item = ParseStoredItem(old->body);
  return &*old_item;
}

double WriteCost::Total() const {
  double total = table;
  for (const auto& [name, units] : global_indexes) total += units;
  for (const auto& [name, units] : local_indexes) total += units;
  return total;
}

void WriteCost::Add(const WriteCost& other) {
  table += other.table;
  for (const auto& [name, units] : other.global_indexes) global_indexes[name] += units;
  for (const auto& [name, units] : other.local_indexes) local_indexes[name] += units;
}

std::optional<std::int64_t> ExpiryOf(const Table& table, const AttributeMap& item, std::int64_t now_ms) {
  if (!table.record.ttl_attribute) return std::nullopt;
  const AttributeValue* value = item.Find(*table.record.ttl_attribute);
  const Number* time = value == nullptr ? nullptr : value->If<Number>();
  if (time == nullptr) return std::nullopt;
  constexpr double kFarthest = 1e14;  // seconds; beyond it no clock gets
  constexpr std::int64_t kFiveYears = std::int64_t{5} * 365 * 24 * 3600 * 1000;
  const double seconds = time->ToDouble();
  if (seconds < 0 || seconds > kFarthest) return std::nullopt;
  const auto due_ms = static_cast<std::int64_t>(seconds * 1000);
  if (due_ms < now_ms - kFiveYears) return std::nullopt;
  return due_ms;
}

}  // namespace cumulite::dynamodb
