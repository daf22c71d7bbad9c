#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/expression_kind.h"

namespace cumulite::dynamodb {

enum class NodeKind : std::uint8_t {
  kPath,   // a document path: steps
  kValue,  // :value, or a constant of whoever built the tree
  kCall,   // a function and its operands
  kSum,    // +, two operands
  kDifference,
  kEqual,  // comparisons have two operands
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kBetween,  // three operands
  kIn,       // an operand and those that it may equal
  kNot,
  kAnd,  // two or more conditions
  kOr,
};

/// "=", "BETWEEN", "AND": the operator's name as errors write it; empty for paths, values and calls.
std::string_view OperatorOf(NodeKind kind);

enum class Function : std::uint8_t {
  kUnknown,
  kAttributeExists,
  kAttributeNotExists,
  kAttributeType,
  kBeginsWith,
  kContains,
  kSize,
  kIfNotExists,
  kListAppend,
};

/// The function of this name, which is case-sensitive.
Function FunctionOf(std::string_view name);
std::string_view NameOf(Function function);

/// One part of a document path.
struct PathStep {
  std::string_view name;          // an attribute's or map key's; "#name" where `placeholder` says so
  std::int32_t placeholder = -1;  // which of SyntaxTree::names gives the name; -1: it is written out
  std::int32_t index = -1;        // the element of a list, instead of a name

  bool IsIndex() const { return index >= 0; }
};

struct Node {
  NodeKind kind = NodeKind::kPath;
  Function function = Function::kUnknown;
  bool in_parentheses = false;
  std::uint32_t first = 0;  // kPath: into steps; kValue: into values; else into children
  std::uint32_t count = 0;  // of steps or of children
  std::string_view text;    // kCall: the function as written
};

enum class Section : std::uint8_t { kSet, kRemove, kAdd, kDelete };
std::string_view NameOf(Section section);

/// One action of an UpdateExpression.
struct UpdateAction {
  Section section = Section::kSet;
  std::uint32_t path = 0;   // a node
  std::uint32_t value = 0;  // a node; REMOVE has none
};

/// A #name or :value where the text first uses it.
struct Placeholder {
  std::string_view text;
  bool is_value = false;
};

/// What an expression says, apart from what its names and values stand for: flat, so that neither walking nor
/// freeing it follows the nesting of a hostile text. Trees of text keep it; others look into what their
/// maker keeps. Immutable once built, and shared by every request with the same text.
struct SyntaxTree {
  SyntaxTree() = default;
  SyntaxTree(const SyntaxTree&) = delete;
  SyntaxTree& operator=(const SyntaxTree&) = delete;

  std::string text;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> children;
  std::vector<PathStep> steps;
  std::vector<Placeholder> placeholders;  // names and values in the order of their first use
  std::vector<std::string_view> names;    // distinct, PathStep::placeholder counts them
  std::vector<std::string_view> values;   // distinct, Node::first of a kValue counts them
  std::uint32_t root = 0;                 // of a condition
  std::vector<std::uint32_t> paths;       // of a projection, nodes in the order written
  std::vector<UpdateAction> actions;      // of an update
  std::size_t operators = 0;              // functions count, too
  bool redundant_parentheses = false;
  std::string problem;  // what is wrong whatever the names and values are: all after "Invalid X: "

  const Node& Child(const Node& node, std::size_t i) const { return nodes[children[node.first + i]]; }
  const PathStep* Steps(const Node& path) const { return steps.data() + path.first; }
};

}  // namespace cumulite::dynamodb
