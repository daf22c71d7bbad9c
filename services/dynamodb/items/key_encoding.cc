#include "services/dynamodb/items/key_encoding.h"

#include "protocol/checksum.h"

namespace cumulite::dynamodb {
namespace {

constexpr char kEnd = '\0';
constexpr std::int64_t kSlices = 4096;

std::string_view BytesOf(const AttributeValue& value) {
  if (const auto* text = value.If<std::string>()) return *text;
  return value.As<Binary>().bytes;
}

std::string FirstOfSlice(std::int64_t slice) {
  if (slice >= kSlices) return {};
  return {static_cast<char>(slice >> 4), static_cast<char>((slice & 15) << 4)};
}

}  // namespace

// A zero inside is written 00 FF and the end 00 01, so that "a" precedes "a\0".
void AppendKeyPrefix(std::string_view bytes, std::string& out) {
  for (;;) {
    const std::size_t zero = bytes.find('\0');
    out.append(bytes.substr(0, zero));
    if (zero == std::string_view::npos) return;
    out += '\0';
    out += '\xff';
    bytes.remove_prefix(zero + 1);
  }
}

void AppendKeyPart(const AttributeValue& value, std::string& out) {
  if (const auto* number = value.If<Number>()) {
    number->AppendOrderedBytes(out);
    out += kEnd;
    return;
  }
  AppendKeyPrefix(BytesOf(value), out);
  out += kEnd;
  out += '\x01';
}

void AppendHashedBytes(const AttributeValue& value, std::string& out) {
  if (const auto* number = value.If<Number>()) {
    number->AppendOrderedBytes(out);
  } else {
    out += BytesOf(value);
  }
}

void AppendHashOrder(std::string_view hashed_bytes, std::string& out) {
  std::string text = "Outliers";
  text += hashed_bytes;
  const protocol::Digest digest = protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, text);
  out.append(digest.bytes().substr(0, kHashOrderSize));
}

std::string AfterPrefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

SegmentRange RangeOfSegment(std::int64_t segment, std::int64_t total) {
  const auto bound = [total](std::int64_t i) { return (kSlices * i + total - 1) / total; };
  const std::int64_t first = bound(segment);
  const std::int64_t end = bound(segment + 1);
  return {.first = FirstOfSlice(first), .end = FirstOfSlice(end), .empty = first >= end};
}

}  // namespace cumulite::dynamodb
