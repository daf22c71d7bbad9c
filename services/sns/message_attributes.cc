#include "services/sns/message_attributes.h"

#include <charconv>
#include <cstdio>

#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kMaxName = 256;

[[noreturn]] void Refuse(std::string message) { throw AwsError(kParameterValueInvalid, std::move(message)); }

bool IsNameByte(unsigned char c) {
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_' || c == '-' || c == '.';
}

void CheckName(std::string_view name) {
  if (name.size() > kMaxName) Refuse("Length of message attribute name must be less than 256 bytes.");
  for (const char c : name) {
    if (IsNameByte(static_cast<unsigned char>(c))) continue;
    char code[8];
    std::snprintf(code, sizeof code, "#x%X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    Refuse(std::string("Invalid non-alphanumeric character '") + code +
           "' was found in the message attribute name. Can only include alphanumeric characters, hyphens, "
           "underscores, or dots.");
  }
  if (name.starts_with('.')) {
    Refuse("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.ends_with('.')) Refuse("Invalid message attribute name ending with character '.' was found.");
  if (name.find("..") != std::string_view::npos) {
    Refuse("Message attribute name can not have successive '.' character.");
  }
}

/// "String", "Number" or "Binary"; of "String.label", too. Empty for anything else.
std::string_view BaseType(std::string_view type) {
  const std::size_t dot = type.find('.');
  const std::string_view base = type.substr(0, dot);
  const bool no_label = dot != std::string_view::npos && dot + 1 == type.size();
  if (no_label || (base != "String" && base != "Number" && base != "Binary")) return {};
  return base;
}

bool IsNumber(std::string_view text) {
  if (text.find_first_of("0123456789.") > 1) return false;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

void CheckValue(const std::string& name, const MessageAttributeValue& value) {
  const std::string quoted = "The message attribute '" + name + "'";
  if (value.data_type.empty()) Refuse(quoted + " must contain non-empty message attribute type.");
  const std::string_view base = BaseType(value.data_type);
  if (base.empty()) {
    Refuse(
        quoted +
        " has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and "
        "String.");
  }
  const bool binary = base == "Binary";
  const bool wrong_field = binary ? value.string_value.has_value() : value.binary_value.has_value();
  if (wrong_field) {
    Refuse(quoted + " with type '" + value.data_type + "' must use field '" + (binary ? "Binary" : "String") +
           "'.");
  }
  const bool empty = binary ? !value.binary_value || value.binary_value->bytes.empty()
                            : !value.string_value || value.string_value->empty();
  if (empty) {
    Refuse(quoted + " must contain non-empty message attribute value for message attribute type '" +
           value.data_type + "'.");
  }
  if (base == "Number" && !IsNumber(*value.string_value)) {
    Refuse("Could not cast message attribute '" + name + "' value to number.");
  }
}

}  // namespace

protocol::Members MessageAttributeValue::Describe() {
  using protocol::Wire;
  using V = MessageAttributeValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&V::data_type>("DataType").Required(),
      Wire<&V::string_value>("StringValue"),
      Wire<&V::binary_value>("BinaryValue"),
  };
  return kMembers;
}

void CheckMessageAttributes(const MessageAttributes& attributes) {
  for (const auto& [name, value] : attributes) {
    CheckName(name);
    CheckValue(name, value);
  }
}

}  // namespace cumulite::sns
