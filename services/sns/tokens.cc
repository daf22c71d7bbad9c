#include "services/sns/tokens.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ids.h"

namespace cumulite::sns {
namespace {

constexpr std::string_view kPrefix = "2336412f37";  // as AWS's begin
constexpr std::size_t kRandomBytes = 48;

}  // namespace

std::string MakeConfirmationToken() {
  std::array<std::byte, kRandomBytes> random{};
  base::SecureRandom(random);
  std::string token(kPrefix);
  for (const std::byte byte : random) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    token += kDigits[static_cast<std::size_t>(byte >> 4)];
    token += kDigits[static_cast<std::size_t>(byte & std::byte{15})];
  }
  return token;
}

bool IsConfirmationToken(std::string_view text) {
  return text.size() == kPrefix.size() + 2 * kRandomBytes &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace cumulite::sns
