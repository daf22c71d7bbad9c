#include "config/settings_values.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <span>
#include <string_view>

#include "base/duration.h"
#include "base/text.h"
#include "config/settings_table.h"

namespace cumulite::config {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

template <class Enum>
struct Word {
  Enum value;
  std::string_view text;
};

// The words of each enum in the order of its values.
constexpr Word<Auth> kAuthWords[] = {{Auth::kPermissive, "permissive"}, {Auth::kStrict, "strict"}};
constexpr Word<Durability> kDurabilityWords[] = {{Durability::kProcess, "process"},
                                                 {Durability::kPower, "power"}};
constexpr Word<SqsQueueUrl> kSqsQueueUrlWords[] = {
    {SqsQueueUrl::kDynamic, "dynamic"}, {SqsQueueUrl::kDomain, "domain"}, {SqsQueueUrl::kPath, "path"}};
constexpr Word<base::LogLevel> kLogLevelWords[] = {
    {base::LogLevel::kTrace, "trace"}, {base::LogLevel::kDebug, "debug"}, {base::LogLevel::kInfo, "info"},
    {base::LogLevel::kWarn, "warn"},   {base::LogLevel::kError, "error"}, {base::LogLevel::kOff, "off"}};

constexpr Word<base::LogFormat> kLogFormatWords[] = {{base::LogFormat::kText, "text"},
                                                     {base::LogFormat::kJson, "json"}};

template <class Enum>
Enum FromWord(std::span<const Word<Enum>> words, const std::string& given) {
  const std::string text = base::ToLower(given);
  std::string known;
  for (const Word<Enum>& word : words) {
    if (word.text == text) return word.value;
    known += (known.empty() ? "" : ", ") + std::string(word.text);
  }
  throw BadValue("must be one of " + known);
}

template <class Enum>
std::string ToWord(std::span<const Word<Enum>> words, Enum value) {
  return std::string(
      std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.value == value; })->text);
}

}  // namespace

template <>
Auth ParseChoice<Auth>(const std::string& text) {
  return FromWord<Auth>(kAuthWords, text);
}
template <>
Durability ParseChoice<Durability>(const std::string& text) {
  return FromWord<Durability>(kDurabilityWords, text);
}
template <>
SqsQueueUrl ParseChoice<SqsQueueUrl>(const std::string& text) {
  return FromWord<SqsQueueUrl>(kSqsQueueUrlWords, text);
}
template <>
base::LogLevel ParseChoice<base::LogLevel>(const std::string& text) {
  return FromWord<base::LogLevel>(kLogLevelWords, text);
}
template <>
base::LogFormat ParseChoice<base::LogFormat>(const std::string& text) {
  return FromWord<base::LogFormat>(kLogFormatWords, text);
}
std::string Show(Auth value) { return ToWord<Auth>(kAuthWords, value); }
std::string Show(Durability value) { return ToWord<Durability>(kDurabilityWords, value); }
std::string Show(SqsQueueUrl value) { return ToWord<SqsQueueUrl>(kSqsQueueUrlWords, value); }
std::string Show(base::LogLevel value) { return ToWord<base::LogLevel>(kLogLevelWords, value); }
std::string Show(base::LogFormat value) { return ToWord<base::LogFormat>(kLogFormatWords, value); }

bool ParseSwitch(const std::string& given) {
  const std::string text = base::ToLower(given);
  if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
  if (text == "false" || text == "no" || text == "off" || text == "0") return false;
  throw BadValue("must be true or false");
}

std::string ParseText(const std::string& text) { return text; }

std::string ParseInstance(const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto is_host = [](char c) {
    return IsDigit(c) || IsLower(base::ToLower(std::string(1, c)).front()) || c == '.' || c == '-' ||
           c == '_' || c == ':';
  };
  if (equals == std::string::npos || equals <= 2 || !text.starts_with("i-") || equals + 1 == text.size() ||
      !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(equals) + 1, text.end(), is_host)) {
    throw BadValue("must be the id of an instance and its address, such as i-1234=127.0.0.1");
  }
  return text;
}

std::string ParseNonEmpty(const std::string& text) {
  if (text.empty()) throw BadValue("must not be empty");
  return text;
}

std::string ParseAccount(const std::string& text) {
  if (text.size() != 12 || !std::all_of(text.begin(), text.end(), IsDigit))
    throw BadValue("must be 12 digits");
  return text;
}

