#pragma once
#include <boost/container/small_vector.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/sqs/message_content.h"
#include "services/sqs/queue.h"

namespace cumulite::sqs {
class SqsService;

/// What SendMessage, an entry of SendMessageBatch and a delivery from another service have in common.
struct MessageToSend {
  std::string body;
  std::optional<std::int32_t> delay_seconds;
  MessageAttributes attributes;
  MessageAttributes system_attributes;
  std::optional<std::string> group;
  std::optional<std::string> deduplication_id;
};

/// A checked message, ready to enter the queue; only the MD5 of its body is still to come.
struct PreparedMessage {
  NewMessage message;  // views into `content`
  std::shared_ptr<MessageContent> content;
  std::size_t size = 0;  // what counts against MaximumMessageSize
};

/// How a message that is too long is refused: alone or as an entry of a batch, AWS words it differently.
enum class SendForm : std::uint8_t { kSingle, kBatch };

/// MessageGroupId, MessageDeduplicationId, ReceiveRequestAttemptId: 1 to 128 letters, digits and punctuation.
/// Errors: InvalidParameterValue.
void CheckId(std::string_view id, std::string_view parameter);

/// Checks a message against the queue's attributes.
/// Errors: MissingParameter, InvalidParameterValue, InvalidMessageContents, UnsupportedOperation.
PreparedMessage Prepare(MessageToSend&& message, const QueueAttributes& attributes,
                        std::string_view sender_id, std::string_view trace_header, SendForm form);

/// The same message, whose body has been digested, for another standard queue: it shares the content.
/// Errors: InvalidParameterValue.
PreparedMessage Share(const PreparedMessage& message, const QueueAttributes& attributes);

/// MD5OfMessageBody, for what is put into a queue by EnqueueJointly.
void DigestBody(const PreparedMessage& message);
/// Puts a message into the queue, to be written with others of `joint`.
struct JointSend {
  bool duplicate;          // `ticket` is that of the send that it repeats
  bool begins;             // `joint` has another ticket now
  storage::Ticket ticket;  // what commits it
};
JointSend EnqueueJointly(SqsService& sqs, Queue& queue, const PreparedMessage& message,
                         QueueStore::JointSends& joint);

/// Digests the bodies, then puts the messages into the queue in their order, under one lock and in one write.
/// `ticket` commits them, and the sends that they repeat.
struct SendResult {
  boost::container::small_vector<Sent, 1> sent;
  storage::Ticket ticket;
};
SendResult Enqueue(SqsService& sqs, Queue& queue, std::span<const PreparedMessage> messages);

/// "17850000000000000001": growing with the key.
std::string SequenceNumber(MessageKey key);

}  // namespace cumulite::sqs
