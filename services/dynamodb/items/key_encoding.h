#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

// Bytes whose order (memcmp) is the order of keys, for the rows of tables and indexes.

/// Appends a value of a key, S, N or B. The order of the texts is the order of the values of one type, and no
/// text is the beginning of another, so that parts can follow each other.
void AppendKeyPart(const AttributeValue& value, std::string& out);

/// Appends what every key part begins with whose S or B begins with `bytes`.
void AppendKeyPrefix(std::string_view bytes, std::string& out);

/// Appends what a value of a key is to DynamoDB's hash.
void AppendHashedBytes(const AttributeValue& value, std::string& out);

/// Bytes of AWS's hash that rows are put in order by; what is left of it would matter to equal ones only.
inline constexpr std::size_t kHashOrderSize = 8;

/// Appends the place that AWS gives to a hash key in a Scan: the beginning of MD5("Outliers" + bytes).
void AppendHashOrder(std::string_view hashed_bytes, std::string& out);

/// The first text after all that begin with `prefix`; empty when there is none.
std::string AfterPrefix(std::string prefix);

/// The places of hash keys from `first` to before `end` (empty: to the last) belong to one segment of a
/// parallel Scan: 4096 slices of the hash's range are dealt out.
struct SegmentRange {
  std::string first;
  std::string end;
  bool empty = false;  // more segments than slices
};
SegmentRange RangeOfSegment(std::int64_t segment, std::int64_t total);

}  // namespace cumulite::dynamodb
