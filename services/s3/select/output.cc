#include "services/s3/select/output.h"

#include <memory>

namespace cumulite::s3::select {
namespace {

using Columns = Value::Struct;

Columns Everything(const Record& record) {
  if (!record.is_csv) {
    if (record.value.kind == Value::Kind::kStruct) return *record.value.members;
    return {{"_1", record.value}};
  }
  Columns columns;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const bool named = record.header != nullptr && i < record.header->size();
    columns.emplace_back(named ? (*record.header)[i] : "_" + std::to_string(i + 1),
                         Value::Field(record.fields[i]));
  }
  return columns;
}

Columns Select(const Query& query, const Scope& scope) {
  if (query.everything) return Everything(scope.record);
  Columns columns;
  for (const Query::Column& column : query.columns) {
    columns.emplace_back(column.name, Evaluate(*column.expression, scope));
  }
  return columns;
}

void WriteField(const CsvFormat& format, const std::string& text, std::string& out) {
  const bool needed = format.quote_always || text.find(format.field_delimiter) != std::string::npos ||
                      text.find(format.record_delimiter) != std::string::npos ||
                      text.find(format.quote) != std::string::npos;
  if (!needed || format.quote == 0) {
    out += text;
    return;
  }
  out += format.quote;
  for (const char c : text) {
    if (c == format.quote) out += format.escape;
    out += c;
  }
  out += format.quote;
}

}  // namespace

void WriteResult(const SelectRequest& request, const Query& query, const Scope& scope, std::string& out) {
  Columns columns = Select(query, scope);
  if (request.csv_output) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) out += request.output.field_delimiter;
      WriteField(request.output, ToText(columns[i].second), out);
    }
  } else {
    Value record;
    record.kind = Value::Kind::kStruct;
    record.members = std::make_shared<const Columns>(std::move(columns));
    AppendJson(out, record);
  }
  out += request.output.record_delimiter;
}

}  // namespace cumulite::s3::select
