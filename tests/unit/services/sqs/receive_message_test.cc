#include "services/sqs/operations/receive_message.h"

#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/send_message.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using testing::IsEmpty;
using testing::SizeIs;

/// Receives while the disk stands still.
class ReceiveMessageTest : public SqsServiceTest {
 protected:
  ReceiveMessageTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
    Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  }
  void TearDown() override {
    faults_.Release();
    SqsServiceTest::TearDown();
  }

  static SendMessageRequest Message() {
    SendMessageRequest send;
    send.queue_url = "q";
    send.message_body = std::string(100, 'x');
    return send;
  }
  std::vector<ReceivedMessage> Receive() {
    return Run(ReceiveMessage, ReceiveMessageRequest{.queue_url = "q"}).messages;
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};

TEST_F(ReceiveMessageTest, ALongPollAtTheInFlightLimitWaits) {
  const auto queue = sqs_->FindByName({"000000000000", "us-east-1", "q"});
  queue->With([&](QueueState& state) {
    for (int i = 0; i < 120'000; ++i) state.Send({MessageId::Random(), {}, {}, {}}, clock_.Now());
    state.Receive({.max_messages = 120'000, .visibility_timeout = std::chrono::hours{1}}, clock_.Now());
    state.Send({MessageId::Random(), {}, {}, {}}, clock_.Now());
    return 0;
  });
  const auto context = Context();
  const ReceiveMessageRequest request{.queue_url = "q", .wait_time_seconds = 20};
  auto poll = ReceiveMessage(*sqs_, context, request);
  loop_.RunUntilIdle();
  EXPECT_FALSE(poll.done());
  clock_.Advance(std::chrono::seconds{20});
  EXPECT_THAT(loop_.Get(std::move(poll)).messages, IsEmpty());
  EXPECT_THROW(Receive(), protocol::AwsError) << "while a short one is refused";
}

TEST_F(ReceiveMessageTest, WhatIsReceivedBeforeItIsWrittenIsWrittenWhole) {
  const auto context = Context();
  const auto message = Message();
  faults_.held = true;
  auto sent = SendMessage(*sqs_, context, message);
  EXPECT_THAT(Receive(), SizeIs(1));
  faults_.Release();
  loop_.Get(std::move(sent));
  Reopen();
  clock_.Advance(std::chrono::seconds{30});
  const auto again = Receive();
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].body, message.message_body);
}

TEST_F(ReceiveMessageTest, AMessageThatGoesAwayWhileItsContentIsReadIsLeftOut) {
  const auto context = Context();
  const auto message = Message();
  const ReceiveMessageRequest receive{.queue_url = "q"};
  const PurgeQueueRequest purge{"q"};
  faults_.held = true;
  auto sent = SendMessage(*sqs_, context, message);
  faults_.AwaitStanding();
  sqs_->cache().Clear();  // as if many had been sent since
  auto received = ReceiveMessage(*sqs_, context, receive);
  ASSERT_FALSE(received.done());
  auto purged = PurgeQueue(*sqs_, context, purge);
  faults_.Release();
  EXPECT_THAT(loop_.Get(std::move(received)).messages, IsEmpty());
  loop_.Get(std::move(sent));
  loop_.Get(std::move(purged));
}

TEST_F(ReceiveMessageTest, CountsAreThoseOfNow) {
  Run(SendMessage, Message());
  ASSERT_THAT(Receive(), SizeIs(1));
  const auto count = [this](const std::string& name) {
    return Run(GetQueueAttributes, GetQueueAttributesRequest{"q", {name}}).attributes.at(name);
  };
  EXPECT_EQ(count("ApproximateNumberOfMessagesNotVisible"), "1");
  clock_.Advance(std::chrono::seconds{30});
  EXPECT_EQ(count("ApproximateNumberOfMessagesNotVisible"), "0") << "though nothing has looked since";
  EXPECT_EQ(count("ApproximateNumberOfMessages"), "1");
}

}  // namespace
}  // namespace cumulite::sqs
