#include "protocol/xml_writer.h"

#include <array>
#include <charconv>

#include "base/time_text.h"

namespace cumulite::protocol {
namespace {

/// By byte: 0 is copied, 1 has an entity, 2 starts U+FFFE or U+FFFF if more of it follows, 3 is not allowed.
constexpr std::array<unsigned char, 256> kClass = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 3;
  table['\t'] = table['\n'] = 0;
  for (const char c : {'\r', '&', '<', '>', '"'}) table[static_cast<unsigned char>(c)] = 1;
  table[0xEF] = 2;
  return table;
}();

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string_view Entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#xD;";
  }
}

bool IsNonCharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

}  // namespace

void AppendXmlText(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char kind = kClass[static_cast<unsigned char>(text[i])];
    if (kind == 0 || (kind == 2 && !IsNonCharacter(text.substr(i)))) continue;
    out.append(text, copied, i - copied);
    out += kind == 1 ? Entity(text[i]) : kReplacement;
    if (kind == 2) i += 2;
    copied = i + 1;
  }
  out.append(text, copied);
}

void XmlWriter::Open(std::string_view name) {
  out_ += '<';
  out_ += name;
  out_ += '>';
}

void XmlWriter::Open(std::string_view name, std::string_view attribute, std::string_view value) {
  out_ += '<';
  out_ += name;
  out_ += ' ';
  out_ += attribute;
  out_ += "=\"";
  AppendXmlText(out_, value);
  out_ += "\">";
}

void XmlWriter::OpenInstance(std::string_view name, std::string_view attribute, std::string_view value) {
  out_ += '<';
  out_ += name;
  out_ += " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ";
  out_ += attribute;
  out_ += "=\"";
  AppendXmlText(out_, value);
  out_ += "\">";
}

void XmlWriter::Close(std::string_view name) {
  out_ += "</";
  out_ += name;
  out_ += '>';
}

void XmlWriter::Empty(std::string_view name) {
  out_ += '<';
  out_ += name;
  out_ += "/>";
}

void XmlWriter::Int(std::int64_t number) {
  std::array<char, 24> digits;
  out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void XmlWriter::Time(std::int64_t milliseconds_since_epoch) {
  const base::TimePoint time{std::chrono::milliseconds(milliseconds_since_epoch)};
  out_ += times_ == XmlTimes::kMilliseconds ? base::FormatIsoMilliseconds(time) : base::FormatIso8601(time);
}

void XmlWriter::Element(std::string_view name, std::string_view text) {
  Open(name);
  Text(text);
  Close(name);
}

void XmlWriter::Element(std::string_view name, std::int64_t number) {
  Open(name);
  Int(number);
  Close(name);
}

}  // namespace cumulite::protocol
