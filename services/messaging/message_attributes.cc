#include "services/messaging/message_attributes.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace cumulite::messaging {
namespace {
using protocol::Wire;

constexpr char kText = 1;
constexpr char kBytes = 2;

void AppendField(std::string& out, std::string_view field) {
  const auto size = static_cast<std::uint32_t>(field.size());
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift);
  out += field;
}

std::string_view TakeField(std::string_view& encoded) {
  if (encoded.size() < 4) return {};
  std::uint32_t size = 0;
  for (int i = 0; i < 4; ++i)
    size = size << 8 | static_cast<unsigned char>(encoded[static_cast<std::size_t>(i)]);
  const std::string_view field = encoded.substr(4, size);
  encoded.remove_prefix(4 + field.size());
  return field;
}

std::string_view Value(const MessageAttributeValue& value) {
  if (value.string_value) return *value.string_value;
  return value.binary_value ? std::string_view(value.binary_value->bytes) : std::string_view();
}

void AppendAttribute(std::string& out, std::string_view name, std::string_view type, char kind,
                     std::string_view value) {
  AppendField(out, name);
  AppendField(out, type);
  out += kind;
  AppendField(out, value);
}

}  // namespace

protocol::Members MessageAttributeValue::Describe() {
  using V = MessageAttributeValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&V::string_value>("StringValue"),
      Wire<&V::binary_value>("BinaryValue"),
      Wire<&V::string_list_values>("StringListValues").InQuery("StringListValue").Flattened(),
      Wire<&V::binary_list_values>("BinaryListValues").InQuery("BinaryListValue").Flattened(),
      Wire<&V::data_type>("DataType"),
  };
  return kMembers;
}

std::string EncodeAttributes(const MessageAttributes& attributes) {
  std::string encoded;
  for (const auto& [name, value] : attributes) {
    AppendAttribute(encoded, name, value.data_type.value_or(""), value.binary_value ? kBytes : kText,
                    Value(value));
  }
  return encoded;
}

std::string EncodeTextAttribute(std::string_view name, std::string_view value) {
  std::string encoded;
  AppendAttribute(encoded, name, "String", kText, value);
  return encoded;
}

MessageAttributes DecodeAttributes(std::string_view encoded) {
  MessageAttributes attributes;
  while (!encoded.empty()) {
    MessageAttributeValue& value = attributes[std::string(TakeField(encoded))];
    value.data_type = TakeField(encoded);
    const bool bytes = !encoded.empty() && encoded.front() == kBytes;
    encoded.remove_prefix(std::min<std::size_t>(1, encoded.size()));
    if (bytes) {
      value.binary_value.emplace().bytes = TakeField(encoded);
    } else {
      value.string_value = TakeField(encoded);
    }
  }
  return attributes;
}

std::size_t SizeOf(std::string_view body, const MessageAttributes& attributes) {
  std::size_t size = body.size();
  for (const auto& [name, value] : attributes) {
    size += name.size() + value.data_type.value_or("").size() + Value(value).size();
  }
  return size;
}

}  // namespace cumulite::messaging
