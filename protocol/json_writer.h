#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// Appends `text` as a JSON string with its quotes. UTF-8 passes through; quote, backslash and control
/// characters are escaped.
void AppendJsonString(std::string& out, std::string_view text);

/// Writes one JSON text at the end of a string; puts the commas, trusts the caller for the nesting.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void OpenObject() { Open('{'); }
  void CloseObject() { Close('}'); }
  void OpenArray() { Open('['); }
  void CloseArray() { Close(']'); }

  void Key(std::string_view name);

  void String(std::string_view text);
  void Int(std::int64_t number);
  /// Shortest text that reads back the same; infinities and NaN as strings, as Smithy writes them.
  void Double(double number);
  void Bool(bool value);
  /// Seconds since the epoch with at most three decimals.
  void Seconds(std::int64_t milliseconds);
  /// For a value that writes itself: puts the comma, then the caller appends to the string returned.
  std::string& Value();

 private:
  void Open(char bracket);
  void Close(char bracket);

  std::string& out_;
  bool comma_ = false;
};

}  // namespace cumulite::protocol
