#include "services/sqs/operations/send_message.h"

#include "protocol/base64.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members SendMessageRequest::Describe() {
  using R = SendMessageRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::message_body>("MessageBody").Required(),
      Wire<&R::delay_seconds>("DelaySeconds"),
      Wire<&R::message_attributes>("MessageAttributes")
          .InQuery("MessageAttribute")
          .Flattened()
          .Entries("Name", "Value"),
      Wire<&R::message_system_attributes>("MessageSystemAttributes")
          .InQuery("MessageSystemAttribute")
          .Flattened()
          .Entries("Name", "Value"),
      Wire<&R::message_deduplication_id>("MessageDeduplicationId"),
      Wire<&R::message_group_id>("MessageGroupId"),
  };
  return kMembers;
}

protocol::Members SendMessageResponse::Describe() {
  using R = SendMessageResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::md5_of_message_body>("MD5OfMessageBody"),
      Wire<&R::md5_of_message_attributes>("MD5OfMessageAttributes"),
      Wire<&R::md5_of_message_system_attributes>("MD5OfMessageSystemAttributes"),
      Wire<&R::message_id>("MessageId"),
      Wire<&R::sequence_number>("SequenceNumber"),
  };
  return kMembers;
}

runtime::Task<SendMessageResponse> SendMessage(SqsService& sqs, const protocol::RequestContext& context,
                                               SendMessageRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "SendMessage");
  const bool own_trace_header = !request.message_system_attributes.empty();
  const PreparedMessage message = Prepare({.body = std::move(request.message_body),
                                           .delay_seconds = request.delay_seconds,
                                           .attributes = std::move(request.message_attributes),
                                           .system_attributes = std::move(request.message_system_attributes),
                                           .group = std::move(request.message_group_id),
                                           .deduplication_id = std::move(request.message_deduplication_id)},
                                          queue->description()->attributes, context.identity.user_id,
                                          context.trace_header, SendForm::kSingle);
  const SendResult result = Enqueue(sqs, *queue, {&message, 1});
  co_await sqs.Commit(queue, result.ticket);

  const MessageContent& content = *message.content;
  const Sent& sent = result.sent.front();
  SendMessageResponse response;
  response.md5_of_message_body = BodyMd5Hex(content);
  if (!content.attributes.empty()) response.md5_of_message_attributes = Md5Hex(content.attributes);
  if (own_trace_header) response.md5_of_message_system_attributes = Md5OfTraceHeader(content.trace_header);
  response.message_id = sent.id.Text();
  if (queue->fifo()) response.sequence_number = SequenceNumber(sent.key);
  co_return response;
}

}  // namespace cumulite::sqs
