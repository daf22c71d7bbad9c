#include "services/sqs/queue_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "services/storage/error.h"
#include "services/storage/statement.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::sqs {
namespace {
using namespace std::chrono_literals;
using storage::Ticket;
using testing::ElementsAre;

constexpr TimePoint kNow{1'700'000'000s};

/// The journal by itself, with queue 1 in it.
class QueueStoreTest : public testing::Test {
 protected:
  QueueStoreTest() {
    StoredQueue queue;
    queue.number = 1;
    queue.name = {"000000000000", "us-east-1", "q"};
    queue.first_key = queue.next_key = Key(0);
    // So many rows that its deletion is a group of its own, and what follows another.
    for (int i = 0; i < 2'000; ++i) queue.tags.emplace(std::to_string(i), "x");
    writer_.Wait(store_.JournalCreate(queue));
  }
  ~QueueStoreTest() override { writer_.Stop(); }

  static MessageKey Key(MessageKey place) { return FirstKeyOf(1) + place; }
  static SentMessage Message(MessageKey place, TimePoint sent_at = kNow, std::chrono::seconds delay = 0s) {
    auto content = std::make_shared<MessageContent>();
    content->body = "x";
    content->group = "g";
    content->deduplication_id = std::to_string(place);
    return {{Key(place), MessageId::Random(), sent_at, sent_at + delay, false}, content};
  }
  void Send(MessageKey count) {
    std::vector<SentMessage> messages;
    for (MessageKey place = 0; place < count; ++place) messages.push_back(Message(place));
    writer_.Wait(store_.JournalSend(std::move(messages), std::nullopt));
  }
  static VisibilityRow Received(MessageKey place) { return {Key(place), kNow + 30s, kNow, 1}; }
  Ticket Move(MessageKey from, MessageKey to, std::optional<MessageKey> reserve = std::nullopt) {
    return store_.JournalMove({Key(from), {Key(to), MessageId::Random(), kNow, kNow, false}, {}, "arn", {}},
                              reserve);
  }
  std::int64_t Rows(const std::string& table) {
    const storage::ReadStatement count(database_, "SELECT count(*) FROM " + table);
    return count.Scalar<std::int64_t>().value_or(-1);
  }
  std::vector<TimePoint> VisibleTimes() {
    std::vector<TimePoint> times;
    store_.LoadMessages(0, INT64_MAX, [&](const StoredMessage& m) { times.push_back(m.visible_at); });
    return times;
  }

  test_support::TemporaryDirectory directory_;
  storage::Database unrelated_{directory_.path() / "other.db"};  // initialises SQLite
  storage::Faults& faults_ = storage::InstallFailingVfs();
  storage::Database database_{directory_.path() / "sqs.db", {.vfs = storage::kFailingVfs}};
  storage::Writer writer_{database_, {.probe_interval = 0ms}};
  QueueStore store_{database_, writer_};
};

TEST_F(QueueStoreTest, AMoveTakesTheVisibilityOfTheMessageAlong) {
  Send(2);
  store_.JournalReceive({Received(0)}, false);
  writer_.Wait(store_.Barrier());
  ASSERT_EQ(Rows("visibility"), 1);
  store_.JournalReceive({Received(1)}, false);  // and this one is not written yet
  writer_.Wait(Move(0, 10));
  writer_.Wait(Move(1, 11));
  writer_.Wait(store_.Barrier());
  EXPECT_EQ(Rows("visibility"), 0);
  EXPECT_EQ(Rows("message"), 2);
}

TEST_F(QueueStoreTest, AMoveOfWhatIsGoneFailsAlone) {
  Send(1);
  storage::Gate gate(writer_);
  const Ticket gone = Move(7, 17);
  const Ticket here = Move(0, 10);
  gate.Open();
  EXPECT_THROW(writer_.Wait(gone), std::runtime_error) << "else its destination has a ghost without a body";
  EXPECT_NO_THROW(writer_.Wait(here));
}

TEST_F(QueueStoreTest, ReceivesAreWrittenAlthoughANeighbourIsUndone) {
  Send(1);
  storage::Gate gate(writer_);
  store_.JournalReceive({Received(0)}, false);
  const Ticket receives = store_.Barrier();
  const Ticket undone = Move(7, 17, Key(4'096));  // after its write finds nothing to move: all is run again
  gate.Open();
  EXPECT_THROW(writer_.Wait(undone), std::runtime_error);
  writer_.Wait(receives);
  EXPECT_EQ(Rows("visibility"), 1);
}

TEST_F(QueueStoreTest, AReceiveIsWrittenThoughNothingElseHappens) {
  Send(1);
  store_.JournalReceive({Received(0)}, false);
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (Rows("visibility") == 0 && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(Rows("visibility"), 1);
}

TEST_F(QueueStoreTest, ADeleteOvertakesAVisibilityWithoutLeavingARow) {
  Send(1);
  store_.JournalReceive({Received(0)}, false);
  writer_.Wait(store_.Barrier());
  storage::Gate gate(writer_);
  store_.JournalVisibility({Received(0)});
  const Ticket deleted = store_.JournalDelete({Key(0)});
  gate.Open();
  writer_.Wait(deleted);
  EXPECT_EQ(Rows("visibility"), 0);
}

TEST_F(QueueStoreTest, AFailedDeletionKeepsTheMessagesFromTheSweep) {
  Send(3);
  faults_.full_writes = 1;
  EXPECT_THROW(writer_.Wait(store_.JournalDeleteQueue(1)), storage::StorageError);
  writer_.Flush();  // the sweep comes after, on a disk that has space again
  ASSERT_EQ(writer_.counters().failed_groups, 1u);
  EXPECT_EQ(Rows("queue"), 1);
  EXPECT_EQ(Rows("message"), 3);
}

TEST_F(QueueStoreTest, TheSweepGoesOnUntilNothingIsLeft) {
  Send(5'000);
  writer_.Wait(store_.JournalPurge(1, Key(4'999)));
  writer_.Flush();
  EXPECT_EQ(Rows("message"), 1);
  EXPECT_EQ(Rows("recent_send"), 1);
}

TEST_F(QueueStoreTest, SendsAreForgottenOnceTheirWindowIsOver) {
  const TimePoint last = kNow + Deduplication::kWindow;
  writer_.Wait(store_.JournalSend({Message(0), Message(1, kNow + 1ms)}, std::nullopt));
  writer_.Wait(store_.JournalSend({Message(2, last - 1ms)}, Key(4'096)));
  EXPECT_EQ(Rows("recent_send"), 3) << "a retry of the first must still be told";
  writer_.Wait(store_.JournalSend({Message(3, last)}, Key(8'192)));
  EXPECT_EQ(Rows("recent_send"), 3) << "without the first";
}

TEST_F(QueueStoreTest, ANewDelayMovesWhatIsStillDelayedOnly) {
  writer_.Wait(store_.JournalSend({Message(0, kNow, 60s), Message(1), Message(2, kNow, 30s)}, std::nullopt));
  writer_.Wait(store_.JournalDelay(Key(0), Key(100), kNow, 90s));
  EXPECT_THAT(VisibleTimes(), ElementsAre(kNow + 90s, kNow, kNow + 90s));
}

}  // namespace
}  // namespace cumulite::sqs
