#pragma once
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/binding.h"
#include "services/dynamodb/expressions/expression_cache.h"

namespace cumulite::dynamodb {

/// A ConditionExpression or FilterExpression, or what a legacy parameter or a WHERE clause says instead,
/// ready to be asked about items. Looks into the request that it was compiled from.
///
/// Thread: any, one at a time or many: nothing changes.
/// Source: DynamoDB Developer Guide "Condition and filter expressions, operators, and functions".
class Condition {
 public:
  /// Errors: ValidationException "Invalid ConditionExpression: ..." or "Invalid FilterExpression: ...".
  static Condition Compile(ExpressionCache& cache, ExpressionKind kind, std::string_view text,
                           Substitutions& substitutions);
  /// A tree built otherwise, which holds what it says of operands.
  explicit Condition(Binding binding) : binding_(std::move(binding)) {}

  bool Holds(const AttributeMap& item) const;
  /// Of an item, or of none where it is null.
  bool Holds(const AttributeMap* item) const;

  /// Which attributes it looks at, with repetitions.
  std::vector<UsedPath> Paths() const { return PathsOf(binding_); }

 private:
  Binding binding_;
};

/// A filter of a Query may not look at keys of the table or index that it reads.
/// Errors: ValidationException "Filter Expression can only contain non-primary key attributes: ...".
void RefuseKeysInFilter(const std::vector<UsedPath>& paths, const std::vector<std::string_view>& keys);

}  // namespace cumulite::dynamodb
