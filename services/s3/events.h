#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/documents/notification.h"
#include "services/s3/object.h"

/// Events of buckets: whom they are told to, and in what words. Pure.
/// Source: S3 User Guide "Amazon S3 Event Notifications", "Event message structure".
namespace cumulite::s3 {

/// Somebody who is told of an event.
struct EventTarget {
  enum class Kind : std::uint8_t { kQueue, kTopic };
  Kind kind = Kind::kQueue;
  std::string arn;
  std::string configuration_id;
};

/// Who wants to know of `event` ("ObjectCreated:Put") on `key`. Lambda functions and EventBridge are not part
/// of this server.
std::vector<EventTarget> TargetsOf(const documents::NotificationConfiguration& configuration,
                                   std::string_view event, std::string_view key);

/// What an event is about, beside the object.
struct EventContext {
  std::string region;
  std::string bucket;
  std::string owner;      // principal id of the bucket's owner
  std::string principal;  // who did it
  std::string address;    // from where
  std::string request_id;
  std::string host_id;
  // Of events about replication: which rule, to where, and what was to be replicated.
  std::string replication_rule;
  std::string replication_bucket;  // an ARN
  std::string replication_operation;
  std::string replication_failure;
};

/// The message: {"Records":[...]}. `is_removal`: size and ETag are left out.
std::string EventMessage(const EventContext& context, std::string_view event,
                         std::string_view configuration_id, std::string_view key, const Object& object,
                         base::TimePoint time);

}  // namespace cumulite::s3
