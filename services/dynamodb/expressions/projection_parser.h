#pragma once
#include "services/dynamodb/expressions/token_reader.h"

namespace cumulite::dynamodb {

/// Reads projection expressions: document paths with commas between them.
class ProjectionParser : private TokenReader {
 public:
  explicit ProjectionParser(SyntaxTree& tree) : TokenReader(ExpressionKind::kProjection, tree) {}

  void Parse() {
    do {
      tree_.paths.push_back(Path());
    } while (TakeIf(","));
    ExpectEnd();
  }
};

}  // namespace cumulite::dynamodb
