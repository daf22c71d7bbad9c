#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::bench {

/// Requests with the headers that an SDK sends, so that every server parses the same bytes.
/// A head: `line` is method and target; `extra` whole header lines; a length of 0 is left out.
std::string Head(std::string_view host, std::string_view line, std::string_view service,
                 std::string_view extra, std::size_t length);
/// A call by AWS JSON; `target`: "AmazonSQS.SendMessage".
std::string JsonCall(std::string_view host, std::string_view service, std::string_view target,
                     std::string_view json);
/// One of SQS.
std::string SqsCall(std::string_view host, std::string_view operation, std::string_view json);
/// The member `"QueueUrl":"..."`.
std::string QueueUrl(std::string_view host, std::string_view queue);

/// All values of `"key":"value"` in flat JSON text, as they stand.
std::vector<std::string_view> Values(std::string_view json, std::string_view key);

}  // namespace cumulite::bench
