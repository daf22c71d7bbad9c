#include "services/dynamodb/expressions/parser.h"

#include "services/dynamodb/expressions/condition_parser.h"
#include "services/dynamodb/expressions/projection_parser.h"
#include "services/dynamodb/expressions/tree_checks.h"
#include "services/dynamodb/expressions/update_parser.h"

namespace cumulite::dynamodb {

std::shared_ptr<const SyntaxTree> ParseExpression(ExpressionKind kind, std::string_view text) {
  if (text.empty()) Refuse(kind, "The expression can not be empty;");
  if (text.size() > kMaxExpressionBytes) {
    Refuse(kind, "Expression size has exceeded the maximum allowed size; expression size: " +
                     std::to_string(text.size()));
  }
  auto tree = std::make_shared<SyntaxTree>();
  tree->text = text;
  if (kind == ExpressionKind::kUpdate) {
    UpdateParser(*tree).Parse();
  } else if (kind == ExpressionKind::kProjection) {
    ProjectionParser(*tree).Parse();
  } else {
    ConditionParser(kind, *tree).Parse();
  }
  CheckTree(kind, *tree);
  return tree;
}

}  // namespace cumulite::dynamodb
