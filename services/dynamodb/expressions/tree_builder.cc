#include "services/dynamodb/expressions/tree_builder.h"

namespace cumulite::dynamodb {

std::uint32_t TreeBuilder::AddNode(const Node& node) {
  tree_.nodes.push_back(node);
  return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
}

PathStep TreeBuilder::Name(std::string_view text) {
  if (!text.starts_with('#')) return {.name = text};
  const auto [found, is_new] = names_.try_emplace(text, static_cast<std::uint32_t>(tree_.names.size()));
  if (is_new) {
    tree_.names.push_back(text);
    tree_.placeholders.push_back({text, false});
  }
  return {.name = text, .placeholder = static_cast<std::int32_t>(found->second)};
}

std::uint32_t TreeBuilder::AddPath(std::span<const PathStep> steps) {
  const Node node{.kind = NodeKind::kPath,
                  .first = static_cast<std::uint32_t>(tree_.steps.size()),
                  .count = static_cast<std::uint32_t>(steps.size())};
  tree_.steps.insert(tree_.steps.end(), steps.begin(), steps.end());
  return AddNode(node);
}

std::uint32_t TreeBuilder::AddValue(std::string_view text) {
  const auto [found, is_new] = values_.try_emplace(text, static_cast<std::uint32_t>(tree_.values.size()));
  if (is_new) {
    tree_.values.push_back(text);
    tree_.placeholders.push_back({text, true});
  }
  return AddNode({.kind = NodeKind::kValue, .first = found->second});
}

std::uint32_t TreeBuilder::AddConstant() {
  tree_.values.emplace_back();
  return AddNode({.kind = NodeKind::kValue, .first = static_cast<std::uint32_t>(tree_.values.size() - 1)});
}

std::uint32_t TreeBuilder::Add(NodeKind kind, std::span<const std::uint32_t> operands) {
  const bool joins = kind == NodeKind::kAnd || kind == NodeKind::kOr;
  Count(joins && !operands.empty() ? operands.size() - 1 : 1);
  const Node node{.kind = kind,
                  .first = static_cast<std::uint32_t>(tree_.children.size()),
                  .count = static_cast<std::uint32_t>(operands.size())};
  tree_.children.insert(tree_.children.end(), operands.begin(), operands.end());
  return AddNode(node);
}

std::uint32_t TreeBuilder::AddCall(Function function, std::string_view name,
                                   std::span<const std::uint32_t> operands) {
  const std::uint32_t call = Add(NodeKind::kCall, operands);
  tree_.nodes[call].function = function;
  tree_.nodes[call].text = name;
  return call;
}

}  // namespace cumulite::dynamodb
