#include "services/storage/outbox.h"

#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::storage {
namespace {
using std::chrono::seconds;

/// An outbox on a real file; what was handled is noted as "kind:payload@attempt".
class OutboxTest : public testing::Test {
 protected:
  struct World {
    World(const std::filesystem::path& file, const base::Clock& clock, std::size_t max_in_flight,
          WorkMarker* marker = nullptr)
        : database(file),
          writer(database.Migrate(kMigrations)),
          outbox(database, writer, clock, max_in_flight, marker) {}
    ~World() { writer.Stop(); }
    static constexpr Migration kMigrations[] = {{1, Outbox::kSchema}};
    Database database;
    Writer writer;
    Outbox outbox;
  };

  OutboxTest() { Open(); }
  ~OutboxTest() override { Close(); }
  void Open(std::size_t max_in_flight = 256) {
    world_ = std::make_unique<World>(temporary_.path() / "o.db", clock_, max_in_flight);
  }
  void Close() {
    world_->outbox.Stop();
    world_->writer.Flush();
    loop_.RunUntilIdle();
    world_.reset();
  }
  void Start() {
    world_->outbox.Start([this](OutboxEvent event) { return Note(std::move(event)); });
    loop_.RunUntilIdle();
  }
  runtime::Task<OutboxVerdict> Note(OutboxEvent event) {
    handled_.push_back(event.payload + "@" + std::to_string(event.attempt));
    ++at_once_;
    most_at_once_ = std::max(most_at_once_, at_once_);
    const OutboxVerdict verdict = verdict_ ? verdict_(event) : OutboxVerdict::Done();
    const auto nothing = [] {};
    co_await world_->writer.Run(nothing);  // so that it suspends
    --at_once_;
    co_return verdict;
  }
  void Add(const std::string& payload, const std::string& key = {}, seconds in = {}) {
    const auto add = [&] {
      world_->outbox.Add({.kind = "k", .payload = payload, .key = key, .due = clock_.Now() + in});
    };
    loop_.Get(world_->writer.Run(add));
    world_->outbox.Wake();
  }
  void RunUntilHandled(std::size_t count) {
    loop_.RunUntil([&] { return handled_.size() >= count && at_once_ == 0; });
  }
  void RunUntilEmpty() {
    loop_.RunUntil([&] {
      world_->writer.Flush();
      return world_->outbox.Count() == 0;
    });
  }

  base::Clock clock_{base::TimePoint{seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  std::unique_ptr<World> world_;
  std::vector<std::string> handled_;
  std::function<OutboxVerdict(const OutboxEvent&)> verdict_;
  int at_once_ = 0;
  int most_at_once_ = 0;
};

TEST_F(OutboxTest, EventIsHandledOnceAndGone) {
  Start();
  Add("a");
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("a@1"));
}

TEST_F(OutboxTest, EventOfAnUndoneJobNeverWas) {
  Start();
  const auto fail = [&] {
    world_->outbox.Add({.kind = "k", .payload = "a", .due = clock_.Now()});
    throw std::runtime_error("no");
  };
  EXPECT_THROW(loop_.Get(world_->writer.Run(fail)), std::runtime_error);
  world_->outbox.Wake();
  loop_.RunUntilIdle();
  EXPECT_THAT(handled_, testing::IsEmpty());
  EXPECT_EQ(world_->outbox.Count(), 0);
}

TEST_F(OutboxTest, EventWaitsForItsTime) {
  Start();
  Add("later", {}, seconds{60});
  loop_.RunUntilIdle();
  clock_.Advance(seconds{59});
  loop_.RunUntilIdle();
  EXPECT_THAT(handled_, testing::IsEmpty());
  clock_.Advance(seconds{1});
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("later@1"));
}

TEST_F(OutboxTest, RetryCountsAttemptsAndWaitingDoesNot) {
  verdict_ = [&](const OutboxEvent& event) {
    if (event.attempt == 1) return OutboxVerdict::RetryAt(clock_.Now() + seconds{10});
    if (handled_.size() == 2) return OutboxVerdict::WaitUntil(clock_.Now() + seconds{10});
    return OutboxVerdict::Done();
  };
  Start();
  Add("a");
  RunUntilHandled(1);
  for (std::size_t i = 2; i <= 3; ++i) {
    loop_.RunUntil([&] {
      clock_.Advance(seconds{10});
      return handled_.size() >= i;
    });
    RunUntilHandled(i);
  }
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("a@1", "a@2", "a@2"));
}

