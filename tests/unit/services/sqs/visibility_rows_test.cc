#include "services/sqs/operations/change_message_visibility.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "services/storage/statement.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {

/// Receives are written a moment later than they happen: no row of theirs may outlive its message.
class VisibilityRowsTest : public SqsServiceTest {
 protected:
  VisibilityRowsTest() { Run(CreateQueue, CreateQueueRequest{"q", {}, {}}); }

  void Send(int count) {
    for (int i = 0; i < count; ++i) {
      SendMessageRequest request;
      request.queue_url = "q";
      request.message_body = "x";
      Run(SendMessage, request);
    }
  }
  std::vector<std::string> Receive() {
    ReceiveMessageRequest request;
    request.queue_url = "q";
    request.max_number_of_messages = 10;
    std::vector<std::string> handles;
    for (const auto& message : Run(ReceiveMessage, request).messages) {
      handles.push_back(message.receipt_handle);
    }
    return handles;
  }
  /// How many there are once everything is written and the sweep, which goes in steps, is over.
  std::int64_t Rows(const std::string& table = "visibility") {
    for (int i = 0; i < 3; ++i) WriteAll();
    const storage::ReadStatement count(sqs_->store().database(), "SELECT count(*) FROM " + table);
    return count.Scalar<std::int64_t>().value_or(-1);
  }
  /// Rows that an earlier version may have left for the next start.
  void Leave(MessageKey key) {
    storage::Database database(temporary_.path() / "sqs.db", {});
    const std::string place = std::to_string(key);
    storage::Statement(database, "INSERT INTO visibility VALUES (" + place + ", 1, 1, 1)").Run();
    storage::Statement(database, "INSERT INTO recent_send VALUES (" + place + ", 1, x'00', 'g', 'd')").Run();
  }
};

TEST_F(VisibilityRowsTest, AReceiveThatStaysIsWritten) {
  Send(1);
  Receive();
  EXPECT_EQ(Rows(), 1);
}

TEST_F(VisibilityRowsTest, WithARedrivePolicyTheCountIsWrittenBeforeTheAnswer) {
  Run(CreateQueue, CreateQueueRequest{"dead", {}, {}});
  Run(SetQueueAttributes,
      SetQueueAttributesRequest{
          "q",
          {{"RedrivePolicy",
            R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":3})"}}});
  Send(1);
  ASSERT_EQ(Receive().size(), 1U);
  const storage::ReadStatement written(sqs_->store().database(), "SELECT receive_count FROM visibility");
  EXPECT_EQ(written.Scalar<std::int64_t>(), 1) << "a kill now must not forget that it was received";
}

TEST_F(VisibilityRowsTest, NoneIsLeftAfterADelete) {
  Send(3);
  const auto handles = Receive();
  ASSERT_EQ(handles.size(), 3u);
  Run(DeleteMessage, DeleteMessageRequest{"q", handles[0]});  // before its receive was written
  Run(ChangeMessageVisibility, ChangeMessageVisibilityRequest{"q", handles[1], 100});
  Run(DeleteMessage, DeleteMessageRequest{"q", handles[1]});  // after its visibility was
  WriteAll();
  Run(DeleteMessage, DeleteMessageRequest{"q", handles[2]});  // after its receive was
  EXPECT_EQ(Rows(), 0);
}

TEST_F(VisibilityRowsTest, NoneIsLeftAfterADeleteThatFollowsARepeatedAttempt) {
  Run(CreateQueue,
      CreateQueueRequest{"f.fifo", {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}}, {}});
  SendMessageRequest send;
  send.queue_url = "f.fifo";
  send.message_body = "x";
  send.message_group_id = "g";
  Run(SendMessage, send);
  ReceiveMessageRequest receive;
  receive.queue_url = "f.fifo";
  receive.receive_request_attempt_id = "attempt";
  Run(ReceiveMessage, receive);
  EXPECT_EQ(Rows(), 1);
  const auto repeated = Run(ReceiveMessage, receive).messages;
  ASSERT_EQ(repeated.size(), 1u);
  Run(DeleteMessage, DeleteMessageRequest{"f.fifo", repeated[0].receipt_handle});
  EXPECT_EQ(Rows(), 0);
}

TEST_F(VisibilityRowsTest, NoneIsLeftAfterADeleteThatFollowsASecondReceive) {
  Send(1);
  Receive();
  WriteAll();
  clock_.Advance(std::chrono::seconds{31});
  const auto handles = Receive();
  ASSERT_EQ(handles.size(), 1u);
  Run(DeleteMessage, DeleteMessageRequest{"q", handles[0]});
  EXPECT_EQ(Rows(), 0);
}

TEST_F(VisibilityRowsTest, NoneIsLeftAfterAPurge) {
  Send(10);
  Receive();
  Run(PurgeQueue, PurgeQueueRequest{"q"});
  EXPECT_EQ(Rows(), 0);
  EXPECT_EQ(Rows("message"), 0);
  Send(1);
  Receive();
  EXPECT_EQ(Rows(), 1) << "what came after the purge is kept";
}

TEST_F(VisibilityRowsTest, NoneIsLeftAfterTheQueueIsDeleted) {
  Send(10);
  Receive();
  Run(DeleteQueue, DeleteQueueRequest{"q"});
  EXPECT_EQ(Rows(), 0);
}

TEST_F(VisibilityRowsTest, AStartSweepsRowsWithoutAQueueOrFromBeforeAPurge) {
  Send(1);
  Receive();
  Run(PurgeQueue, PurgeQueueRequest{"q"});
  Close();
  Leave(FirstKeyOf(1));
  Leave(FirstKeyOf(77));
  Open();
  EXPECT_EQ(Rows(), 0);
  EXPECT_EQ(Rows("recent_send"), 0);
}

}  // namespace
}  // namespace cumulite::sqs
