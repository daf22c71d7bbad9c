#include "services/sqs/peek_messages.h"

#include <utility>

#include "services/sqs/errors.h"
#include "services/sqs/message_view.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {
using protocol::RpcProtocol;
using protocol::Wire;

/// More would make an answer that nobody can read, and hold the queue for too long.
constexpr std::size_t kMaxShown = 1'000;
constexpr std::size_t kMaxShownBytes = 8U << 20U;  // of bodies
/// Takes the place of a handle, with the text that such tests may know.
constexpr const char* kNoHandle = "SQS/BACKDOOR/ACCESS";

bool IsWanted(const Message& message, const PeekMessagesRequest& request) {
  if (message.place == Place::kInFlight) return request.show_invisible.value_or(false);
  if (message.place == Place::kDelayed) return request.show_delayed.value_or(false);
  return true;
}

std::string YesOrNo(bool yes) { return yes ? "true" : "false"; }

ReceivedMessage Render(const MessageView& view, const Message& message, const MessageContent& content) {
  const Delivery delivery{.handle = {.key = message.key,
                                     .sent_at = message.sent_at,
                                     .received_at = {},
                                     .receive_count = message.receive_count},
                          .id = message.id,
                          .first_received_at = message.first_received_at,
                          .visible_at = message.visible_at};
  ReceivedMessage shown = view.Render(delivery, content);
  shown.body = content.body;
  shown.receipt_handle = kNoHandle;
  if (message.receive_count == 0) shown.attributes.erase("ApproximateFirstReceiveTimestamp");
  shown.attributes["IsVisible"] = YesOrNo(message.place == Place::kVisible);
  shown.attributes["IsDelayed"] = YesOrNo(message.place == Place::kDelayed);
  return shown;
}

PeekedMessages::Message AsTree(ReceivedMessage message) {
  PeekedMessages::Message tree{.message_id = std::move(message.message_id),
                               .receipt_handle = std::move(message.receipt_handle),
                               .md5_of_body = std::move(message.md5_of_body),
                               .body = std::move(message.body),
                               .attributes = {},
                               .md5_of_message_attributes = std::move(message.md5_of_message_attributes),
                               .message_attributes = {}};
  for (auto& [name, value] : message.attributes) tree.attributes.push_back({name, std::move(value)});
  for (auto& [name, value] : message.message_attributes) {
    tree.message_attributes.push_back({name, std::move(value)});
  }
  return tree;
}

// Clients call it what they call to receive.
constexpr protocol::Operation kQueryOperation[] = {
    protocol::Operation::Of<&PeekMessageTree>("ReceiveMessage")};
constexpr protocol::Operation kJsonOperation[] = {protocol::Operation::Of<&PeekMessages>("ReceiveMessage")};

protocol::RpcModel ModelWith(std::span<const protocol::Operation> operations) {
  protocol::RpcModel model = kModel;
  model.operations = operations;
  model.refuse_action = nullptr;  // it minds the path
  return model;
}

RpcProtocol ProtocolOf(const protocol::HttpRequest& request) {
  if (request.Find("X-Amz-Target")) return RpcProtocol::kJson;
  const auto query = protocol::ParseQuery(request.query);
  bool json = request.Header("Accept").starts_with("application/json");
  for (const protocol::QueryParam& parameter : query.value_or(std::vector<protocol::QueryParam>{})) {
    if (parameter.name == "format") json = parameter.value == "json";
  }
  return json ? RpcProtocol::kQueryAsJson : RpcProtocol::kQuery;
}

}  // namespace

std::vector<Message> Snapshot(Queue& queue, TimePoint now, std::size_t most,
                              const std::function<bool(const Message&)>& wanted) {
  return queue.With([&](QueueState& state) {
    state.Advance(now);
    std::vector<Message> shown;
    state.ForEach([&](const Message& message) {
      if (wanted(message)) shown.push_back(message);
      return shown.size() < most;
    });
    return shown;
  });
}

protocol::Members PeekMessagesRequest::Describe() {
  using R = PeekMessagesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::show_invisible>("ShowInvisible"),
      Wire<&R::show_delayed>("ShowDelayed"),
  };
  return kMembers;
}

