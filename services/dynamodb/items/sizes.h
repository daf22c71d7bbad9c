#pragma once
#include <cstddef>
#include <string_view>

#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

inline constexpr std::size_t kMaxItemSize = 400 * 1024;
inline constexpr std::size_t kMaxHashKeySize = 2048;
inline constexpr std::size_t kMaxRangeKeySize = 1024;

// Sizes as DynamoDB counts them, in bytes: they decide limits, pages and consumed capacity.
// Source: DynamoDB Developer Guide "DynamoDB item sizes and formats".

std::size_t SizeOf(const AttributeValue& value);
/// Names and values.
std::size_t SizeOf(const AttributeMap& item);

inline constexpr std::size_t kMaxAttributeNameBytes = 65'535;
inline constexpr std::string_view kAttributeNameTooLong =
    "Attribute name is too large, must be less than 65536 bytes";

}  // namespace cumulite::dynamodb
