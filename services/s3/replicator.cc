#include "services/s3/replicator.h"

#include "services/s3/bucket_configuration.h"
#include "services/s3/event_log.h"
#include "services/s3/object_answer.h"
#include "services/s3/replication.h"

namespace cumulite::s3 {
namespace {

using documents::ReplicationRule;

bool WantsMetrics(const ReplicationRule& rule) {
  const documents::Destination& destination = rule.destination;
  return (destination.metrics && destination.metrics->status == "Enabled") ||
         (destination.replication_time && destination.replication_time->status == "Enabled");
}

/// Why `bucket`, which the rule names, does not take replicas of the version; empty if it does.
/// Source: S3 User Guide "Receiving replication failure events", its failure reasons.
std::string_view WhyNot(const BucketPtr& bucket, const Bucket& source, const ReplicationRule& rule,
                        const Object& version) {
  const auto& account = rule.destination.account;
  if (!bucket || bucket->id == source.id || (account && *account != bucket->account)) {
    return "DstBucketNotFound";
  }
  if (bucket->versioning != Versioning::kEnabled) return "DstBucketUnversioned";
  const bool locked = version.attributes.retention || version.attributes.legal_hold;
  return locked && !bucket->object_lock ? "DstBucketObjectLockConfigMissing" : "";
}

/// Contents beside their row get a file of their own. False when they cannot be read.
runtime::Task<bool> CopyInline(S3Service& s3, ObjectWithBytes& version, Replica& replica) {
  const Seal seal = version.attributes.encryption.seal;
  if (seal == Seal::kCustomer) co_return false;
  std::optional<SealKey> key;
  if (seal == Seal::kLocal) key = s3.local_key().Get();
  ObjectWithBytes copied = version;
  std::string bytes = InlineBytes(copied, key);
  BodyChecks checks(version.checksum.algorithm);
  runtime::Task<Content> copying =
      s3.content().Copy(std::move(bytes), checks, Placement::kFile, key ? &*key : nullptr);
  const Content content = co_await copying;
  replica.object.blob = content.blob;
  replica.has_own_file = true;
  co_return true;
}

/// Everything that is made of one version.
struct Work {
  std::vector<Replica> replicas;
  std::vector<std::unique_ptr<EventScope>> events;  // of the destinations
  const ReplicationRule* failed = nullptr;
  std::string_view why;
};

runtime::Task<void> Prepare(S3Service& s3, const Bucket& source, const std::string& key,
                            ObjectWithBytes& version, Work& work) {
  for (const ReplicationRule* rule : ReplicationRulesFor(*source.configuration->replication, key, version)) {
    Replica replica{.bucket = s3.buckets().Find(DestinationBucket(*rule)), .object = {}};
    std::string_view why = WhyNot(replica.bucket, source, *rule, version);
    if (why.empty()) {
      replica.object = ReplicaOf(version, *rule, source.account, replica.bucket->account);
      if (version.is_inline() && !version.bytes.empty()) {
        runtime::Task<bool> copying = CopyInline(s3, version, replica);
        if (!co_await copying) why = "SrcGetObjectNotPermitted";
      }
    }
    if (!why.empty()) {
      work.failed = rule;
      work.why = why;
      continue;
    }
    work.events.push_back(std::make_unique<EventScope>(s3, *replica.bucket, EventCause::kReplica));
    replica.followers = work.events.back().get();
    work.replicas.push_back(std::move(replica));
  }
}

}  // namespace

runtime::Task<storage::OutboxVerdict> Replicate(S3Service& s3, storage::OutboxEvent event) {
  const VersionTask task = VersionTask::Decode(event.payload);
  const BucketPtr source = s3.buckets().Find(task.bucket);
  if (!source || !source->configuration->replication) co_return storage::OutboxVerdict::Done();
  std::optional<ObjectWithBytes> version = s3.objects().FindWithBytes(*source, task.key, task.version);
  if (!version) co_return storage::OutboxVerdict::Done();
  Work work;
  runtime::Task<void> preparing = Prepare(s3, *source, task.key, *version, work);
  co_await preparing;
  EventScope failure(s3, *source, EventCause::kReplicationFailed);
  if (work.failed != nullptr) failure.TellFailure(*work.failed, work.why, *version);
  const bool tells = work.failed != nullptr && WantsMetrics(*work.failed);
  runtime::Task<ObjectStore::Replicated> putting =
      s3.objects().PutReplicas(*source, task.key, task.version, work.replicas,
                               work.failed != nullptr || work.replicas.empty(), tells ? &failure : nullptr);
  ObjectStore::Replicated replicated = co_await putting;
  s3.content().Discard(std::move(replicated.dropped));
  for (const auto& events : work.events) events->Wake();
  failure.Wake();
  co_return storage::OutboxVerdict::Done();
}

}  // namespace cumulite::s3
