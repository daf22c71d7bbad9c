#include "services/sqs/operations/send_message_batch.h"

#include "protocol/base64.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members SendMessageBatchRequestEntry::Describe() {
  using E = SendMessageBatchRequestEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::id>("Id").Required(),
      Wire<&E::message_body>("MessageBody").Required(),
      Wire<&E::delay_seconds>("DelaySeconds"),
      Wire<&E::message_attributes>("MessageAttributes")
          .InQuery("MessageAttribute")
          .Flattened()
          .Entries("Name", "Value"),
      Wire<&E::message_system_attributes>("MessageSystemAttributes")
          .InQuery("MessageSystemAttribute")
          .Flattened()
          .Entries("Name", "Value"),
      Wire<&E::message_deduplication_id>("MessageDeduplicationId"),
      Wire<&E::message_group_id>("MessageGroupId"),
  };
  return kMembers;
}

protocol::Members SendMessageBatchRequest::Describe() {
  using R = SendMessageBatchRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::entries>("Entries").InQuery("SendMessageBatchRequestEntry").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members SendMessageBatchResultEntry::Describe() {
  using E = SendMessageBatchResultEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::id>("Id"),
      Wire<&E::message_id>("MessageId"),
      Wire<&E::md5_of_message_body>("MD5OfMessageBody"),
      Wire<&E::md5_of_message_attributes>("MD5OfMessageAttributes"),
      Wire<&E::md5_of_message_system_attributes>("MD5OfMessageSystemAttributes"),
      Wire<&E::sequence_number>("SequenceNumber"),
  };
  return kMembers;
}

protocol::Members SendMessageBatchResponse::Describe() {
  using R = SendMessageBatchResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::successful>("Successful").InQuery("SendMessageBatchResultEntry").Flattened(),
      Wire<&R::failed>("Failed").InQuery("BatchResultErrorEntry").Flattened(),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxBatchBytes = 1'048'576;

void CheckTotalSize(const std::vector<SendMessageBatchRequestEntry>& entries) {
  std::size_t total = 0;
  for (const auto& entry : entries) total += SizeOf(entry.message_body, entry.message_attributes);
  if (total <= kMaxBatchBytes) return;
  throw AwsError(kBatchRequestTooLong, "Batch requests cannot be longer than " +
                                           std::to_string(kMaxBatchBytes) + " bytes. You have sent " +
                                           std::to_string(total) + " bytes.");
}

/// The two mistakes in an entry that AWS answers for the whole request.
void CheckFifo(const std::vector<SendMessageBatchRequestEntry>& entries, const QueueAttributes& attributes) {
  for (const auto& entry : entries) {
    if (!entry.message_group_id) {
      throw AwsError(kInvalidParameterValue, "The request must contain the parameter MessageGroupId.");
    }
  }
  for (const auto& entry : entries) {
    if (!entry.message_deduplication_id && !attributes.content_based_deduplication()) {
      throw MissingDeduplicationId();
    }
  }
}

MessageToSend ToSend(SendMessageBatchRequestEntry& entry) {
  return {.body = std::move(entry.message_body),
          .delay_seconds = entry.delay_seconds,
          .attributes = std::move(entry.message_attributes),
          .system_attributes = std::move(entry.message_system_attributes),
          .group = std::move(entry.message_group_id),
          .deduplication_id = std::move(entry.message_deduplication_id)};
}

/// An entry that passed its checks; what the answer says of it beyond what the message knows.
struct Accepted {
  std::string id;
  bool own_trace_header;
};

SendMessageBatchResultEntry Result(const Accepted& accepted, const MessageContent& content, const Sent& sent,
                                   bool fifo) {
  SendMessageBatchResultEntry entry;
  entry.id = accepted.id;
  entry.message_id = sent.id.Text();
  entry.md5_of_message_body = BodyMd5Hex(content);
  if (!content.attributes.empty()) entry.md5_of_message_attributes = Md5Hex(content.attributes);
  if (accepted.own_trace_header) {
    entry.md5_of_message_system_attributes = Md5OfTraceHeader(content.trace_header);
  }
  if (fifo) entry.sequence_number = SequenceNumber(sent.key);
  return entry;
}

}  // namespace

runtime::Task<SendMessageBatchResponse> SendMessageBatch(SqsService& sqs,
                                                         const protocol::RequestContext& context,
                                                         SendMessageBatchRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "SendMessage");
  CheckBatch(request.entries, "SendMessageBatchRequestEntry");
  CheckTotalSize(request.entries);
  const auto description = queue->description();
  if (queue->fifo()) CheckFifo(request.entries, description->attributes);
  SendMessageBatchResponse response;
  std::vector<PreparedMessage> messages;
  std::vector<Accepted> accepted;
  messages.reserve(request.entries.size());
  accepted.reserve(request.entries.size());
  for (auto& entry : request.entries) {
    const bool own_trace_header = !entry.message_system_attributes.empty();
    try {
      messages.push_back(Prepare(ToSend(entry), description->attributes, context.identity.user_id,
                                 context.trace_header, SendForm::kBatch));
      accepted.push_back({std::move(entry.id), own_trace_header});
    } catch (const AwsError& error) {
      response.failed.push_back(Failure(std::move(entry.id), error));
    }
  }
  if (messages.empty()) co_return response;
  const SendResult result = Enqueue(sqs, *queue, messages);
  co_await sqs.Commit(queue, result.ticket);
  response.successful.reserve(messages.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    response.successful.push_back(Result(accepted[i], *messages[i].content, result.sent[i], queue->fifo()));
  }
  co_return response;
}

}  // namespace cumulite::sqs
