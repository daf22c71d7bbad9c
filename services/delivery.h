#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "runtime/task.h"

namespace cumulite::services {

/// A message that one service puts into a queue of another: SNS into SQS, S3 notifications into SQS.
struct QueueMessage {
  struct Attribute {
    std::string data_type;  // "String", "Number.custom", "Binary"
    std::string value;      // text, or bytes where the type is Binary
  };

  std::string queue_arn;
  std::string body;
  std::map<std::string, Attribute> attributes;
  std::string group;             // MessageGroupId; empty: none
  std::string deduplication_id;  // empty: none
  std::string trace_header;      // AWSTraceHeader; empty: none
  std::string service;           // who sends: "sns.amazonaws.com"
  std::string source_arn;        // on whose behalf: the topic, the bucket
  std::string source_account;    // 12 digits; empty: the one in source_arn
  bool strict = false;           // the queue's policy must allow it
};

/// How services reach queues without knowing SQS. `server/` hands SqsService to whoever delivers.
class QueueDelivery {
 public:
  enum class Outcome : std::uint8_t {
    kDelivered,
    kNoQueue,   // there is none of that ARN
    kDenied,    // its policy forbids it
    kRejected,  // the queue does not take such a message (no group for FIFO, too long, ...)
    kFailed,    // for now: try again
  };

  virtual ~QueueDelivery() = default;
  /// Answers once the message is durable. Thread: an I/O thread; never throws.
  virtual runtime::Task<Outcome> Deliver(QueueMessage message) = 0;
};

}  // namespace cumulite::services
