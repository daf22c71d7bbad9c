#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "services/sns/topic.h"

namespace cumulite::sns {

/// Checks {"MessageRetentionPeriod":"30"}, 1 to 365 days, and gives it as it is stored; "{}" is none.
/// Errors: InvalidParameter; `where` begins its text.
/// Source: SNS Developer Guide "Amazon SNS message archiving for FIFO topic owners".
std::string CheckArchivePolicy(std::string value, bool fifo, std::string_view where);

/// How long a topic keeps what was published to it; zero when it keeps nothing.
std::chrono::milliseconds ArchiveRetention(const Topic& topic);

/// Notes when a topic begins to archive, or forgets it, once its ArchivePolicy was set.
void NoteArchiveBeginning(AttributeMap& attributes, TimePoint now);

/// Puts BeginningArchiveTime, the earliest point that a replay may start at, as it is at `now`.
void ShowArchiveBeginning(const Topic& topic, TimePoint now, AttributeMap& shown);

}  // namespace cumulite::sns
