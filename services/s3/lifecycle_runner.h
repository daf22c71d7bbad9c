#pragma once
#include <atomic>
#include <memory>

#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/s3/bucket_store.h"
#include "services/s3/lifecycle.h"

namespace cumulite::s3 {
class S3Service;

/// Carries lifecycle configurations out: at every midnight (UTC) of the virtual clock, and at the start for
/// those that were missed. As long as no bucket has one there is no timer.
/// Thread: any loop.
class LifecycleRunner {
 public:
  explicit LifecycleRunner(S3Service& s3);

  void Start();
  void Stop();
  /// A bucket's configuration was changed.
  void Changed();
  /// Waits for what is under way; true if there was anything.
  runtime::Task<bool> Settle();

 private:
  void Begin();
  runtime::Task<void> Run();
  /// Whether it deleted versions.
  runtime::Task<bool> RunBucket(BucketPtr bucket);
  runtime::Task<void> AbortUploads(const Bucket& bucket, const Lifecycle& lifecycle);
  bool AnyLifecycle() const;

  S3Service& s3_;
  std::atomic<bool> running_ = false;
  std::atomic<bool> stopped_ = false;
  runtime::Signal ended_;
  runtime::Alarm alarm_;
};

}  // namespace cumulite::s3
