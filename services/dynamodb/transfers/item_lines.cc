#include "services/dynamodb/transfers/item_lines.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/json_codec.h"

namespace cumulite::dynamodb {
namespace {

struct ItemLine {
  std::optional<ItemInput> item;
  static protocol::Members Describe() {
    static constexpr protocol::Member kMembers[] = {protocol::Wire<&ItemLine::item>("Item")};
    return kMembers;
  }
};

std::optional<AttributeValue> ValueOf(std::string text, std::string_view type) {
  if (type == "S") return AttributeValue::OfString(std::move(text));
  if (type == "B") {
    auto bytes = protocol::Base64Decode(text);
    return bytes ? std::optional(AttributeValue::OfBinary(*std::move(bytes))) : std::nullopt;
  }
  const auto number = Number::Parse(text);
  if (const Number* const value = std::get_if<Number>(&number)) return AttributeValue(*value);
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> EndOfRecord(std::string_view text, bool quoted, RecordScan& scan) {
  for (; scan.from < text.size(); ++scan.from) {
    const char c = text[scan.from];
    if (quoted && c == '"') scan.in_quotes = !scan.in_quotes;
    if (c == '\n' && !scan.in_quotes) return scan.from + 1;
  }
  return std::nullopt;
}

std::string_view WithoutLineBreak(std::string_view record) {
  if (record.ends_with('\n')) record.remove_suffix(1);
  if (record.ends_with('\r')) record.remove_suffix(1);
  return record;
}

std::optional<AttributeMap> ItemOfJsonLine(std::string_view line) {
  ItemLine read;
  try {
    protocol::DecodeStoredJson(line, &read, ItemLine::Describe());
  } catch (const std::exception&) {
    return std::nullopt;
  }
  if (!read.item || !read.item->problem.empty()) return std::nullopt;
  return std::move(read.item->attributes);
}

std::optional<std::vector<std::string>> CsvFields(std::string_view record, char delimiter) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char c = record[i];
    if (c == '"' && quoted && i + 1 < record.size() && record[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == delimiter && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return fields;
}

std::optional<AttributeMap> ItemOfCsv(const std::vector<std::string>& headers,
                                      std::vector<std::string> fields, const TableRecord& table) {
  if (fields.size() != headers.size()) return std::nullopt;
  AttributeMap item;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto definition =
        std::ranges::find(table.attribute_definitions, headers[i], &AttributeDefinition::attribute_name);
    const bool is_key = definition != table.attribute_definitions.end();
    auto value = ValueOf(std::move(fields[i]), is_key ? std::string_view(definition->attribute_type) : "S");
    if (!value) return std::nullopt;
    item.Set(headers[i], *std::move(value));
  }
  return item;
}

}  // namespace cumulite::dynamodb
