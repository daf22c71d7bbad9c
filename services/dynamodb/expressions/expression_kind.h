#pragma once
#include <cstdint>
#include <string_view>

namespace cumulite::dynamodb {

/// In the order in which AWS looks at the expressions of a request.
enum class ExpressionKind : std::uint8_t { kKeyCondition, kFilter, kProjection, kUpdate, kCondition };

/// "KeyConditionExpression", as requests and errors name it.
std::string_view NameOf(ExpressionKind kind);

/// Throws ValidationException "Invalid FilterExpression: " + problem.
[[noreturn]] void Refuse(ExpressionKind kind, std::string_view problem);

}  // namespace cumulite::dynamodb
