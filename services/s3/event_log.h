#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/events.h"
#include "services/s3/object_store.h"
#include "services/storage/outbox.h"

namespace cumulite::s3 {

/// Events on their way: rows of the outbox, which are delivered to queues and topics after their commit, at
/// least once, also after a crash.
/// Thread: any loop; ...InJob on the writer thread.
class EventLog {
 public:
  EventLog(storage::Database& database, storage::Writer& writer, const base::Clock& clock,
           services::Peers* peers);

  void Start();
  void Stop() { outbox_.Stop(); }
  /// Waits until nothing is due.
  runtime::Task<bool> Settle();

  /// `strict`: the target's policy must allow it.
  void AddInJob(const EventTarget& target, const Bucket& bucket, std::string_view message, bool strict);
  void Wake() { outbox_.Wake(); }

 private:
  runtime::Task<storage::OutboxVerdict> Handle(storage::OutboxEvent event);

  const base::Clock& clock_;
  services::Peers* const peers_;
  storage::Outbox outbox_;
};

/// What brings a change about, as far as events are named after it.
enum class EventCause : std::uint8_t {
  kPut,
  kPost,
  kCopy,
  kComplete,
  kDelete,
  kLifecycle,
  kTransition,
  kTagging,
  kTaggingDelete,
  kRestore,
  kAcl,
};

/// Writes the events of one change in its job. Without a notification configuration it does nothing.
class EventScope final : public Followers {
 public:
  EventScope(const Call& call, const Bucket& bucket, EventCause cause);
  /// Of what happens by itself.
  EventScope(S3Service& s3, const Bucket& bucket, EventCause cause);

  void StoredInJob(std::string_view key, const Object& object) override;
  void DeletedInJob(std::string_view key, const Deleted& deleted, std::int64_t number) override;

  /// Once the change has committed.
  void Wake();

 private:
  void Add(std::string_view event, std::string_view key, const Object& object);

  S3Service& s3_;
  const Bucket& bucket_;
  const EventCause cause_;
  EventContext context_;
  bool strict_ = false;
  bool added_ = false;
};

}  // namespace cumulite::s3
