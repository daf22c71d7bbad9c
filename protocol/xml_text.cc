#include "protocol/xml_text.h"

#include <cstddef>

#include "protocol/sixteen_bytes.h"

namespace cumulite::protocol {
namespace {

/// Whether a byte is a control character that XML cannot carry, or 0xEF, which begins U+FFFE and U+FFFF.
bool MayBeRefused(const char* text, std::size_t vectors) {
  SixteenBytes found{};
  for (std::size_t i = 0; i < vectors; ++i) {
    const SixteenBytes bytes = LoadSixteen(text + i * sizeof bytes);
    const auto spaces = (bytes == '\t') | (bytes == '\n') | (bytes == '\r');
    found |= reinterpret_cast<SixteenBytes>(((bytes < 0x20) & ~spaces) | (bytes == 0xEF));
  }
  return Any(found);
}

bool IsXmlTextSlowly(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return false;
    const std::string_view three = text.substr(i, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") return false;
  }
  return true;
}

}  // namespace

bool IsXmlText(std::string_view text) {
  const std::size_t vectors = text.size() / sizeof(SixteenBytes);
  if (MayBeRefused(text.data(), vectors)) return IsXmlTextSlowly(text);
  return IsXmlTextSlowly(text.substr(vectors * sizeof(SixteenBytes)));
}

}  // namespace cumulite::protocol
