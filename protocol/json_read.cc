#include "protocol/json_read.h"

#include <cmath>

#include "protocol/base64.h"
#include "protocol/json_codec.h"
#include "protocol/rpc_errors.h"

namespace cumulite::protocol {
namespace {

/// AWS's name for what stands where `target` was expected.
[[noreturn]] void WrongScalar(json::value& value, std::string_view target) {
  const json::json_type type = Take(value.type());
  std::string found = "NULL_VALUE";
  if (type == json::json_type::object) JsonValue::Fail("Start of structure or map found where not expected");
  if (type == json::json_type::array) JsonValue::Fail("Unrecognized collection type class java.lang.String");
  if (type == json::json_type::string) found = "STRING_VALUE";
  if (type == json::json_type::boolean) found = Take(value.get_bool()) ? "TRUE_VALUE" : "FALSE_VALUE";
  if (type == json::json_type::number) {
    const std::string_view text = value.raw_json_token();
    found = text.find_first_of(".eE") == std::string_view::npos ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  }
  JsonValue::Fail(found + " cannot be converted to " + std::string(target));
}

}  // namespace

void ThrowMalformedJson() { throw AwsError(kSerialization, {}); }

void ExpectJsonContainer(json::value& value, json::json_type wanted, std::string_view other_container) {
  const json::json_type type = Take(value.type());
  if (type == wanted) return;
  if (type == json::json_type::object || type == json::json_type::array) {
    JsonValue::Fail(std::string(other_container));
  }
  JsonValue::Fail("Unexpected field type");
}

std::string_view ReadJsonString(json::value& value) {
  if (Take(value.type()) != json::json_type::string) WrongScalar(value, "String");
  return Take(value.get_string());
}

std::int64_t ReadJsonInteger(json::value& value, std::string_view target, std::int64_t min,
                             std::int64_t max) {
  std::int64_t number = 0;
  if (Take(value.type()) != json::json_type::number || value.get_int64().get(number) != simdjson::SUCCESS ||
      number < min || number > max) {
    WrongScalar(value, target);
  }
  return number;
}

double ReadJsonDouble(json::value& value) {
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Double");
  return Take(value.get_double());
}

/// The texts that AWS takes for booleans besides true and false.
bool ReadJsonBool(json::value& value) {
  const json::json_type type = Take(value.type());
  if (type == json::json_type::boolean) return Take(value.get_bool());
  if (type != json::json_type::string) WrongScalar(value, "Boolean");
  const std::string_view text = Take(value.get_string());
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  JsonValue::Fail("Unexpected token received from parser");
}

std::string ReadJsonBlob(json::value& value) {
  if (Take(value.type()) != json::json_type::string) {
    JsonValue::Fail("only base-64-encoded strings are convertible to bytes");
  }
  const std::string_view text = Take(value.get_string());
  if (text.size() % 4 != 0) {
    JsonValue::Fail("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                    std::to_string(text.size()));
  }
  auto bytes = Base64Decode(text);
  if (!bytes) JsonValue::Fail("Invalid last non-pad Base64 character dectected");  // AWS spells it so
  return std::move(*bytes);
}

Timestamp ReadJsonTimestamp(json::value& value) {
  constexpr double kMaxSeconds = 253'402'300'800;  // the year 10000
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Timestamp");
  const double seconds = Take(value.get_double());
  if (std::abs(seconds) > kMaxSeconds) WrongScalar(value, "Timestamp");
  return {.milliseconds = std::llround(seconds * 1000)};
}

void SkipJson(json::value& value, int depth) {
  if (depth > kMaxJsonDepth) ThrowMalformedJson();
  switch (Take(value.type())) {
    case json::json_type::object:
      for (auto field : Take(value.get_object())) {
        json::field entry = Take(std::move(field));
        Take(entry.unescaped_key());
        SkipJson(entry.value(), depth + 1);
      }
      return;
    case json::json_type::array:
      for (auto element : Take(value.get_array())) {
        json::value item = Take(std::move(element));
        SkipJson(item, depth + 1);
      }
      return;
    case json::json_type::string:
      Take(value.get_string());
      return;
    case json::json_type::number:
      Take(value.get_double());
      return;
    case json::json_type::boolean:
      Take(value.get_bool());
      return;
    case json::json_type::null:
      if (!Take(simdjson::simdjson_result<bool>(value.is_null()))) ThrowMalformedJson();
      return;
  }
}

bool TakeJsonNull(json::value& value) {
  return Take(value.type()) == json::json_type::null &&
         Take(simdjson::simdjson_result<bool>(value.is_null()));
}

std::string_view ReadJsonNumberText(json::value& value) {
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Number");
  const std::string_view token = value.raw_json_token();
  Take(value.get_double());
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

}  // namespace cumulite::protocol
