#include "services/sns/publisher.h"

#include "services/sns/archive_policy.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::chrono::minutes kDeduplicationWindow{5};
constexpr std::string_view kShipment = "shipment";

}  // namespace

Publisher::Publisher(storage::Database& database, storage::Writer& writer, SnsStore& store,
                     storage::Outbox& outbox, FanOut& fan_out, HttpDelivery& http, Replay& replay,
                     const base::Clock& clock)
    : writer_(writer),
      store_(store),
      outbox_(outbox),
      fan_out_(fan_out),
      http_(http),
      replay_(replay),
      clock_(clock),
      find_duplicate_(database,
                      "SELECT message_id, sequence FROM deduplication"
                      " WHERE topic_arn = ?1 AND scope = ?2 AND id = ?3 AND published_ms > ?4"),
      remember_(
          database,
          "INSERT OR REPLACE INTO deduplication (topic_arn, scope, id, message_id, sequence, published_ms)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
      forget_old_(database, "DELETE FROM deduplication WHERE published_ms <= ?1"),
      archive_(database,
               "INSERT INTO archive (topic_arn, sequence, published_ms, message) VALUES (?1, ?2, ?3, ?4)"),
      trim_archive_(database, "DELETE FROM archive WHERE topic_arn = ?1 AND published_ms <= ?2") {}

bool Publisher::Admit(const Topic& topic, Entry& entry, bool archives) {
  Message& message = *entry.message;
  const base::TimePoint window = message.published - kDeduplicationWindow;
  const std::string scope = topic.deduplicates_by_group() ? message.group : std::string();
  {
    auto rows = find_duplicate_.Query(topic.arn, scope, message.deduplication_id, window);
    if (rows.Next()) {
      entry.published.message_id = rows.Text(0);
      Message first;
      first.sequence = rows.Int64(1);
      entry.published.sequence_number = first.SequenceNumber();
      return false;
    }
  }
  message.sequence = store_.TakeSequence(topic.arn);
  if (message.sequence == 0) throw TopicDoesNotExist();  // deleted meanwhile
  remember_.Run(topic.arn, scope, message.deduplication_id, message.id, message.sequence, message.published);
  if (archives) {
    const std::string encoded = EncodeShipment(message, {});
    archive_.Run(topic.arn, message.sequence, message.published, storage::BytesView{encoded});
    trim_archive_.Run(topic.arn, message.published - ArchiveRetention(topic));
  }
  entry.published = {message.id, message.SequenceNumber()};
  return true;
}

void Publisher::Store(const Topic& topic, std::vector<Entry>& entries) {
  if (topic.fifo()) forget_old_.Run(clock_.Now() - kDeduplicationWindow);
  for (Entry& entry : entries) {
    const Message& message = *entry.message;
    if (topic.fifo()) {
      if (!Admit(topic, entry, topic.archives()) || entry.recipients.empty()) continue;
      const std::string encoded = EncodeShipment(message, entry.recipients);
      outbox_.Add({.kind = kShipment,
                   .payload = encoded,
                   .key = topic.arn + "\n" + message.group,
                   .due = message.published});
    } else if (entry.claims) {
      outbox_.AddClaimed({.kind = kShipment, .payload = entry.shipment, .due = message.published},
                         entry.claimed);
    } else if (!entry.recipients.empty()) {
      outbox_.Add({.kind = kShipment, .payload = entry.shipment, .due = message.published});
    }
  }
}

runtime::Task<std::vector<Publisher::Published>> Publisher::Publish(TopicPtr topic,
                                                                    std::vector<Message> messages) {
  const auto subscribers = store_.SubscribersOf(topic->arn);
  std::vector<Entry> entries;
  entries.reserve(messages.size());
  bool writes = topic->fifo();
  bool wakes = topic->fifo();
  for (Message& message : messages) {
    Entry& entry = entries.emplace_back();
    entry.recipients = subscribers->WhoWants(message);
    entry.message = std::make_shared<Message>(std::move(message));
    entry.published.message_id = entry.message->id;
    if (topic->fifo() || entry.recipients.empty()) continue;
    writes = true;
    entry.shipment = EncodeShipment(*entry.message, entry.recipients);
    entry.claims = outbox_.HasRoom();
    wakes |= !entry.claims;
  }
  if (writes) {
    try {
      const auto store = [this, &topic, &entries] { Store(*topic, entries); };
      co_await writer_.Run(store);
    } catch (...) {
      for (const Entry& entry : entries) {
        if (entry.claimed != 0) outbox_.Release(entry.claimed);
      }
      throw;
    }
  }
  std::vector<Published> published;
  for (Entry& entry : entries) {
    // Begun before the answer goes out, so that whoever publishes and then receives finds it; not awaited.
    if (entry.claimed != 0) ShipClaimed(entry.message, std::move(entry.recipients), entry.claimed).Detach();
    published.push_back(std::move(entry.published));
  }
  if (wakes) outbox_.Wake();
  co_return published;
}

runtime::Task<void> Publisher::ShipClaimed(MessagePtr message, std::vector<std::int64_t> recipients,
                                           std::int64_t id) {
  try {
    auto shipped = fan_out_.Ship(std::move(message), std::move(recipients), 1);
    storage::OutboxVerdict verdict = co_await shipped;
    outbox_.Finish(id, std::move(verdict));
  } catch (const std::exception&) {
    outbox_.Release(id);  // its row is still there
  }
}

runtime::Task<storage::OutboxVerdict> Publisher::Handle(storage::OutboxEvent event) {
  if (event.kind == Replay::kKind) {
    auto continued = replay_.Continue(std::move(event));
    co_return co_await continued;
  }
  if (event.kind == kConfirmationKind) {
    auto confirmed = http_.Confirm(DecodeConfirmation(event.payload), event.attempt);
    co_return co_await confirmed;
  }
  if (event.kind == FanOut::kHttpKind) {
    auto delivered = http_.Deliver(std::move(event));
    co_return co_await delivered;
  }
  Shipment shipment = DecodeShipment(event.payload);
  auto message = std::make_shared<const Message>(std::move(shipment.message));
  auto shipped = fan_out_.Ship(std::move(message), std::move(shipment.recipients), event.attempt);
  co_return co_await shipped;
}

}  // namespace cumulite::sns
