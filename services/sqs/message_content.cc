#include "services/sqs/message_content.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "protocol/sixteen_bytes.h"
#include "protocol/utf8.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
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

std::string BodyMd5Hex(const MessageContent& content) {
  return protocol::HexEncode({content.body_md5.data(), content.body_md5.size()});
}

std::string Md5Hex(std::string_view text) {
  return protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, text).Hex();
}

std::string Md5OfTraceHeader(std::string_view trace_header) {
  std::string encoded;
  AppendAttribute(encoded, "AWSTraceHeader", "String", kText, trace_header);
  return Md5Hex(encoded);
}

std::size_t SizeOf(std::string_view body, const MessageAttributes& attributes) {
  std::size_t size = body.size();
  for (const auto& [name, value] : attributes) {
    size += name.size() + value.data_type.value_or("").size() + Value(value).size();
  }
  return size;
}

namespace {

/// Whether a byte is a control character that XML cannot carry, or 0xEF, which begins U+FFFE and U+FFFF.
bool MayBeRefused(const char* text, std::size_t vectors) {
  protocol::SixteenBytes found{};
  for (std::size_t i = 0; i < vectors; ++i) {
    const protocol::SixteenBytes bytes = protocol::LoadSixteen(text + i * sizeof bytes);
    const auto spaces = (bytes == '\t') | (bytes == '\n') | (bytes == '\r');
    found |= reinterpret_cast<protocol::SixteenBytes>(((bytes < 0x20) & ~spaces) | (bytes == 0xEF));
  }
  return protocol::Any(found);
}

bool IsXmlTextSlowly(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return false;
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") return false;
  }
  return true;
}

}  // namespace

bool IsXmlText(std::string_view text) {
  const std::size_t vectors = text.size() / sizeof(protocol::SixteenBytes);
  if (MayBeRefused(text.data(), vectors)) return IsXmlTextSlowly(text);
  return IsXmlTextSlowly(text.substr(vectors * sizeof(protocol::SixteenBytes)));
}

bool AttributeFilter::wants_all() const {
  return std::any_of(names_.begin(), names_.end(),
                     [](const std::string& name) { return name == "All" || name == "*" || name == ".*"; });
}

bool AttributeFilter::Wants(std::string_view name) const {
  if (wants_all()) return true;
  return std::any_of(names_.begin(), names_.end(), [name](std::string_view wanted) {
    if (!wanted.ends_with(".*")) return wanted == name;
    return name.starts_with(wanted.substr(0, wanted.size() - 2));
  });
}

}  // namespace cumulite::sqs
