#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/projection.h"

namespace cumulite::dynamodb {

/// An UpdateExpression, or AttributeUpdates, or the SET and REMOVE clauses of a statement, ready to be
/// applied. Looks into the request that it was compiled from.
///
/// Thread: any.
/// Source: DynamoDB Developer Guide "Using update expressions in DynamoDB".
class Update {
 public:
  /// Whose words errors use.
  enum class Wording : std::uint8_t { kExpression, kAttributeUpdates };

  /// Errors: ValidationException "Invalid UpdateExpression: ...".
  static Update Compile(ExpressionCache& cache, std::string_view text, Substitutions& substitutions);
  /// The actions of a tree built otherwise.
  Update(Binding binding, Wording wording);

  /// The item afterwards. `old` is the item as it is, or null when there is none, and then `key` is what the
  /// new one has to begin with. All values are taken from the item as it was.
  /// Errors: ValidationException for paths that lead nowhere, missing and wrong operands, numbers out of
  /// range; sizes and nesting of the outcome are not looked at.
  AttributeMap Apply(const AttributeMap* old, const AttributeMap& key) const;

  /// What ReturnValues UPDATED_OLD and UPDATED_NEW show of the item before or after.
  AttributeMap Touched(const AttributeMap& item) const { return targets_.Project(item); }

  /// Whether it makes an item where there is none: one that only removes does not.
  bool CreatesItem() const;
  /// The attributes that it writes to, with repetitions.
  std::vector<UsedPath> Targets() const { return targets_.Paths(); }
  /// All that it mentions, with repetitions.
  std::vector<UsedPath> Paths() const { return PathsOf(binding_); }

 private:
  struct Outcome;

  Outcome Evaluate(const UpdateAction& action, const AttributeMap& old) const;
  AttributeValue SetValue(const Node& node, const AttributeMap& old) const;
  AttributeValue CallValue(const Node& call, const AttributeMap& old) const;
  Outcome Add(const AttributeValue* current, const AttributeValue& value) const;
  Outcome Delete(const AttributeValue* current, const AttributeValue& value) const;
  void Write(const Node& path, AttributeValue value, AttributeMap& item) const;
  void Erase(const Node& path, AttributeMap& item) const;
  /// The map or list that has or shall have what the path leads to.
  AttributeValue* Parent(const Node& path, AttributeMap& item) const;
  [[noreturn]] void RefuseType() const;

  Binding binding_;
  Projection targets_;
  std::vector<std::uint32_t> order_;  // actions in the order of their paths
  Wording wording_;
};

/// Errors: ValidationException "... Cannot update attribute a. This attribute is part of the key".
void RefuseKeysInUpdate(const std::vector<UsedPath>& targets, const std::vector<std::string_view>& keys);

}  // namespace cumulite::dynamodb
