#include "services/storage/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "protocol/error.h"
#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr protocol::ErrorKind kConditionFailed{.code = "ConditionalCheckFailedException", .query_code = ""};

runtime::Task<void> Await(Writer& writer, Ticket ticket) { co_await writer.Committed(ticket); }

/// Completes as Await does and notes on which thread.
runtime::Task<void> AwaitNoting(Writer& writer, Ticket ticket, std::thread::id& resumed_on) {
  co_await writer.Committed(ticket);
  resumed_on = std::this_thread::get_id();
}

class WriterTest : public ::testing::Test {
 protected:
  test_support::TemporaryDirectory directory_;
  Notes notes_{directory_.path() / "note.db"};
  Statement insert_{notes_.database, "INSERT INTO note (id, text) VALUES (?1, ?2)"};
  base::Clock clock_;
  test_support::ManualLoop loop_{clock_};

  ~WriterTest() override { notes_.writer.Stop(); }
};

TEST_F(WriterTest, JobsQueuedWhileAnotherRunsFormOneGroup) {
  Gate gate(notes_.writer);
  for (int id = 1; id <= 30; ++id) notes_.Put(id, "x");
  EXPECT_EQ(notes_.writer.counters().queue_depth, 31u) << "with the one that runs";
  gate.Open();
  notes_.writer.Flush();
  EXPECT_EQ(notes_.writer.counters().groups, 2u);
  EXPECT_EQ(notes_.writer.counters().last_group_size, 30u);
  EXPECT_EQ(notes_.writer.counters().jobs, 31u);
  EXPECT_THAT(notes_.Ids(), SizeIs(30));
}

TEST_F(WriterTest, AGroupEndsOnceItHasWrittenMuch) {
  Gate gate(notes_.writer);
  std::vector<Ticket> tickets;
  for (int id = 1; id <= 600; ++id) tickets.push_back(notes_.Put(id, "x"));
  gate.Open();
  // The first are promised before the last are written, and nothing is lost or moved on the way.
  loop_.Get(Await(notes_.writer, tickets.front()));
  loop_.Get(Await(notes_.writer, tickets.back()));
  notes_.writer.Flush();
  EXPECT_GE(notes_.writer.counters().groups, 4u);
  EXPECT_EQ(notes_.writer.counters().jobs, 601u);
  EXPECT_THAT(notes_.Ids(), SizeIs(600));
}

TEST_F(WriterTest, AFailingJobIsUndoneAloneAndItsNeighboursCommit) {
  Gate gate(notes_.writer);
  const Ticket before = notes_.Put(1, "before");
  const Ticket failing = notes_.writer.Enqueue([this] {
    insert_.Run(2, "undone");
    throw protocol::AwsError(kConditionFailed, "The conditional request failed");
  });
  const Ticket duplicate = notes_.Put(1, "again");
  const Ticket after = notes_.Put(3, "after");
  gate.Open();
  loop_.Get(Await(notes_.writer, before));
  loop_.Get(Await(notes_.writer, after));
  try {
    loop_.Get(Await(notes_.writer, failing));
    FAIL() << "the job's own error must come back";
  } catch (const protocol::AwsError& error) {
    EXPECT_EQ(error.kind().code, "ConditionalCheckFailedException");
  }
  EXPECT_THROW(loop_.Get(Await(notes_.writer, duplicate)), ConstraintError);
  EXPECT_THAT(notes_.Ids(), ElementsAre(1, 3));
  EXPECT_EQ(notes_.Get(1), "before");
  EXPECT_EQ(notes_.writer.counters().failed_groups, 0u);
}

TEST_F(WriterTest, OfAJobThatIsRunAgainTheLastRunCounts) {
  int runs = 0;
  Gate gate(notes_.writer);
  const Ticket recovering = notes_.writer.Enqueue([&] {
    if (++runs == 1) throw protocol::AwsError(kConditionFailed, "not yet");
    insert_.Run(1, "second run");
  });
  const Ticket undone = notes_.writer.Enqueue([this] {
    insert_.Run(2, "undone");
    throw protocol::AwsError(kConditionFailed, "The conditional request failed");
  });
  gate.Open();
  EXPECT_THROW(notes_.writer.Wait(undone), protocol::AwsError);
  EXPECT_NO_THROW(notes_.writer.Wait(recovering)) << "it is in the database";
  EXPECT_THAT(notes_.Ids(), ElementsAre(1));
}

TEST_F(WriterTest, FlushWaitsForTheGroupAtWork) {
  Gate gate(notes_.writer);
  std::atomic<bool> opened{false};
  std::jthread opener([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});  // long enough to return too early
    opened = true;
    gate.Open();
  });
  notes_.writer.Flush();
  EXPECT_TRUE(opened);
}

TEST_F(WriterTest, AJobSeesWhatItsNeighboursWroteBeforeIt) {
  Statement count(notes_.database, "SELECT count(*) FROM note");
  Gate gate(notes_.writer);
  notes_.Put(1, "x");
  auto counting = [&] { return count.Scalar<std::int64_t>(); };
  auto counted = notes_.writer.Run(counting);
  notes_.Put(2, "x");
  gate.Open();
  EXPECT_EQ(loop_.Get(std::move(counted)), 1);
  notes_.writer.Flush();
}

