#include "services/sqs/move_tasks.h"

#include <algorithm>
#include <utility>

#include "services/sqs/dead_letters.h"
#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"
#include "services/storage/error.h"

namespace cumulite::sqs {
namespace {

/// Messages that a task without a rate moves before it lets other work in.
constexpr std::int64_t kMessagesPerStep = 100;
constexpr std::size_t kTasksKept = 10;  // of a queue: what ListMessageMoveTasks can show
// Source: SQS Developer Guide "Amazon SQS message quotas", dead-letter queue redrive.
constexpr std::chrono::hours kMaxDuration{36};
constexpr std::string_view kTimedOut = "TaskTimedOut";
constexpr std::size_t kMaxRunning = 100;        // of an account
constexpr std::chrono::seconds kRetryDelay{1};  // when too many writes wait

}  // namespace

/// A task and what drives it. All but the alarm is guarded by the mutex.
struct MoveTasks::Running {
  MoveTask task;
  TimePoint due = TimePoint::max();  // of the next step
  bool stepping = false;
  std::unique_ptr<runtime::Alarm> alarm;
};

MoveTasks::MoveTasks(SqsService& sqs, std::vector<MoveTask> stored,
                     const std::filesystem::path& data_directory)
    : sqs_(sqs), marker_(data_directory, "sqs") {
  std::sort(stored.begin(), stored.end(),
            [](const MoveTask& a, const MoveTask& b) { return a.started_at > b.started_at; });
  for (MoveTask& task : stored) {
    tasks_.push_back(std::make_shared<Running>());
    tasks_.back()->task = std::move(task);
  }
}

MoveTasks::~MoveTasks() = default;

void MoveTasks::Resume() {
  std::vector<std::shared_ptr<Running>> running;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& task : tasks_) {
      if (task->task.status == MoveTask::Status::kRunning) running.push_back(task);
    }
  }
  // Not when the last one ends: its end may not be durable yet.
  if (running.empty()) marker_.Lower();
  for (const auto& task : running) Run(task);
}

void MoveTasks::Run(const std::shared_ptr<Running>& running) {
  running->alarm = std::make_unique<runtime::Alarm>([this, weak = std::weak_ptr(running)] {
    if (auto task = weak.lock()) Drive(std::move(task)).Detach();
  });
  const TimePoint now = sqs_.clock().Now();
  {
    const std::scoped_lock lock(mutex_);
    running->due = now;
  }
  running->alarm->SetAtMost(now);
}

runtime::Task<void> MoveTasks::Drive(std::shared_ptr<Running> running) {
  {
    const std::scoped_lock lock(mutex_);
    running->stepping = true;
    running->due = TimePoint::max();
  }
  co_await Step(running);
  {
    const std::scoped_lock lock(mutex_);
    running->stepping = false;
  }
  stepped_.NotifyAll();
}

bool MoveTasks::AnyDue() const {
  const TimePoint now = sqs_.clock().Now();
  const std::scoped_lock lock(mutex_);
  return !stopping_ && std::ranges::any_of(tasks_, [now](const std::shared_ptr<Running>& running) {
    return running->stepping || (running->task.status == MoveTask::Status::kRunning && running->due <= now);
  });
}

runtime::Task<bool> MoveTasks::Settle() {
  static constexpr std::chrono::hours kLong{24};  // every step ends and wakes those who wait
  for (bool waited = false;; waited = true) {
    runtime::Signal::Subscription next(stepped_);
    if (!AnyDue()) co_return waited;
    co_await next.Until(sqs_.clock().Now() + kLong, nullptr);
  }
}

runtime::Task<void> MoveTasks::Start(MoveTask task) {
  auto running = std::make_shared<Running>();
  running->task = std::move(task);
  const MoveTask& started = running->task;
  storage::Ticket ticket;
  {
    const std::scoped_lock lock(mutex_);
    const bool one_runs = std::ranges::any_of(tasks_, [&](const std::shared_ptr<Running>& other) {
      return other->task.source_arn == started.source_arn && other->task.status == MoveTask::Status::kRunning;
    });
    if (one_runs) {
      throw AwsError(
          kInvalidParameterValue,
          "There is already a task running. Only one active task is allowed for a source queue arn at a "
          "given time.");
    }
    if (RunningOfAccount(ParseQueueArn(started.source_arn)->account) >= kMaxRunning) {
      throw AwsError(kOverLimit, "An account can have 100 active message movement tasks at most.");
    }
    marker_.Raise();
    ticket = sqs_.store().JournalMoveTask(started);
    tasks_.push_front(running);
    ForgetOldest(started.source_arn);
  }
  try {
    co_await sqs_.store().Committed(ticket);
  } catch (const std::exception&) {
    const std::scoped_lock lock(mutex_);
    tasks_.remove(running);
    throw;
  }
  Run(running);
}

