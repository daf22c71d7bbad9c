#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/members.h"

namespace cumulite::protocol {

/// "2011-07-11T19:55:29.611Z"; without the fraction when it is zero.
std::string FormatIso8601(Timestamp time);

/// Reads that form in UTC, with or without a fraction of the second.
std::optional<Timestamp> ParseIso8601(std::string_view text);

}  // namespace cumulite::protocol
