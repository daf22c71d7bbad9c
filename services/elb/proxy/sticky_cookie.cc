#include "services/elb/proxy/sticky_cookie.h"

#include <array>
#include <cstring>
#include <span>

#include "base/ids.h"
#include "base/time_text.h"
#include "protocol/base64.h"

namespace cumulite::elb::proxy {
namespace {
using std::chrono::milliseconds;

constexpr std::uint64_t kMark = 0x41'57'53'41'4c'42'43'31;  // tells ours from others of the length
constexpr std::size_t kWords = 6;
using Words = std::array<std::uint64_t, kWords>;

/// SplitMix64's finalizer: a bijection that leaves no pattern.
std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Its own inverse: every word but the first, which is random, is masked by what follows from the first.
void Mask(Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) words[i] ^= Mix(words[0] + i * 0x9e3779b97f4a7c15ULL);
}
}  // namespace

std::uint64_t KeyOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return Mix(hash);
}

std::string StickyCookie::Encode() const {
  const std::array<std::byte, 16> random = base::RandomBytes();
  Words words{};
  std::memcpy(words.data(), random.data(), sizeof words[0]);
  words[1] = choice;
  words[2] = static_cast<std::uint64_t>(issued.time_since_epoch().count());
  words[3] = kMark;
  words[4] = Mix(choice ^ words[2]);
  Mask(words);
  return protocol::Base64Encode({reinterpret_cast<const char*>(words.data()), sizeof words});
}

std::optional<StickyCookie> StickyCookie::Decode(std::string_view text) {
  constexpr std::size_t kLength = (sizeof(Words) + 2) / 3 * 4;
  if (text.size() != kLength) return std::nullopt;
  const std::optional<std::string> bytes = protocol::Base64Decode(text);
  Words words{};
  if (!bytes || bytes->size() != sizeof words) return std::nullopt;
  std::memcpy(words.data(), bytes->data(), sizeof words);
  Mask(words);
  if (words[3] != kMark || words[4] != Mix(words[1] ^ words[2])) return std::nullopt;
  return StickyCookie{words[1], base::TimePoint(milliseconds(static_cast<std::int64_t>(words[2])))};
}

std::optional<StickyCookie> StickyCookie::Decode(std::string_view text, base::TimePoint now,
                                                 seconds duration) {
  const std::optional<StickyCookie> cookie = Decode(text);
  if (!cookie || cookie->issued + duration < now) return std::nullopt;
  return cookie;
}

std::optional<std::string_view> FindCookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(pair.size() + 1, header.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    while (pair.ends_with(' ')) pair.remove_suffix(1);
    if (pair.size() > name.size() && pair[name.size()] == '=' && pair.starts_with(name)) {
      return pair.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

void AppendStickyCookie(std::string_view name, std::string_view value, base::TimePoint now, Cors cors,
                        std::string& headers) {
  constexpr std::chrono::days kAhead{7};
  const std::string attributes = "; Expires=" + base::FormatHttpDate(now + kAhead) + "; Path=/";
  headers.append("Set-Cookie: ").append(name).append("=").append(value).append(attributes).append("\r\n");
  if (cors == Cors::kNo) return;
  headers.append("Set-Cookie: ").append(name).append("CORS=").append(value).append(attributes);
  headers.append("; SameSite=None; Secure\r\n");
}

}  // namespace cumulite::elb::proxy
