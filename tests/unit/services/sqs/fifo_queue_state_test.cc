#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/clock.h"
#include "services/sqs/queue_state.h"

namespace cumulite::sqs {
namespace {
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// Messages are named "group-name", and named so that each is its own deduplication id.
class FifoQueueStateTest : public testing::Test {
 protected:
  Sent Send(const std::string& name) { return SendAs(name, name); }
  Sent SendAs(const std::string& name, const std::string& deduplication_id) {
    const std::string group = name.substr(0, name.find('-'));
    const Sent sent =
        queue_->Send({MessageId::Random(), rules_.delay, group, deduplication_id}, clock_.Now());
    if (!sent.duplicate) names_[sent.key] = name;
    return sent;
  }
  void SendAll(const std::vector<std::string>& names) {
    for (const auto& name : names) Send(name);
  }
  std::vector<std::string> Receive(std::size_t max = 10, std::chrono::seconds visibility = 30s,
                                   std::string_view attempt = {}) {
    received_ = queue_->Receive({max, visibility, max_receive_count_, attempt}, clock_.Now());
    std::vector<std::string> names;
    for (const Delivery& delivery : received_.deliveries) {
      names.push_back(names_[delivery.handle.key]);
      handles_[names.back()] = delivery.handle;
    }
    return names;
  }
  QueueState::Deletion Delete(const std::string& name) {
    return queue_->Delete(handles_[name], clock_.Now());
  }
  QueueState::Change Change(const std::string& name, std::chrono::seconds timeout) {
    return queue_->ChangeVisibility(handles_[name], timeout, clock_.Now());
  }

