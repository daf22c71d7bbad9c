#pragma once
#include <optional>
#include <string>

#include "protocol/context.h"
#include "services/sns/message.h"
#include "services/sns/message_attributes.h"
#include "services/sns/topic.h"

namespace cumulite::sns {

/// What Publish and an entry of PublishBatch have in common.
struct PublishInput {
  std::string message;
  std::optional<std::string> subject;
  std::optional<std::string> message_structure;
  MessageAttributes attributes;
  std::optional<std::string> deduplication_id;
  std::optional<std::string> group;
};

inline constexpr std::size_t kMaxMessageBytes = 262'144;

/// Bytes that count against the limit: the message, and names, types and values of the attributes.
std::size_t SizeOf(const PublishInput& input);

/// Checks ids against the topic's type. Errors: InvalidParameter.
void CheckFifoRules(const PublishInput& input, const Topic& topic);

/// Where a message comes from.
struct Publication {
  TimePoint now;
  std::string_view trace_header;
  std::string address;  // "http://localhost:4566": how the publisher reached this server
  bool strict = false;  // the policies of queues are asked
};
Publication PublicationOf(const protocol::RequestContext& context);

/// Checks a message and makes it ready to be sent. `topic` is null for what goes to a phone or a device.
/// Errors: InvalidParameter, ParameterValueInvalid.
/// Source: SNS API Reference "Publish".
Message ReadMessage(PublishInput&& input, const Topic* topic, const Publication& publication);

}  // namespace cumulite::sns
