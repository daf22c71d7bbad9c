#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

#include "services/dynamodb/expressions/syntax_tree.h"

namespace cumulite::dynamodb {

/// Writes a SyntaxTree node by node, operands before what uses them. Texts are kept as views.
class TreeBuilder {
 public:
  explicit TreeBuilder(SyntaxTree& tree) : tree_(tree) {}

  /// A step of a path that `text` names: a #name or a name written out.
  PathStep Name(std::string_view text);
  static PathStep Index(std::int32_t index) { return {.index = index}; }
  std::uint32_t AddPath(std::span<const PathStep> steps);
  /// The same text is the same value, whose number the binding fills.
  std::uint32_t AddValue(std::string_view text);
  /// A constant without a name: the next value.
  std::uint32_t AddConstant();
  std::uint32_t Add(NodeKind kind, std::span<const std::uint32_t> operands);
  std::uint32_t AddCall(Function function, std::string_view name, std::span<const std::uint32_t> operands);

 private:
  std::uint32_t AddNode(const Node& node);
  void Count(std::size_t operators) { tree_.operators += operators; }

  SyntaxTree& tree_;
  std::unordered_map<std::string_view, std::uint32_t> names_;
  std::unordered_map<std::string_view, std::uint32_t> values_;
};

}  // namespace cumulite::dynamodb
