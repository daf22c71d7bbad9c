#include "protocol/policy_condition.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/time_text.h"
#include "protocol/http.h"

namespace cumulite::protocol {
namespace {

std::optional<double> Number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Milliseconds since the epoch, from ISO 8601 or from seconds.
std::optional<double> Moment(std::string_view text) {
  if (const auto seconds = Number(text)) return *seconds * 1000;
  if (const auto time = base::ParseIso8601(text)) {
    return static_cast<double>(time->time_since_epoch().count());
  }
  return std::nullopt;
}

template <class Read>
bool Compares(std::string_view relation, std::string_view wanted, std::string_view actual, Read read) {
  const std::optional<double> right = read(wanted);
  const std::optional<double> left = read(actual);
  if (!left || !right) return false;
  if (relation == "equals") return *left == *right;
  if (relation == "lessthan") return *left < *right;
  if (relation == "lessthanequals") return *left <= *right;
  if (relation == "greaterthan") return *left > *right;
  return relation == "greaterthanequals" && *left >= *right;
}

struct Address {
  std::array<unsigned char, 16> bytes{};
  int bits = 0;  // 32 or 128
};

std::optional<Address> ParseAddress(const std::string& text) {
  Address address;
  if (inet_pton(AF_INET, text.c_str(), address.bytes.data()) == 1) {
    address.bits = 32;
  } else if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) == 1) {
    address.bits = 128;
  } else {
    return std::nullopt;
  }
  return address;
}

bool InNetwork(std::string_view network, std::string_view text) {
  const std::size_t slash = network.find('/');
  const auto base = ParseAddress(std::string(network.substr(0, slash)));
  const auto address = ParseAddress(std::string(text));
  if (!base || !address || base->bits != address->bits) return false;
  int bits = base->bits;
  if (slash != std::string_view::npos) {
    const auto length = Number(network.substr(slash + 1));
    if (!length || *length < 0 || *length > base->bits) return false;
    bits = static_cast<int>(*length);
  }
  for (int bit = 0; bit < bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((base->bytes[byte] & mask) != (address->bytes[byte] & mask)) return false;
  }
  return true;
}

/// Each of an ARN's first five fields is matched on its own: a * does not reach over a colon there.
bool MatchesArn(std::string_view pattern, std::string_view arn) {
  for (int field = 0; field < 5; ++field) {
    const std::size_t pattern_end = pattern.find(':');
    const std::size_t arn_end = arn.find(':');
    if (pattern_end == std::string_view::npos || arn_end == std::string_view::npos) return false;
    if (!MatchesWildcard(pattern.substr(0, pattern_end), arn.substr(0, arn_end))) return false;
    pattern.remove_prefix(pattern_end + 1);
    arn.remove_prefix(arn_end + 1);
  }
  return MatchesWildcard(pattern, arn);
}

}  // namespace

bool MatchesWildcard(std::string_view pattern, std::string_view text, LetterCase letters) {
  const auto equal = [letters](char a, char b) {
    return letters == LetterCase::kExact ? a == b : base::ToLower(a) == base::ToLower(b);
  };
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last one seen, and how far it has eaten
  std::size_t eaten = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      eaten = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || equal(pattern[p], text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++eaten;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool PassesCondition(std::string_view test, std::string_view wanted, std::string_view actual) {
  if (test == "stringequals" || test == "binaryequals") return wanted == actual;
  if (test == "stringequalsignorecase" || test == "bool") return EqualsIgnoreCase(wanted, actual);
  if (test == "stringlike") return MatchesWildcard(wanted, actual);
  if (test == "arnequals" || test == "arnlike") return MatchesArn(wanted, actual);
  if (test == "ipaddress") return InNetwork(wanted, actual);
  if (test.starts_with("numeric")) return Compares(test.substr(7), wanted, actual, Number);
  if (test.starts_with("date")) return Compares(test.substr(4), wanted, actual, Moment);
  return false;
}

std::string_view PositiveForm(std::string_view test) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNegated{{
      {"stringnotequals", "stringequals"},
      {"stringnotequalsignorecase", "stringequalsignorecase"},
      {"stringnotlike", "stringlike"},
      {"numericnotequals", "numericequals"},
      {"datenotequals", "dateequals"},
      {"notipaddress", "ipaddress"},
      {"arnnotequals", "arnequals"},
      {"arnnotlike", "arnlike"},
  }};
  for (const auto& [negated, positive] : kNegated) {
    if (test == negated) return positive;
  }
  return {};
}

}  // namespace cumulite::protocol
