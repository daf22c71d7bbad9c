#include "services/dynamodb/operations/key_rows.h"

#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/key_encoding.h"

namespace cumulite::dynamodb {
namespace {

std::string With(std::string beginning, const AttributeValue& value) {
  AppendKeyPart(value, beginning);
  return beginning;
}

}  // namespace

std::string BeginningOf(const KeyRange& wanted) {
  std::string beginning;
  AppendPartition(wanted.hash, beginning);
  for (const AttributeValue* value : wanted.range) AppendKeyPart(*value, beginning);
  return beginning;
}

RowRange RangeOf(const KeyRange& wanted) {
  const std::string all = BeginningOf(wanted);
  RowRange range{.first = all, .end = AfterPrefix(all)};
  if (wanted.bound == nullptr) return range;
  const KeyTerm& bound = *wanted.bound;
  switch (bound.op) {
    case KeyOperator::kEqual:
      range = {.first = With(all, *bound.value), .end = AfterPrefix(With(all, *bound.value))};
      break;
    case KeyOperator::kLess:
      range.end = With(all, *bound.value);
      break;
    case KeyOperator::kLessOrEqual:
      range.end = AfterPrefix(With(all, *bound.value));
      break;
    case KeyOperator::kGreater:
      range.first = AfterPrefix(With(all, *bound.value));
      break;
    case KeyOperator::kGreaterOrEqual:
      range.first = With(all, *bound.value);
      break;
    case KeyOperator::kBetween:
      range = {.first = With(all, *bound.value), .end = AfterPrefix(With(all, *bound.high))};
      break;
    case KeyOperator::kBeginsWith: {
      const auto* text = bound.value->If<std::string>();
      range.first = all;
      AppendKeyPrefix(text != nullptr ? *text : bound.value->As<Binary>().bytes, range.first);
      range.end = AfterPrefix(range.first);
      break;
    }
  }
  return range;
}

KeyShape ShapeOf(const KeySchema& keys) {
  KeyShape shape;
  for (const KeyAttribute& key : keys.hash) shape.hash.push_back({key.name, key.type});
  for (const KeyAttribute& key : keys.range) shape.range.push_back({key.name, key.type});
  return shape;
}

}  // namespace cumulite::dynamodb
