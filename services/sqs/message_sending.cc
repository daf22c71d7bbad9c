#include "services/sqs/message_sending.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <utility>

#include "protocol/checksum.h"
#include "services/sqs/batch.h"
#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {

constexpr std::int32_t kMaxDelaySeconds = 900;
constexpr std::size_t kMaxIdLength = 128;
constexpr std::string_view kTraceHeader = "AWSTraceHeader";

void CheckSize(std::size_t size, std::size_t limit, SendForm form) {
  if (size <= limit) return;
  throw AwsError(kInvalidParameterValue,
                 std::string("One or more parameters ") +
                     (form == SendForm::kSingle ? "are invalid" : "cannot be validated") +
                     ". Reason: Message must be shorter than " + std::to_string(limit) + " bytes.");
}

/// A parameter that queues of the other type have.
AwsError NotOfThisType(std::string_view value, std::string_view parameter, SendForm form) {
  static constexpr std::string_view kReason =
      "The request include parameter that is not valid for this queue type";
  if (form == SendForm::kBatch) return {kInvalidParameterValue, std::string(kReason)};
  return InvalidValue(value, parameter, std::string(kReason) + ".");
}

std::chrono::seconds Delay(const MessageToSend& message, const QueueRules& rules, SendForm form) {
  if (!message.delay_seconds) return rules.delay;
  const std::int32_t seconds = *message.delay_seconds;
  if (seconds < 0 || seconds > kMaxDelaySeconds) {
    throw InvalidValue(std::to_string(seconds), "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.");
  }
  if (rules.type == QueueType::kStandard) return std::chrono::seconds{seconds};
  if (seconds > 0) {
    throw NotOfThisType(std::to_string(seconds), "DelaySeconds", form);
  }
  return rules.delay;
}

/// The AWSTraceHeader given as a system attribute, else the request's own X-Amzn-Trace-Id.
std::string TraceHeader(const MessageAttributes& system_attributes, std::string_view request_header) {
  std::string trace(request_header);
  for (const auto& [name, value] : system_attributes) {
    if (name != kTraceHeader) {
      throw InvalidValue(name, "MessageSystemAttributeName", "The only system attribute is AWSTraceHeader.");
    }
    if (value.data_type.value_or("") != "String" || !value.string_value || value.string_value->empty()) {
      throw AwsError(
          kInvalidParameterValue,
          "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.");
    }
    if (!IsXmlText(*value.string_value)) {
      throw InvalidValue(*value.string_value, "AWSTraceHeader", "It holds characters that are not allowed.");
    }
    trace = *value.string_value;
  }
  return trace;
}

std::string DeduplicationId(MessageToSend& message, const QueueAttributes& attributes) {
  if (message.deduplication_id) {
    CheckId(*message.deduplication_id, "MessageDeduplicationId");
    return std::move(*message.deduplication_id);
  }
  if (!attributes.content_based_deduplication()) throw MissingDeduplicationId();
  return protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, message.body).Hex();
}

void DigestBodies(std::span<const PreparedMessage> messages) {
  boost::container::small_vector<std::string_view, kMaxBatchEntries> bodies;
  for (const PreparedMessage& message : messages) bodies.push_back(message.content->body);
  boost::container::small_vector<protocol::Md5Digest, kMaxBatchEntries> digests(messages.size());
  protocol::Md5Each({bodies.data(), bodies.size()}, {digests.data(), digests.size()});
  for (std::size_t i = 0; i < messages.size(); ++i) messages[i].content->body_md5 = digests[i];
}

}  // namespace

void CheckId(std::string_view id, std::string_view parameter) {
  const bool valid = !id.empty() && id.size() <= kMaxIdLength &&
                     std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (valid) return;
  throw InvalidValue(id, parameter,
                     std::string(parameter) +
                         " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
}

PreparedMessage Prepare(MessageToSend&& message, const QueueAttributes& attributes,
                        std::string_view sender_id, std::string_view trace_header, SendForm form) {
  if (message.body.empty()) throw Missing("MessageBody");
  const std::size_t size = SizeOf(message.body, message.attributes);
  CheckSize(size, attributes.maximum_message_size(), form);
  if (!IsXmlText(message.body)) {
    throw AwsError(
        kInvalidMessageContents,
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
        "#xE000 to #xFFFD | #x10000 to #x10FFFF");
  }
  CheckAttributes(message.attributes);
  const QueueRules& rules = attributes.rules();
  auto content = std::make_shared<MessageContent>();
  content->trace_header = TraceHeader(message.system_attributes, trace_header);
  if (message.group) CheckId(*message.group, "MessageGroupId");
  if (rules.type == QueueType::kFifo) {
    if (!message.group) throw Missing("MessageGroupId");
    content->deduplication_id = DeduplicationId(message, attributes);
  } else if (message.deduplication_id) {
    throw NotOfThisType(*message.deduplication_id, "MessageDeduplicationId", form);
  }
  const std::chrono::seconds delay = Delay(message, rules, form);
  content->group = std::move(message.group).value_or("");
  content->attributes = EncodeAttributes(message.attributes);
  content->sender_id = sender_id;
  content->body = std::move(message.body);
  const NewMessage entering{MessageId::Random(), delay, content->group, content->deduplication_id};
  return {entering, std::move(content), size};
}

PreparedMessage Share(const PreparedMessage& message, const QueueAttributes& attributes) {
  CheckSize(message.size, attributes.maximum_message_size(), SendForm::kSingle);
  NewMessage entering = message.message;
  entering.id = MessageId::Random();
  entering.delay = attributes.rules().delay;
  return {entering, message.content, message.size};
}

void DigestBody(const PreparedMessage& message) { DigestBodies({&message, 1}); }

JointSend EnqueueJointly(SqsService& sqs, Queue& queue, const PreparedMessage& message,
                         QueueStore::JointSends& joint) {
  return queue.With([&](QueueState& state) -> JointSend {
    const Sent sent = state.Send(message.message, sqs.clock().Now());
    if (sent.duplicate) return {true, false, sqs.store().Fence()};
    sqs.cache().Put(sent.key, message.content);
    const bool begins = sqs.store().JournalSend(joint, {sent, message.content}, queue.ReserveBeyond(state));
    return {false, begins, joint.ticket};
  });
}

SendResult Enqueue(SqsService& sqs, Queue& queue, std::span<const PreparedMessage> messages) {
  DigestBodies(messages);
  return queue.With([&](QueueState& state) {
    const TimePoint now = sqs.clock().Now();
    SendResult result;
    result.sent.reserve(messages.size());
    std::vector<SentMessage> rows;
    rows.reserve(messages.size());
    for (const PreparedMessage& prepared : messages) {
      const Sent sent = result.sent.emplace_back(state.Send(prepared.message, now));
      if (sent.duplicate) continue;
      // Before the queue is unlocked, so that whoever receives the message finds its content.
      sqs.cache().Put(sent.key, prepared.content);
      rows.push_back({sent, prepared.content});
    }
    // The send that a duplicate repeats may not be written yet.
    result.ticket = rows.empty() ? sqs.store().Fence()
                                 : sqs.store().JournalSend(std::move(rows), queue.ReserveBeyond(state));
    return result;
  });
}

std::string SequenceNumber(MessageKey key) {
  // Twenty digits, none of them a leading zero; only the place in the queue, so that it tells nothing else.
  constexpr std::uint64_t kBase = 17'850'000'000'000'000'000ULL;
  constexpr MessageKey kPlace = (MessageKey{1} << kSequenceBits) - 1;
  return std::to_string(kBase + static_cast<std::uint64_t>(key & kPlace));
}

}  // namespace cumulite::sqs
