#include "services/dynamodb/expressions/tree_checks.h"

#include <algorithm>

#include "services/dynamodb/expressions/lexer.h"
#include "services/dynamodb/expressions/parser.h"
#include "services/dynamodb/expressions/reserved_words.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kRedundant = "The expression has redundant parentheses;";

bool IsUpdateFunction(Function function) {
  return function == Function::kIfNotExists || function == Function::kListAppend;
}

std::string FunctionProblem(std::string_view what, const Node& call) {
  return std::string(what).append("; function: ").append(call.text);
}

std::string TooManyOperators(std::size_t count) {
  return "The expression contains too many operators; operator count: " + std::to_string(count);
}

std::string FunctionNames(ExpressionKind kind, const SyntaxTree& tree) {
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::kCall && node.function == Function::kUnknown) {
      return FunctionProblem("Invalid function name", node);
    }
  }
  const bool update = kind == ExpressionKind::kUpdate;
  for (const Node& node : tree.nodes) {
    if (node.kind != NodeKind::kCall || IsUpdateFunction(node.function) == update) continue;
    return FunctionProblem(update ? "The function is not allowed in an update expression"
                                  : "The function is not allowed in a condition expression",
                           node);
  }
  return {};
}

/// Whether a call may be an operand of `parent`, or the whole condition where there is none.
bool MayStand(const Node& call, const Node* parent) {
  const bool is_condition = parent == nullptr || parent->kind == NodeKind::kAnd ||
                            parent->kind == NodeKind::kOr || parent->kind == NodeKind::kNot;
  if (IsUpdateFunction(call.function)) {
    return call.function == Function::kIfNotExists || parent->kind != NodeKind::kCall;
  }
  return is_condition != (call.function == Function::kSize);
}

std::string FunctionPlaces(ExpressionKind kind, const SyntaxTree& tree) {
  constexpr std::string_view kWords = "The function is not allowed to be used this way in an expression";
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::kPath || node.kind == NodeKind::kValue) continue;
    for (std::size_t i = 0; i < node.count; ++i) {
      const Node& child = tree.Child(node, i);
      if (child.kind == NodeKind::kCall && !MayStand(child, &node)) return FunctionProblem(kWords, child);
    }
  }
  if (kind == ExpressionKind::kUpdate || kind == ExpressionKind::kProjection) return {};
  const Node& root = tree.nodes[tree.root];
  if (root.kind == NodeKind::kCall && !MayStand(root, nullptr)) return FunctionProblem(kWords, root);
  return {};
}

std::string ReservedWords(const SyntaxTree& tree) {
  for (const PathStep& step : tree.steps) {
    if (step.IsIndex() || step.placeholder >= 0 || !IsReservedWord(step.name)) continue;
    return std::string("Attribute name is a reserved keyword; reserved keyword: ").append(step.name);
  }
  return {};
}

std::string PathDepths(const SyntaxTree& tree) {
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::kPath && node.count > kMaxPathSteps) {
      return "The document path has too many nesting levels; nesting levels: " + std::to_string(node.count);
    }
  }
  return {};
}

}  // namespace

void MarkParentheses(SyntaxTree& tree, std::uint32_t node) {
  if (tree.nodes[node].in_parentheses) tree.redundant_parentheses = true;
  tree.nodes[node].in_parentheses = true;
}

void CheckTree(ExpressionKind kind, SyntaxTree& tree) {
  std::string problem;
  if (tree.operators > kMaxOperators) problem = TooManyOperators(tree.operators);
  if (problem.empty() && tree.redundant_parentheses) problem = kRedundant;
  if (problem.empty()) problem = FunctionNames(kind, tree);
  if (problem.empty()) problem = FunctionPlaces(kind, tree);
  if (problem.empty()) problem = ReservedWords(tree);
  if (problem.empty() && tree.problem.empty()) problem = PathDepths(tree);
  if (!problem.empty()) tree.problem = std::move(problem);
}

void RefuseTooDeep(ExpressionKind kind, std::string_view text) {
  const auto tokens = Tokenize(text);
  const auto operators = std::ranges::count_if(tokens, [](const Token& token) {
    return IsKeyword(token, "AND") || IsKeyword(token, "OR") || IsKeyword(token, "NOT") || token.text == "=";
  });
  if (static_cast<std::size_t>(operators) <= kMaxOperators) Refuse(kind, kRedundant);
  Refuse(kind, TooManyOperators(static_cast<std::size_t>(operators)));
}

}  // namespace cumulite::dynamodb
