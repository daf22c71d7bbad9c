#include "protocol/json_codec.h"
#include "protocol/json_read.h"
#include "protocol/rpc_errors.h"
#include "protocol/validation.h"

namespace cumulite::protocol {
namespace {
json::value& Of(void* value) { return *static_cast<json::value*>(value); }
}  // namespace

void JsonValue::Fail(std::string message) { throw AwsError(kSerialization, std::move(message)); }

void JsonValue::Violate(std::string_view below, std::string value, std::string constraint) {
  if (place_.validation == nullptr) return;
  place_.validation->Add(*place_.member, *place_.path, below, std::move(value), std::move(constraint));
}

JsonValue::Type JsonValue::type() {
  switch (Take(Of(value_).type())) {
    case json::json_type::object:
      return Type::kObject;
    case json::json_type::array:
      return Type::kArray;
    case json::json_type::string:
      return Type::kString;
    case json::json_type::number:
      return Type::kNumber;
    case json::json_type::boolean:
      return Type::kBool;
    case json::json_type::null:
      break;
  }
  return Type::kNull;
}

std::string_view JsonValue::String() {
  read_ = true;
  return ReadJsonString(Of(value_));
}

std::string_view JsonValue::NumberText() {
  read_ = true;
  return ReadJsonNumberText(Of(value_));
}

bool JsonValue::Bool() {
  read_ = true;
  return ReadJsonBool(Of(value_));
}

std::string JsonValue::Blob() {
  read_ = true;
  return ReadJsonBlob(Of(value_));
}

void JsonValue::EachMember(void* state, void (*visit)(void*, std::string_view, JsonValue&)) {
  read_ = true;
  if (depth_ > kMaxJsonDepth) ThrowMalformedJson();
  ExpectJsonContainer(Of(value_), json::json_type::object,
                      "Unrecognized collection type class java.lang.Object");
  for (auto field : Take(Of(value_).get_object())) {
    json::field entry = Take(std::move(field));
    const std::string_view key = Take(entry.unescaped_key());
    JsonValue value(&entry.value(), depth_ + 1, place_);
    visit(state, key, value);
    value.Finish();
  }
}

void JsonValue::EachElement(void* state, void (*visit)(void*, JsonValue&)) {
  read_ = true;
  if (depth_ > kMaxJsonDepth) ThrowMalformedJson();
  ExpectJsonContainer(Of(value_), json::json_type::array,
                      "Start of structure or map found where not expected");
  for (auto element : Take(Of(value_).get_array())) {
    json::value item = Take(std::move(element));
    JsonValue value(&item, depth_ + 1, place_);
    visit(state, value);
    value.Finish();
  }
}

void JsonValue::Finish() {
  if (!read_) SkipJson(Of(value_), depth_);
}

}  // namespace cumulite::protocol
