#include "services/dynamodb/operations/read_page.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/operations/write_items.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::int64_t kPageBytes = 1024 * 1024;

/// Takes rows up to the end of the page.
class PageReader {
 public:
  PageReader(const ItemStore& items, const PageRequest& request) : items_(items), request_(request) {
    page_.items = "[";
  }

  Page Read() {
    const std::int64_t table = request_.table->id;
    auto rows = request_.index == nullptr ? items_.Rows(table, request_.range)
                                          : items_.Entries(table, request_.index->number, request_.range);
    while (rows.Next()) {
      if (!Take(rows)) continue;
      page_.last_key = KeyAttributesOf(*request_.table, request_.index, rows.Parsed(2, ParseStoredItem));
      break;
    }
    page_.items += ']';
    return std::move(page_);
  }

 private:
  /// Whether the page ends with this row.
  bool Take(const storage::Cursor& row) {
    ++page_.scanned;
    page_.bytes += row.Int64(1);
    if (request_.whole_items) {
      TakeFetched(row.Blob(3).bytes);
    } else {
      const std::string_view body = row.Text(2);
      if (body.empty()) row.ThrowDamaged(2, "not an item");
      TakeItem(body);
    }
    return page_.scanned == request_.limit || page_.bytes >= kPageBytes;
  }

  void TakeFetched(std::string_view key) {
    const auto item = items_.Get(request_.table->id, key);
    if (!item) return;
    page_.fetched_units += ReadUnits(item->size, request_.consistent);
    TakeItem(item->body);
  }

  void TakeItem(std::string_view body) {
    if (request_.filter == nullptr && request_.projection == nullptr) {
      if (!request_.count_only) Separate() += body;
      ++page_.count;
      return;
    }
    const AttributeMap item = ParseStoredItem(body);
    if (request_.filter != nullptr && !request_.filter->Holds(item)) return;
    ++page_.count;
    if (request_.count_only) return;
    if (request_.projection != nullptr) {
      AppendJson(request_.projection->Project(item), Separate());
    } else {
      Separate() += body;
    }
  }

  std::string& Separate() {
    if (page_.items.size() > 1) page_.items += ',';
    return page_.items;
  }

  const ItemStore& items_;
  const PageRequest& request_;
  Page page_;
};

AwsError BadStartKey(std::string_view why) {
  return Invalid("The provided starting key is invalid" + std::string(why));
}

}  // namespace

double ReadUnits(std::int64_t bytes, bool consistent) {
  const auto units = static_cast<double>(std::max<std::int64_t>((bytes + 4095) / 4096, 1));
  return consistent ? units : units / 2;
}

void RequireReadCapacity(DynamoDbService& dynamodb, const Table& table, const Index* index) {
  if (!dynamodb.throttle().enforces()) return;
  if (auto refusal = dynamodb.throttle().RefuseRead(table, index, dynamodb.NowMs()))
    throw *std::move(refusal);
}

void ChargeRead(DynamoDbService& dynamodb, const Table& table, const ReadCost& cost) {
  if (dynamodb.throttle().enforces()) {
    dynamodb.throttle().Charge(table, Throttle::Use::kRead, cost, dynamodb.NowMs());
  }
}

Page ReadPage(const ItemStore& items, const PageRequest& request) {
  return PageReader(items, request).Read();
}

ReadCost CostOf(const PageRequest& request, const Page& page, double minimum) {
  const double units = std::max(ReadUnits(page.bytes, request.consistent), minimum);
  ReadCost cost;
  if (request.index == nullptr) {
    cost.table = units;
  } else {
    cost.table = page.fetched_units;
    (request.index->local ? cost.local_indexes : cost.global_indexes)[request.index->name] = units;
  }
  return cost;
}

std::optional<ConsumedCapacity> ShowReadCost(std::string_view table_name, const ReadCost& cost,
                                             const std::optional<std::string>& wanted) {
  return ShowCost(table_name, cost, wanted);
}

std::string RowOfStartKey(const Table& table, const Index* index, const AttributeMap& key) {
  constexpr std::string_view kMismatch = ": The provided key element does not match the schema";
  std::size_t wanted = 0;
  const auto check = [&](const KeySchema& keys, bool count_known) {
    for (const auto* part : {&keys.hash, &keys.range}) {
      for (const KeyAttribute& attribute : *part) {
        const AttributeValue* value = key.Find(attribute.name);
        if (value == nullptr || !value->Is(attribute.type)) throw BadStartKey(kMismatch);
        if (count_known || !table.keys.Has(attribute.name)) ++wanted;
        CheckKeyValue(attribute, *value, part == &keys.hash);
      }
    }
  };
  check(table.keys, true);
  if (index != nullptr) check(index->keys, false);
  if (key.size() != wanted) throw BadStartKey(kMismatch);
  const std::string item_key = KeyOfStored(table.keys, key);
  return index == nullptr ? item_key : KeyOfEntry(*index, key, item_key);
}

const Index* RequireIndex(const Table& table, const std::optional<std::string>& name, bool consistent) {
  if (!name) return nullptr;
  const Index* index = table.FindIndex(*name);
  if (index == nullptr) throw Invalid("The table does not have the specified index: " + *name);
  if (!index->local && consistent)
    throw Invalid("Consistent reads are not supported on global secondary indexes");
  if (index->backfilling) throw Invalid("Cannot read from backfilling global secondary index: " + *name);
  return index;
}

Selected ReadSelect(const std::optional<std::string>& select, bool has_projection, bool has_index,
                    std::string_view projection_name) {
  if (!select) return has_projection ? Selected::kSome : has_index ? Selected::kProjected : Selected::kAll;
  if (*select == "SPECIFIC_ATTRIBUTES") {
    if (!has_projection) {
      throw InvalidValue(
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
          "SPECIFIC_ATTRIBUTES");
    }
    return Selected::kSome;
  }
  if (*select == "ALL_PROJECTED_ATTRIBUTES" && !has_index) {
    throw InvalidValue("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
  if (has_projection) {
    const std::string what = *select == "COUNT" ? "only the Count" : *select;
    throw InvalidValue("Cannot specify the " + std::string(projection_name) + " when choosing to get " +
                       what);
  }
  if (*select == "COUNT") return Selected::kCount;
  return *select == "ALL_ATTRIBUTES" ? Selected::kAll : Selected::kProjected;
}

bool FetchesFromTable(const Index* index, Selected selected, const Projection* projection) {
  if (index == nullptr || index->projects_all) return false;
  if (selected == Selected::kAll) {
    if (index->local) return true;
    throw InvalidValue("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                       index->name + " because its projection type is not ALL");
  }
  if (selected != Selected::kSome || projection == nullptr) return false;
  for (const UsedPath& path : projection->Paths()) {
    if (std::ranges::binary_search(index->projected, path.attribute)) continue;
    if (index->local) return true;
    throw InvalidValue("Global secondary index " + index->name + " does not project [" +
                       std::string(path.attribute) + "]");
  }
  return false;
}

}  // namespace cumulite::dynamodb
