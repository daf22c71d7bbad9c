// What a message attribute may be: the checks behind CheckAttributes.
// Source: SQS Developer Guide "Amazon SQS message metadata", "Message attribute components".
#include <algorithm>
#include <charconv>

#include "protocol/http.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {
namespace {

constexpr std::size_t kMaxAttributes = 10;
constexpr std::size_t kMaxNameOrType = 256;

[[noreturn]] void Refuse(std::string message) { throw AwsError(kInvalidParameterValue, std::move(message)); }

std::string Quoted(std::string_view name) {
  std::string text("Message (user) attribute '");
  return text.append(name).append("'");
}

bool IsNameByte(unsigned char c) {
  // AWS takes letters of any language.
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_' || c == '-' || c == '.';
}

bool HasPrefix(std::string_view name, std::string_view prefix) {
  return name.size() >= prefix.size() && protocol::EqualsIgnoreCase(name.substr(0, prefix.size()), prefix);
}

bool IsValidName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameOrType && !HasPrefix(name, "AWS.") &&
         !HasPrefix(name, "Amazon.") && name.front() != '.' && name.back() != '.' &&
         name.find("..") == std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
           return IsNameByte(static_cast<unsigned char>(c));
         });
}

/// "String", "Number" or "Binary"; "String.label" too. Empty for anything else.
std::string_view BaseType(std::string_view type) {
  const std::size_t dot = type.find('.');
  const std::string_view base = type.substr(0, dot);
  const bool labelled_empty = dot != std::string_view::npos && dot + 1 == type.size();
  if (labelled_empty || (base != "String" && base != "Number" && base != "Binary")) return {};
  return base;
}

bool IsNumber(std::string_view text) {
  // One sign at most: from_chars takes no '+', but would take "inf", "nan" and what is left of "+-1".
  if (text.find_first_of("0123456789.") > 1) return false;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

void CheckValue(const std::string& name, const MessageAttributeValue& value, std::string_view base) {
  if (!value.string_list_values.empty() || !value.binary_list_values.empty()) {
    throw AwsError(kUnsupportedOperation,
                   "Message attribute list values in SendMessage operation are not supported.");
  }
  const std::string type = value.data_type.value_or("");
  if (base == "Binary") {
    if (value.string_value) {
      Refuse("The message (user) attribute '" + name + "' with type 'Binary' must use field 'Binary'.");
    }
    if (!value.binary_value || value.binary_value->bytes.empty()) {
      Refuse(Quoted(name) + " must contain a non-empty value of type 'Binary'.");
    }
    return;
  }
  if (value.binary_value) {
    Refuse("The message (user) attribute '" + name + "' with type '" + type + "' must use field 'String'.");
  }
  if (!value.string_value || value.string_value->empty()) {
    Refuse(Quoted(name) + " must contain a non-empty value of type '" + std::string(base) + "'.");
  }
  if (!IsXmlText(*value.string_value)) {
    Refuse(
        "Invalid binary character was found in the message (user) attribute '" + name +
        "' value, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | "
        "[#x10000 to #x10FFFF]");
  }
  if (base == "Number" && !IsNumber(*value.string_value)) {
    Refuse("Can't cast the value of message (user) attribute '" + name + "' to a number.");
  }
}

}  // namespace

void CheckAttributes(const MessageAttributes& attributes) {
  if (attributes.size() > kMaxAttributes) {
    Refuse("Number of message attributes [" + std::to_string(attributes.size()) +
           "] exceeds the allowed maximum [10].");
  }
  for (const auto& [name, value] : attributes) {
    if (name.size() > kMaxNameOrType) {
      Refuse("Invalid message (user) attribute name: message attribute name must be shorter than 256 Bytes");
    }
    if (!IsValidName(name)) Refuse("Invalid message (user) attribute name '" + name + "'.");
    if (!value.data_type || value.data_type->empty()) {
      Refuse("The message (user) attribute '" + name + "' must contain non-empty message attribute type.");
    }
    const std::string_view base = BaseType(*value.data_type);
    if (base.empty()) {
      Refuse(
          "The type of message (user) attribute '" + name +
          "' is invalid. You must use only the following supported type prefixes: Binary, Number, String.");
    }
    if (value.data_type->size() > kMaxNameOrType) {
      Refuse("Invalid type of message (user) attribute '" + name + "': it must be shorter than 256 Bytes");
    }
    CheckValue(name, value, base);
  }
}

}  // namespace cumulite::sqs
