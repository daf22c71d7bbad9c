#include "services/s3/lifecycle_runner.h"

#include "base/log.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/event_log.h"
#include "services/s3/s3_service.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kPage = 1000;

VersionRef RefOf(const ListedVersion& version) {
  return {version.version_id, version.version_id == kNullVersion ? 0 : version.number};
}

/// What one page of versions asks for.
struct Work {
  std::vector<Deletion> expired;
  std::vector<Deletion> deleted;
  struct Move {
    std::string key;
    VersionRef version;
    std::string storage_class;
  };
  std::vector<Move> moves;
};

/// Follows the versions of a bucket in their order, and knows where among those of its key each one stands.
class Planner {
 public:
  Planner(const Lifecycle& lifecycle, base::TimePoint now, SmallObjects small)
      : lifecycle_(lifecycle), now_(now), small_(small) {}

  void Add(const ListedVersion& version, bool is_last_of_key, Work& work) {
    VersionPlace place;
    place.is_latest = version.is_latest;
    place.is_only = version.is_latest && is_last_of_key;
    if (!version.is_latest) {
      place.noncurrent_since = newer_;
      place.newer_noncurrent = noncurrent_++;
    } else {
      noncurrent_ = 0;
    }
    newer_ = version.modified;
    const LifecycleAction action = ActionFor(lifecycle_, version, place, now_, small_);
    switch (action.kind) {
      case LifecycleAction::Kind::kNothing:
        return;
      case LifecycleAction::Kind::kExpire:
        work.expired.push_back({.key = version.key, .only_number = version.number});
        return;
      case LifecycleAction::Kind::kDelete:
        work.deleted.push_back(
            {.key = version.key, .version = RefOf(version), .only_number = version.number});
        return;
      case LifecycleAction::Kind::kTransition:
        work.moves.push_back({version.key, RefOf(version), action.storage_class});
        return;
    }
  }

 private:
  const Lifecycle& lifecycle_;
  const base::TimePoint now_;
  const SmallObjects small_;
  base::TimePoint newer_{};
  std::int32_t noncurrent_ = 0;
};

runtime::Task<void> Delete(S3Service& s3, const Bucket& bucket, const std::vector<Deletion>& deletions) {
  if (deletions.empty()) co_return;
  EventScope events(s3, bucket, EventCause::kLifecycle);
  runtime::Task<ObjectStore::DeleteResult> deleting =
      s3.objects().Delete(bucket, deletions, Bypass::kNo, s3.clock().Now(), &events);
  ObjectStore::DeleteResult result = co_await deleting;
  events.Wake();
  s3.content().Discard(std::move(result.dropped));
}

runtime::Task<void> CarryOut(S3Service& s3, const Bucket& bucket, const Work& work) {
  runtime::Task<void> expiring = Delete(s3, bucket, work.expired);
  co_await expiring;
  runtime::Task<void> deleting = Delete(s3, bucket, work.deleted);
  co_await deleting;
  for (const Work::Move& move : work.moves) {
    EventScope events(s3, bucket, EventCause::kTransition);
    const std::function<void(ObjectAttributes&)> change = [&move](ObjectAttributes& attributes) {
      attributes.storage_class = move.storage_class;
      attributes.restored.reset();
    };
    try {
      runtime::Task<Object> moving =
          s3.objects().ChangeAttributes(bucket, move.key, move.version, change, &events);
      co_await moving;
      events.Wake();
    } catch (const AwsError&) {  // NOLINT(bugprone-empty-catch): deleted in the meantime
    }
  }
}

}  // namespace

LifecycleRunner::LifecycleRunner(S3Service& s3) : s3_(s3), alarm_([this] { Begin(); }) {}

void LifecycleRunner::Start() {
  if (AnyLifecycle()) Begin();
}

void LifecycleRunner::Stop() {
  stopped_ = true;
  alarm_.Cancel();
}

void LifecycleRunner::Changed() {
  if (!stopped_ && AnyLifecycle()) alarm_.SetAtMost(NextMidnight(s3_.clock().Now()));
}

bool LifecycleRunner::AnyLifecycle() const {
  for (const BucketPtr& bucket : s3_.buckets().All()) {
    if (bucket->configuration->lifecycle) return true;
  }
  return false;
}

