#pragma once
#include <memory>
#include <string_view>

#include "services/dynamodb/expressions/syntax_tree.h"

namespace cumulite::dynamodb {

/// An expression may have this many bytes.
inline constexpr std::size_t kMaxExpressionBytes = 4096;
/// An expression may have this many operators and functions.
inline constexpr std::size_t kMaxOperators = 300;
/// A document path may have this many parts.
inline constexpr std::size_t kMaxPathSteps = 32;
/// IN may be given this many operands.
inline constexpr std::size_t kMaxInOperands = 100;

/// Reads an expression, without the names and values that it mentions. Faults that show without them are kept
/// in SyntaxTree::problem, because AWS has a place for them in the order of its checks.
///
/// Errors: ValidationException for an empty or too long text and for a syntax error, in AWS's words.
/// Thread: any. Time is linear in the text; the stack is bounded.
/// Source: DynamoDB Developer Guide "Condition and filter expressions, operators, and functions", "Using
/// update expressions", "Using projection expressions"; limits: "Quotas", Expression parameters.
std::shared_ptr<const SyntaxTree> ParseExpression(ExpressionKind kind, std::string_view text);

}  // namespace cumulite::dynamodb
