#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct PurgeQueueRequest {
  std::string queue_url;
  static protocol::Members Describe();
};

struct PurgeQueueResponse {
  static protocol::Members Describe() { return {}; }
};

/// Drops every message of a queue, those in flight and delayed too, and what a FIFO queue remembers for
/// deduplication.
///
/// Errors: QueueDoesNotExist, PurgeQueueInProgress (with enforce_cooldowns).
/// Thread: any. Answers after the purge is stored; the messages' rows go in the background.
/// Source: SQS API Reference "PurgeQueue".
runtime::Task<PurgeQueueResponse> PurgeQueue(SqsService& sqs, const protocol::RequestContext& context,
                                             PurgeQueueRequest request);

}  // namespace cumulite::sqs
