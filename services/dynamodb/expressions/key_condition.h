#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/binding.h"
#include "services/dynamodb/expressions/expression_cache.h"

namespace cumulite::dynamodb {

enum class KeyOperator : std::uint8_t {
  kEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kBetween,
  kBeginsWith,
};

/// What one key attribute has to be.
struct KeyTerm {
  std::string_view attribute;
  KeyOperator op = KeyOperator::kEqual;
  const AttributeValue* value = nullptr;
  const AttributeValue* high = nullptr;  // the second of kBetween
};

/// A key attribute of a table or index.
struct KeyPart {
  std::string_view name;
  AttributeType type = AttributeType::kS;
};

/// Up to four attributes of each kind; HASH has at least one.
struct KeyShape {
  std::vector<KeyPart> hash;
  std::vector<KeyPart> range;
};

/// What a Query reads, as values of the key: one partition, and of its range keys those that begin with some
/// values and whose next one is within bounds.
struct KeyRange {
  std::vector<const AttributeValue*> hash;   // one a HASH attribute
  std::vector<const AttributeValue*> range;  // of the first RANGE attributes, each equal
  const KeyTerm* bound = nullptr;            // of the RANGE attribute behind those; null: any
};

/// A KeyConditionExpression, or KeyConditions, or what a WHERE clause says of keys. Looks into the request.
///
/// Thread: any.
/// Source: DynamoDB Developer Guide "Key condition expressions for the Query operation"; "Multi-attribute
/// keys pattern".
class KeyCondition {
 public:
  /// Errors: ValidationException for what is no key condition whatever the table's keys are.
  static KeyCondition Compile(ExpressionCache& cache, std::string_view text, Substitutions& substitutions);
  explicit KeyCondition(std::vector<KeyTerm> terms) : terms_(std::move(terms)) {}

  /// What it means for these keys. Looks into this object.
  /// Errors: ValidationException for keys without condition, operators that the key's place does not allow,
  /// values of another type, empty values.
  KeyRange Resolve(const KeyShape& keys) const;

  const std::vector<KeyTerm>& terms() const { return terms_; }

 private:
  const KeyTerm* Find(std::string_view attribute) const;

  std::shared_ptr<const SyntaxTree> tree_;  // whose text the terms look into; null: another's
  std::vector<KeyTerm> terms_;              // one an attribute
};

}  // namespace cumulite::dynamodb
