#include "protocol/http.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace cumulite::protocol {
namespace {

constexpr std::uint64_t Repeat(std::uint64_t byte) { return byte * 0x0101010101010101u; }

std::uint64_t Load(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// Eight ASCII letters made lower case at once; bytes that are no upper case letters stay.
std::uint64_t Lower(std::uint64_t word) {
  const std::uint64_t low_bits = word & Repeat(0x7f);
  const std::uint64_t at_least_a = low_bits + Repeat(0x80 - 'A');
  const std::uint64_t beyond_z = low_bits + Repeat(0x7f - 'Z');
  const std::uint64_t upper = at_least_a & ~beyond_z & ~word & Repeat(0x80);
  return word | (upper >> 2);
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// The value of a hexadecimal digit, -1 for another character.
constexpr auto kHexDigits = [] {
  std::array<signed char, 256> table{};
  table.fill(-1);
  for (int i = 0; i < 10; ++i) table[static_cast<std::size_t>('0' + i)] = static_cast<signed char>(i);
  for (int i = 0; i < 6; ++i) {
    table[static_cast<std::size_t>('A' + i)] = static_cast<signed char>(10 + i);
    table[static_cast<std::size_t>('a' + i)] = static_cast<signed char>(10 + i);
  }
  return table;
}();

int HexDigit(char c) { return kHexDigits[static_cast<unsigned char>(c)]; }

constexpr bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

}  // namespace

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t i = 0;
  for (; i + 8 <= a.size(); i += 8) {
    if (Lower(Load(a.data() + i)) != Lower(Load(b.data() + i))) return false;
  }
  for (; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

std::optional<std::string_view> HttpRequest::Find(std::string_view name) const {
  for (const HeaderField& field : headers) {
    if (field.name.size() == name.size() && EqualsIgnoreCase(field.name, name)) return field.value;
  }
  return std::nullopt;
}

char* PercentDecodeTo(std::string_view raw, Plus plus, char* out) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c != '%') {
      *out++ = c == '+' && plus == Plus::kSpace ? ' ' : c;
      continue;
    }
    const int high = i + 1 < raw.size() ? HexDigit(raw[i + 1]) : -1;
    const int low = i + 2 < raw.size() ? HexDigit(raw[i + 2]) : -1;
    if (high < 0 || low < 0) return nullptr;
    *out++ = static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::optional<std::string> PercentDecode(std::string_view raw, Plus plus) {
  std::string text(raw.size(), '\0');
  const char* end = PercentDecodeTo(raw, plus, text.data());
  if (end == nullptr) return std::nullopt;
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text;
}

std::optional<std::vector<QueryParam>> ParseQuery(std::string_view raw) {
  std::vector<QueryParam> params;
  while (!raw.empty()) {
    const std::size_t end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = PercentDecode(pair.substr(0, equals), Plus::kSpace);
    auto value = PercentDecode(pair.substr(std::min(equals + 1, pair.size())), Plus::kSpace);
    if (!name || !value) return std::nullopt;
    params.push_back({std::move(*name), std::move(*value)});
  }
  return params;
}

std::string PercentEncode(std::string_view text, Slash slash) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (IsUnreserved(c) || (c == '/' && slash == Slash::kKeep)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return encoded;
}

FileSegment::FileSegment(FileSegment&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), offset_(other.offset_), size_(other.size_) {}

FileSegment& FileSegment::operator=(FileSegment&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(offset_, other.offset_);
  std::swap(size_, other.size_);
  return *this;
}

FileSegment::~FileSegment() {
  if (fd_ >= 0) ::close(fd_);
}

void HttpResponse::AddHeader(std::string_view name, std::string_view value) {
  static constexpr std::string_view kForbidden("\r\n\0", 3);
  headers += name;
  headers += ": ";
  if (value.find_first_of(kForbidden) == std::string_view::npos) {
    headers += value;
  } else {
    for (const char c : value) {
      if (kForbidden.find(c) == std::string_view::npos) headers += c;
    }
  }
  headers += "\r\n";
}

}  // namespace cumulite::protocol
