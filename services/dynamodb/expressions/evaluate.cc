#include "services/dynamodb/expressions/evaluate.h"

#include <algorithm>
#include <string>

#include "services/dynamodb/expressions/operand_checks.h"
#include "services/dynamodb/expressions/type_set.h"

namespace cumulite::dynamodb {
namespace {

const AttributeValue* Next(const Binding& binding, const PathStep& step, const AttributeValue& value) {
  if (step.IsIndex()) {
    const List* list = value.If<List>();
    const auto index = static_cast<std::size_t>(step.index);
    return list != nullptr && index < list->size() ? &(*list)[index] : nullptr;
  }
  const AttributeMap* map = value.If<AttributeMap>();
  return map == nullptr ? nullptr : map->Find(binding.NameOf(step));
}

/// Bytes of texts and binaries, members of the others; -1 for what has no size.
std::int64_t SizeOf(const AttributeValue& value) {
  const auto size = [&]() -> std::size_t {
    switch (value.type()) {
      case AttributeType::kS:
        return value.As<std::string>().size();
      case AttributeType::kB:
        return value.As<Binary>().bytes.size();
      case AttributeType::kSS:
        return value.As<StringSet>().members.size();
      case AttributeType::kNS:
        return value.As<NumberSet>().members.size();
      case AttributeType::kBS:
        return value.As<BinarySet>().members.size();
      case AttributeType::kL:
        return value.As<List>().size();
      default:
        return value.As<AttributeMap>().size();
    }
  };
  return kSizedTypes.Has(value.type()) ? static_cast<std::int64_t>(size()) : -1;
}

const AttributeValue* Measure(const AttributeValue* value, AttributeValue& room) {
  const std::int64_t size = value == nullptr ? -1 : SizeOf(*value);
  if (size < 0) return nullptr;
  room = AttributeValue(Number::Of(size));
  return &room;
}

const AttributeValue* Sum(const Binding& binding, const Node& sum, const AttributeMap& item,
                          AttributeValue& room) {
  AttributeValue right_room;
  const AttributeValue* left = ValueOf(binding, binding.tree->Child(sum, 0), item, room);
  const AttributeValue* right = ValueOf(binding, binding.tree->Child(sum, 1), item, right_room);
  if (left == nullptr || right == nullptr) return nullptr;
  const Number* a = left->If<Number>();
  const Number* b = right->If<Number>();
  if (a == nullptr || b == nullptr) return nullptr;
  const auto result = sum.kind == NodeKind::kSum ? a->Plus(*b) : a->Minus(*b);
  const Number* number = std::get_if<Number>(&result);
  if (number == nullptr) return nullptr;
  room = AttributeValue(*number);
  return &room;
}

bool Compare(NodeKind comparison, const AttributeValue* left, const AttributeValue* right) {
  if (left == nullptr || right == nullptr) return comparison == NodeKind::kNotEqual;
  if (comparison == NodeKind::kEqual) return *left == *right;
  if (comparison == NodeKind::kNotEqual) return *left != *right;
  if (left->type() != right->type() || !kOrderedTypes.Has(left->type())) return false;
  switch (comparison) {
    case NodeKind::kLess:
      return IsLess(*left, *right);
    case NodeKind::kLessOrEqual:
      return !IsLess(*right, *left);
    case NodeKind::kGreater:
      return IsLess(*right, *left);
    default:
      return !IsLess(*left, *right);
  }
}

bool IsComparison(const Binding& binding, const Node& node, const AttributeMap& item) {
  AttributeValue left_room;
  AttributeValue right_room;
  const AttributeValue* left = ValueOf(binding, binding.tree->Child(node, 0), item, left_room);
  return Compare(node.kind, left, ValueOf(binding, binding.tree->Child(node, 1), item, right_room));
}

bool IsBetween(const Binding& binding, const Node& node, const AttributeMap& item) {
  AttributeValue rooms[3];
  const AttributeValue* values[3];
  for (std::size_t i = 0; i < 3; ++i) {
    values[i] = ValueOf(binding, binding.tree->Child(node, i), item, rooms[i]);
  }
  return Compare(NodeKind::kLessOrEqual, values[1], values[0]) &&
         Compare(NodeKind::kLessOrEqual, values[0], values[2]);
}

bool IsIn(const Binding& binding, const Node& node, const AttributeMap& item) {
  AttributeValue room;
  const AttributeValue* value = ValueOf(binding, binding.tree->Child(node, 0), item, room);
  for (std::size_t i = 1; i < node.count; ++i) {
    AttributeValue other_room;
    const Node& other = binding.tree->Child(node, i);
    if (Compare(NodeKind::kEqual, value, ValueOf(binding, other, item, other_room))) return true;
  }
  return false;
}

bool BeginsWith(const AttributeValue& value, const AttributeValue& prefix) {
  if (const auto* text = value.If<std::string>()) {
    const auto* start = prefix.If<std::string>();
    return start != nullptr && text->starts_with(*start);
  }
  const auto* bytes = value.If<Binary>();
  const auto* start = prefix.If<Binary>();
  return bytes != nullptr && start != nullptr && bytes->bytes.starts_with(start->bytes);
}

template <typename Set, typename Member>
bool HasMember(const AttributeValue& value, const AttributeValue& wanted) {
  const Set* set = value.If<Set>();
  const Member* member = wanted.If<Member>();
  return set != nullptr && member != nullptr && std::ranges::binary_search(set->members, *member);
}

bool Contains(const AttributeValue& value, const AttributeValue& wanted) {
  if (const auto* text = value.If<std::string>()) {
    const auto* part = wanted.If<std::string>();
    return part != nullptr && text->find(*part) != std::string::npos;
  }
  if (const auto* bytes = value.If<Binary>()) {
    const auto* part = wanted.If<Binary>();
    return part != nullptr && bytes->bytes.find(part->bytes) != std::string::npos;
  }
  if (const List* list = value.If<List>()) return std::ranges::find(*list, wanted) != list->end();
  return HasMember<StringSet, std::string>(value, wanted) || HasMember<NumberSet, Number>(value, wanted) ||
         HasMember<BinarySet, Binary>(value, wanted);
}

bool IsCall(const Binding& binding, const Node& call, const AttributeMap& item) {
  AttributeValue room;
  const AttributeValue* value = ValueOf(binding, binding.tree->Child(call, 0), item, room);
  if (call.function == Function::kAttributeExists) return value != nullptr;
  if (call.function == Function::kAttributeNotExists) return value == nullptr;
  if (value == nullptr) return false;
  AttributeValue other_room;
  const AttributeValue* other = ValueOf(binding, binding.tree->Child(call, 1), item, other_room);
  if (other == nullptr) return false;
  switch (call.function) {
    case Function::kBeginsWith:
      return BeginsWith(*value, *other);
    case Function::kContains:
      return Contains(*value, *other);
    case Function::kAttributeType:
      return other->Is(AttributeType::kS) && TypeName(value->type()) == other->As<std::string>();
    default:
      return false;  // no condition; CheckTree refuses it
  }
}

}  // namespace

const AttributeValue* FindPath(const Binding& binding, const Node& path, const AttributeMap& item) {
  const PathStep* const steps = binding.tree->Steps(path);
  const AttributeValue* value = item.Find(binding.NameOf(steps[0]));
  for (std::size_t i = 1; i < path.count && value != nullptr; ++i) value = Next(binding, steps[i], *value);
  return value;
}

const AttributeValue* ValueOf(const Binding& binding, const Node& operand, const AttributeMap& item,
                              AttributeValue& room) {
  switch (operand.kind) {
    case NodeKind::kPath:
      return FindPath(binding, operand, item);
    case NodeKind::kValue:
      return &binding.ValueOf(operand);
    case NodeKind::kCall: {
      AttributeValue inner;
      return Measure(ValueOf(binding, binding.tree->Child(operand, 0), item, inner), room);
    }
    default:
      return Sum(binding, operand, item, room);
  }
}

bool IsTrue(const Binding& binding, const Node& condition, const AttributeMap& item) {
  switch (condition.kind) {
    case NodeKind::kAnd:
      for (std::size_t i = 0; i < condition.count; ++i) {
        if (!IsTrue(binding, binding.tree->Child(condition, i), item)) return false;
      }
      return true;
    case NodeKind::kOr:
      for (std::size_t i = 0; i < condition.count; ++i) {
        if (IsTrue(binding, binding.tree->Child(condition, i), item)) return true;
      }
      return false;
    case NodeKind::kNot:
      return !IsTrue(binding, binding.tree->Child(condition, 0), item);
    case NodeKind::kBetween:
      return IsBetween(binding, condition, item);
    case NodeKind::kIn:
      return IsIn(binding, condition, item);
    case NodeKind::kCall:
      return IsCall(binding, condition, item);
    default:
      return IsComparison(binding, condition, item);
  }
}

}  // namespace cumulite::dynamodb
