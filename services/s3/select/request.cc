#include "services/s3/select/request.h"

#include <charconv>

#include "protocol/xml_reader.h"
#include "services/s3/select/errors.h"

namespace cumulite::s3::select {
namespace {

using protocol::XmlNode;

char OneCharacter(const XmlNode& node, std::string_view name, char otherwise) {
  const auto text = node.ChildText(name);
  if (!text) return otherwise;
  if (text->size() > 1) {
    throw AwsError(
        kInvalidRequestParameter,
        "The value of a parameter in the SelectRequest element is not valid: " + std::string(name));
  }
  return text->empty() ? '\0' : text->front();
}

std::string Delimiter(const XmlNode& node, std::string_view name, std::string otherwise) {
  auto text = node.ChildText(name);
  if (!text || text->empty()) return otherwise;
  if (text->size() > 2) {
    throw AwsError(
        kInvalidRequestParameter,
        "The value of a parameter in the SelectRequest element is not valid: " + std::string(name));
  }
  return *std::move(text);
}

CsvFormat ReadCsv(const XmlNode& csv) {
  CsvFormat format;
  format.field_delimiter = Delimiter(csv, "FieldDelimiter", ",");
  format.record_delimiter = Delimiter(csv, "RecordDelimiter", "\n");
  format.quote = OneCharacter(csv, "QuoteCharacter", '"');
  format.escape = OneCharacter(csv, "QuoteEscapeCharacter", '"');
  format.comment = csv.ChildText("Comments").value_or("");
  format.quoted_delimiters = csv.ChildText("AllowQuotedRecordDelimiter") == "true" ||
                             csv.ChildText("AllowQuotedRecordDelimiter") == "TRUE";
  const std::string header = csv.ChildText("FileHeaderInfo").value_or("NONE");
  if (header == "USE") {
    format.header = CsvFormat::Header::kUse;
  } else if (header == "IGNORE") {
    format.header = CsvFormat::Header::kIgnore;
  } else if (header != "NONE") {
    throw AwsError(kInvalidFileHeaderInfo,
                   "The FileHeaderInfo value is not valid. Only NONE, USE, and IGNORE are supported.");
  }
  const std::string quotes = csv.ChildText("QuoteFields").value_or("ASNEEDED");
  if (quotes != "ASNEEDED" && quotes != "ALWAYS") {
    throw AwsError(kInvalidQuoteFields,
                   "The QuoteFields value is not valid. Only ALWAYS and ASNEEDED are supported.");
  }
  format.quote_always = quotes == "ALWAYS";
  return format;
}

AwsError Missing(std::string_view what) {
  return AwsError(kMissingRequiredParameter,
                  "The SelectRequest entity is missing a required parameter: " + std::string(what));
}

void ReadInput(const XmlNode& input, SelectRequest& request) {
  if (!input) throw Missing("InputSerialization");
  const XmlNode csv = input.Child("CSV");
  const XmlNode json = input.Child("JSON");
  if (input.Child("Parquet")) {
    throw AwsError(kNotImplemented, "Parquet is not implemented by this server.").With("Element", "Parquet");
  }
  if (static_cast<bool>(csv) == static_cast<bool>(json)) {
    throw AwsError(kInvalidDataSource,
                   "Invalid data source type. Only CSV, JSON, and Parquet are supported, one of them.");
  }
  request.csv_input = static_cast<bool>(csv);
  if (csv) request.input = ReadCsv(csv);
  if (json) {
    const std::string type = json.ChildText("Type").value_or("");
    if (type != "LINES" && type != "DOCUMENT") {
      throw AwsError(kInvalidJsonType,
                     "The JsonType value is not valid. Only DOCUMENT and LINES are supported.");
    }
    request.lines = type == "LINES";
  }
  const std::string packing = input.ChildText("CompressionType").value_or("NONE");
  if (packing == "GZIP") {
    request.packing = protocol::StreamPacking::kGzip;
  } else if (packing == "BZIP2") {
    request.packing = protocol::StreamPacking::kBzip2;
  } else if (packing != "NONE") {
    throw AwsError(kInvalidCompressionFormat,
                   "The file is not in a supported compression format. Only GZIP and BZIP2 are supported.");
  }
}

std::optional<std::uint64_t> ReadNumber(const XmlNode& node, std::string_view name) {
  const auto text = node.ChildText(name);
  if (!text) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) {
    throw AwsError(kInvalidScanRange, "The provided scan range is not valid.");
  }
  return value;
}

}  // namespace

SelectRequest ReadSelectRequest(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "SelectObjectContentRequest") throw MalformedXml();
  const XmlNode root = xml->root();
  SelectRequest request;
  const auto expression = root.ChildText("Expression");
  if (!expression || expression->empty()) throw Missing("Expression");
  request.expression = *expression;
  if (root.ChildText("ExpressionType") != "SQL") {
    throw AwsError(kInvalidExpressionType,
                   "The ExpressionType value is not valid. Only SQL expressions are supported.");
  }
  ReadInput(root.Child("InputSerialization"), request);
  const XmlNode output = root.Child("OutputSerialization");
  if (!output) throw Missing("OutputSerialization");
  const XmlNode csv = output.Child("CSV");
  const XmlNode json = output.Child("JSON");
  if (static_cast<bool>(csv) == static_cast<bool>(json)) throw Missing("OutputSerialization");
  request.csv_output = static_cast<bool>(csv);
  request.output =
      csv ? ReadCsv(csv) : CsvFormat{.record_delimiter = Delimiter(json, "RecordDelimiter", "\n")};
  request.progress = root.Child("RequestProgress").ChildText("Enabled") == "true";
  if (const XmlNode range = root.Child("ScanRange")) {
    request.scan_start = ReadNumber(range, "Start");
    request.scan_end = ReadNumber(range, "End");
    const bool whole_lines = request.csv_input ? !request.input.quoted_delimiters : request.lines;
    if (request.packing || !whole_lines || (!request.scan_start && !request.scan_end) ||
        (request.scan_start && request.scan_end && *request.scan_start > *request.scan_end)) {
      throw AwsError(kInvalidScanRange, "The provided scan range is not valid for this input.");
    }
  }
  return request;
}

}  // namespace cumulite::s3::select
