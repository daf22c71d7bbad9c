#include "services/sqs/message_view.h"

#include <algorithm>

#include "protocol/base64.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/queue_attributes.h"

namespace cumulite::sqs {

const std::array<std::string_view, MessageView::kCount> MessageView::kNames{
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn"};

MessageView::MessageView(const std::vector<std::string>& old_names,
                         const std::vector<std::string>& system_names,
                         const std::vector<std::string>& attributes, bool fifo)
    : filter_(attributes), fifo_(fifo) {
  for (const std::string& name : old_names) Want(name);
  for (const std::string& name : system_names) Want(name);
}

void MessageView::Want(const std::string& name) {
  if (name == "All") {
    wanted_.fill(true);
    wants_any_ = true;
    return;
  }
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found != kNames.end()) {
    wanted_[static_cast<std::size_t>(found - kNames.begin())] = true;
    wants_any_ = true;
  } else if (!IsAttributeName(name)) {  // the older list takes names of queue attributes, and ignores them
    throw AwsError(kInvalidAttributeName, "Unknown Attribute " + name + ".");
  }
}

ReceivedMessage MessageView::Render(const Delivery& delivery, const MessageContent& content) const {
  ReceivedMessage message;
  message.message_id = delivery.id.Text();
  message.receipt_handle = delivery.handle.Encode();
  message.md5_of_body = BodyMd5Hex(content);
  if (wants_any_) AddSystemAttributes(delivery, content, message.attributes);
  if (content.attributes.empty() || filter_.wants_none()) return message;
  message.message_attributes = DecodeAttributes(content.attributes);
  if (filter_.wants_all()) {
    message.md5_of_message_attributes = Md5Hex(content.attributes);
    return message;
  }
  std::erase_if(message.message_attributes,
                [this](const auto& attribute) { return !filter_.Wants(attribute.first); });
  // The digest covers what is returned, so that the SDK can check it.
  if (!message.message_attributes.empty()) {
    message.md5_of_message_attributes = Md5Hex(EncodeAttributes(message.message_attributes));
  }
  return message;
}

void MessageView::AddSystemAttributes(const Delivery& delivery, const MessageContent& content,
                                      std::map<std::string, std::string>& out) const {
  const auto add = [&](Name name, std::string value) {
    if (wanted_[name] && !value.empty()) out.emplace(kNames[name], std::move(value));
  };
  const auto milliseconds = [](TimePoint time) { return std::to_string(time.time_since_epoch().count()); };
  add(kSenderId, content.sender_id);
  add(kSentTimestamp, milliseconds(delivery.handle.sent_at));
  add(kReceiveCount, std::to_string(delivery.handle.receive_count));
  add(kFirstReceive, milliseconds(delivery.first_received_at));
  if (fifo_) add(kSequenceNumber, SequenceNumber(delivery.handle.key));
  add(kDeduplicationId, content.deduplication_id);
  add(kGroupId, content.group);
  add(kTraceHeader, content.trace_header);
  add(kDeadLetterSource, content.source_arn);
}

}  // namespace cumulite::sqs
