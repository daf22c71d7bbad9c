#include "services/dynamodb/expressions/expression_kind.h"

#include <array>
#include <string>
#include <utility>

#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

std::string_view NameOf(ExpressionKind kind) {
  static constexpr std::array<std::string_view, 5> kNames = {"KeyConditionExpression", "FilterExpression",
                                                             "ProjectionExpression", "UpdateExpression",
                                                             "ConditionExpression"};
  return kNames[static_cast<std::size_t>(kind)];
}

void Refuse(ExpressionKind kind, std::string_view problem) {
  std::string message = "Invalid ";
  message.append(NameOf(kind)).append(": ").append(problem);
  throw Invalid(std::move(message));
}

}  // namespace cumulite::dynamodb
