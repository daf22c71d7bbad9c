#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct CreateQueueRequest {
  std::string queue_name;
  std::map<std::string, std::string> attributes;
  std::map<std::string, std::string> tags;
  static protocol::Members Describe();
};

struct CreateQueueResponse {
  std::string queue_url;
  static protocol::Members Describe();
};

/// Makes a queue, or gives the URL of the one of that name if its attributes do not contradict.
///
/// Errors: QueueNameExists, QueueDeletedRecently (with enforce_cooldowns), InvalidAttributeName,
/// InvalidAttributeValue, InvalidParameterValue.
/// Thread: any. Answers after the queue is stored.
/// Source: SQS API Reference "CreateQueue".
runtime::Task<CreateQueueResponse> CreateQueue(SqsService& sqs, const protocol::RequestContext& context,
                                               CreateQueueRequest request);

}  // namespace cumulite::sqs
