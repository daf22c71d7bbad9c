#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "config/clock.h"

namespace cumulite::protocol {

/// "20130524T000000Z" (X-Amz-Date); nullopt for anything else.
std::optional<config::TimePoint> ParseAmzDate(std::string_view text);
/// The inverse.
std::string FormatAmzDate(config::TimePoint time);

/// A date of RFC 1123 in UTC: "Fri, 24 May 2013 00:00:00 GMT", the zone also as +0000 or -0000.
/// Years before 1970 are understood too. nullopt for anything else.
std::optional<config::TimePoint> ParseHttpDate(std::string_view text);

/// "2013-05-24T00:00:00Z", as S3's error documents show a time.
std::string FormatIsoSeconds(config::TimePoint time);

}  // namespace cumulite::protocol
