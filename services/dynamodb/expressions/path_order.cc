#include "services/dynamodb/expressions/path_order.h"

#include <algorithm>
#include <compare>

namespace cumulite::dynamodb {
namespace {

std::strong_ordering Order(const Binding& binding, const PathStep& a, const PathStep& b) {
  if (a.IsIndex() != b.IsIndex()) return b.IsIndex() <=> a.IsIndex();
  if (a.IsIndex()) return a.index <=> b.index;
  return binding.NameOf(a) <=> binding.NameOf(b);
}

std::size_t CommonSteps(const Binding& binding, const Node& a, const Node& b) {
  const std::size_t shorter = std::min(a.count, b.count);
  std::size_t common = 0;
  while (common < shorter &&
         Order(binding, binding.tree->Steps(a)[common], binding.tree->Steps(b)[common]) == 0) {
    ++common;
  }
  return common;
}

void RefusePair(ExpressionKind kind, const Binding& binding, const char* how, std::uint32_t a,
                std::uint32_t b) {
  const auto [first, second] = std::minmax(a, b);  // as written: nodes are numbered so
  std::string problem = "Two document paths ";
  problem.append(how).append(" with each other; must remove or rewrite one of these paths; path one: ");
  problem.append(binding.PathText(binding.tree->nodes[first])).append(", path two: ");
  Refuse(kind, problem.append(binding.PathText(binding.tree->nodes[second])));
}

/// In order, paths that share a beginning are neighbours, so looking at neighbours finds every clash.
void CheckNeighbours(ExpressionKind kind, const Binding& binding, std::uint32_t a, std::uint32_t b) {
  const Node& first = binding.tree->nodes[a];
  const Node& second = binding.tree->nodes[b];
  const std::size_t common = CommonSteps(binding, first, second);
  if (common == std::min(first.count, second.count)) RefusePair(kind, binding, "overlap", a, b);
  if (common > 0 &&
      binding.tree->Steps(first)[common].IsIndex() != binding.tree->Steps(second)[common].IsIndex()) {
    RefusePair(kind, binding, "conflict", a, b);
  }
}

}  // namespace

std::vector<std::uint32_t> InOrder(ExpressionKind kind, const Binding& binding,
                                   std::vector<std::uint32_t> paths) {
  const SyntaxTree& tree = *binding.tree;
  std::ranges::stable_sort(paths, [&](std::uint32_t x, std::uint32_t y) {
    const Node& a = tree.nodes[x];
    const Node& b = tree.nodes[y];
    const std::size_t common = CommonSteps(binding, a, b);
    if (common == std::min(a.count, b.count)) return a.count < b.count;
    return Order(binding, tree.Steps(a)[common], tree.Steps(b)[common]) < 0;
  });
  for (std::size_t i = 1; i < paths.size(); ++i) CheckNeighbours(kind, binding, paths[i - 1], paths[i]);
  return paths;
}

bool SameBeginning(const Binding& binding, const Node& a, const Node& b, std::size_t count) {
  return std::min(a.count, b.count) >= count && CommonSteps(binding, a, b) >= count;
}

}  // namespace cumulite::dynamodb
