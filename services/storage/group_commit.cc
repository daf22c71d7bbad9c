#include "services/storage/group_commit.h"

#include <sqlite3.h>

#include <utility>

#include "base/log.h"
#include "services/storage/connection.h"

namespace cumulite::storage {
namespace {

/// A group ends with the job that reaches it, so that those who wait for the first jobs work on while the
/// next ones are written: a third of a millisecond.
constexpr std::int64_t kMaxGroupRows = 256;

constexpr std::string_view kShortOfRoom = "the disk is full; what makes room is accepted";

/// Whether the failure is the database's, so that nothing in the transaction can be trusted any more.
bool IsFatal(StorageError::Kind kind) {
  return kind == StorageError::Kind::kFull || kind == StorageError::Kind::kIo ||
         kind == StorageError::Kind::kCorrupt;
}

}  // namespace

GroupCommit::GroupCommit(Database& database, const WriterOptions& options)
    : database_(database),
      probe_interval_(options.probe_interval),
      reserve_interval_(options.reserve_interval) {}

bool GroupCommit::Run(JobList& waiting, JobList& group) {
  if (!ProvenSound()) {
    group.Append(waiting);
    FailAll(group, StorageError(StorageError::Kind::kRefused,
                                "writes are refused since a commit failed: " + Refusal()));
    return false;
  }
  try {
    Commit(waiting, group);
    return true;
  } catch (const StorageError& error) {
    if (error.kind() == StorageError::Kind::kFull && CommitWithReserve(group)) return true;
    Undo(group, error);
  } catch (const std::exception& error) {  // a deferred constraint, which no single job can be blamed for
    Undo(group, StorageError(StorageError::Kind::kSql, error.what()));
  }
  return false;
}

void GroupCommit::Commit(JobList& waiting, JobList& group) {
  begin_.Run();
  if (short_of_room_) {
    while (detail::Job* const job = waiting.Pop()) group.Push(job);
    RunApart(group);
  } else if (!RunTogether(waiting, group)) {
    roll_back_.Run();
    begin_.Run();
    RunApart(group);
  }
  commit_.Run();
  database_.RequireInPlace();
}

/// The disk is full: gives up the reserve and runs the group once more, now without the jobs that take room.
/// False when there was no reserve, or it was not enough.
bool GroupCommit::CommitWithReserve(const JobList& group) {
  if (!database_.reserve_.GiveUp()) return false;
  short_of_room_ = true;
  next_take_ = std::chrono::steady_clock::now() + reserve_interval_;
  try {
    RollBack();
    database_.ReopenAndProve();
    begin_.Run();
    RunApart(group);
    commit_.Run();
    database_.RequireInPlace();
  } catch (const std::exception&) {
    return false;
  }
  Enter(State::kShortOfRoom, std::string(kShortOfRoom));
  return true;
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
    const std::optional<std::int64_t> pages = short_of_room_ ? pages_.Scalar<std::int64_t>() : std::nullopt;
    job.Run();
    if (pages && job.room_ == Room::kTakes && pages_.Scalar<std::int64_t>() > pages) {
      throw StorageError(StorageError::Kind::kRefused, "the disk is full, and this would take more of it");
    }
  } catch (...) {
    if (database_.writing().InTransaction()) {
      undo_.Run();
      release_.Run();
    }
    throw;
  }
  release_.Run();
}

void GroupCommit::RollBack() {
  if (database_.writing_) sqlite3_exec(database_.writing().handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void GroupCommit::Undo(const JobList& jobs, const StorageError& cause) {
  RollBack();  // the reopening proves it
  Enter(State::kUnproven, cause.what());
  next_probe_ = std::chrono::steady_clock::now() + probe_interval_;
  FailAll(jobs, cause);
}

/// Tells the log of a change for the better or the worse, once.
void GroupCommit::Enter(State state, const std::string& cause) {
  {
    const std::scoped_lock lock(mutex_);
    cause_ = cause;
  }
  if (state_.exchange(state, std::memory_order_acq_rel) == state) return;
  const base::Log& log = *base::Logger("storage");
  const std::string file = database_.file().string();
  if (state == State::kUnproven) log.error("writes refused file={} cause=\"{}\"", file, cause);
  if (state == State::kShortOfRoom)
    log.warn("writes that take room refused file={} cause=\"{}\"", file, cause);
  if (state == State::kSound) log.info("writes accepted again file={}", file);
}

std::string GroupCommit::Refusal() const {
  if (state_.load(std::memory_order_acquire) == State::kSound) return {};
  const std::scoped_lock lock(mutex_);
  return cause_;
}

bool GroupCommit::ProvenSound() {
  if (state_.load(std::memory_order_relaxed) != State::kUnproven) return true;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_probe_) return false;
  next_probe_ = now + probe_interval_;
  try {
    database_.ReopenAndProve();
  } catch (const std::exception& error) {
    Enter(State::kUnproven, error.what());
    return false;
  }
  short_of_room_ ? Enter(State::kShortOfRoom, std::string(kShortOfRoom)) : Enter(State::kSound, {});
  return true;
}

void GroupCommit::FailAll(const JobList& jobs, const StorageError& error) {
  // Also those that failed on their own: what they judged by may have been a neighbour's lost write.
  const auto shared = std::make_exception_ptr(error);
  jobs.ForEach([&shared](detail::Job& job) { job.error_ = shared; });
}

void GroupCommit::Tidy() {
  if (state_.load(std::memory_order_relaxed) == State::kUnproven) return;
  if (!database_.reserve_.held() && database_.reserve_.wanted()) TakeReserveIfDue();
  short_of_room_ ? database_.CheckpointIfItFits() : database_.CheckpointIfDue();
}

void GroupCommit::TakeReserveIfDue() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_take_) return;
  next_take_ = now + reserve_interval_;
  if (!database_.reserve_.Take() || !short_of_room_) return;
  short_of_room_ = false;
  Enter(State::kSound, {});
}

}  // namespace cumulite::storage
