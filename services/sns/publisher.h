#pragma once
#include <string>
#include <vector>

#include "services/sns/fan_out.h"
#include "services/sns/http_delivery.h"
#include "services/sns/message.h"
#include "services/sns/replay.h"
#include "services/sns/sns_store.h"
#include "services/sns/topic.h"
#include "services/storage/outbox.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::sns {

/// Takes messages in: gives them their place in a FIFO topic and stores what is to be delivered.
///
/// Thread: any I/O thread.
class Publisher {
 public:
  Publisher(storage::Database& database, storage::Writer& writer, SnsStore& store, storage::Outbox& outbox,
            FanOut& fan_out, HttpDelivery& http, Replay& replay, const base::Clock& clock);

  struct Published {
    std::string message_id;
    std::string sequence_number;  // empty outside of FIFO topics
  };
  /// Stores the messages in their order, in one transaction, and answers once that is durable. Deliveries go
  /// on by themselves. A FIFO topic's duplicate gives what its first was given.
  runtime::Task<std::vector<Published>> Publish(TopicPtr topic, std::vector<Message> messages);

  /// Handles a row of the outbox.
  runtime::Task<storage::OutboxVerdict> Handle(storage::OutboxEvent event);

 private:
  struct Entry {
    std::shared_ptr<Message> message;
    std::vector<std::int64_t> recipients;
    std::string shipment;      // the outbox row of a standard topic's message, encoded off the writer
    std::int64_t claimed = 0;  // the outbox row that Publish handles itself
    bool claims = false;
    Published published;
  };

  /// In the job: dedups, numbers and archives. False for a duplicate.
  bool Admit(const Topic& topic, Entry& entry, bool archives);
  void Store(const Topic& topic, std::vector<Entry>& entries);
  runtime::Task<void> ShipClaimed(MessagePtr message, std::vector<std::int64_t> recipients, std::int64_t id);

  storage::Writer& writer_;
  SnsStore& store_;
  storage::Outbox& outbox_;
  FanOut& fan_out_;
  HttpDelivery& http_;
  Replay& replay_;
  const base::Clock& clock_;
  storage::Statement find_duplicate_;
  storage::Statement remember_;
  storage::Statement forget_old_;
  storage::Statement archive_;
  storage::Statement trim_archive_;
};

}  // namespace cumulite::sns
