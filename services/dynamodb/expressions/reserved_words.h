#pragma once
#include <string_view>

namespace cumulite::dynamodb {

/// Whether an expression may not use this word as a name without a `#name` for it; case does not matter.
///
/// Source: DynamoDB Developer Guide "Reserved words in DynamoDB" (573 words).
bool IsReservedWord(std::string_view word);

}  // namespace cumulite::dynamodb
