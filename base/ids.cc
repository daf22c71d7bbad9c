#include "base/ids.h"

#include <sys/random.h>

#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>

namespace cumulite::base {
namespace {

/// xoshiro256** of Blackman and Vigna: four words of state, a few cycles a number.
class Generator {
 public:
  Generator() { SecureRandom(std::as_writable_bytes(std::span(state_))); }

  std::uint64_t Next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

 private:
  std::array<std::uint64_t, 4> state_;
};

std::uint64_t Next() {
  thread_local Generator generator;
  return generator.Next();
}

constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

std::array<std::byte, 16> RandomBytes() {
  return std::bit_cast<std::array<std::byte, 16>>(std::array{Next(), Next()});
}

std::string RandomUuid() {
  std::array<std::byte, 16> bytes = RandomBytes();
  bytes[6] = (bytes[6] & std::byte{0x0F}) | std::byte{0x40};  // version 4
  bytes[8] = (bytes[8] & std::byte{0x3F}) | std::byte{0x80};  // variant 1 of RFC 4122
  std::string text(36, '-');
  std::size_t at = 0;
  for (const std::byte byte : bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
    text[at++] = kHexDigits[std::to_integer<std::size_t>(byte >> 4)];
    text[at++] = kHexDigits[std::to_integer<std::size_t>(byte & std::byte{0x0F})];
  }
  return text;
}

std::string RandomHex(std::size_t length) {
  std::string text(length, '0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < length; ++i, bits >>= 4) {
    if (i % 16 == 0) bits = Next();
    text[i] = kHexDigits[bits & 0xF];
  }
  return text;
}

std::string RandomUpperAlphanumeric(std::size_t length) {
  constexpr std::string_view kLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text(length, '0');
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < length; ++i, number /= kLetters.size()) {
    if (i % 10 == 0) number = Next();  // ten letters hold 52 bits
    text[i] = kLetters[number % kLetters.size()];
  }
  return text;
}

void SecureRandom(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
    if (got > 0) bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace cumulite::base