  base::Clock clock_{TimePoint{1'700'000'000s}};
  QueueRules rules_{.type = QueueType::kFifo};
  std::optional<QueueState> queue_{std::in_place, rules_, FirstKeyOf(1)};
  std::optional<std::uint32_t> max_receive_count_;
  Received received_;
  std::map<MessageKey, std::string> names_;
  std::map<std::string, ReceiptHandle> handles_;
};

TEST_F(FifoQueueStateTest, AnswersNothingBeyondItsLimitOfMessagesInFlight) {
  for (std::size_t i = 0; i <= QueueRules::kMaxInFlight; ++i) {
    const std::string id = std::to_string(i);
    queue_->Send({MessageId::Random(), {}, "g" + id, id}, clock_.Now());
  }
  for (std::size_t taken = 0; taken < QueueRules::kMaxInFlight; taken += 10) {
    ASSERT_EQ(queue_->Receive({10, 30s, {}, {}}, clock_.Now()).deliveries.size(), 10u);
  }
  const Received none = queue_->Receive({10, 30s, {}, {}}, clock_.Now());
  EXPECT_TRUE(none.deliveries.empty());
  EXPECT_EQ(none.problem, Received::Problem::kNone) << "and no error";
  EXPECT_EQ(queue_->Count(Place::kVisible), 1u);
}

TEST_F(FifoQueueStateTest, ReceiveFillsUpFromOneGroupBeforeTheNext) {
  SendAll({"g1-m1", "g1-m2", "g2-m1", "g1-m3"});
  EXPECT_THAT(Receive(), ElementsAre("g1-m1", "g1-m2", "g1-m3", "g2-m1"));
}

TEST_F(FifoQueueStateTest, MessageInFlightLocksTheRestOfItsGroup) {
  SendAll({"g1-m1", "g1-m2", "g2-m1"});
  EXPECT_THAT(Receive(1), ElementsAre("g1-m1"));
  EXPECT_THAT(Receive(), ElementsAre("g2-m1"));
  Send("g1-m3");
  EXPECT_THAT(Receive(), IsEmpty()) << "a send does not unlock";
  EXPECT_EQ(queue_->Count(Place::kVisible), 2u) << "locked ones count as visible";
  EXPECT_EQ(queue_->Count(Place::kInFlight), 2u);
  Delete("g1-m1");
  EXPECT_EQ(queue_->Receivable(), 1u);
  EXPECT_THAT(Receive(), ElementsAre("g1-m2", "g1-m3"));
}

TEST_F(FifoQueueStateTest, GroupStaysLockedUntilAllInFlightAreDeleted) {
  SendAll({"g-1", "g-2", "g-3"});
  ASSERT_THAT(Receive(2), ElementsAre("g-1", "g-2"));
  Delete("g-1");
  EXPECT_THAT(Receive(), IsEmpty());
  Delete("g-2");
  EXPECT_THAT(Receive(), ElementsAre("g-3"));
}

TEST_F(FifoQueueStateTest, FirstThatBecomesVisibleIsReceivedAgainAlone) {
  SendAll({"g-1", "g-2", "g-3"});
  ASSERT_THAT(Receive(2), ElementsAre("g-1", "g-2"));
  Change("g-1", 0s);
  EXPECT_THAT(Receive(), ElementsAre("g-1")) << "although g-2 is still in flight, and g-3 behind it";
}

TEST_F(FifoQueueStateTest, ExtendedEarlierMessageBlocksAllLaterOnes) {
  SendAll({"g-1", "g-2"});
  ASSERT_THAT(Receive(2), ElementsAre("g-1", "g-2"));
  Change("g-1", 60s);
  clock_.Advance(30s);
  EXPECT_THAT(Receive(), IsEmpty());
  clock_.Advance(30s);
  EXPECT_THAT(Receive(), ElementsAre("g-1", "g-2"));
}

TEST_F(FifoQueueStateTest, GroupsRotateEvenWithVisibilityTimeoutZero) {
  SendAll({"g1-m1", "g1-m2", "g2-m1", "g2-m2", "g3-m1"});
  EXPECT_THAT(Receive(2, 0s), ElementsAre("g1-m1", "g1-m2"));
  EXPECT_THAT(Receive(2, 0s), ElementsAre("g2-m1", "g2-m2"));
  EXPECT_THAT(Receive(10, 0s), ElementsAre("g3-m1", "g1-m1", "g1-m2", "g2-m1", "g2-m2"));
}

TEST_F(FifoQueueStateTest, HandleWhoseTimeoutIsOverDeletesNothing) {
  Send("g-1");
  Receive(1, 10s);
  Change("g-1", 40s);
  clock_.Advance(39s);
  ASSERT_EQ(queue_->Receive({}, clock_.Now()).deliveries.size(), 0u);
  clock_.Advance(1s);
  EXPECT_EQ(Delete("g-1"), QueueState::Deletion::kHandleExpired);
  const ReceiptHandle old = handles_["g-1"];
  ASSERT_THAT(Receive(), ElementsAre("g-1"));
  EXPECT_EQ(queue_->Delete(old, clock_.Now()), QueueState::Deletion::kHandleExpired)
      << "received again since";
  EXPECT_EQ(queue_->ChangeVisibility(old, 5s, clock_.Now()), QueueState::Change::kNotAvailable);
  EXPECT_EQ(Delete("g-1"), QueueState::Deletion::kDeleted);
}

TEST_F(FifoQueueStateTest, DuplicateIsAnsweredWithTheFirstSendForFiveMinutes) {
  const Sent first = SendAs("g-1", "order-7");
  Receive();
  Delete("g-1");
  clock_.Advance(5min - 1ms);
  const Sent second = SendAs("h-1", "order-7");
  EXPECT_TRUE(second.duplicate) << "after the deletion and in another group, too";
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.key, first.key);
  EXPECT_THAT(Receive(), IsEmpty());
  clock_.Advance(1ms);
  EXPECT_FALSE(SendAs("g-2", "order-7").duplicate);
  EXPECT_THAT(Receive(), ElementsAre("g-2"));
}

TEST_F(FifoQueueStateTest, ScopeMessageGroupTellsGroupsApartOneMinuteAfterTheChange) {
  SendAs("g-1", "id");
  rules_.deduplication_scope = DeduplicationScope::kMessageGroup;
  queue_->SetRules(rules_, clock_.Now());
  EXPECT_TRUE(SendAs("h-1", "id").duplicate);
  clock_.Advance(60s);
  EXPECT_FALSE(SendAs("h-2", "id").duplicate);
  EXPECT_TRUE(SendAs("h-3", "id").duplicate);
  EXPECT_FALSE(SendAs("i-3", "id").duplicate);
}

TEST_F(FifoQueueStateTest, ScopeQueueCountsOneMinuteAfterTheChange) {
  rules_.deduplication_scope = DeduplicationScope::kMessageGroup;
  queue_.emplace(rules_, FirstKeyOf(1));
  SendAs("g-1", "id");
  rules_.deduplication_scope = DeduplicationScope::kQueue;
  queue_->SetRules(rules_, clock_.Now());
  clock_.Advance(60s - 1ms);
  EXPECT_TRUE(SendAs("g-2", "id").duplicate);
  EXPECT_FALSE(SendAs("h-1", "id").duplicate);
  clock_.Advance(1ms);
  SendAs("i-1", "other");
  EXPECT_TRUE(SendAs("j-1", "other").duplicate);
}

TEST_F(FifoQueueStateTest, NewDelayMovesMessagesThatAreStillDelayed) {
  rules_.delay = 60s;
  queue_->SetRules(rules_, clock_.Now());
  Send("g-1");
  EXPECT_THAT(Receive(), IsEmpty());
  rules_.delay = 10s;
  queue_->SetRules(rules_, clock_.Now());
  clock_.Advance(10s);
  EXPECT_THAT(Receive(), ElementsAre("g-1"));
}

TEST_F(FifoQueueStateTest, DeadLetterUnlocksItsGroup) {
  max_receive_count_ = 1;
  SendAll({"g-1", "g-2"});
  ASSERT_THAT(Receive(1), ElementsAre("g-1"));
  clock_.Advance(30s);
  EXPECT_THAT(Receive(), ElementsAre("g-2"));
  ASSERT_EQ(received_.dead.size(), 1u);
  EXPECT_EQ(received_.dead[0].group, "g");
}

TEST_F(FifoQueueStateTest, RepeatedAttemptGivesTheSameMessagesAndResetsTheirTimeout) {
  SendAll({"g-1", "g-2", "h-1"});
  ASSERT_THAT(Receive(2, 30s, "attempt"), ElementsAre("g-1", "g-2"));
  const ReceiptHandle first = handles_["g-1"];
  clock_.Advance(20s);
  EXPECT_THAT(Receive(2, 30s, "attempt"), ElementsAre("g-1", "g-2"));
  EXPECT_EQ(handles_["g-1"], first);
  clock_.Advance(20s);
  EXPECT_THAT(Receive(), ElementsAre("h-1")) << "g is still in flight";
  Delete("g-1");
  Receive(2, 30s, "attempt");
  EXPECT_EQ(received_.problem, Received::Problem::kAttemptNotRetryable);
}

TEST_F(FifoQueueStateTest, AttemptAfterTheTimeoutIsANewReceive) {
  Send("g-1");
  ASSERT_THAT(Receive(1, 10s, "attempt"), ElementsAre("g-1"));
  clock_.Advance(10s);
  EXPECT_THAT(Receive(1, 10s, "attempt"), ElementsAre("g-1"));
  EXPECT_EQ(received_.deliveries[0].handle.receive_count, 2u);
}

TEST_F(FifoQueueStateTest, PurgeForgetsAttemptsToo) {
  Send("g-1");
  ASSERT_THAT(Receive(1, 30s, "attempt"), ElementsAre("g-1"));
  queue_->Purge();
  Send("g-2");
  EXPECT_THAT(Receive(1, 30s, "attempt"), ElementsAre("g-2"));
  EXPECT_EQ(received_.problem, Received::Problem::kNone);
}

TEST_F(FifoQueueStateTest, PurgeForgetsSendsToo) {
  SendAs("g-1", "id");
  Receive();
  queue_->Purge();
  EXPECT_FALSE(SendAs("g-2", "id").duplicate);
  EXPECT_THAT(Receive(), ElementsAre("g-2"));
}

}  // namespace
}  // namespace cumulite::sqs
