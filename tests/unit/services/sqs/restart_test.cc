#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/queue_tags.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "services/storage/statement.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {

/// What a queue says before a restart it says after it.
class SqsRestartTest : public SqsServiceTest {
 protected:
  std::string Attribute(const std::string& queue, const std::string& name) {
    return Run(GetQueueAttributes, GetQueueAttributesRequest{queue, {name}}).attributes[name];
  }
  void Send(const std::string& queue) {
    SendMessageRequest send;
    send.queue_url = queue;
    send.message_body = "x";
    send.message_group_id = "g";
    Run(SendMessage, send);
  }
  /// To "f.fifo", which delays by 5 s.
  void SendToFifoWithDelay() {
    Run(CreateQueue,
        CreateQueueRequest{
            "f.fifo",
            {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}, {"DelaySeconds", "5"}},
            {}});
    Send("f.fifo");
  }
  std::size_t Receive(const std::string& queue) {
    ReceiveMessageRequest receive;
    receive.queue_url = queue;
    return Run(ReceiveMessage, receive).messages.size();
  }
  std::int64_t Number(const std::string& queue) {
    return sqs_->FindByName({"000000000000", "us-east-1", queue})->number();
  }
};

TEST_F(SqsRestartTest, ANewQueueGetsNoMessagesOfADeletedOneThatAreStillBeingRemoved) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  Close();
  {
    storage::Database database(temporary_.path() / "sqs.db", {});
    storage::Statement(
        database,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)"
        " INSERT INTO message SELECT (2 << 40) + i, 1, 0, 0, 1, x'00', NULL, NULL, 's', NULL, NULL,"
        " x'00', NULL, 'old' FROM n")
        .Run();
  }
  Open();
  Run(CreateQueue, CreateQueueRequest{"new", {}, {}});
  EXPECT_GT(Number("new"), 2);
  EXPECT_EQ(Receive("new"), 0u);
}

TEST_F(SqsRestartTest, WhatIsVisibleStaysSoWhenAFifoQueuesDelayGrows) {
  SendToFifoWithDelay();
  clock_.Advance(std::chrono::seconds{6});
  Run(SetQueueAttributes, SetQueueAttributesRequest{"f.fifo", {{"DelaySeconds", "900"}}});
  Reopen();
  EXPECT_EQ(Attribute("f.fifo", "ApproximateNumberOfMessages"), "1");
  EXPECT_EQ(Receive("f.fifo"), 1u);
}

TEST_F(SqsRestartTest, WhatIsDelayedMovesWithAFifoQueuesDelay) {
  SendToFifoWithDelay();
  Run(SetQueueAttributes, SetQueueAttributesRequest{"f.fifo", {{"DelaySeconds", "60"}}});
  Reopen();
  clock_.Advance(std::chrono::seconds{59});
  EXPECT_EQ(Receive("f.fifo"), 0u);
  clock_.Advance(std::chrono::seconds{1});
  EXPECT_EQ(Receive("f.fifo"), 1u);
}

TEST_F(SqsRestartTest, AGroupsDuplicatesAreToldFromThoseOfAnother) {
  Run(CreateQueue, CreateQueueRequest{"f.fifo",
                                      {{"FifoQueue", "true"},
                                       {"DeduplicationScope", "messageGroup"},
                                       {"FifoThroughputLimit", "perMessageGroupId"}},
                                      {}});
  const auto send = [this](const std::string& group) {
    SendMessageRequest request;
    request.queue_url = "f.fifo";
    request.message_body = "x";
    request.message_group_id = group;
    request.message_deduplication_id = "id";
    return Run(SendMessage, request).message_id;
  };
  const std::string first = send("g");
  const std::string other = send("h");
  Reopen();
  EXPECT_EQ(send("g"), first);
  EXPECT_EQ(send("h"), other);
  EXPECT_NE(send("i"), first);
  EXPECT_EQ(Attribute("f.fifo", "ApproximateNumberOfMessages"), "3");
}

TEST_F(SqsRestartTest, TagsDoNotCountAsAChangeOfTheQueue) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  const std::string modified = Attribute("q", "LastModifiedTimestamp");
  clock_.Advance(std::chrono::seconds{60});
  Run(TagQueue, TagQueueRequest{"q", {{"k", "v"}}, {}});
  EXPECT_EQ(Attribute("q", "LastModifiedTimestamp"), modified);
  Reopen();
  EXPECT_EQ(Attribute("q", "LastModifiedTimestamp"), modified);
}

}  // namespace
}  // namespace cumulite::sqs