TEST_F(OutboxTest, EventsOfAKeyKeepTheirOrderWhileTheFirstIsRetried) {
  verdict_ = [&](const OutboxEvent& event) {
    const bool again = event.payload == "a1" && event.attempt == 1;
    return again ? OutboxVerdict::RetryAt(clock_.Now() + seconds{10}) : OutboxVerdict::Done();
  };
  Start();
  Add("a1", "a");
  Add("a2", "a");
  Add("b1", "b");
  RunUntilHandled(2);
  EXPECT_THAT(handled_, testing::UnorderedElementsAre("a1@1", "b1@1")) << "another key does not wait";
  loop_.RunUntil([&] {
    clock_.Advance(seconds{10});
    return handled_.size() >= 4;
  });
  RunUntilEmpty();
  EXPECT_EQ(handled_[2], "a1@2");
  EXPECT_EQ(handled_[3], "a2@1");
}

TEST_F(OutboxTest, WhatWasNotDoneIsHandledAfterARestart) {
  Add("left");  // nobody handles yet, as if the process had died
  Add("ordered1", "k");
  Add("ordered2", "k");
  Close();
  Open();
  Start();
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::UnorderedElementsAre("left@1", "ordered1@1", "ordered2@1"));
  EXPECT_LT(std::find(handled_.begin(), handled_.end(), "ordered1@1"),
            std::find(handled_.begin(), handled_.end(), "ordered2@1"));
}

TEST_F(OutboxTest, NoMoreThanItsLimitAreInMemory) {
  Close();
  Open(3);
  for (int i = 0; i < 20; ++i) Add(std::to_string(i));
  Start();
  RunUntilEmpty();
  EXPECT_EQ(handled_.size(), 20u);
  EXPECT_LE(most_at_once_, 3);
}

TEST_F(OutboxTest, ClaimedEventIsTheProducersUntilItIsReleased) {
  Start();
  std::int64_t id = 0;
  const auto add = [&] {
    world_->outbox.AddClaimed({.kind = "k", .payload = "mine", .due = clock_.Now()}, id);
  };
  loop_.Get(world_->writer.Run(add));
  world_->outbox.Wake();
  loop_.RunUntilIdle();
  EXPECT_THAT(handled_, testing::IsEmpty());
  world_->outbox.Release(id);
  clock_.Advance(seconds{1});
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("mine@1"));
}

TEST_F(OutboxTest, ClaimsAndTheOthersHaveRoomOfTheirOwn) {
  Close();
  Open(2);
  Start();
  std::int64_t first = 0;
  std::int64_t second = 0;
  for (std::int64_t* const id : {&first, &second}) {
    ASSERT_TRUE(world_->outbox.HasRoom());
    const auto add = [&] {
      world_->outbox.AddClaimed({.kind = "k", .payload = "mine", .due = clock_.Now()}, *id);
    };
    loop_.Get(world_->writer.Run(add));
  }
  EXPECT_FALSE(world_->outbox.HasRoom());
  for (int i = 0; i < 10; ++i) Add("other" + std::to_string(i));
  RunUntilHandled(10);
  EXPECT_EQ(handled_.size(), 10u) << "though all claims are taken";
  world_->outbox.Finish(first, OutboxVerdict::Done());
  loop_.RunUntil([&] { return world_->outbox.HasRoom(); });
  world_->outbox.Finish(second, OutboxVerdict::Done());
  RunUntilEmpty();
  EXPECT_EQ(handled_.size(), 10u);
}