std::size_t MoveTasks::RunningOfAccount(std::string_view account) const {
  return static_cast<std::size_t>(std::ranges::count_if(tasks_, [&](const std::shared_ptr<Running>& running) {
    const auto source = ParseQueueArn(running->task.source_arn);
    return running->task.status == MoveTask::Status::kRunning && source && source->account == account;
  }));
}

void MoveTasks::ForgetOldest(const std::string& source_arn) {
  std::size_t kept = 0;
  tasks_.remove_if([&](const std::shared_ptr<Running>& running) {
    if (running->task.source_arn != source_arn || ++kept <= kTasksKept) return false;
    try {
      sqs_.store().JournalForgetMoveTask(running->task.id);
      return true;
    } catch (const storage::QueueFull&) {
      return false;  // the next task's start forgets it
    }
  });
}

runtime::Task<std::optional<std::int64_t>> MoveTasks::Cancel(std::string source_arn, std::string id) {
  std::shared_ptr<Running> cancelled;
  storage::Ticket ticket;
  std::int64_t moved = 0;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find_if(tasks_, [&](const std::shared_ptr<Running>& running) {
      const MoveTask& task = running->task;
      return task.id == id && task.source_arn == source_arn && task.status == MoveTask::Status::kRunning;
    });
    if (found == tasks_.end()) co_return std::nullopt;
    cancelled = *found;
    ticket = Finish(*cancelled, MoveTask::Status::kCancelled);
    moved = cancelled->task.moved;
  }
  try {
    co_await sqs_.store().Committed(ticket);
  } catch (const std::exception&) {
    {
      const std::scoped_lock lock(mutex_);
      cancelled->task.status = MoveTask::Status::kRunning;
    }
    Run(cancelled);
    throw;
  }
  co_return moved;
}

std::vector<MoveTask> MoveTasks::List(const std::string& source_arn) const {
  std::vector<MoveTask> found;
  const std::scoped_lock lock(mutex_);
  for (const auto& running : tasks_) {
    if (running->task.source_arn == source_arn) found.push_back(running->task);
  }
  return found;
}

void MoveTasks::Stop() {
  stopping_ = true;
  const std::scoped_lock lock(mutex_);
  for (const auto& running : tasks_) {
    if (running->alarm) running->alarm->Cancel();
  }
}

void MoveTasks::Reset(const services::ResetScope& scope) {
  const std::scoped_lock lock(mutex_);
  tasks_.remove_if([&](const std::shared_ptr<Running>& running) {
    const auto source = ParseQueueArn(running->task.source_arn);
    if (source ? !scope.Takes(source->account, source->region) : !scope.Takes({}, {})) return false;
    running->task.status = MoveTask::Status::kCancelled;
    sqs_.store().JournalForgetMoveTask(running->task.id);
    return true;
  });
}

storage::Ticket MoveTasks::Finish(Running& running, MoveTask::Status status, std::string failure) {
  MoveTask finished = running.task;
  finished.status = status;
  finished.failure = std::move(failure);
  storage::Ticket ticket = sqs_.store().JournalMoveTask(finished);
  running.task = std::move(finished);
  return ticket;
}

std::int64_t MoveTasks::Allowance(const MoveTask& task) const {
  if (!task.messages_per_second) return task.moved + kMessagesPerStep;
  const std::int64_t elapsed_ms = (sqs_.clock().Now() - task.started_at).count();
  const std::int64_t due = elapsed_ms * *task.messages_per_second / 1000 + 1;  // the first at once
  return std::min(due, task.moved + kMessagesPerStep);
}

