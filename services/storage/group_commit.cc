#include "services/storage/group_commit.h"

#include <sqlite3.h>

#include <utility>

#include "services/storage/connection.h"

namespace cumulite::storage {
namespace {

/// A group ends with the job that reaches it, so that those who wait for the first jobs work on while the
/// next ones are written: a third of a millisecond.
constexpr std::int64_t kMaxGroupRows = 256;

/// Whether the failure is the database's, so that nothing in the transaction can be trusted any more.
bool IsFatal(StorageError::Kind kind) {
  return kind == StorageError::Kind::kFull || kind == StorageError::Kind::kIo ||
         kind == StorageError::Kind::kCorrupt;
}

}  // namespace

GroupCommit::GroupCommit(Database& database, std::chrono::milliseconds probe_interval)
    : database_(database), probe_interval_(probe_interval) {}

bool GroupCommit::Run(JobList& waiting, JobList& group) {
  if (!ProvenSound()) {
    group.Append(waiting);
    FailAll(group, StorageError(StorageError::Kind::kRefused,
                                "writes are refused since a commit failed: " + cause_));
    return false;
  }
  try {
    begin_.Run();
    if (!RunTogether(waiting, group)) {
      roll_back_.Run();
      begin_.Run();
      RunApart(group);
    }
    commit_.Run();
    return true;
  } catch (const StorageError& error) {
    Undo(group, error);
  } catch (const std::exception& error) {  // a deferred constraint, which no single job can be blamed for
    Undo(group, StorageError(StorageError::Kind::kSql, error.what()));
  }
  return false;
}

/// The ordinary case: no job writes and then fails, so none needs a savepoint, which would copy every page
/// that a job touches. False when one did; nothing of the group may be kept then.
bool GroupCommit::RunTogether(JobList& waiting, JobList& group) {
  const std::int64_t start = database_.writing().Changes();
  for (std::int64_t changes = start; changes - start < kMaxGroupRows;) {
    detail::Job* const job = waiting.Pop();
    if (job == nullptr) break;
    group.Push(job);
    NoteFailure(*job, [job] { job->Run(); });
    const std::int64_t changes_before = std::exchange(changes, database_.writing().Changes());
    if (job->error_ && changes != changes_before) return false;
  }
  return true;
}

/// Again, each job under a savepoint, so that the one that fails is undone alone.
void GroupCommit::RunApart(const JobList& jobs) {
  jobs.ForEach([this](detail::Job& job) {
    job.error_ = nullptr;
    NoteFailure(job, [this, &job] { RunUnderSavepoint(job); });
  });
}

template <class F>
void GroupCommit::NoteFailure(detail::Job& job, F run) {
  try {
    run();
  } catch (const StorageError& error) {
    if (IsFatal(error.kind())) throw;
    job.error_ = std::current_exception();
  } catch (...) {
    job.error_ = std::current_exception();
  }
  // Some errors make SQLite roll back the transaction, and with it the neighbours' writes.
  if (!database_.writing().InTransaction()) {
    throw StorageError(StorageError::Kind::kIo, "SQLite rolled the transaction back");
  }
}

void GroupCommit::RunUnderSavepoint(detail::Job& job) {
  savepoint_.Run();
  try {
    job.Run();
  } catch (...) {
    if (database_.writing().InTransaction()) {
      undo_.Run();
      release_.Run();
    }
    throw;
  }
  release_.Run();
}

void GroupCommit::Undo(const JobList& jobs, const StorageError& cause) {
  sqlite3_exec(database_.writing().handle(), "ROLLBACK", nullptr, nullptr,
               nullptr);  // the reopening proves it
  sound_ = false;
  cause_ = cause.what();
  next_probe_ = std::chrono::steady_clock::now() + probe_interval_;
  FailAll(jobs, cause);
}

bool GroupCommit::ProvenSound() {
  if (sound_) return true;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_probe_) return false;
  next_probe_ = now + probe_interval_;
  try {
    database_.ReopenAndProve();
    sound_ = true;
  } catch (const std::exception& error) {
    cause_ = error.what();
  }
  return sound_;
}

void GroupCommit::FailAll(const JobList& jobs, const StorageError& error) {
  // Also those that failed on their own: what they judged by may have been a neighbour's lost write.
  const auto shared = std::make_exception_ptr(error);
  jobs.ForEach([&shared](detail::Job& job) { job.error_ = shared; });
}

void GroupCommit::Tidy() {
  if (sound_) database_.CheckpointIfDue();
}

}  // namespace cumulite::storage
