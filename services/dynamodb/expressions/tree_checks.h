#pragma once
#include <string>
#include <string_view>

#include "services/dynamodb/expressions/syntax_tree.h"

namespace cumulite::dynamodb {

/// A node was written in parentheses; a second pair is a fault that CheckTree names.
void MarkParentheses(SyntaxTree& tree, std::uint32_t node);

/// What is wrong with a tree whatever its names and values are, in AWS's order: parentheses, functions, where
/// they stand, reserved words. Left in SyntaxTree::problem; what is there already stays when nothing of
/// these is found.
void CheckTree(ExpressionKind kind, SyntaxTree& tree);

/// Throws for a text that nests deeper than any valid one.
[[noreturn]] void RefuseTooDeep(ExpressionKind kind, std::string_view text);

}  // namespace cumulite::dynamodb
