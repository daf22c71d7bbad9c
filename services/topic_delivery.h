#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "runtime/task.h"
#include "services/delivery.h"

namespace cumulite::services {

/// A message that one service publishes to a topic of another: S3 notifications and alarms to SNS.
struct TopicMessage {
  std::string topic_arn;
  std::string subject;  // empty: none
  std::string body;
  std::map<std::string, QueueMessage::Attribute> attributes;
  std::string group;             // MessageGroupId; empty: none
  std::string deduplication_id;  // empty: none
  std::string service;           // who sends: "s3.amazonaws.com"
  std::string source_arn;        // on whose behalf: the bucket
  std::string source_account;    // 12 digits; empty: the one in source_arn
  std::string address;           // "http://localhost:4566": how the cause reached this server
  bool strict = false;           // the topic's policy must allow it
};

/// How services reach topics without knowing SNS; see services/peers.h.
class TopicDelivery {
 public:
  enum class Outcome : std::uint8_t {
    kPublished,
    kNoTopic,   // there is none of that ARN
    kDenied,    // its policy forbids it
    kRejected,  // the topic does not take such a message (no group for FIFO, too long, ...)
    kFailed,    // for now: try again
  };

  virtual ~TopicDelivery() = default;
  /// Answers once the message is durable. Thread: an I/O thread; never throws.
  virtual runtime::Task<Outcome> Publish(TopicMessage message) = 0;
};

}  // namespace cumulite::services
