#include "services/sqs/message_id.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace cumulite::sqs {
namespace {

std::mt19937_64& Generator() {
  // One a thread, so that sends on several threads need no lock.
  thread_local std::mt19937_64 generator = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  return generator;
}

}  // namespace

MessageId MessageId::Random() {
  const std::array<std::uint64_t, 2> bits{Generator()(), Generator()()};
  MessageId id;
  std::memcpy(id.bytes_.data(), bits.data(), id.bytes_.size());
  id.bytes_[6] = static_cast<std::uint8_t>((id.bytes_[6] & 0x0F) | 0x40);  // version 4
  id.bytes_[8] = static_cast<std::uint8_t>((id.bytes_[8] & 0x3F) | 0x80);  // RFC 4122's variant
  return id;
}

MessageId MessageId::FromBytes(std::string_view bytes) {
  MessageId id;
  if (bytes.size() == id.bytes_.size()) std::memcpy(id.bytes_.data(), bytes.data(), bytes.size());
  return id;
}

std::string MessageId::Text() const {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[bytes_[i] >> 4];
    text += kDigits[bytes_[i] & 0x0F];
  }
  return text;
}

}  // namespace cumulite::sqs
