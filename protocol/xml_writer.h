#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// Appends `text` with the characters escaped that XML gives a meaning; a carriage return, which a parser
/// would turn into a line feed, as `&#xD;`. Characters that XML cannot carry at all become U+FFFD.
void AppendXmlText(std::string& out, std::string_view text);

/// How XML shows a moment: "2026-01-02T03:04:05Z" unless there is a fraction, or as S3 does with milliseconds
/// always.
enum class XmlTimes : unsigned char { kShort, kMilliseconds };

/// Writes one XML text at the end of a string. The caller closes what it opens.
class XmlWriter {
 public:
  explicit XmlWriter(std::string& out, XmlTimes times = XmlTimes::kShort) : out_(out), times_(times) {}

  void Declaration() { out_ += "<?xml version=\"1.0\"?>\n"; }

  void Open(std::string_view name);
  /// With one attribute: Open("CreateQueueResponse", "xmlns", "http://…").
  void Open(std::string_view name, std::string_view attribute, std::string_view value);
  /// With an attribute of XML Schema's instance namespace, which it declares: xsi:type="value".
  void OpenInstance(std::string_view name, std::string_view attribute, std::string_view value);
  void Close(std::string_view name);
  void Empty(std::string_view name);  // <name/>

  void Text(std::string_view text) { AppendXmlText(out_, text); }
  void Int(std::int64_t number);
  void Time(std::int64_t milliseconds_since_epoch);

  /// <name>text</name>
  void Element(std::string_view name, std::string_view text);
  void Element(std::string_view name, const char* text) { Element(name, std::string_view(text)); }
  void Element(std::string_view name, std::int64_t number);
  void Element(std::string_view name, bool value) { Element(name, value ? "true" : "false"); }

 private:
  std::string& out_;
  const XmlTimes times_;
};

}  // namespace cumulite::protocol