TimePoint MoveTasks::NextMove(const MoveTask& task) const {
  if (!task.messages_per_second) return sqs_.clock().Now();
  const std::int64_t rate = *task.messages_per_second;
  return task.started_at + std::chrono::milliseconds{(task.moved * 1000 + rate - 1) / rate};
}

bool MoveTasks::IsForgotten(const std::shared_ptr<Running>& running) const {
  return std::ranges::find(tasks_, running) == tasks_.end();
}

runtime::Task<void> MoveTasks::Step(std::shared_ptr<Running> running) {
  MoveTask task;
  {
    const std::scoped_lock lock(mutex_);
    task = running->task;
  }
  if (task.status != MoveTask::Status::kRunning || stopping_) co_return;
  const auto source = sqs_.FindByArn(task.source_arn);
  Moved last = Moved::kOne;
  bool in_trouble = false;  // of the store's, which passes: the task tries again a little later
  std::string failure;
  try {
    if (!source) throw QueueDoesNotExist();
    if (sqs_.clock().Now() - task.started_at >= kMaxDuration) failure = kTimedOut;
    const std::int64_t allowed = failure.empty() ? Allowance(task) : 0;
    while (last == Moved::kOne && task.moved < allowed && !stopping_) {
      last = co_await MoveOne(source, task.destination_arn);
      if (last == Moved::kOne) ++task.moved;
    }
    storage::Ticket progress;
    {
      const std::scoped_lock lock(mutex_);
      if (IsForgotten(running)) co_return;
      running->task.moved = task.moved;
      progress = sqs_.store().JournalMoveTask(running->task);
    }
    // No faster than the writer, who has others to serve, too.
    co_await sqs_.store().Committed(progress);
    if (last == Moved::kNoDestination) throw QueueDoesNotExist();
    if (last == Moved::kUnknownSource) failure = "CouldNotDetermineMessageSource";
  } catch (const AwsError& error) {
    // A queue is gone: what was not moved is where it was.
    in_trouble = error.kind().code == protocol::kServiceUnavailable.code;
    if (!in_trouble) failure = error.kind().QueryCode();
  } catch (const std::exception&) {
    in_trouble = true;
  }
  if (!failure.empty()) {
    sqs_.log().warn("move task failed id={} source={} moved={} cause={}", task.id, task.source_arn,
                    task.moved, failure);
  }
  const std::scoped_lock lock(mutex_);
  if (IsForgotten(running) || running->task.status != MoveTask::Status::kRunning) co_return;
  running->task.moved = task.moved;
  try {
    if (!failure.empty()) {
      Finish(*running, MoveTask::Status::kFailed, std::move(failure));
      co_return;
    }
    if (last == Moved::kNone && !in_trouble) {
      Finish(*running, MoveTask::Status::kCompleted);
      co_return;
    }
  } catch (const storage::QueueFull&) {
    in_trouble = true;
  }
  const TimePoint next = NextMove(running->task);
  running->due = in_trouble ? std::max(next, sqs_.clock().Now() + kRetryDelay) : next;
  running->alarm->SetAtMost(running->due);
}

runtime::Task<MoveTasks::Moved> MoveTasks::MoveOne(std::shared_ptr<Queue> source,
                                                   std::string destination_arn) {
  if (!source->loaded()) co_await sqs_.Load(source);
  for (;;) {
    const auto next =
        source->With([this](QueueState& state) { return state.NextDeparture(sqs_.clock().Now()); });
    if (!next) co_return Moved::kNone;
    std::string target = destination_arn;
    if (target.empty()) {
      std::vector<MessageKey> keys{next->key};
      const auto contents = co_await sqs_.Contents(std::move(keys));
      if (!contents.front()) continue;  // received and deleted meanwhile
      target = contents.front()->source_arn;
      if (target.empty()) co_return Moved::kUnknownSource;
    }
    const auto destination = sqs_.FindByArn(target);
    if (!destination) co_return Moved::kNoDestination;
    if (!destination->loaded()) co_await sqs_.Load(destination);
    // A consumer may have received it meanwhile; then it is the next one's turn.
    const bool departed =
        source->With([&](QueueState& state) { return state.Depart(*next, sqs_.clock().Now()); });
    if (!departed) continue;
    Redrive(sqs_, source, destination, *next);
    co_return Moved::kOne;
  }
}

}  // namespace cumulite::sqs
