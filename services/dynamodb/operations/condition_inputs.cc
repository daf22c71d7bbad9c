#include "services/dynamodb/operations/condition_inputs.h"

#include <set>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/expression_inputs.h"

namespace cumulite::dynamodb {

std::vector<std::string_view> KeyNames(const KeySchema& keys) {
  std::vector<std::string_view> names;
  for (const KeyAttribute& key : keys.hash) names.push_back(key.name);
  for (const KeyAttribute& key : keys.range) names.push_back(key.name);
  return names;
}

void RefuseKeysBelow(const Table& table, const std::optional<Condition>& condition) {
  if (condition) RefuseNestedKeys(condition->Paths(), KeyNames(table.keys));
}

void RefuseDuplicateNames(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    CheckAttributeName(name);
    if (!seen.insert(name).second) throw InvalidValue("Duplicate value in attribute name: " + name);
  }
}

}  // namespace cumulite::dynamodb
