#pragma once
#include <chrono>
#include <string>

#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/job_list.h"
#include "services/storage/statement.h"

namespace cumulite::storage {

/// Runs a group of jobs as one transaction and notes each one's outcome.
///
/// Thread: the writer's. Internal to services/storage.
class GroupCommit {
 public:
  GroupCommit(Database& database, std::chrono::milliseconds probe_interval);

  /// Runs the first of the waiting jobs and moves them to `group`. True when the group committed; each job's
  /// own failure is in the job. Otherwise every job of the group failed.
  bool Run(JobList& waiting, JobList& group);

  /// Work on the files that nobody waits for; between groups.
  void Tidy();

 private:
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
  bool sound_ = true;
  std::string cause_;  // of the failed commit, or of the last failed proof
  std::chrono::steady_clock::time_point next_probe_{};

  Statement begin_{database_, "BEGIN IMMEDIATE"};
  Statement commit_{database_, "COMMIT"};
  Statement roll_back_{database_, "ROLLBACK"};
  Statement savepoint_{database_, "SAVEPOINT job"};
  Statement release_{database_, "RELEASE job"};
  Statement undo_{database_, "ROLLBACK TO job"};
};

}  // namespace cumulite::storage
