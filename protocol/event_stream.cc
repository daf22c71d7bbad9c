#include "protocol/event_stream.h"

#include <cstdint>

#include "protocol/crc.h"

namespace cumulite::protocol {
namespace {

constexpr char kStringValue = 7;
constexpr std::size_t kFrameBytes = 16;  // the two lengths and the two CRCs

void AppendInt(std::string& out, std::uint32_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

}  // namespace

void AppendEventMessage(std::string& out, const std::vector<EventHeader>& headers, std::string_view payload) {
  std::string head;
  for (const auto& [name, value] : headers) {
    AppendInt(head, static_cast<std::uint32_t>(name.size()), 1);
    head += name;
    head += kStringValue;
    AppendInt(head, static_cast<std::uint32_t>(value.size()), 2);
    head += value;
  }
  const std::size_t start = out.size();
  AppendInt(out, static_cast<std::uint32_t>(kFrameBytes + head.size() + payload.size()), 4);
  AppendInt(out, static_cast<std::uint32_t>(head.size()), 4);
  AppendInt(out, Crc32(0, std::string_view(out).substr(start)), 4);
  out += head;
  out += payload;
  AppendInt(out, Crc32(0, std::string_view(out).substr(start)), 4);
}

}  // namespace cumulite::protocol
