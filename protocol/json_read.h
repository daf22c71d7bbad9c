#pragma once
#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/members.h"

// Reading of single JSON values, shared by the files that see simdjson: json_decode.cc and json_value.cc.

namespace cumulite::protocol {

namespace json = simdjson::ondemand;

/// Deeper than any request of AWS (a DynamoDB item of 32 levels takes 66), shallow enough for any stack.
inline constexpr int kMaxJsonDepth = 256;

/// Not JSON at all: AWS answers SerializationException without a message.
[[noreturn]] void ThrowMalformedJson();

/// The value of a step of the parser; malformed JSON otherwise.
template <class T>
T Take(simdjson::simdjson_result<T> result) {
  T value;
  if (std::move(result).get(value) != simdjson::SUCCESS) ThrowMalformedJson();
  return value;
}

// Each reads one value of its type, or throws SerializationException in AWS's words for another.
// `target` is AWS's name for the type that was wanted.
std::string_view ReadJsonString(json::value& value);
std::int64_t ReadJsonInteger(json::value& value, std::string_view target, std::int64_t min, std::int64_t max);
double ReadJsonDouble(json::value& value);
bool ReadJsonBool(json::value& value);
std::string ReadJsonBlob(json::value& value);
Timestamp ReadJsonTimestamp(json::value& value);
/// As it was written, so that no digit is lost.
std::string_view ReadJsonNumberText(json::value& value);

/// Throws unless the value is of the wanted kind: in `other_container`'s words for the other container.
void ExpectJsonContainer(json::value& value, json::json_type wanted, std::string_view other_container);

/// Whether it is null; reads it then.
bool TakeJsonNull(json::value& value);

/// Reads past a value that nobody wants, so that what is not JSON is refused wherever it stands.
void SkipJson(json::value& value, int depth);

}  // namespace cumulite::protocol
