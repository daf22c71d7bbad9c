#include "services/dynamodb/expressions/update.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/evaluate.h"
#include "services/dynamodb/expressions/path_order.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kBadPath =
    "The document path provided in the update expression is invalid for update";

std::vector<std::uint32_t> TargetsOf(const SyntaxTree& tree) {
  std::vector<std::uint32_t> paths;
  paths.reserve(tree.actions.size());
  for (const UpdateAction& action : tree.actions) paths.push_back(action.path);
  return paths;
}

AttributeValue Checked(const std::variant<Number, NumberProblem>& result) {
  if (const Number* number = std::get_if<Number>(&result)) return AttributeValue(*number);
  throw Invalid(Explain(std::get<NumberProblem>(result), {}));
}

/// Members of both, in order.
template <typename Set>
AttributeValue Union(const Set& a, const Set& b) {
  Set all;
  std::ranges::set_union(a.members, b.members, std::back_inserter(all.members));
  return AttributeValue(std::move(all));
}

/// Members of `a` that `b` has not; nothing when none is left.
template <typename Set>
std::optional<AttributeValue> Difference(const Set& a, const Set& b) {
  Set left;
  std::ranges::set_difference(a.members, b.members, std::back_inserter(left.members));
  if (left.members.empty()) return std::nullopt;
  return AttributeValue(std::move(left));
}

List Appended(List list, const List& more) {
  list.insert(list.end(), more.begin(), more.end());
  return list;
}

}  // namespace

/// What an action makes of the place that its path leads to.
struct Update::Outcome {
  enum class Kind : std::uint8_t { kWrite, kErase, kNothing } kind = Kind::kNothing;
  AttributeValue value = {};

  static Outcome Of(AttributeValue value) { return {Kind::kWrite, std::move(value)}; }
};

Update Update::Compile(ExpressionCache& cache, std::string_view text, Substitutions& substitutions) {
  constexpr auto kKind = ExpressionKind::kUpdate;
  return Update(Bind(kKind, cache.Parse(kKind, text), substitutions), Wording::kExpression);
}

Update::Update(Binding binding, Wording wording)
    : binding_(std::move(binding)),
      targets_(ExpressionKind::kUpdate, binding_, TargetsOf(*binding_.tree)),
      wording_(wording) {
  const auto& actions = binding_.tree->actions;
  order_ = InOrder(ExpressionKind::kUpdate, binding_, TargetsOf(*binding_.tree));
  for (std::uint32_t& place : order_) {  // a path's node becomes its action: nodes are numbered as written
    place = static_cast<std::uint32_t>(std::ranges::lower_bound(actions, place, {}, &UpdateAction::path) -
                                       actions.begin());
  }
}

bool Update::CreatesItem() const {
  return std::ranges::any_of(binding_.tree->actions, [](const UpdateAction& action) {
    return action.section == Section::kSet || action.section == Section::kAdd;
  });
}

AttributeMap Update::Apply(const AttributeMap* old, const AttributeMap& key) const {
  static const AttributeMap kNone;
  const AttributeMap& before = old == nullptr ? kNone : *old;
  AttributeMap item = old == nullptr ? key : *old;
  std::vector<std::uint32_t> erased;
  // In the order of indexes, so that elements beyond the end of a list are appended as they are numbered.
  for (const std::uint32_t place : order_) {
    const UpdateAction& action = binding_.tree->actions[place];
    Outcome outcome = Evaluate(action, before);
    if (outcome.kind == Outcome::Kind::kErase) erased.push_back(action.path);
    if (outcome.kind != Outcome::Kind::kWrite) continue;
    Write(binding_.tree->nodes[action.path], std::move(outcome.value), item);
  }
  if (old == nullptr) return item;  // there is nothing to remove
  // Backwards and last: indexes mean the list as it was.
  for (auto path = erased.rbegin(); path != erased.rend(); ++path) Erase(binding_.tree->nodes[*path], item);
  return item;
}

Update::Outcome Update::Evaluate(const UpdateAction& action, const AttributeMap& old) const {
  if (action.section == Section::kRemove) return {Outcome::Kind::kErase};
  const Node& value = binding_.tree->nodes[action.value];
  if (action.section == Section::kSet) return Outcome::Of(SetValue(value, old));
  const AttributeValue* current = FindPath(binding_, binding_.tree->nodes[action.path], old);
  if (action.section == Section::kAdd) return Add(current, binding_.ValueOf(value));
  return Delete(current, binding_.ValueOf(value));
}

AttributeValue Update::SetValue(const Node& node, const AttributeMap& old) const {
  if (node.kind == NodeKind::kValue) return binding_.ValueOf(node);
  if (node.kind == NodeKind::kCall) return CallValue(node, old);
  if (node.kind == NodeKind::kPath) {
    const AttributeValue* value = FindPath(binding_, node, old);
    if (value == nullptr) {
      throw Invalid("The provided expression refers to an attribute that does not exist in the item");
    }
    return *value;
  }
  const AttributeValue left = SetValue(binding_.tree->Child(node, 0), old);
  const AttributeValue right = SetValue(binding_.tree->Child(node, 1), old);
  const Number* a = left.If<Number>();
  const Number* b = right.If<Number>();
  if (a == nullptr || b == nullptr) RefuseType();
  return Checked(node.kind == NodeKind::kSum ? a->Plus(*b) : a->Minus(*b));
}

