#include "services/sqs/queue_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/clock.h"

namespace cumulite::sqs {
namespace {
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class QueueStateTest : public testing::Test {
 protected:
  virtual QueueRules Rules() { return {}; }

  std::string Send(const std::string& name, std::chrono::seconds delay = 0s) {
    const Sent sent = queue_->Send({MessageId::Random(), delay, {}, {}}, clock_.Now());
    names_[sent.key] = name;
    return name;
  }
  std::vector<std::string> Names(const std::vector<Delivery>& deliveries) {
    std::vector<std::string> names;
    for (const Delivery& delivery : deliveries) {
      names.push_back(names_[delivery.handle.key]);
      handles_[names.back()] = delivery.handle;
    }
    return names;
  }
  std::vector<std::string> Receive(std::size_t max = 1, std::chrono::seconds visibility = 30s) {
    received_ = queue_->Receive({max, visibility, max_receive_count_, {}}, clock_.Now());
    return Names(received_.deliveries);
  }
  QueueState::Deletion Delete(const std::string& name) {
    return queue_->Delete(handles_[name], clock_.Now());
  }
  QueueState::Change Change(const std::string& name, std::chrono::seconds timeout) {
    return queue_->ChangeVisibility(handles_[name], timeout, clock_.Now());
  }
  void SetUp() override { queue_.emplace(Rules(), FirstKeyOf(1)); }
  std::array<std::size_t, 3> Counts() {
    queue_->Advance(clock_.Now());
    return {queue_->Count(Place::kVisible), queue_->Count(Place::kInFlight), queue_->Count(Place::kDelayed)};
  }

  base::Clock clock_{TimePoint{1'700'000'000s}};
  std::optional<QueueState> queue_;
  std::optional<std::uint32_t> max_receive_count_;
  Received received_;
  std::map<MessageKey, std::string> names_;
  std::map<std::string, ReceiptHandle> handles_;
};

TEST_F(QueueStateTest, MessageReturnsWhenItsVisibilityTimeoutEnds) {
  Send("pack the order");
  ASSERT_THAT(Receive(), ElementsAre("pack the order"));
  EXPECT_THAT(Receive(), IsEmpty()) << "in flight, so hidden";
  clock_.Advance(29'999ms);
  EXPECT_THAT(Receive(), IsEmpty());
  clock_.Advance(1ms);
  ASSERT_THAT(Receive(), ElementsAre("pack the order"));
  EXPECT_EQ(received_.deliveries[0].handle.receive_count, 2u);
  EXPECT_EQ(received_.deliveries[0].first_received_at, clock_.Now() - 30s);
}

TEST_F(QueueStateTest, WhatBecomesVisibleAgainComesBeforeWhatWasSentLater) {
  for (const char* name : {"a", "b", "c"}) {
    Send(name);
    clock_.Advance(1s);
  }
  ASSERT_THAT(Receive(2), ElementsAre("a", "b"));
  Change("b", 0s);
  Send("d");
  Change("a", 0s);
  EXPECT_EQ(queue_->Receivable(), 4u);
  EXPECT_EQ(names_[queue_->NextDeparture(clock_.Now())->key], "a");
  EXPECT_THAT(Receive(10), ElementsAre("a", "b", "c", "d"));
  clock_.Advance(30s);
  EXPECT_THAT(Receive(10, 0s), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Receive(1), ElementsAre("a")) << "a timeout of 0 takes nothing away";
  EXPECT_EQ(queue_->Delete(handles_["c"], clock_.Now()), QueueState::Deletion::kDeleted);
  Send("e");
  EXPECT_THAT(Receive(10), ElementsAre("b", "d", "e"));
}

TEST_F(QueueStateTest, CountersAreExactAtEveryMoment) {
  Send("a");
  Send("b");
  Send("late", 10s);
  EXPECT_THAT(Counts(), ElementsAre(2, 0, 1));
  Receive();
  EXPECT_THAT(Counts(), ElementsAre(1, 1, 1));
  clock_.Advance(10s);
  EXPECT_THAT(Counts(), ElementsAre(2, 1, 0));
  clock_.Advance(20s);
  EXPECT_THAT(Counts(), ElementsAre(3, 0, 0));
  EXPECT_EQ(queue_->Receivable(), 3u);
}

TEST_F(QueueStateTest, DelayedMessageIsReceivedWhenItsDelayEnds) {
  Send("late", 5s);
  EXPECT_THAT(Receive(), IsEmpty());
  EXPECT_EQ(queue_->NextVisible(), clock_.Now() + 5s);
  clock_.Advance(5s);
  EXPECT_THAT(Receive(), ElementsAre("late"));
}

TEST_F(QueueStateTest, VisibilityTimeoutZeroLeavesTheMessageForTheNextReceive) {
  Send("a");
  EXPECT_THAT(Receive(10, 0s), ElementsAre("a")) << "once a receive";
  EXPECT_THAT(Receive(10, 0s), ElementsAre("a"));
  EXPECT_THAT(Counts(), ElementsAre(1, 0, 0));
}

TEST_F(QueueStateTest, OlderHandleOfAStandardQueueStillDeletes) {
  Send("a");
  Receive();
  const ReceiptHandle old = handles_["a"];
  clock_.Advance(30s);
  Receive();
  ASSERT_NE(handles_["a"], old);
  EXPECT_EQ(queue_->Delete(old, clock_.Now()), QueueState::Deletion::kDeleted);
  EXPECT_EQ(Delete("a"), QueueState::Deletion::kGone);
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
}

TEST_F(QueueStateTest, ChangeVisibilityMovesTheMomentOfReturn) {
  Send("a");
  Receive();
  EXPECT_EQ(Change("a", 100s), QueueState::Change::kChanged);
  clock_.Advance(99s);
  EXPECT_THAT(Receive(), IsEmpty());
  EXPECT_EQ(Change("a", 0s), QueueState::Change::kChanged);
  EXPECT_THAT(Receive(), ElementsAre("a"));
  Delete("a");
  EXPECT_EQ(Change("a", 10s), QueueState::Change::kNotAvailable);
}

TEST_F(QueueStateTest, OlderHandleOfAStandardQueueExtendsVisibility) {
  Send("a");
  Receive();
  const ReceiptHandle old = handles_["a"];
  clock_.Advance(30s);
  EXPECT_EQ(queue_->ChangeVisibility(old, 60s, clock_.Now()), QueueState::Change::kChanged);
  EXPECT_THAT(Receive(), IsEmpty());
  clock_.Advance(60s);
  EXPECT_THAT(Receive(), ElementsAre("a"));
}

TEST_F(QueueStateTest, VisibilityEndsTwelveHoursAfterTheReceive) {
  Send("a");
  Receive(1, 43'200s);
  clock_.Advance(1h);
  EXPECT_EQ(Change("a", 43'200s), QueueState::Change::kBeyondLimit);
  EXPECT_EQ(Change("a", 39'600s), QueueState::Change::kChanged);
}

TEST_F(QueueStateTest, MessagesThatOutliveTheirRetentionAreDroppedInEveryPlace) {
  Send("visible");
  Send("delayed", 900s);
  Send("taken");
  Receive(1, 43'200s);
  EXPECT_EQ(queue_->NextExpiry(), clock_.Now() + 345'600s);
  clock_.Advance(345'600s);
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
  EXPECT_EQ(queue_->TakeExpired().size(), 3u);
  EXPECT_EQ(queue_->TakeExpired().size(), 0u);
}

TEST_F(QueueStateTest, ShorterRetentionDropsOlderMessagesAtOnce) {
  Send("old");
  clock_.Advance(120s);
  Send("new");
  QueueRules rules = Rules();
  rules.retention = 60s;
  queue_->SetRules(rules, clock_.Now());
  EXPECT_THAT(Receive(10), ElementsAre("new"));
}

TEST_F(QueueStateTest, MessageIsDeadAtTheReceiveAfterTheLastAllowedOne) {
  max_receive_count_ = 2;
  Send("poison");
  Receive();
  clock_.Advance(30s);
  Receive();
  clock_.Advance(30s);
  Send("good");
  EXPECT_THAT(Receive(10), ElementsAre("good"));
  ASSERT_EQ(received_.dead.size(), 1u);
  EXPECT_EQ(received_.dead[0].receive_count, 2u);
  EXPECT_THAT(Counts(), ElementsAre(0, 1, 0));

  QueueState dead_letters({}, FirstKeyOf(2));
  dead_letters.Arrive(received_.dead[0], clock_.Now());
  const auto received = dead_letters.Receive({}, clock_.Now());
  ASSERT_EQ(received.deliveries.size(), 1u);
  EXPECT_EQ(received.deliveries[0].id, received_.dead[0].id);
  EXPECT_EQ(received.deliveries[0].handle.receive_count, 3u) << "goes on counting";
  EXPECT_EQ(received.deliveries[0].first_received_at, clock_.Now() - 60s);
  EXPECT_EQ(dead_letters.NextExpiry(), clock_.Now() - 60s + 345'600s) << "the age counts from the first send";
}

TEST_F(QueueStateTest, MessagesFromElsewhereExpireByTheirOwnAge) {
  Send("young");
  const Departure older{1, MessageId::Random(), clock_.Now() - 1h, {}, 0, ""};
  queue_->Arrive(older, clock_.Now());
  EXPECT_EQ(queue_->NextExpiry(), clock_.Now() - 1h + 345'600s);
  clock_.Advance(345'600s - 1h);
  EXPECT_THAT(Receive(10), ElementsAre("young"));
}

TEST_F(QueueStateTest, ReceiveBeyondTheInFlightLimitIsRefused) {
  for (int i = 0; i < 120'001; ++i) Send("m");
  for (int i = 0; i < 12'000; ++i) ASSERT_EQ(Receive(10).size(), 10u);
  EXPECT_THAT(Receive(), IsEmpty());
  EXPECT_EQ(received_.problem, Received::Problem::kInFlightLimit);
  Delete("m");
  EXPECT_THAT(Receive(10), ElementsAre("m"));
}

TEST_F(QueueStateTest, ABatchEndsAtTheInFlightLimit) {
  for (int i = 0; i < 120'010; ++i) Send("m");
  for (int i = 0; i < 11'999; ++i) ASSERT_EQ(Receive(10).size(), 10u);
  ASSERT_EQ(Receive(7).size(), 7u);
  EXPECT_EQ(Receive(10).size(), 3u);
  EXPECT_EQ(queue_->Count(Place::kInFlight), 120'000u);
}

TEST_F(QueueStateTest, AMessageThatWasReceivedMeanwhileDoesNotDepart) {
  Send("a");
  const auto next = queue_->NextDeparture(clock_.Now());
  ASSERT_TRUE(next);
  ASSERT_THAT(Receive(), ElementsAre("a"));
  EXPECT_FALSE(queue_->Depart(*next, clock_.Now()));
  EXPECT_THAT(Counts(), ElementsAre(0, 1, 0));
  clock_.Advance(30s);
  EXPECT_TRUE(queue_->Depart(*next, clock_.Now()));
  EXPECT_THAT(Counts(), ElementsAre(0, 0, 0));
}

TEST_F(QueueStateTest, NewDelayLeavesDelayedMessagesOfAStandardQueueAlone) {
  Send("late", 20s);
  for (const auto delay : {5s, 600s}) {
    QueueRules rules = Rules();
    rules.delay = delay;
    queue_->SetRules(rules, clock_.Now());
    EXPECT_EQ(queue_->NextVisible(), clock_.Now() + 20s);
  }
}

TEST_F(QueueStateTest, RestoredMessagesAreWhereTheyWere) {
  const auto now = clock_.Now();
  queue_->Restore({FirstKeyOf(1) + 5, MessageId::Random(), now, now, {}, 0, {}}, now);
  queue_->Restore({FirstKeyOf(1) + 7, MessageId::Random(), now, now + 10s, {}, 0, {}}, now);
  queue_->Restore({FirstKeyOf(1) + 9, MessageId::Random(), now, now + 20s, now, 3, {}}, now);
  EXPECT_THAT(Counts(), ElementsAre(1, 1, 1));
  EXPECT_EQ(queue_->next_key(), FirstKeyOf(1) + 10);
  clock_.Advance(20s);
  Receive(10);
  EXPECT_EQ(received_.deliveries.back().handle.receive_count, 4u);
}

TEST(MessageMemoryTest, BacklogCostsAtMostTwoHundredBytesAMessage) {
  EXPECT_LE(sizeof(Message) + 16, 200u) << "with what malloc adds";
}

}  // namespace
}  // namespace cumulite::sqs
