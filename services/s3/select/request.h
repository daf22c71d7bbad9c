#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/unpacker.h"

namespace cumulite::s3::select {

/// How records are written: <InputSerialization> and <OutputSerialization>.
struct CsvFormat {
  enum class Header : unsigned char { kNone, kUse, kIgnore };
  std::string field_delimiter = ",";
  std::string record_delimiter = "\n";
  char quote = '"';
  char escape = '"';
  std::string comment;  // empty: there are none
  Header header = Header::kNone;
  bool quoted_delimiters = false;  // record delimiters may stand in quotes
  bool quote_always = false;       // of output
};

/// The body of SelectObjectContent.
struct SelectRequest {
  std::string expression;
  bool csv_input = false;
  CsvFormat input;
  bool lines = true;  // of JSON input: Type LINES, else DOCUMENT
  std::optional<protocol::StreamPacking> packing;
  bool csv_output = false;
  CsvFormat output;  // JSON's record delimiter, too
  bool progress = false;
  std::optional<std::uint64_t> scan_start;
  std::optional<std::uint64_t> scan_end;
};

/// Errors: MalformedXML, those of errors.h about parameters, NotImplemented (Parquet).
SelectRequest ReadSelectRequest(std::string_view document);

}  // namespace cumulite::s3::select
