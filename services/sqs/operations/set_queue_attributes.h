#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct SetQueueAttributesRequest {
  std::string queue_url;
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

struct SetQueueAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes attributes, all or none of them; they count at once.
///
/// Errors: QueueDoesNotExist, InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue.
/// Thread: any. Answers after the change is stored.
/// Source: SQS API Reference "SetQueueAttributes".
runtime::Task<SetQueueAttributesResponse> SetQueueAttributes(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             SetQueueAttributesRequest request);

}  // namespace cumulite::sqs