TEST_F(OutboxTest, FinishedClaimIsNeverHandledAgain) {
  Start();
  std::int64_t id = 0;
  const auto add = [&] {
    world_->outbox.AddClaimed({.kind = "k", .payload = "mine", .due = clock_.Now()}, id);
  };
  loop_.Get(world_->writer.Run(add));
  world_->outbox.Finish(id, OutboxVerdict::Done());
  RunUntilEmpty();
  world_->outbox.Wake();
  loop_.RunUntilIdle();
  EXPECT_THAT(handled_, testing::IsEmpty());
}

TEST_F(OutboxTest, SettledWaitsForWhatIsDue) {
  Start();
  Add("a");
  Add("later", {}, seconds{60});
  EXPECT_TRUE(loop_.Get(world_->outbox.Settled()));
  EXPECT_THAT(handled_, testing::ElementsAre("a@1"));
  EXPECT_FALSE(loop_.Get(world_->outbox.Settled())) << "nothing was left to wait for";
}

TEST_F(OutboxTest, SettledEndsWhenItIsStopped) {
  Start();
  world_->outbox.Stop();
  Add("a");
  EXPECT_FALSE(loop_.Get(world_->outbox.Settled()));
  EXPECT_THAT(handled_, testing::IsEmpty());
}

TEST_F(OutboxTest, HeldEventRestsUntilItIsResumed) {
  std::int64_t held = 0;
  verdict_ = [&](const OutboxEvent& event) {
    if (std::exchange(held, event.id) == event.id) return OutboxVerdict::Done();
    return OutboxVerdict::Hold();
  };
  Start();
  Add("a");
  loop_.Get(world_->outbox.Settled());
  clock_.Advance(seconds{1'000});
  loop_.Get(world_->outbox.Settled());
  EXPECT_THAT(handled_, testing::ElementsAre("a@1"));
  world_->outbox.Resume(held);
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("a@1", "a@1")) << "being held is no attempt";
}

TEST_F(OutboxTest, ResumingBeforeTheVerdictIsWrittenIsNotLost) {
  verdict_ = [&](const OutboxEvent& event) {
    if (handled_.size() > 1) return OutboxVerdict::Done();
    world_->outbox.Resume(event.id);
    return OutboxVerdict::Hold();
  };
  Start();
  Add("a");
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("a@1", "a@1"));
}

TEST_F(OutboxTest, RestartHoldsNothing) {
  verdict_ = [](const OutboxEvent&) { return OutboxVerdict::Hold(); };
  Start();
  Add("a");
  loop_.Get(world_->outbox.Settled());
  Close();
  Open();
  verdict_ = nullptr;
  Start();
  RunUntilEmpty();
  EXPECT_THAT(handled_, testing::ElementsAre("a@1", "a@1"));
}

TEST_F(OutboxTest, MarkerIsRaisedWhileThereAreEvents) {
  const auto raised = [this] { return WorkMarker::IsRaised(temporary_.path(), "o"); };
  WorkMarker marker(temporary_.path(), "o");
  marker.Raise();  // by an earlier process that was killed
  World world(temporary_.path() / "marked.db", clock_, 16, &marker);
  world.outbox.Start([](OutboxEvent) -> runtime::Task<OutboxVerdict> { co_return OutboxVerdict::Done(); });
  EXPECT_FALSE(raised()) << "there is none";
  const auto add = [&] { world.outbox.Add({.kind = "k", .payload = "a", .due = clock_.Now() + seconds{9}}); };
  loop_.Get(world.writer.Run(add));
  EXPECT_TRUE(raised());
  world.outbox.Stop();
  world.writer.Flush();
  EXPECT_TRUE(raised()) << "one waits";
  world.outbox.Start([](OutboxEvent) -> runtime::Task<OutboxVerdict> { co_return OutboxVerdict::Done(); });
  clock_.Advance(seconds{9});
  loop_.Get(world.outbox.Settled());
  world.outbox.Stop();
  world.writer.Flush();
  EXPECT_FALSE(raised());
}

}  // namespace
}  // namespace cumulite::storage
