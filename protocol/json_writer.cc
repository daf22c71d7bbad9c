#include "protocol/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "protocol/sixteen_bytes.h"

namespace cumulite::protocol {
namespace {

bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

bool OneNeedsEscape(const char* sixteen) {
  const SixteenBytes bytes = LoadSixteen(sixteen);
  return Any((bytes < 0x20) | (bytes == '"') | (bytes == '\\'));
}

/// How many bytes at the start of `text` can be copied as they are.
std::size_t PlainRun(std::string_view text) {
  std::size_t i = 0;
  while (i + 16 <= text.size() && !OneNeedsEscape(text.data() + i)) i += 16;
  while (i < text.size() && !NeedsEscape(text[i])) ++i;
  return i;
}

void AppendEscape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

template <class Number>
void AppendNumber(std::string& out, Number number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  for (;;) {
    const std::size_t run = PlainRun(text);
    out.append(text.data(), run);
    if (run == text.size()) break;
    AppendEscape(out, text[run]);
    text.remove_prefix(run + 1);
  }
  out += '"';
}

std::string& JsonWriter::Value() {
  if (comma_) out_ += ',';
  comma_ = true;
  return out_;
}

void JsonWriter::Open(char bracket) {
  Value() += bracket;
  comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_ += bracket;
  comma_ = true;
}

void JsonWriter::Key(std::string_view name) {
  AppendJsonString(Value(), name);
  out_ += ':';
  comma_ = false;
}

void JsonWriter::String(std::string_view text) { AppendJsonString(Value(), text); }

void JsonWriter::Int(std::int64_t number) { AppendNumber(Value(), number); }

void JsonWriter::Double(double number) {
  if (std::isfinite(number)) {
    AppendNumber(Value(), number);
  } else {
    String(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  }
}

void JsonWriter::Bool(bool value) { Value() += value ? "true" : "false"; }

void JsonWriter::Seconds(std::int64_t milliseconds) {
  if (milliseconds % 1000 == 0) {
    Int(milliseconds / 1000);
  } else {
    Double(static_cast<double>(milliseconds) / 1000);
  }
}

}  // namespace cumulite::protocol