void LifecycleRunner::Begin() {
  if (stopped_ || running_.exchange(true)) return;
  Run().Detach();
}

runtime::Task<bool> LifecycleRunner::Settle() {
  bool waited = false;
  for (;;) {
    runtime::Signal::Subscription end(ended_);
    if (!running_) co_return waited;
    waited = true;
    co_await end.Until(base::TimePoint::max(), nullptr);
  }
}

runtime::Task<void> LifecycleRunner::Run() {
  try {
    for (const BucketPtr& bucket : s3_.buckets().All()) {
      if (stopped_) break;
      if (!bucket->configuration->lifecycle) continue;
      // What is deleted may leave a marker alone with its key, which the next midnight takes; a clock that is
      // moved passes many midnights and comes here once.
      for (int pass = 0; pass < 2; ++pass) {
        runtime::Task<bool> run = RunBucket(bucket);
        if (!co_await run) break;
      }
    }
  } catch (const std::exception& failure) {
    // The rows still say what is to do: the next midnight does it.
    if (!stopped_) base::Logger("s3")->warn("lifecycle stopped cause={}", failure.what());
  }
  running_ = false;
  ended_.NotifyAll();
  Changed();
}

runtime::Task<bool> LifecycleRunner::RunBucket(BucketPtr bucket) {
  bool deleted = false;
  const Lifecycle& lifecycle = *bucket->configuration->lifecycle;
  const std::string* size = bucket->configuration->Find("lifecycle.minimum-object-size");
  const bool by_class = size != nullptr && *size == "varies_by_storage_class";
  Planner planner(lifecycle, s3_.clock().Now(), by_class ? SmallObjects::kStayByClass : SmallObjects::kStay);
  std::string after_key;
  std::optional<VersionRef> after;
  while (!stopped_) {
    ListWalk walk({.prefix = {}, .delimiter = {}, .from = after_key, .max = kPage});
    VersionPage page = s3_.lister().ListVersions(*bucket, walk, after_key, after);
    // The last one of a full page comes again with the next: whether others follow it is not known yet.
    if (walk.truncated()) page.versions.pop_back();
    Work work;
    for (std::size_t i = 0; i < page.versions.size(); ++i) {
      const bool has_next = i + 1 < page.versions.size();
      const std::string& next = has_next           ? page.versions[i + 1].key
                                : walk.truncated() ? walk.last()
                                                   : after_key;
      const bool same = (has_next || walk.truncated()) && next == page.versions[i].key;
      planner.Add(page.versions[i], !same, work);
    }
    runtime::Task<void> working = CarryOut(s3_, *bucket, work);
    co_await working;
    deleted = deleted || !work.deleted.empty();
    if (!walk.truncated()) break;
    after_key = page.versions.back().key;
    after = RefOf(page.versions.back());
    // What was deleted just now has no row any more; its place in the order is told by its number.
    if (after->number == 0) after = VersionRef{std::string(kNullVersion), page.versions.back().number};
  }
  runtime::Task<void> aborting = AbortUploads(*bucket, lifecycle);
  co_await aborting;
  co_return deleted;
}

runtime::Task<void> LifecycleRunner::AbortUploads(const Bucket& bucket, const Lifecycle& lifecycle) {
  std::string after_key;
  std::string after_id;
  while (!stopped_) {
    ListWalk walk({.prefix = {}, .delimiter = {}, .from = after_key, .max = kPage});
    const UploadPage page = s3_.uploads().List(bucket, walk, after_key, after_id);
    for (const Upload& upload : page.uploads) {
      if (!AbortsUpload(lifecycle, upload.key, upload.initiated, s3_.clock().Now())) continue;
      try {
        runtime::Task<Blobs> aborting = s3_.uploads().Abort(bucket, upload.key, upload.id);
        Blobs dropped = co_await aborting;
        s3_.content().Discard(std::move(dropped));
      } catch (const AwsError&) {  // NOLINT(bugprone-empty-catch): it ended in the meantime
      }
    }
    if (!walk.truncated() || page.uploads.empty()) co_return;
    after_key = page.uploads.back().key;
    after_id = page.uploads.back().id;
  }
}

}  // namespace cumulite::s3
