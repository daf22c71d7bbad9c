#pragma once
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/job_list.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::storage {

/// Runs a group of jobs as one transaction and notes each one's outcome.
///
/// Thread: the writer's. Internal to services/storage.
class GroupCommit {
 public:
  GroupCommit(Database& database, const WriterOptions& options);

  /// Runs the first of the waiting jobs and moves them to `group`. True when the group committed; each job's
  /// own failure is in the job. Otherwise every job of the group failed.
  bool Run(JobList& waiting, JobList& group);

  /// Work on the files that nobody waits for; between groups.
  void Tidy();

  /// Why all writes are refused, or those that take room; empty when none is. Thread: any.
  std::string Refusal() const;

 private:
  enum class State : unsigned char {
    kSound,
    kShortOfRoom,  // the reserve is given up: the database does not grow but by jobs that make room
    kUnproven,     // a commit failed: everything is refused
  };

  void Commit(JobList& waiting, JobList& group);
  bool CommitWithReserve(const JobList& group);
  void Enter(State state, const std::string& cause);
  void RollBack();
  void TakeReserveIfDue();
  bool RunTogether(JobList& waiting, JobList& group);
  void RunApart(const JobList& jobs);
  void RunUnderSavepoint(detail::Job& job);
  template <class F>
  void NoteFailure(detail::Job& job, F run);
  void Undo(const JobList& jobs, const StorageError& cause);
  bool ProvenSound();
  static void FailAll(const JobList& jobs, const StorageError& error);

  Database& database_;
  const std::chrono::milliseconds probe_interval_;
  const std::chrono::milliseconds reserve_interval_;
  std::atomic<State> state_{State::kSound};
  bool short_of_room_ = false;  // when the database is proven again, it goes on without its reserve
  mutable std::mutex mutex_;
  std::string cause_;  // of the failed commit, or of the last failed proof; the mutex's
  std::chrono::steady_clock::time_point next_probe_{};
  std::chrono::steady_clock::time_point next_take_{};  // of the reserve

  Statement begin_{database_, "BEGIN IMMEDIATE"};
  Statement commit_{database_, "COMMIT"};
  Statement roll_back_{database_, "ROLLBACK"};
  Statement savepoint_{database_, "SAVEPOINT job"};
  Statement release_{database_, "RELEASE job"};
  Statement undo_{database_, "ROLLBACK TO job"};
  Statement pages_{database_, "PRAGMA page_count"};
};

}  // namespace cumulite::storage
