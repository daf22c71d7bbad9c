#include "services/dynamodb/operations/read_expressions.h"

#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

LegacyRead ReadLegacy(const std::optional<AttributeConditions>& filter,
                      const std::optional<std::string>& conditional_operator) {
  CheckConditionalOperator(conditional_operator, filter && !filter->empty());
  LegacyRead read;
  if (filter) read.filter = ConditionOf(*filter, conditional_operator);
  return read;
}

void RefuseKeysInRead(const Table& table, const Index* index, const ReadExpressions& read,
                      FilterOnKeys keys) {
  const auto table_keys = KeyNames(table.keys);
  const auto index_keys = index == nullptr ? std::vector<std::string_view>() : KeyNames(index->keys);
  if (read.filter) {
    const std::vector<UsedPath> paths = read.filter->Paths();
    RefuseNestedKeys(paths, table_keys, index_keys);
    if (keys == FilterOnKeys::kRefused) RefuseKeysInFilter(paths, index == nullptr ? table_keys : index_keys);
  }
  if (read.projection) RefuseNestedKeys(read.projection->Paths(), table_keys, index_keys);
}

void RefuseStartKeyValues(const ItemInput& key) {
  if (!key.problem.empty()) throw Invalid("The provided starting key is invalid: " + key.problem);
}

}  // namespace cumulite::dynamodb
