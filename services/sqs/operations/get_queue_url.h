#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct GetQueueUrlRequest {
  std::string queue_name;
  std::optional<std::string> queue_owner_aws_account_id;
  static protocol::Members Describe();
};

struct GetQueueUrlResponse {
  std::string queue_url;
  static protocol::Members Describe();
};

/// The URL of a queue, of the caller's account or of another one's.
///
/// Errors: QueueDoesNotExist; AccessDenied in strict mode.
/// Thread: any. Source: SQS API Reference "GetQueueUrl".
runtime::Task<GetQueueUrlResponse> GetQueueUrl(SqsService& sqs, const protocol::RequestContext& context,
                                               GetQueueUrlRequest request);

}  // namespace cumulite::sqs
