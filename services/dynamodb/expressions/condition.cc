#include "services/dynamodb/expressions/condition.h"

#include <algorithm>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/evaluate.h"

namespace cumulite::dynamodb {

Condition Condition::Compile(ExpressionCache& cache, ExpressionKind kind, std::string_view text,
                             Substitutions& substitutions) {
  return Condition(Bind(kind, cache.Parse(kind, text), substitutions));
}

bool Condition::Holds(const AttributeMap& item) const {
  return IsTrue(binding_, binding_.tree->nodes[binding_.tree->root], item);
}

bool Condition::Holds(const AttributeMap* item) const {
  return Holds(item == nullptr ? AttributeMap() : *item);
}

void RefuseKeysInFilter(const std::vector<UsedPath>& paths, const std::vector<std::string_view>& keys) {
  for (const UsedPath& path : paths) {
    if (std::ranges::find(keys, path.attribute) == keys.end()) continue;
    throw Invalid("Filter Expression can only contain non-primary key attributes: Primary key attribute: " +
                  std::string(path.attribute));
  }
}

}  // namespace cumulite::dynamodb
