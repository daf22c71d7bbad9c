#include "services/sns/http_delivery.h"

#include "base/ids.h"
#include "services/sns/attribute_map.h"

namespace cumulite::sns {
namespace {
using storage::OutboxVerdict;

constexpr std::chrono::seconds kTimeout{15};
constexpr std::size_t kMaxAnswer = 64U << 10U;

net::HttpCall Call(const std::string& url, std::string body, std::string_view type,
                   std::string_view message_id, std::string_view topic_arn, std::string_view content_type) {
  net::HttpCall call;
  call.method = "POST";
  call.url = url;
  call.body = std::move(body);
  call.timeout = kTimeout;
  call.max_body = kMaxAnswer;
  call.headers = {{"x-amz-sns-message-type", std::string(type)},
                  {"x-amz-sns-message-id", std::string(message_id)},
                  {"x-amz-sns-topic-arn", std::string(topic_arn)},
                  {"Content-Type", std::string(content_type)},
                  {"User-Agent", "Amazon Simple Notification Service Agent"},
                  {"Accept-Encoding", "gzip,deflate"}};
  return call;
}

}  // namespace

std::string EncodeConfirmation(const ConfirmationRequest& request) {
  const bool subscribes = request.kind == Confirmation::kSubscription;
  return EncodeMap({{"kind", subscribes ? "subscribe" : "unsubscribe"},
                    {"arn", request.arn},
                    {"topic", request.topic_arn},
                    {"endpoint", request.endpoint},
                    {"token", request.token},
                    {"address", request.address}});
}

ConfirmationRequest DecodeConfirmation(std::string_view encoded) {
  const AttributeMap map = DecodeMap(encoded);
  const auto text = [&](std::string_view name) { return std::string(ValueOf(map, name)); };
  return {.kind = text("kind") == "subscribe" ? Confirmation::kSubscription : Confirmation::kUnsubscribe,
          .arn = text("arn"),
          .topic_arn = text("topic"),
          .endpoint = text("endpoint"),
          .token = text("token"),
          .address = text("address")};
}

/// Gives the place back whatever happens.
class HttpDelivery::Place {
 public:
  Place(HttpDelivery& delivery, std::int64_t subscription)
      : delivery_(delivery), subscription_(subscription) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { delivery_.GivePlace(subscription_, result); }
  Result result = Result::kUnavailable;

 private:
  HttpDelivery& delivery_;
  const std::int64_t subscription_;
};

std::optional<OutboxVerdict> HttpDelivery::TakePlace(const storage::OutboxEvent& event,
                                                     std::int64_t subscription, std::int64_t per_second) {
  const std::scoped_lock lock(mutex_);
  Load& load = loads_[subscription];
  if (load.under_way >= load.most) {
    load.held.push_back(event.id);
    return OutboxVerdict::Hold();
  }
  if (per_second > 0) {
    const auto later = load.throttle.Admit(clock_.Now(), event.due, per_second);
    if (later) return OutboxVerdict::WaitUntil(*later);
  }
  ++load.under_way;
  return std::nullopt;
}

void HttpDelivery::GivePlace(std::int64_t subscription, Result result) {
  constexpr int kGrowth = 2;  // twice as many with each answer, after a silence
  std::deque<std::int64_t> next;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = loads_.find(subscription);
    if (found == loads_.end()) return;
    Load& load = found->second;
    --load.under_way;
    load.most = result == Result::kSilent ? 1 : std::min(load.most * kGrowth, kMaxUnderWay);
    while (!load.held.empty() && load.under_way + static_cast<int>(next.size()) < load.most) {
      next.push_back(load.held.front());
      load.held.pop_front();
    }
    const bool idle = load.under_way == 0 && load.held.empty() && load.most == kMaxUnderWay;
    if (idle && load.throttle.IsIdle(clock_.Now())) loads_.erase(found);
  }
  for (const std::int64_t event : next) outbox_.Resume(event);
}

void HttpDelivery::Forget(std::int64_t subscription) {
  std::deque<std::int64_t> held;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = loads_.find(subscription);
    if (found == loads_.end()) return;
    held.swap(found->second.held);
    if (found->second.under_way == 0) loads_.erase(found);
  }
  for (const std::int64_t event : held) outbox_.Resume(event);
}

HttpDelivery::Result HttpDelivery::ResultOf(net::HttpError::Kind kind) {
  using Kind = net::HttpError::Kind;
  if (kind == Kind::kInvalid) return Result::kRefused;
  return kind == Kind::kTimeout || kind == Kind::kConnect ? Result::kSilent : Result::kUnavailable;
}

runtime::Task<HttpDelivery::Attempted> HttpDelivery::Post(net::HttpCall call) {
  runtime::Task<net::HttpResult> sent = client_.Send(std::move(call));
  net::HttpResult result = co_await sent;
  if (!result.ok()) {
    const net::HttpError& error = result.error();
    co_return Attempted{ResultOf(error.kind), std::string(net::NameOf(error.kind)) + ": " + error.detail};
  }
  const int status = result.answer().status;
  if (status >= 200 && status < 300) co_return Attempted{Result::kAccepted, {}};
  const bool temporary = status < 200 || status == 429 || status >= 500;
  co_return Attempted{temporary ? Result::kUnavailable : Result::kRefused,
                      "the endpoint answered " + std::to_string(status)};
}

