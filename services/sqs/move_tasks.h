#pragma once
#include <atomic>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/service.h"
#include "services/sqs/queue.h"
#include "services/sqs/queue_store.h"
#include "services/storage/work_marker.h"

namespace cumulite::sqs {
class SqsService;

/// The moves of dead letters back to where they came from: StartMessageMoveTask and its siblings.
///
/// A running task is stepped by an alarm, at the pace that it asks for; it goes on after a restart.
/// Thread: any.
class MoveTasks {
 public:
  /// Raises the marker in `data_directory` while tasks run, so that a restart resumes them by itself.
  MoveTasks(SqsService& sqs, std::vector<MoveTask> stored, const std::filesystem::path& data_directory);
  ~MoveTasks();
  MoveTasks(const MoveTasks&) = delete;
  MoveTasks& operator=(const MoveTasks&) = delete;

  /// Begins a task once it is durable.
  /// Errors: InvalidParameterValue while another one runs on that queue, OverLimit for the 101st of an
  /// account; those of the store (see Explain).
  runtime::Task<void> Start(MoveTask task);
  /// Ends a running task; how many messages it moved, or nullopt if there is no such running task.
  /// Errors: those of the store; the task then runs on.
  runtime::Task<std::optional<std::int64_t>> Cancel(std::string source_arn, std::string id);
  /// The tasks of a queue, the newest first.
  std::vector<MoveTask> List(const std::string& source_arn) const;

  /// Sets tasks going again that ran when the server stopped; once, on an I/O thread.
  void Resume();
  /// Waits until every move that was due is done; true if one was.
  runtime::Task<bool> Settle();
  void Stop();
  /// Forgets the tasks whose source is in `scope`.
  void Reset(const services::ResetScope& scope);

 private:
  struct Running;

  /// One step, and word to those who settle.
  runtime::Task<void> Drive(std::shared_ptr<Running> running);
  runtime::Task<void> Step(std::shared_ptr<Running> running);
  bool AnyDue() const;
  /// kUnknownSource: sent to the dead-letter queue itself, so it has nowhere to go back to.
  enum class Moved : std::uint8_t { kOne, kNone, kNoDestination, kUnknownSource };
  runtime::Task<Moved> MoveOne(std::shared_ptr<Queue> source, std::string destination_arn);
  void Run(const std::shared_ptr<Running>& running);
  /// Errors: storage::QueueFull; then the task runs on.
  storage::Ticket Finish(Running& running, MoveTask::Status status, std::string failure = {});
  /// With the mutex held.
  std::size_t RunningOfAccount(std::string_view account) const;
  void ForgetOldest(const std::string& source_arn);
  /// By Reset. With the mutex held.
  bool IsForgotten(const std::shared_ptr<Running>& running) const;
  /// How many messages may have been moved by now, and when the next may.
  std::int64_t Allowance(const MoveTask& task) const;
  TimePoint NextMove(const MoveTask& task) const;

  SqsService& sqs_;
  storage::WorkMarker marker_;
  runtime::Signal stepped_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::list<std::shared_ptr<Running>> tasks_;  // the newest first
};

}  // namespace cumulite::sqs
