#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/items/attribute_value.h"
#include "services/dynamodb/tables/table.h"

/// The files that ImportTable reads, text by text. Pure.
/// Source: DynamoDB Developer Guide "Amazon S3 import formats for DynamoDB".
namespace cumulite::dynamodb {

/// Where the first record of `text` ends, behind its line break; nothing while more must come. Line breaks
/// within double quotes belong to the record where `quoted`. `from`: what was looked at before; moved on.
struct RecordScan {
  std::size_t from = 0;
  bool in_quotes = false;
};
std::optional<std::size_t> EndOfRecord(std::string_view text, bool quoted, RecordScan& scan);

/// Without the line break.
std::string_view WithoutLineBreak(std::string_view record);

/// The item of a line {"Item":{"Id":{"N":"1"},...}}; nothing for what is none.
std::optional<AttributeMap> ItemOfJsonLine(std::string_view line);

/// The fields of a CSV record, without their quotes; nothing where quotes do not match.
std::optional<std::vector<std::string>> CsvFields(std::string_view record, char delimiter);

/// The item of a CSV record: keys of the table and its indexes are of their types, all else are strings.
/// Nothing when the number of fields is not that of the headers, or a key is not of its type.
std::optional<AttributeMap> ItemOfCsv(const std::vector<std::string>& headers,
                                      std::vector<std::string> fields, const TableRecord& table);

}  // namespace cumulite::dynamodb
