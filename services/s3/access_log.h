#pragma once
#include <atomic>
#include <map>
#include <string>

#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/s3/access_log_line.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {
class S3Service;

/// Server access logs. Lines are rows, written behind the answers, until they are delivered: put as an object
/// into the target bucket in the job that deletes the rows. As long as no bucket is logged it does nothing.
///
/// Lines wait for company for five minutes of the virtual clock, or until the clock is moved.
/// Thread: any loop.
class AccessLog {
 public:
  AccessLog(S3Service& s3, storage::Database& database, storage::Writer& writer);

  void Start();
  void Stop();
  /// Whether any bucket is logged.
  bool active() const { return active_.load(std::memory_order_relaxed); }
  /// Buckets or their documents were changed.
  void Changed();
  /// A request was answered; its body may still be on its way. Queues its line where its bucket is logged.
  void Note(const LoggedRequest& request);
  /// Delivers what waits; true if there was anything.
  runtime::Task<bool> Settle();

 private:
  struct Batch;

  void Begin();
  runtime::Task<void> Run();
  runtime::Task<bool> Deliver(const std::string& bucket);
  Batch Take(const Bucket& source) const;
  runtime::Task<void> Put(const Bucket& source, const Bucket& target, const Batch& batch);
  bool AnyWaits() const { return any_.Scalar<std::int64_t>().has_value(); }

  S3Service& s3_;
  storage::Writer& writer_;
  std::atomic<bool> active_ = false;
  std::atomic<bool> running_ = false;
  std::atomic<bool> stopped_ = false;
  runtime::Signal ended_;
  runtime::Alarm alarm_;
  storage::Statement insert_;
  storage::Statement drop_;
  storage::ReadStatement lines_;
  storage::ReadStatement buckets_;
  storage::ReadStatement any_;
};

}  // namespace cumulite::s3
