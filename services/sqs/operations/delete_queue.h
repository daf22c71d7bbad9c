#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct DeleteQueueRequest {
  std::string queue_url;
  static protocol::Members Describe();
};

struct DeleteQueueResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a queue with all its messages; long polls on it end.
///
/// Errors: QueueDoesNotExist.
/// Thread: any. Answers after the deletion is stored; the messages' rows go in the background.
/// Source: SQS API Reference "DeleteQueue".
runtime::Task<DeleteQueueResponse> DeleteQueue(SqsService& sqs, const protocol::RequestContext& context,
                                               DeleteQueueRequest request);

}  // namespace cumulite::sqs
