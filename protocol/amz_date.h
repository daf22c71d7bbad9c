#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace cumulite::protocol {

/// "20130524T000000Z" (X-Amz-Date); nullopt for anything else.
std::optional<base::TimePoint> ParseAmzDate(std::string_view text);
/// The inverse.
std::string FormatAmzDate(base::TimePoint time);

/// A date of RFC 1123 in UTC: "Fri, 24 May 2013 00:00:00 GMT", the zone also as +0000 or -0000.
/// Years before 1970 are understood too. nullopt for anything else.
std::optional<base::TimePoint> ParseHttpDate(std::string_view text);

/// "2013-05-24T00:00:00Z", as S3's error documents show a time.
std::string FormatIsoSeconds(base::TimePoint time);

}  // namespace cumulite::protocol
