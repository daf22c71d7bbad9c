#pragma once
#include <memory>
#include <string_view>

#include "services/dynamodb/expressions/syntax_tree.h"

namespace cumulite::dynamodb {

/// Keeps what was parsed, by text: clients send few texts, with new names and values each time. Holds the
/// texts of late and forgets what was long not asked for; some MiB at the most, whatever is sent.
///
/// Thread: any. One a service.
class ExpressionCache {
 public:
  ExpressionCache();
  ~ExpressionCache();
  ExpressionCache(const ExpressionCache&) = delete;
  ExpressionCache& operator=(const ExpressionCache&) = delete;

  /// As ParseExpression.
  std::shared_ptr<const SyntaxTree> Parse(ExpressionKind kind, std::string_view text);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::dynamodb
