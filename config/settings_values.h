#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "config/settings.h"

namespace cumulite::config {

// Each Parse gives the value of a text or throws BadValue with what was wrong, in words that complete
// "--flag TEXT: ". Show is its inverse.

bool ParseSwitch(const std::string& text);  // true, yes, on, 1 and their opposites, in any case
std::string ParseText(const std::string& text);
std::string ParseNonEmpty(const std::string& text);
std::string ParseAccount(const std::string& text);   // 12 digits
std::string ParseRegion(const std::string& text);    // "us-east-1", and names of the same letters
Endpoint ParseEndpoint(const std::string& text);     // "host:4566", "[::1]:4566", "4566", ":4566", "0.0.0.0"
std::string ParseHostName(const std::string& text);  // in lower case, without a port
std::string ParseOrigin(const std::string& text);    // "https://app.example:3000", "localhost", "*"
std::string ParseInstance(
    const std::string& text);  // "i-1234=127.0.0.1", a name or an address of either kind
Credential ParseCredential(const std::string& text);  // "ACCESS_KEY:SECRET[:ACCOUNT[:NAME]]"
std::uint32_t ParseInteger(const std::string& text, std::uint32_t least, std::uint32_t most);

/// "300", "90s", "5m", "1h30m".
std::chrono::seconds ParseTime(const std::string& text, std::chrono::seconds least,
                               std::chrono::seconds most);

template <std::uint32_t kLeast, std::uint32_t kMost>
std::uint32_t ParseNumber(const std::string& text) {
  return ParseInteger(text, kLeast, kMost);
}
template <std::uint32_t kLeast, std::uint32_t kMost>
std::chrono::seconds ParseSeconds(const std::string& text) {
  return ParseTime(text, std::chrono::seconds(kLeast), std::chrono::seconds(kMost));
}

/// One word of an enum; defined for the enums of Settings.
template <class Enum>
Enum ParseChoice(const std::string& text);

std::string Show(bool value);
std::string Show(const std::string& value);
std::string Show(std::uint32_t value);
std::string Show(std::chrono::seconds value);
std::string Show(const Endpoint& value);
std::string Show(const Credential& value);
std::string Show(Auth value);
std::string Show(Durability value);
std::string Show(SqsQueueUrl value);
std::string Show(base::LogLevel value);
std::string Show(base::LogFormat value);

}  // namespace cumulite::config