std::string ParseRegion(const std::string& text) {
  const auto fits = [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; };
  if (text.empty() || text.size() > 32 || !std::all_of(text.begin(), text.end(), fits)) {
    throw BadValue("must be a region like us-east-1");
  }
  return text;
}

std::uint32_t ParseInteger(const std::string& text, std::uint32_t least, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    throw BadValue("must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

std::chrono::seconds ParseTime(const std::string& text, std::chrono::seconds least,
                               std::chrono::seconds most) {
  const auto time = base::ParseDuration(text);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.value_or(std::chrono::milliseconds{-1}));
  if (!time || seconds != *time || seconds < least || seconds > most) {
    throw BadValue("must be a time of " + std::to_string(least.count()) + " to " +
                   std::to_string(most.count()) + " seconds, like 90, 90s or 5m");
  }
  return seconds;
}

std::string ParseHostName(const std::string& given) {
  const std::string text = base::ToLower(given);
  const auto fits = [](char c) { return IsLower(c) || IsDigit(c) || c == '-' || c == '.' || c == '_'; };
  if (text.empty() || text.size() > 253 || !std::all_of(text.begin(), text.end(), fits) ||
      text.front() == '.' || text.back() == '.') {
    throw BadValue("must be a host name, without a port");
  }
  return text;
}

std::string ParseOrigin(const std::string& given) {
  const std::string text = base::ToLower(given);
  if (text == "*" || text == "localhost") return text;
  const std::size_t scheme = text.find("://");
  if (scheme == 0 || scheme == std::string::npos || scheme + 3 == text.size() ||
      text.find('/', scheme + 3) != std::string::npos) {
    throw BadValue("must be SCHEME://HOST[:PORT], localhost or *");
  }
  return text;
}

Endpoint ParseEndpoint(const std::string& given) {
  const Endpoint usual = Settings{}.listen.front();
  const bool number = !given.empty() && std::all_of(given.begin(), given.end(), IsDigit);
  const bool address = given.find('.') != std::string::npos &&
                       std::all_of(given.begin(), given.end(), [](char c) { return IsDigit(c) || c == '.'; });
  if (address) return {given, usual.port};
  const std::string text = number                   ? usual.host + ":" + given
                           : given.starts_with(':') ? usual.host + given
                                                    : given;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) throw BadValue("must be HOST:PORT");
  std::string host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find_first_of("[]:") != std::string::npos)) {
    throw BadValue("must be HOST:PORT, with an IPv6 address in brackets");
  }
  try {
    const std::uint32_t port =
        ParseInteger(text.substr(colon + 1), 0, std::numeric_limits<std::uint16_t>::max());
    return {std::move(host), static_cast<std::uint16_t>(port)};
  } catch (const BadValue& bad) {
    throw BadValue(std::string("the port ") + bad.what());
  }
}

Credential ParseCredential(const std::string& text) {
  constexpr std::size_t kMostParts = 4;
  std::string parts[kMostParts];
  std::size_t count = 0;
  // The last part takes the rest, so that a display name may contain a colon.
  for (std::size_t begin = 0; count < kMostParts && begin <= text.size(); ++count) {
    const std::size_t colon = count + 1 < kMostParts ? text.find(':', begin) : std::string::npos;
    parts[count] = text.substr(begin, colon == std::string::npos ? colon : colon - begin);
    begin = colon == std::string::npos ? text.size() + 1 : colon + 1;
  }
  if (parts[0].empty() || parts[1].empty()) throw BadValue("must be ACCESS_KEY:SECRET[:ACCOUNT[:NAME]]");
  if (!parts[2].empty()) {
    try {
      ParseAccount(parts[2]);
    } catch (const BadValue& bad) {
      throw BadValue(std::string("the account ") + bad.what());
    }
  }
  return {parts[0], parts[1], parts[2], parts[3]};
}

std::string Show(bool value) { return value ? "true" : "false"; }
std::string Show(const std::string& value) { return value; }
std::string Show(std::uint32_t value) { return std::to_string(value); }
std::string Show(std::chrono::seconds value) { return std::to_string(value.count()); }

std::string Show(const Endpoint& value) {
  const bool v6 = value.host.find(':') != std::string::npos;
  return (v6 ? "[" + value.host + "]" : value.host) + ":" + std::to_string(value.port);
}

std::string Show(const Credential& value) {
  std::string text = value.access_key + ":" + value.secret;
  if (!value.account.empty() || !value.name.empty()) text += ":" + value.account;
  if (!value.name.empty()) text += ":" + value.name;
  return text;
}

}  // namespace cumulite::config
