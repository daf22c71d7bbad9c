// Looking into a queue without touching it.
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "protocol/base64.h"
#include "protocol/http.h"
#include "protocol/json_writer.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_sending.h"
#include "services/sqs/peek_messages.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {
using protocol::JsonWriter;

/// More would make an answer that nobody can read, and hold the queue for too long.
constexpr std::size_t kMaxShown = 1'000;
constexpr std::size_t kMaxShownBytes = 8U << 20U;

std::string_view PlaceText(Place place) {
  switch (place) {
    case Place::kVisible:
      return "visible";
    case Place::kDelayed:
      return "delayed";
    case Place::kInFlight:
      break;
  }
  return "in flight";
}

void WriteText(JsonWriter& json, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  json.Key(name);
  json.String(text);
}

void WriteAttributes(JsonWriter& json, const MessageAttributes& attributes) {
  json.Key("MessageAttributes");
  json.OpenObject();
  for (const auto& [name, value] : attributes) {
    json.Key(name);
    json.OpenObject();
    WriteText(json, "DataType", value.data_type.value_or(""));
    if (value.string_value) WriteText(json, "StringValue", *value.string_value);
    if (value.binary_value) WriteText(json, "BinaryValue", protocol::Base64Encode(value.binary_value->bytes));
    json.CloseObject();
  }
  json.CloseObject();
}

void WriteSystemAttributes(JsonWriter& json, const Message& message, const MessageContent& content,
                           bool fifo) {
  const auto milliseconds = [](TimePoint time) { return std::to_string(time.time_since_epoch().count()); };
  json.Key("Attributes");
  json.OpenObject();
  WriteText(json, "SenderId", content.sender_id);
  WriteText(json, "SentTimestamp", milliseconds(message.sent_at));
  WriteText(json, "ApproximateReceiveCount", std::to_string(message.receive_count));
  if (message.receive_count > 0) {
    WriteText(json, "ApproximateFirstReceiveTimestamp", milliseconds(message.first_received_at));
  }
  if (fifo) WriteText(json, "SequenceNumber", SequenceNumber(message.key));
  WriteText(json, "MessageGroupId", content.group);
  WriteText(json, "MessageDeduplicationId", content.deduplication_id);
  WriteText(json, "AWSTraceHeader", content.trace_header);
  WriteText(json, "DeadLetterQueueSourceArn", content.source_arn);
  json.CloseObject();
}

void WriteMessage(JsonWriter& json, const Message& message, const MessageContent& content, bool fifo) {
  json.OpenObject();
  json.Key("MessageId");
  json.String(message.id.Text());
  json.Key("State");
  json.String(PlaceText(message.place));
  json.Key("VisibleAt");
  json.Int(message.visible_at.time_since_epoch().count());
  json.Key("MD5OfBody");
  json.String(BodyMd5Hex(content));
  json.Key("Body");
  json.String(content.body);
  WriteSystemAttributes(json, message, content, fifo);
  if (!content.attributes.empty()) WriteAttributes(json, DecodeAttributes(content.attributes));
  json.CloseObject();
}

/// The first query parameter of one of these names that is not empty.
std::optional<std::string> Parameter(const std::optional<std::vector<protocol::QueryParam>>& query,
                                     std::initializer_list<std::string_view> names) {
  if (!query) return std::nullopt;
  for (const protocol::QueryParam& param : *query) {
    const bool named = std::find(names.begin(), names.end(), param.name) != names.end();
    if (named && !param.value.empty()) return param.value;
  }
  return std::nullopt;
}

std::string ErrorJson(const AwsError& error) {
  std::string text;
  JsonWriter json(text);
  json.OpenObject();
  json.Key("__type");
  json.String(std::string(kModel.json_namespace) + "#" + std::string(error.kind().code));
  json.Key("message");
  json.String(error.message());
  json.CloseObject();
  return text;
}

}  // namespace

runtime::Task<std::string> SqsService::DescribeMessages(std::string queue_text,
                                                        const protocol::Identity& caller) {
  const auto by_arn = ParseQueueArn(queue_text);
  const auto queue = FindByName(by_arn ? *by_arn : ParseQueueUrl(queue_text, caller));
  if (!queue) throw QueueDoesNotExist();
  if (!queue->loaded()) co_await Load(queue);
  const std::vector<Message> messages =
      Snapshot(*queue, clock_.Now(), kMaxShown, [](const Message&) { return true; });
  std::string text;
  JsonWriter json(text);
  json.OpenObject();
  json.Key("QueueArn");
  json.String(queue->arn());
  json.Key("Messages");
  json.OpenArray();
  for (const Message& message : messages) {
    if (text.size() > kMaxShownBytes) break;
    std::vector<MessageKey> key{message.key};
    const auto contents = co_await Contents(std::move(key));
    if (contents.front()) WriteMessage(json, message, *contents.front(), queue->fifo());
  }
  json.CloseArray();
  json.CloseObject();
  co_return text;
}

runtime::Task<bool> SqsService::Inspect(std::string_view resource, protocol::Exchange& exchange) {
  constexpr std::string_view kMessages = "messages";
  const bool peek = exchange.request.path.starts_with("/_aws/") && resource.starts_with(kMessages) &&
                    (resource.size() == kMessages.size() || resource[kMessages.size()] == '/');
  if (!peek && (resource != kMessages || exchange.request.method == "POST")) co_return false;
  const auto query = protocol::ParseQuery(exchange.request.query);
  // Whose queue a bare name means.
  const protocol::Identity caller{.account = Parameter(query, {"account"}).value_or(settings_.account),
                                  .region = Parameter(query, {"region"}).value_or(settings_.region),
                                  .access_key = {},
                                  .principal = {},
                                  .user_id = {},
                                  .display_name = {}};
  protocol::HttpResponse& response = exchange.response;
  if (peek) {
    exchange.context.identity = caller;
    runtime::Task<void> served = ServePeek(*this, resource.substr(kMessages.size()), exchange);
    co_await served;
    co_return true;
  }
  response.AddHeader("Content-Type", "application/json");
  try {
    auto queue = Parameter(query, {"queue", "QueueUrl"});
    if (!queue) throw Missing("QueueUrl");
    response.body = co_await DescribeMessages(std::move(*queue), caller);
    response.status = 200;
  } catch (const AwsError& error) {
    // An admin route is a web page's, too: there an unknown thing is a 404.
    const bool unknown = error.kind().code == kQueueDoesNotExist.code;
    response.status = unknown ? 404 : error.kind().status;
    response.body = ErrorJson(error);
  }
  co_return true;
}

}  // namespace cumulite::sqs