runtime::Task<OutboxVerdict> HttpDelivery::Deliver(storage::OutboxEvent event) {
  Shipment shipment = DecodeShipment(event.payload);
  const std::int64_t number = shipment.recipients.at(0);
  const auto message = std::make_shared<const Message>(std::move(shipment.message));
  const SubscriptionPtr subscription = store_.FindSubscription(number);
  const TopicPtr topic = store_.FindTopic(message->topic_arn);
  if (!subscription || !topic) {  // unsubscribed meanwhile
    Forget(number);
    co_return OutboxVerdict::Done();
  }
  const DeliveryRules rules = EffectiveRules(ValueOf(topic->attributes, "DeliveryPolicy"),
                                             ValueOf(subscription->attributes, "DeliveryPolicy"));
  if (auto later = TakePlace(event, number, rules.max_receives_per_second)) co_return std::move(*later);
  std::optional<Place> place(std::in_place, *this, number);
  const bool raw = subscription->raw();
  const Signer* signer = message->sequence == 0 ? &signer_ : nullptr;
  if (!raw && signer != nullptr && !signer->ready()) co_await signer_.Prepare();
  const std::string& text = message->BodyFor(subscription->protocol);
  std::string body = raw ? text : Envelope(*message, text, signer).For(subscription->arn);
  net::HttpCall call =
      Call(subscription->endpoint, body, "Notification", message->id, message->topic_arn, rules.content_type);
  call.headers.insert(call.headers.begin() + 3, {"x-amz-sns-subscription-arn", subscription->arn});
  if (raw) call.headers.push_back({"x-amz-sns-rawdelivery", "true"});
  runtime::Task<Attempted> posted = Post(std::move(call));
  Attempted attempted = co_await posted;
  place->result = attempted.result;
  place.reset();
  auto concluded =
      Conclude(message, subscription, std::move(body), rules.retry, event.attempt, std::move(attempted));
  co_return co_await concluded;
}

runtime::Task<OutboxVerdict> HttpDelivery::Conclude(MessagePtr message, SubscriptionPtr subscription,
                                                    std::string body, RetryPolicy retry, std::int64_t attempt,
                                                    Attempted attempted) {
  if (attempted.result == Result::kAccepted) {
    fan_out_.Note(message, subscription, Delivery::Outcome::kDelivered, attempt);
    co_return OutboxVerdict::Done();
  }
  const auto delay = attempted.result == Result::kRefused ? std::nullopt : retry.DelayAfter(attempt);
  if (delay) {
    fan_out_.Note(message, subscription, Delivery::Outcome::kRetrying, attempt, attempted.detail);
    co_return OutboxVerdict::RetryAt(clock_.Now() + *delay);
  }
  runtime::Task<bool> given_up =
      fan_out_.GiveUp(message, subscription, std::move(body), attempt, attempted.detail);
  if (co_await given_up) co_return OutboxVerdict::Done();
  co_return OutboxVerdict::RetryAt(clock_.Now() + std::chrono::seconds(1));
}

runtime::Task<OutboxVerdict> HttpDelivery::Confirm(ConfirmationRequest request, std::int64_t attempt) {
  const TopicPtr topic = store_.FindTopic(request.topic_arn);
  if (!topic) co_return OutboxVerdict::Done();
  if (!signer_.ready()) co_await signer_.Prepare();
  const bool subscribes = request.kind == Confirmation::kSubscription;
  const std::string id = base::RandomUuid();
  Subscription subscription;
  subscription.arn = request.arn;
  subscription.topic_arn = request.topic_arn;
  subscription.token = request.token;
  std::string body = ConfirmationJson(request.kind, subscription, id, clock_.Now(), request.address,
                                      ValueOf(topic->attributes, "SignatureVersion") == "2", signer_);
  const DeliveryRules rules = EffectiveRules(ValueOf(topic->attributes, "DeliveryPolicy"), {});
  net::HttpCall call = Call(request.endpoint, std::move(body),
                            subscribes ? "SubscriptionConfirmation" : "UnsubscribeConfirmation", id,
                            request.topic_arn, "text/plain; charset=UTF-8");
  if (!subscribes) call.headers.insert(call.headers.begin() + 3, {"x-amz-sns-subscription-arn", request.arn});
  runtime::Task<Attempted> posted = Post(std::move(call));
  const Attempted attempted = co_await posted;
  const auto delay = attempted.result == Result::kUnavailable || attempted.result == Result::kSilent
                         ? rules.retry.DelayAfter(attempt)
                         : std::nullopt;
  if (delay) co_return OutboxVerdict::RetryAt(clock_.Now() + *delay);
  co_return OutboxVerdict::Done();
}

}  // namespace cumulite::sns
