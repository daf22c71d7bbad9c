#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::protocol {

/// A header of an event-stream message; all of AWS's are strings.
using EventHeader = std::pair<std::string_view, std::string_view>;

/// Appends one message of "application/vnd.amazon.eventstream": lengths and headers with a CRC32 each before
/// and after the payload, all numbers big-endian. Names of up to 255 and values of up to 65'535 bytes.
/// Source: Amazon S3 API Reference, "Appendix: SelectObjectContent Response".
void AppendEventMessage(std::string& out, const std::vector<EventHeader>& headers, std::string_view payload);

}  // namespace cumulite::protocol
