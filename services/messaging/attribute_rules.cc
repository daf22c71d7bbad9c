#include "services/messaging/attribute_rules.h"

#include <algorithm>
#include <charconv>

#include "protocol/http.h"
#include "protocol/xml_text.h"

namespace cumulite::messaging {
namespace {
using enum AttributeFault::Kind;

constexpr std::size_t kMaxNameOrType = 256;

bool IsNameByte(unsigned char c) {
  // AWS takes letters of any language.
  return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '_' || c == '-' || c == '.';
}

bool HasPrefix(std::string_view name, std::string_view prefix) {
  return name.size() >= prefix.size() && protocol::EqualsIgnoreCase(name.substr(0, prefix.size()), prefix);
}

std::optional<AttributeFault> FindNameFault(std::string_view name) {
  if (name.size() > kMaxNameOrType) return AttributeFault{kNameTooLong};
  if (name.empty()) return AttributeFault{kNameEmpty};
  const auto bad =
      std::ranges::find_if_not(name, [](char c) { return IsNameByte(static_cast<unsigned char>(c)); });
  if (bad != name.end()) return AttributeFault{kNameCharacter, {}, static_cast<unsigned char>(*bad)};
  if (HasPrefix(name, "AWS.") || HasPrefix(name, "Amazon.")) return AttributeFault{kNameReserved};
  if (name.front() == '.') return AttributeFault{kNameFirstDot};
  if (name.back() == '.') return AttributeFault{kNameLastDot};
  if (name.find("..") != std::string_view::npos) return AttributeFault{kNameSuccessiveDots};
  return std::nullopt;
}

std::optional<AttributeFault> FindValueFault(const MessageAttributeValue& value, std::string_view base) {
  const auto fault = [&](AttributeFault::Kind kind) { return AttributeFault{kind, base}; };
  if (!value.string_list_values.empty() || !value.binary_list_values.empty()) return fault(kListValue);
  if (base == "Binary") {
    if (value.string_value) return fault(kNotBinary);
    if (!value.binary_value || value.binary_value->bytes.empty()) return fault(kEmptyValue);
    return std::nullopt;
  }
  if (value.binary_value) return fault(kNotText);
  if (!value.string_value || value.string_value->empty()) return fault(kEmptyValue);
  if (!protocol::IsXmlText(*value.string_value)) return fault(kNotXmlText);
  if (base == "Number" && !IsNumber(*value.string_value)) return fault(kNotANumber);
  return std::nullopt;
}

}  // namespace

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

std::optional<AttributeFault> FindFault(std::string_view name, const MessageAttributeValue& value) {
  if (const auto fault = FindNameFault(name)) return fault;
  if (!value.data_type || value.data_type->empty()) return AttributeFault{kNoType};
  const std::string_view base = BaseType(*value.data_type);
  if (base.empty()) return AttributeFault{kUnknownType};
  if (value.data_type->size() > kMaxNameOrType) return AttributeFault{kTypeTooLong, base};
  return FindValueFault(value, base);
}

}  // namespace cumulite::messaging
