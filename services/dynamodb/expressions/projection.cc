#include "services/dynamodb/expressions/projection.h"

#include <array>
#include <memory>

#include "services/dynamodb/expressions/path_order.h"
#include "services/dynamodb/expressions/tree_builder.h"

namespace cumulite::dynamodb {

Projection::Projection(ExpressionKind kind, Binding binding, std::vector<std::uint32_t> paths)
    : binding_(std::move(binding)), paths_(InOrder(kind, binding_, std::move(paths))) {}

Projection Projection::Compile(ExpressionCache& cache, std::string_view text, Substitutions& substitutions) {
  constexpr auto kKind = ExpressionKind::kProjection;
  Binding binding = Bind(kKind, cache.Parse(kKind, text), substitutions);
  std::vector<std::uint32_t> paths = binding.tree->paths;
  return Projection(kKind, std::move(binding), std::move(paths));
}

Projection Projection::OfNames(std::span<const std::string> names) {
  const auto tree = std::make_shared<SyntaxTree>();
  TreeBuilder builder(*tree);
  for (const std::string& name : names) {
    tree->paths.push_back(builder.AddPath(std::array{PathStep{.name = name}}));
  }
  std::vector<std::uint32_t> paths = tree->paths;
  return Projection(ExpressionKind::kProjection, Binding{.tree = tree}, std::move(paths));
}

std::vector<UsedPath> Projection::Paths() const {
  std::vector<UsedPath> used;
  used.reserve(paths_.size());
  for (const std::uint32_t path : paths_) {
    used.push_back({binding_.NameOf(StepOf(path, 0)), NodeOf(path).count > 1});
  }
  return used;
}

bool Projection::IsFlat() const {
  for (const std::uint32_t path : paths_) {
    if (NodeOf(path).count > 1) return false;
  }
  return true;
}

AttributeMap Projection::Project(const AttributeMap& item) const {
  AttributeMap shown;
  ProjectMap(paths_, 0, item, shown);
  return shown;
}

Projection::Range Projection::Group(Range paths, std::size_t depth) const {
  std::size_t count = 1;
  const Node& first = NodeOf(paths.front());
  while (count < paths.size() && SameBeginning(binding_, first, NodeOf(paths[count]), depth + 1)) ++count;
  return paths.first(count);
}

void Projection::ProjectMap(Range paths, std::size_t depth, const AttributeMap& from,
                            AttributeMap& to) const {
  while (!paths.empty()) {
    const Range group = Group(paths, depth);
    paths = paths.subspan(group.size());
    const std::string_view name = binding_.NameOf(StepOf(group.front(), depth));
    const AttributeValue* value = from.Find(name);
    if (value == nullptr) continue;
    if (AttributeValue shown; ProjectValue(group, depth + 1, *value, shown)) {
      to.Set(std::string(name), std::move(shown));
    }
  }
}

bool Projection::ProjectList(Range paths, std::size_t depth, const List& from, List& to) const {
  while (!paths.empty()) {
    const Range group = Group(paths, depth);
    paths = paths.subspan(group.size());
    const auto index = static_cast<std::size_t>(StepOf(group.front(), depth).index);
    if (index >= from.size()) break;  // nor are there any of the higher ones
    if (AttributeValue shown; ProjectValue(group, depth + 1, from[index], shown))
      to.push_back(std::move(shown));
  }
  return !to.empty();
}

bool Projection::ProjectValue(Range paths, std::size_t depth, const AttributeValue& from,
                              AttributeValue& to) const {
  if (NodeOf(paths.front()).count == depth) {
    to = from;
    return true;
  }
  if (StepOf(paths.front(), depth).IsIndex()) {
    const List* list = from.If<List>();
    to = AttributeValue(List());
    return list != nullptr && ProjectList(paths, depth, *list, to.As<List>());
  }
  const AttributeMap* map = from.If<AttributeMap>();
  if (map == nullptr) return false;
  to = AttributeValue(AttributeMap());
  ProjectMap(paths, depth, *map, to.As<AttributeMap>());
  return !to.As<AttributeMap>().empty();
}

}  // namespace cumulite::dynamodb