TEST_F(WriterTest, LazyJobsKeepTheirPlaceBeforeALaterAwaitedOne) {
  Statement append(notes_.database, "UPDATE note SET text = text || ?1 WHERE id = 1");
  notes_.writer.Wait(notes_.Put(1, ""));
  for (const char letter : std::string("abc")) {
    notes_.writer.Enqueue([&append, letter] { append.Run(std::string(1, letter)); }, Urgency::kLazy);
  }
  notes_.writer.Wait(notes_.writer.Enqueue([&append] { append.Run("d"); }));
  EXPECT_EQ(notes_.Get(1), "abcd");
  notes_.writer.Stop();
}

TEST_F(WriterTest, LazyJobsCommitThoughNobodyComesAfterThem) {
  notes_.writer.Wait(notes_.Put(1, "lazy", Urgency::kLazy));
  EXPECT_EQ(notes_.Get(1), "lazy");
}

TEST_F(WriterTest, ACoroutineIsResumedOnTheLoopWhereItWaits) {
  Gate gate(notes_.writer);
  std::thread::id here;
  std::thread::id there;
  auto mine = AwaitNoting(notes_.writer, notes_.Put(1, "here"), here);
  std::jthread other([&] {
    test_support::ManualLoop loop(clock_);
    auto theirs = AwaitNoting(notes_.writer, notes_.Put(2, "there"), there);
    gate.Open();
    loop.RunUntil([&] { return theirs.done(); });
    EXPECT_EQ(there, std::this_thread::get_id());
  });
  loop_.RunUntil([&] { return mine.done(); });
  EXPECT_EQ(here, std::this_thread::get_id());
}

TEST_F(WriterTest, AwaitingWhatHasCommittedDoesNotWait) {
  const Ticket ticket = notes_.Put(1, "x");
  notes_.writer.Wait(ticket);
  EXPECT_TRUE(Await(notes_.writer, ticket).done());
  EXPECT_TRUE(Await(notes_.writer, Ticket()).done());
}

TEST_F(WriterTest, StopFinishesWhatIsQueuedAndRefusesWhatComesLater) {
  const Ticket lazy = notes_.Put(1, "last words", Urgency::kLazy);
  notes_.writer.Stop();
  EXPECT_TRUE(lazy.done());
  EXPECT_EQ(notes_.Get(1), "last words");
  EXPECT_THROW(notes_.Put(2, "too late"), StorageError);
}

TEST(WriterBoundTest, BeyondItsBoundTheQueueRefuses) {
  test_support::TemporaryDirectory directory;
  Notes notes(directory.path() / "note.db", {}, {.max_queued = 4});  // the gate is one
  Gate gate(notes.writer);
  for (int id = 1; id <= 3; ++id) notes.Put(id, "x");
  EXPECT_THROW(notes.Put(4, "x"), QueueFull);
  gate.Open();
  notes.writer.Flush();
  EXPECT_THAT(notes.Ids(), ElementsAre(1, 2, 3));
  notes.writer.Wait(notes.Put(4, "x"));
}

TEST(WriterBoundTest, AnEighthOfTheQueueIsKeptForWhatMustNotBeRefused) {
  test_support::TemporaryDirectory directory;
  Notes notes(directory.path() / "note.db", {}, {.max_queued = 16});
  Gate gate(notes.writer);  // is one
  for (int id = 1; id <= 12; ++id) notes.Put(id, "x");
  EXPECT_NO_THROW(notes.writer.RequireRoom());
  notes.Put(13, "x");
  EXPECT_THROW(notes.writer.RequireRoom(), QueueFull);
  notes.Put(14, "x");
  notes.Put(15, "x");
  EXPECT_THROW(notes.Put(16, "x"), QueueFull);
  gate.Open();
}

/// Goes on at once, on the thread that has the news: nobody can hear of it earlier.
class ImmediateLoop : public runtime::Loop {
 public:
  explicit ImmediateLoop(const base::Clock& clock) : Loop(clock), previous_(CurrentOrNull()) {
    SetCurrent(this);
  }
  ~ImmediateLoop() override { SetCurrent(previous_); }
  void Post(std::function<void()> work) override { work(); }

 private:
  void ScheduleWakeUp(base::TimePoint) override {}
  runtime::Loop* const previous_;
};

runtime::Task<void> PutAfter(Notes& notes, Ticket first, bool& refused) {
  co_await notes.writer.Committed(first);
  try {
    notes.Put(2, "second");
  } catch (const QueueFull&) {
    refused = true;
  }
}

TEST(WriterBoundTest, WhoHearsOfHisWriteFindsRoomForTheNext) {
  test_support::TemporaryDirectory directory;
  base::Clock clock;
  ImmediateLoop loop(clock);
  Notes notes(directory.path() / "note.db", {}, {.max_queued = 1});
  std::atomic<bool> go{false};
  const Ticket first = notes.writer.Enqueue([&go] { go.wait(false); });
  bool refused = false;
  const auto second = PutAfter(notes, first, refused);
  go = true;
  go.notify_all();
  notes.writer.Wait(first);
  notes.writer.Flush();
  EXPECT_FALSE(refused);
  EXPECT_EQ(notes.Get(2), "second");
}

}  // namespace
}  // namespace cumulite::storage