AttributeValue Update::CallValue(const Node& call, const AttributeMap& old) const {
  const Node& first = binding_.tree->Child(call, 0);
  const Node& second = binding_.tree->Child(call, 1);
  if (call.function == Function::kIfNotExists) {
    const AttributeValue* value = FindPath(binding_, first, old);
    return value != nullptr ? *value : SetValue(second, old);
  }
  AttributeValue list = SetValue(first, old);
  const AttributeValue more = SetValue(second, old);
  if (!list.Is(AttributeType::kL) || !more.Is(AttributeType::kL)) RefuseType();
  return AttributeValue(Appended(std::move(list.As<List>()), more.As<List>()));
}

Update::Outcome Update::Add(const AttributeValue* current, const AttributeValue& value) const {
  if (current == nullptr) return Outcome::Of(value);
  if (current->type() != value.type()) RefuseType();
  switch (value.type()) {
    case AttributeType::kN:
      return Outcome::Of(Checked(current->As<Number>().Plus(value.As<Number>())));
    case AttributeType::kSS:
      return Outcome::Of(Union(current->As<StringSet>(), value.As<StringSet>()));
    case AttributeType::kNS:
      return Outcome::Of(Union(current->As<NumberSet>(), value.As<NumberSet>()));
    case AttributeType::kBS:
      return Outcome::Of(Union(current->As<BinarySet>(), value.As<BinarySet>()));
    case AttributeType::kL:  // AttributeUpdates only
      return Outcome::Of(AttributeValue(Appended(current->As<List>(), value.As<List>())));
    default:
      RefuseType();
  }
}

Update::Outcome Update::Delete(const AttributeValue* current, const AttributeValue& value) const {
  if (current == nullptr) return {};
  if (current->type() != value.type()) RefuseType();
  std::optional<AttributeValue> left;
  switch (value.type()) {
    case AttributeType::kSS:
      left = Difference(current->As<StringSet>(), value.As<StringSet>());
      break;
    case AttributeType::kNS:
      left = Difference(current->As<NumberSet>(), value.As<NumberSet>());
      break;
    case AttributeType::kBS:
      left = Difference(current->As<BinarySet>(), value.As<BinarySet>());
      break;
    default:
      RefuseType();
  }
  if (!left) return {Outcome::Kind::kErase};  // an empty set is never stored
  return Outcome::Of(*std::move(left));
}

void Update::RefuseType() const {
  if (wording_ == Wording::kAttributeUpdates) throw Invalid("Type mismatch for attribute to update");
  throw Invalid("An operand in the update expression has an incorrect data type");
}

AttributeValue* Update::Parent(const Node& path, AttributeMap& item) const {
  const PathStep* const steps = binding_.tree->Steps(path);
  AttributeValue* value = item.Find(binding_.NameOf(steps[0]));
  for (std::size_t i = 1; i + 1 < path.count && value != nullptr; ++i) {
    if (steps[i].IsIndex()) {
      List* list = value->If<List>();
      const auto index = static_cast<std::size_t>(steps[i].index);
      value = list != nullptr && index < list->size() ? &(*list)[index] : nullptr;
    } else {
      AttributeMap* map = value->If<AttributeMap>();
      value = map == nullptr ? nullptr : map->Find(binding_.NameOf(steps[i]));
    }
  }
  const AttributeType wanted = steps[path.count - 1].IsIndex() ? AttributeType::kL : AttributeType::kM;
  if (value == nullptr || !value->Is(wanted)) throw Invalid(std::string(kBadPath));
  return value;
}

void Update::Write(const Node& path, AttributeValue value, AttributeMap& item) const {
  const PathStep& last = binding_.tree->Steps(path)[path.count - 1];
  if (path.count == 1) {
    item.Set(std::string(binding_.NameOf(last)), std::move(value));
    return;
  }
  AttributeValue* parent = Parent(path, item);
  if (!last.IsIndex()) {
    parent->As<AttributeMap>().Set(std::string(binding_.NameOf(last)), std::move(value));
    return;
  }
  List& list = parent->As<List>();
  const auto index = static_cast<std::size_t>(last.index);
  if (index < list.size()) {
    list[index] = std::move(value);
  } else {
    list.push_back(std::move(value));
  }
}

void Update::Erase(const Node& path, AttributeMap& item) const {
  const PathStep& last = binding_.tree->Steps(path)[path.count - 1];
  if (path.count == 1) {
    item.Erase(binding_.NameOf(last));
    return;
  }
  AttributeValue* parent = Parent(path, item);
  if (!last.IsIndex()) {
    parent->As<AttributeMap>().Erase(binding_.NameOf(last));
    return;
  }
  List& list = parent->As<List>();
  if (static_cast<std::size_t>(last.index) < list.size()) list.erase(list.begin() + last.index);
}

void RefuseKeysInUpdate(const std::vector<UsedPath>& targets, const std::vector<std::string_view>& keys) {
  for (const UsedPath& target : targets) {
    if (std::ranges::find(keys, target.attribute) == keys.end()) continue;
    throw InvalidValue("Cannot update attribute " + std::string(target.attribute) +
                       ". This attribute is part of the key");
  }
}

}  // namespace cumulite::dynamodb
