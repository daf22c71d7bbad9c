#pragma once
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/expression_kind.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// The ExpressionAttributeNames and ExpressionAttributeValues of a request, and which of them its expressions
/// use. Looks into the request, which must outlive it and all that is compiled with it.
///
/// Thread: one at a time.
class Substitutions {
 public:
  using Names = std::map<std::string, std::string>;
  /// An expression that the operation knows and whether the request has it.
  struct Given {
    ExpressionKind kind;
    bool present = false;
  };

  /// None were given.
  Substitutions() = default;
  /// `expressions` are all that the operation takes, in the order of their errors: UpdateExpression,
  /// ConditionExpression; FilterExpression, KeyConditionExpression, ProjectionExpression.
  /// Errors: ValidationException for names or values without an expression, empty maps, malformed keys,
  /// and values that are none.
  Substitutions(const std::optional<Names>& names, const std::optional<ItemInput>& values,
                std::initializer_list<Given> expressions);

  /// What "#name" stands for; null when it is not defined. Notes its use.
  const std::string* UseName(std::string_view placeholder);
  /// What ":value" stands for; null when it is not defined. Notes its use.
  const AttributeValue* UseValue(std::string_view placeholder);

  /// After all expressions of the request are compiled.
  /// Errors: ValidationException naming the names, else the values, that no expression mentions.
  void RefuseUnused() const;

 private:
  const Names* names_ = nullptr;
  const AttributeMap* values_ = nullptr;
  std::vector<const std::string*> used_names_;  // with repetitions: one an expression at most
  std::vector<const AttributeValue*> used_values_;
};

}  // namespace cumulite::dynamodb
