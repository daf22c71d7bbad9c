#include "services/sns/replay.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {
using storage::OutboxVerdict;

constexpr std::size_t kPage = 50;

std::int64_t Number(const AttributeMap& map, std::string_view name) {
  const std::string_view text = ValueOf(map, name);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t ReadPoint(const nlohmann::json& policy, const char* name, std::string_view where) {
  const auto found = policy.find(name);
  const auto time = found != policy.end() && found->is_string()
                        ? base::ParseIso8601(found->get<std::string>())
                        : std::nullopt;
  if (!time) throw Invalid(std::string(where) + "ReplayPolicy: " + name + " must be a timestamp in ISO 8601");
  return time->time_since_epoch().count();
}

}  // namespace

ReplaySpan ReadReplayPolicy(std::string_view json, base::TimePoint now, std::string_view where) {
  const nlohmann::json policy = nlohmann::json::parse(json, nullptr, false);
  if (!policy.is_object()) throw Invalid(std::string(where) + "ReplayPolicy: failed to parse JSON.");
  if (policy.value("PointType", nlohmann::json()) != "Timestamp") {
    throw Invalid(std::string(where) + "ReplayPolicy: PointType must be Timestamp");
  }
  ReplaySpan span;
  span.from_ms = ReadPoint(policy, "StartingPoint", where);
  span.to_ms = policy.contains("EndingPoint") ? ReadPoint(policy, "EndingPoint", where)
                                              : now.time_since_epoch().count();
  if (span.from_ms > span.to_ms) {
    throw Invalid(std::string(where) + "ReplayPolicy: StartingPoint must be before EndingPoint");
  }
  return span;
}

Replay::Replay(storage::Database& database, storage::Writer& writer, SnsStore& store, storage::Outbox& outbox,
               FanOut& fan_out, const base::Clock& clock)
    : writer_(writer),
      store_(store),
      outbox_(outbox),
      fan_out_(fan_out),
      clock_(clock),
      page_(database,
            "SELECT sequence, message FROM archive WHERE topic_arn = ?1 AND sequence > ?2"
            " AND published_ms BETWEEN ?3 AND ?4 ORDER BY sequence LIMIT ?5") {}

void Replay::Begin(const Subscription& subscription, const ReplaySpan& span) {
  const std::string payload =
      EncodeMap({{"subscription", subscription.arn},
                 {"policy", std::string(ValueOf(subscription.attributes, "ReplayPolicy"))},
                 {"after", "0"},
                 {"from", std::to_string(span.from_ms)},
                 {"to", std::to_string(span.to_ms)}});
  outbox_.Add({.kind = kKind, .payload = payload, .key = "replay\n" + subscription.arn, .due = clock_.Now()});
}

runtime::Task<OutboxVerdict> Replay::Continue(storage::OutboxEvent event) {
  AttributeMap state = DecodeMap(event.payload);
  const SubscriptionPtr subscription = store_.FindSubscription(ValueOf(state, "subscription"));
  // Another policy, or none, ends what the one before began.
  const bool current =
      subscription && ValueOf(subscription->attributes, "ReplayPolicy") == ValueOf(state, "policy");
  if (!current) co_return OutboxVerdict::Done();
  std::vector<MessagePtr> messages;
  for (auto rows = page_.Query(subscription->topic_arn, Number(state, "after"), Number(state, "from"),
                               Number(state, "to"), kPage);
       rows.Next();) {
    Message message = rows.Parsed(1, DecodeShipment).message;
    message.sequence = rows.Int64(0);
    message.replayed = true;
    messages.push_back(std::make_shared<const Message>(std::move(message)));
  }
  const bool last = messages.size() < kPage;
  const Subscribers one({subscription});
  for (const MessagePtr& message : messages) {
    runtime::Task<OutboxVerdict> shipped = fan_out_.Ship(message, one.WhoWants(*message), event.attempt);
    OutboxVerdict verdict = co_await shipped;
    if (verdict.kind != OutboxVerdict::Kind::kDone) {
      verdict.payload = EncodeMap(state);
      co_return verdict;
    }
    state["after"] = std::to_string(message->sequence);
  }
  if (!last) {
    OutboxVerdict more = OutboxVerdict::WaitUntil(clock_.Now());
    more.payload = EncodeMap(state);
    co_return more;
  }
  const auto complete = [&] {
    auto stored = store_.LoadSubscription(subscription->arn);
    if (!stored || ValueOf(stored->attributes, "ReplayPolicy") != ValueOf(state, "policy")) return;
    stored->attributes["ReplayStatus"] = "Completed";
    store_.SaveSubscription(*stored);
  };
  co_await writer_.Run(complete);
  store_.Forget(subscription->topic_arn);
  co_return OutboxVerdict::Done();
}

}  // namespace cumulite::sns
