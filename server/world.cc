#include "server/world.h"

#include <coroutine>
#include <exception>
#include <future>
#include <utility>

#include "base/log.h"
#include "runtime/run_on.h"
#include "server/clock_file.h"
#include "server/session_key.h"
#include "services/storage/work_marker.h"

namespace cumulite::server {
namespace {

/// Two services that give each other work for ever must not keep the clock's caller for ever.
constexpr int kMostRounds = 1'000;

storage::DataDirectory OpenData(const config::Settings& settings) {
  return settings.ephemeral ? storage::DataDirectory::Ephemeral() : storage::DataDirectory(settings.data_dir);
}

/// Goes to another loop, behind what is posted there already, and comes back.
class Visit {
 public:
  explicit Visit(runtime::Loop& loop) : loop_(loop) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) const {
    runtime::Loop& home = runtime::Loop::Current();
    loop_.Post([&home, waiter] { home.Post([waiter] { waiter.resume(); }); });
  }
  void await_resume() const noexcept {}

 private:
  runtime::Loop& loop_;
};

runtime::Task<void> OpenForItsWork(ServiceSlot& slot) {
  try {
    runtime::Task<services::Service*> opening = slot.Open();
    co_await opening;
  } catch (const std::exception&) {
    // Logged; its first request tries again.
  }
}

}  // namespace

World::World(const config::Settings& settings, base::Clock& clock, const net::Listening* listening)
    : settings_(settings),
      clock_(clock),
      data_(OpenData(settings)),
      sessions_(LoadSessionKey(data_.path())),
      environment_{settings_, data_, clock_, sessions_, peers_, *http_, workers_, listening} {
  if (const auto setting = LoadClock(data_.path())) {
    clock_.Restore(*setting);
    base::Logger("clock")->warn("not the system's time offset_ms={} frozen={}", clock_.offset().count(),
                                clock_.frozen());
  }
  for (const ServiceDescriptor& descriptor : ServiceTable()) {
    slots_.emplace_back(descriptor, environment_);
    pointers_.push_back(&slots_.back());
  }
  peers_.Connect([this](std::string_view name) { return Find(name); });
}

ServiceSlot* World::Find(std::string_view name) const {
  for (ServiceSlot* slot : pointers_) {
    if (slot->name() == name) return slot;
  }
  return nullptr;
}

void World::Start(std::vector<runtime::Loop*> loops) {
  loops_ = std::move(loops);
  for (ServiceSlot* slot : pointers_) {
    if (!storage::WorkMarker::IsRaised(data_.path(), slot->name())) continue;
    std::promise<void> begun;  // so that Stop finds it being opened
    loops_.front()->Post([slot, &begun] {
      OpenForItsWork(*slot).Detach();
      begun.set_value();
    });
    begun.get_future().wait();
  }
}

void World::Stop() {
  for (ServiceSlot* slot : pointers_) slot->Close();
  // What one service still has under way may write in another, and be waited for on any loop: a delivery of
  // SNS to SQS, and then that it was made. So they are stopped until nobody has written any more.
  std::uint64_t before = 0;
  for (std::uint64_t jobs = StopOnce(); jobs != before; jobs = StopOnce()) before = jobs;
}

std::uint64_t World::StopOnce() {
  std::uint64_t jobs = 0;
  runtime::RunOn(*loops_.front(), [this] {
    for (ServiceSlot* slot : pointers_) {
      if (services::Service* service = slot->opened()) service->Stop();
    }
  });
  for (runtime::Loop* loop : loops_)
    runtime::RunOn(*loop, [] {});  // whoever waited for a write has gone on now
  for (ServiceSlot* slot : pointers_) {
    services::Service* service = slot->opened();
    const auto stats = service == nullptr ? std::nullopt : service->store_stats();
    if (stats) jobs += stats->writer.jobs + stats->writer.queue_depth;
  }
  return jobs;
}

runtime::Task<void> World::WaitForReset() {
  static constexpr std::chrono::hours kLong{24};  // a reset always ends and wakes those who wait
  for (;;) {
    runtime::Signal::Subscription waiting(reset_ended_);
    if (!resetting()) co_return;
    co_await waiting.Until(clock_.Now() + kLong, nullptr);
  }
}

runtime::Task<void> World::Reset(std::optional<std::string> service, services::ResetScope scope) {
  while (resetting_.exchange(true)) {
    runtime::Task<void> other = WaitForReset();
    co_await other;
  }
  std::exception_ptr failure;
  try {
    runtime::Task<void> reset = ResetAll(service, scope);
    co_await reset;
  } catch (const std::exception&) {
    failure = std::current_exception();
  }
  resetting_ = false;
  reset_ended_.NotifyAll();
  if (failure) std::rethrow_exception(failure);
}

runtime::Task<void> World::ResetAll(const std::optional<std::string>& service,
                                    const services::ResetScope& scope) const {
  for (ServiceSlot* slot : pointers_) {
    if ((service && slot->name() != *service) || !slot->HasState()) continue;
    runtime::Task<services::Service*> opening = slot->Open();
    services::Service* const open = co_await opening;
    runtime::Task<void> reset = open->Reset(scope);
    co_await reset;
  }
}

runtime::Task<void> World::FireTimersOfAllLoops() const {
  // The clock's jump has posted the firing to each of them: it lies before this visit.
  for (runtime::Loop* loop : loops_) {
    const Visit visit(*loop);
    co_await visit;
  }
}

runtime::Task<void> World::Settle() {
  for (int round = 0; round < kMostRounds; ++round) {
    runtime::Task<void> fired = FireTimersOfAllLoops();
    co_await fired;
    bool anything = false;
    for (ServiceSlot* slot : pointers_) {
      services::Service* const service = slot->opened();
      if (service == nullptr) continue;
      runtime::Task<bool> settled = service->Settle();
      const bool waited = co_await settled;
      anything = anything || waited;
    }
    if (!anything) co_return;
  }
}

}  // namespace cumulite::server