protocol::Members PeekedMessages::Attribute::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&Attribute::name>("Name"),
                                                  Wire<&Attribute::value>("Value")};
  return kMembers;
}

protocol::Members PeekedMessages::UserAttribute::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&UserAttribute::name>("Name"),
                                                  Wire<&UserAttribute::value>("Value")};
  return kMembers;
}

protocol::Members PeekedMessages::Message::Describe() {
  using M = Message;
  static constexpr protocol::Member kMembers[] = {
      Wire<&M::message_id>("MessageId"),
      Wire<&M::receipt_handle>("ReceiptHandle"),
      Wire<&M::md5_of_body>("MD5OfBody"),
      Wire<&M::body>("Body"),
      Wire<&M::attributes>("Attribute").Flattened(),
      Wire<&M::md5_of_message_attributes>("MD5OfMessageAttributes"),
      Wire<&M::message_attributes>("MessageAttribute").Flattened(),
  };
  return kMembers;
}

protocol::Members PeekedMessages::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&PeekedMessages::messages>("Message").Flattened()};
  return kMembers;
}

runtime::Task<ReceiveMessageResponse> PeekMessages(SqsService& sqs, const protocol::RequestContext& context,
                                                   PeekMessagesRequest request) {
  if (request.queue_url.empty()) throw Missing("QueueUrl");
  const auto queue = sqs.FindByName(ParseQueueUrl(request.queue_url, context.identity));
  if (!queue) throw QueueDoesNotExist();
  if (!queue->loaded()) co_await sqs.Load(queue);
  const auto wanted = [&request](const Message& message) { return IsWanted(message, request); };
  const std::vector<Message> messages = Snapshot(*queue, sqs.clock().Now(), kMaxShown, wanted);
  const std::vector<std::string> all{"All"};
  const MessageView view(all, {}, all, queue->fifo());
  ReceiveMessageResponse response;
  std::size_t bytes = 0;
  for (const Message& message : messages) {
    if (bytes > kMaxShownBytes) break;
    std::vector<MessageKey> key{message.key};
    const auto contents = co_await sqs.Contents(std::move(key));
    if (!contents.front()) continue;
    bytes += contents.front()->body.size();
    response.messages.push_back(Render(view, message, *contents.front()));
  }
  co_return response;
}

runtime::Task<PeekedMessages> PeekMessageTree(SqsService& sqs, const protocol::RequestContext& context,
                                              PeekMessagesRequest request) {
  runtime::Task<ReceiveMessageResponse> peeked = PeekMessages(sqs, context, std::move(request));
  ReceiveMessageResponse response = co_await peeked;
  PeekedMessages tree;
  for (ReceivedMessage& message : response.messages) tree.messages.push_back(AsTree(std::move(message)));
  co_return tree;
}

runtime::Task<void> ServePeek(SqsService& sqs, std::string_view rest, protocol::Exchange& exchange) {
  static const protocol::RpcModel kQueryModel = ModelWith(kQueryOperation);
  static const protocol::RpcModel kJsonModel = ModelWith(kJsonOperation);
  protocol::Route& route = exchange.route;
  route.protocol = ProtocolOf(exchange.request);
  const protocol::RpcModel& model = route.protocol == RpcProtocol::kJson ? kJsonModel : kQueryModel;
  runtime::Task<std::optional<std::string_view>> read = exchange.body.ReadAll(model.body_limit);
  route.body = (co_await read).value_or(std::string_view{});
  route.model = &model;
  route.operation = model.operations.data();
  exchange.operation = model.operations.front().name;  // names the elements of the answer
  // "/us-east-1/000000000000/q" is what a queue URL's path has behind "/queue".
  std::string named;
  if (!rest.empty()) named = "QueueUrl=" + protocol::PercentEncode("/queue" + std::string(rest)) + "&";
  named += exchange.request.query;
  if (route.protocol != RpcProtocol::kJson)
    route.form.emplace(std::initializer_list<std::string_view>{named, route.body});
  runtime::Task<void> handled = protocol::HandleRpc(model, &sqs, exchange);
  co_await handled;
}

}  // namespace cumulite::sqs
