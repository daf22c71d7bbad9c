#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct GetQueueAttributesRequest {
  std::string queue_url;
  std::vector<std::string> attribute_names;
  static protocol::Members Describe();
};

struct GetQueueAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// The attributes asked for; those that are not set are left out. The counters are exact.
///
/// Errors: QueueDoesNotExist, InvalidAttributeName.
/// Thread: any. Source: SQS API Reference "GetQueueAttributes".
runtime::Task<GetQueueAttributesResponse> GetQueueAttributes(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             GetQueueAttributesRequest request);

}  // namespace cumulite::sqs
