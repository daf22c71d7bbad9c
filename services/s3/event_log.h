#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/documents/replication.h"
#include "services/s3/events.h"
#include "services/s3/object_store.h"
#include "services/storage/outbox.h"

namespace cumulite::s3 {

/// A version to which something is to happen: it is to be copied into other buckets, or its restored copy
/// ends.
struct VersionTask {
  std::string bucket;  // where it is
  std::string key;
  VersionRef version;

  std::string Encode() const;
  static VersionTask Decode(std::string_view text);
};

/// Events on their way: rows of the outbox, which are delivered to queues and topics after their commit, at
/// least once, also after a crash.
/// Thread: any loop; ...InJob on the writer thread.
class EventLog {
 public:
  EventLog(storage::Database& database, storage::Writer& writer, const base::Clock& clock,
           services::Peers* peers);

  /// `replicate` handles what AddReplicationInJob has written, `end_restore` what AddRestoreInJob has.
  void Start(storage::Outbox::Handler replicate, storage::Outbox::Handler end_restore);
  void Stop() { outbox_.Stop(); }
  /// Waits until nothing is due.
  runtime::Task<bool> Settle();

  /// `strict`: the target's policy must allow it.
  void AddInJob(const EventTarget& target, const Bucket& bucket, std::string_view message, bool strict);
  /// That a version is to be brought to other buckets: one of a key after the other.
  void AddReplicationInJob(const VersionTask& task);
  /// That an archived version is restored until then.
  void AddRestoreInJob(const VersionTask& task, base::TimePoint until);
  void Wake() { outbox_.Wake(); }

 private:
  runtime::Task<storage::OutboxVerdict> Handle(storage::OutboxEvent event);

  const base::Clock& clock_;
  services::Peers* const peers_;
  storage::Outbox::Handler replicate_;
  storage::Outbox::Handler end_restore_;
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
  kRestoreEnd,
  kAcl,
  kLock,     // no event tells of it
  kReplica,  // made by replication
  kReplicationFailed,
};

/// Writes what follows from one change in its job: its events, and that it is to be replicated. Without a
/// configuration that asks for it, it does nothing.
class EventScope final : public Followers {
 public:
  EventScope(const Call& call, const Bucket& bucket, EventCause cause);
  /// Of what happens by itself.
  EventScope(S3Service& s3, const Bucket& bucket, EventCause cause);

  void BeforeStoreInJob(std::string_view key, Object& version) override;
  void StoredInJob(std::string_view key, const Object& object) override;
  void DeletedInJob(std::string_view key, const Deleted& deleted, std::int64_t number) override;

  /// The rule by which `version` could not be replicated, and why.
  void TellFailure(const documents::ReplicationRule& rule, std::string_view why, const Object& version);
  /// Once the change has committed.
  void Wake();

 private:
  void Add(std::string_view event, std::string_view key, const Object& object);
  void AddReplication(std::string_view key, std::string_view version_id, std::int64_t number);

  S3Service& s3_;
  const Bucket& bucket_;
  const EventCause cause_;
  EventContext context_;
  bool strict_ = false;
  bool added_ = false;
  bool replicates_ = false;  // the version at hand
};

}  // namespace cumulite::s3
