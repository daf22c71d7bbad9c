#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct ListQueuesRequest {
  std::optional<std::string> queue_name_prefix;
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct ListQueuesResponse {
  std::vector<std::string> queue_urls;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The URLs of the caller's queues in this region, by name; in pages if MaxResults asks for it, else 1000.
///
/// Errors: InvalidParameterValue for a NextToken that is not ours.
/// Thread: any. Source: SQS API Reference "ListQueues".
runtime::Task<ListQueuesResponse> ListQueues(SqsService& sqs, const protocol::RequestContext& context,
                                             ListQueuesRequest request);

struct ListDeadLetterSourceQueuesRequest {
  std::string queue_url;
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct ListDeadLetterSourceQueuesResponse {
  std::vector<std::string> queue_urls;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The URLs of the queues whose RedrivePolicy names this one.
///
/// Errors: QueueDoesNotExist; InvalidParameterValue for a NextToken that is not ours.
/// Thread: any. Source: SQS API Reference "ListDeadLetterSourceQueues".
runtime::Task<ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueues(
    SqsService& sqs, const protocol::RequestContext& context, ListDeadLetterSourceQueuesRequest request);

}  // namespace cumulite::sqs
