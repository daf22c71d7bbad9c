#include "protocol/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace cumulite::protocol {
namespace {

constexpr std::uint64_t Repeat(std::uint64_t byte) { return byte * 0x0101010101010101u; }

/// The high bit of each byte that may need an escape. A borrow can mark a byte too many after one that does
/// need it, never one too few: the caller looks at each marked byte.
constexpr std::uint64_t Suspects(std::uint64_t word) {
  const std::uint64_t quote = word ^ Repeat('"');
  const std::uint64_t backslash = word ^ Repeat('\\');
  const std::uint64_t found = (word - Repeat(0x20)) | (quote - Repeat(1)) | (backslash - Repeat(1));
  return found & ~word & Repeat(0x80);
}

bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

/// How many bytes at the start of `text` can be copied as they are.
std::size_t PlainRun(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + 8 <= text.size()) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + i, sizeof word);
      if (Suspects(word) == 0) {
        i += 8;
        continue;
      }
    }
    if (NeedsEscape(text[i])) break;
    ++i;
  }
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
