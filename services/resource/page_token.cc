#include "services/resource/page_token.h"

#include "protocol/base64.h"
#include "protocol/crc.h"

namespace cumulite::resource {
namespace {
constexpr std::size_t kMark = 4;  // bytes of the list's CRC before the place

std::string Mark(std::string_view list, std::string_view place) {
  const std::uint32_t crc = protocol::Crc32(protocol::Crc32(0, list), place);
  std::string mark;
  for (int shift = 24; shift >= 0; shift -= 8) mark += static_cast<char>(crc >> shift);
  return mark;
}
}  // namespace

std::string EncodePageToken(std::string_view list, std::string_view place) {
  return protocol::Base64Encode(Mark(list, place).append(place));
}

std::optional<std::string> DecodePageToken(std::string_view list, std::string_view token) {
  auto bytes = protocol::Base64Decode(token);
  if (!bytes || bytes->size() < kMark) return std::nullopt;
  std::string place = bytes->substr(kMark);
  if (bytes->compare(0, kMark, Mark(list, place)) != 0) return std::nullopt;
  return place;
}

}  // namespace cumulite::resource
