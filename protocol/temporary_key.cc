#include "protocol/temporary_key.h"

#include <charconv>
#include <cstdint>

#include "base/ids.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kPrefix = "ASIA";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kDigits = 16;        // 80 bits: 1, the account in 40, 39 at random
constexpr std::size_t kAccountDigits = 9;  // the first 45 bits hold all of the account
constexpr unsigned kBelowAccount = 45 - 1 - 40;
constexpr std::uint64_t kAccountMask = (std::uint64_t{1} << 40) - 1;
constexpr std::uint64_t kAccounts = 1'000'000'000'000;

}  // namespace

std::string MakeTemporaryKey(std::string_view account) {
  std::uint64_t number = 0;
  std::from_chars(account.data(), account.data() + account.size(), number);
  const auto random = base::RandomBytes();
  std::uint64_t low = static_cast<std::uint64_t>(random[15]) & ((1U << kBelowAccount) - 1);
  std::uint64_t head = (std::uint64_t{1} << 44) | (number << kBelowAccount) | low;

  std::string key(kPrefix.size() + kDigits, '\0');
  key.replace(0, kPrefix.size(), kPrefix);
  for (std::size_t i = kAccountDigits; i-- > 0; head >>= 5) key[kPrefix.size() + i] = kAlphabet[head & 31];
  for (std::size_t i = kAccountDigits; i < kDigits; ++i) {
    key[kPrefix.size() + i] = kAlphabet[static_cast<std::size_t>(random[i - kAccountDigits]) & 31];
  }
  return key;
}

std::optional<std::string> AccountOfTemporaryKey(std::string_view access_key) {
  if (access_key.size() != kPrefix.size() + kDigits || !access_key.starts_with(kPrefix)) return std::nullopt;
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < kDigits; ++i) {
    const std::size_t value = kAlphabet.find(access_key[kPrefix.size() + i]);
    if (value == std::string_view::npos) return std::nullopt;
    if (i < kAccountDigits) head = head << 5 | value;
  }
  const std::uint64_t number = head >> kBelowAccount & kAccountMask;
  if (number >= kAccounts) return std::nullopt;
  const std::string digits = std::to_string(number);
  return std::string(12 - digits.size(), '0') + digits;
}

}  // namespace cumulite::protocol
