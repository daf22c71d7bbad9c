#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

/// Moments as AWS's protocols write them, in UTC; the one place for it.
namespace cumulite::base {

/// "2011-07-11T19:55:29.611Z"; without the fraction when it is zero.
std::string FormatIso8601(TimePoint time);
/// "2011-07-11T19:55:29Z": whole seconds, what is beyond them dropped.
std::string FormatIsoSeconds(TimePoint time);
/// "2011-07-11T19:55:29.000Z": always three digits.
std::string FormatIsoMilliseconds(TimePoint time);
/// Any of the three, with digits beyond the third dropped; nullopt for anything else.
std::optional<TimePoint> ParseIso8601(std::string_view text);

/// "20130524T000000Z" (X-Amz-Date).
std::string FormatAmzDate(TimePoint time);
/// That form; nullopt for anything else.
std::optional<TimePoint> ParseAmzDate(std::string_view text);

/// "Fri, 24 May 2013 00:00:00 GMT" (Date, Last-Modified, a cookie's Expires).
std::string FormatHttpDate(TimePoint time);
/// A date of RFC 1123 in UTC, the zone also as +0000 or -0000. Years before 1970 are understood too. nullopt
/// for anything else.
std::optional<TimePoint> ParseHttpDate(std::string_view text);

}  // namespace cumulite::base
