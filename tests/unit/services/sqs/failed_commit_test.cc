#include "services/sqs/errors.h"
#include "services/sqs/move_tasks.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/message_move_tasks.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/queue_tags.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "services/storage/statement.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// A service whose disk fills up and empties again when the test says so.
class SqsFailedCommitTest : public SqsServiceTest {
 protected:
  SqsFailedCommitTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
  }

  /// The status of the error that `call` ends with; 200 without any.
  template <class Call>
  int StatusOf(Call call) {
    try {
      call();
      return 200;
    } catch (const protocol::AwsError& error) {
      return error.kind().status;
    } catch (const std::exception& failure) {
      return Explain(failure).value().kind().status;  // as the service's answer says it
    }
  }
  /// After a failure writes are refused until the database has proven sound, which takes a moment.
  template <class Call>
  int StatusOnceSound(Call call) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    int status = StatusOf(call);
    while (status == 503 && std::chrono::steady_clock::now() < deadline) status = StatusOf(call);
    return status;
  }

  void Create(const std::string& name, AttributeMap attributes = {}) {
    Run(CreateQueue, CreateQueueRequest{name, std::move(attributes), {}});
  }
  std::string Send(const std::string& queue, const std::string& body) {
    SendMessageRequest request;
    request.queue_url = queue;
    request.message_body = body;
    if (TypeOfName(queue) == QueueType::kFifo) {
      request.message_group_id = "g";
      request.message_deduplication_id = body;
    }
    return Run(SendMessage, std::move(request)).message_id;
  }
  std::vector<std::string> Receive(const std::string& queue, std::int32_t visibility_timeout = 30) {
    ReceiveMessageRequest request;
    request.queue_url = queue;
    request.max_number_of_messages = 10;
    request.visibility_timeout = visibility_timeout;
    std::vector<std::string> bodies;
    for (const auto& message : Run(ReceiveMessage, std::move(request)).messages)
      bodies.push_back(message.body);
    return bodies;
  }
  std::string Attribute(const std::string& queue, const std::string& name) {
    return Run(GetQueueAttributes, GetQueueAttributesRequest{queue, {name}}).attributes[name];
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};

TEST_F(SqsFailedCommitTest, SendIsAnsweredWithAnErrorAndNothingAcknowledgedIsLost) {
  Create("q");
  Send("q", "safe");
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Send("q", "lost"); }), 503);
  EXPECT_EQ(StatusOf([&] { Send("q", "lost, too"); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "later"); }), 200);
  EXPECT_THAT(Receive("q", 0), ElementsAre("safe", "later"));
  Reopen();
  EXPECT_THAT(Receive("q"), ElementsAre("safe", "later"));
}

TEST_F(SqsFailedCommitTest, AnAnswerThatRestsOnSomebodyElsesWriteWaitsForIt) {
  Create("q");
  Create("f.fifo", {{"FifoQueue", "true"}});
  Send("q", "kept");
  ReceiveMessageRequest receive;
  receive.queue_url = "q";
  const DeleteMessageRequest remove{"q", Run(ReceiveMessage, receive).messages.at(0).receipt_handle};
  SendMessageRequest send;
  send.queue_url = "f.fifo";
  send.message_body = send.message_group_id.emplace("x");
  send.message_deduplication_id = "x";
  const CreateQueueRequest create{"new", {}, {}};

  faults_.held = true;
  const auto context = Context();
  auto sent = SendMessage(*sqs_, context, send);
  auto sent_again = SendMessage(*sqs_, context, send);
  auto created = CreateQueue(*sqs_, context, create);
  auto created_again = CreateQueue(*sqs_, context, create);
  auto removed = DeleteMessage(*sqs_, context, remove);
  auto removed_again = DeleteMessage(*sqs_, context, remove);
  faults_.AwaitStanding();
  loop_.RunUntilIdle();
  EXPECT_FALSE(sent_again.done());
  EXPECT_FALSE(created_again.done());
  EXPECT_FALSE(removed_again.done());

  faults_.disk_full = true;
  faults_.Release();
  const auto fails = [&](auto& task) { return StatusOf([&] { loop_.Get(std::move(task)); }) == 503; };
  EXPECT_TRUE(fails(sent) && fails(sent_again));
  EXPECT_TRUE(fails(created) && fails(created_again));
  EXPECT_TRUE(fails(removed) && fails(removed_again));
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Create("new"); }), 200);
  EXPECT_THAT(Receive("f.fifo"), IsEmpty());
  clock_.Advance(std::chrono::seconds{31});
  EXPECT_THAT(Receive("q"), ElementsAre("kept"));
}

TEST_F(SqsFailedCommitTest, ReceivesAreWrittenAgainOnceThereIsSpace) {
  Create("q");
  Send("q", "a");
  faults_.disk_full = true;
  Receive("q");
  EXPECT_EQ(StatusOf([&] { Send("q", "lost"); }), 503);
  EXPECT_EQ(StatusOf([&] { Send("q", "lost"); }), 503) << "refused without being run, as the receive is";
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "b"); }), 200);
  EXPECT_THAT(Receive("q"), Not(IsEmpty()));
  const storage::ReadStatement count(sqs_->store().database(), "SELECT count(*) FROM visibility");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (count.Scalar<std::int64_t>() == 0 && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_GT(count.Scalar<std::int64_t>(), 0);
}

TEST_F(SqsFailedCommitTest, FailedResetLeavesTheQueues) {
  Create("q");
  Create("r");
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { loop_.Get(sqs_->Reset({})); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "x"); }), 200);
  EXPECT_THAT(Receive("q"), ElementsAre("x"));
  loop_.Get(sqs_->Reset({}));
  EXPECT_EQ(StatusOf([&] { Create("r", {{"DelaySeconds", "1"}}); }), 200);
}

TEST_F(SqsFailedCommitTest, FailedMoveTasksNeitherStartNorEnd) {
  Create("dead");
  Create("q",
         {{"RedrivePolicy",
           R"({"maxReceiveCount":"1","deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"})"}});
  for (const char* body : {"a", "b", "c"}) Send("dead", body);
  const StartMessageMoveTaskRequest start{"arn:aws:sqs:us-east-1:000000000000:dead",
                                          "arn:aws:sqs:us-east-1:000000000000:q", 1};
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Run(StartMessageMoveTask, start); }), 503);
  EXPECT_THAT(sqs_->move_tasks().List(start.source_arn), IsEmpty());
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "x"); }), 200);
  const CancelMessageMoveTaskRequest cancel{Run(StartMessageMoveTask, start).task_handle};
  const auto task = [&] { return sqs_->move_tasks().List(start.source_arn).at(0); };
  loop_.RunUntil([&] { return task().moved == 1; });
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Run(CancelMessageMoveTask, cancel); }), 503);
  EXPECT_EQ(task().status, MoveTask::Status::kRunning);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Run(CancelMessageMoveTask, cancel); }), 200);
  Reopen();
  EXPECT_EQ(task().status, MoveTask::Status::kCancelled);
}

TEST_F(SqsFailedCommitTest, FailedSendIsNotRememberedAsDuplicate) {
  Create("f.fifo", {{"FifoQueue", "true"}});
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Send("f.fifo", "again"); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("f.fifo", "again"); }), 200);
  EXPECT_THAT(Receive("f.fifo"), ElementsAre("again"));
}

TEST_F(SqsFailedCommitTest, FailedCreationLeavesNoQueue) {
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Create("q", {{"DelaySeconds", "5"}}); }), 503);
  EXPECT_EQ(StatusOf([&] { Send("q", "x"); }), 400) << "there is no such queue";
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Create("q"); }), 200) << "with other attributes";
  Reopen();
  EXPECT_EQ(Attribute("q", "DelaySeconds"), "0");
}

TEST_F(SqsFailedCommitTest, FailedDeletionLeavesTheQueueWithItsMessages) {
  Create("q", {{"VisibilityTimeout", "7"}});
  Send("q", "kept");
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Run(DeleteQueue, DeleteQueueRequest{"q"}); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "more"); }), 200);
  EXPECT_EQ(Attribute("q", "VisibilityTimeout"), "7");
  EXPECT_THAT(Receive("q", 0), ElementsAre("kept", "more"));
  Reopen();
  EXPECT_THAT(Receive("q"), ElementsAre("kept", "more"));
}

TEST_F(SqsFailedCommitTest, FailedChangeOfAttributesIsTakenBack) {
  Create("q");
  faults_.disk_full = true;
  const SetQueueAttributesRequest change{"q", {{"DelaySeconds", "9"}}};
  EXPECT_EQ(StatusOf([&] { Run(SetQueueAttributes, change); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "at once"); }), 200);
  EXPECT_EQ(Attribute("q", "DelaySeconds"), "0");
  EXPECT_THAT(Receive("q", 0), ElementsAre("at once"));
  Reopen();
  EXPECT_EQ(Attribute("q", "DelaySeconds"), "0");
}

TEST_F(SqsFailedCommitTest, ChangesOnTopOfEachOtherAreTakenBackTogether) {
  Create("q", {{"DelaySeconds", "1"}});
  const auto queue = sqs_->FindByName({"000000000000", "us-east-1", "q"});
  const AttributeMap before = queue->description()->attributes.values();
  faults_.held = true;
  faults_.disk_full = true;
  const auto context = Context();
  std::vector<runtime::Task<SetQueueAttributesResponse>> changes;
  for (const char* name : {"DelaySeconds", "VisibilityTimeout", "ReceiveMessageWaitTimeSeconds"}) {
    changes.push_back(SetQueueAttributes(*sqs_, context, SetQueueAttributesRequest{"q", {{name, "9"}}}));
  }
  faults_.Release();
  for (auto& change : changes) EXPECT_EQ(StatusOf([&] { loop_.Get(std::move(change)); }), 503);
  EXPECT_EQ(queue->description()->attributes.values(), before) << "for those who look without loading";
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "x"); }), 200);
  EXPECT_EQ(Attribute("q", "DelaySeconds"), "1");
  EXPECT_EQ(Attribute("q", "VisibilityTimeout"), "30");
  EXPECT_EQ(Attribute("q", "ReceiveMessageWaitTimeSeconds"), "0");
}

TEST_F(SqsFailedCommitTest, FailedChangeOfTagsIsTakenBack) {
  Create("q");
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Run(TagQueue, TagQueueRequest{"q", {{"k", "v"}}, {}}); }), 503);
  EXPECT_THAT(Run(ListQueueTags, ListQueueTagsRequest{"q"}).tags, IsEmpty());
}

TEST_F(SqsFailedCommitTest, FailedPurgeLeavesTheMessages) {
  Create("q");
  Send("q", "kept");
  faults_.disk_full = true;
  EXPECT_EQ(StatusOf([&] { Run(PurgeQueue, PurgeQueueRequest{"q"}); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "more"); }), 200);
  EXPECT_THAT(Receive("q", 0), ElementsAre("kept", "more"));
}

TEST_F(SqsFailedCommitTest, DeadLetterWhoseMoveFailsIsInOneQueueAfterwards) {
  Create("dead");
  Create("q",
         {{"RedrivePolicy",
           R"({"maxReceiveCount":"1","deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"})"}});
  Send("q", "poison");
  ASSERT_THAT(Receive("q", 0), ElementsAre("poison"));
  Send("q", "other");  // its commit takes the receive along
  Receive("dead");     // loads it
  faults_.disk_full = true;
  StatusOf([&] { Receive("q", 0); });
  EXPECT_EQ(StatusOf([&] { Send("dead", "x"); }), 503);
  faults_.disk_full = false;
  EXPECT_EQ(StatusOnceSound([&] { Send("q", "more"); }), 200);
  EXPECT_EQ(StatusOnceSound([&] { Send("dead", "more"); }), 200);
  std::vector<std::string> all = Receive("q", 0);
  for (const std::string& body : Receive("dead", 0)) all.push_back(body);
  EXPECT_EQ(std::count(all.begin(), all.end(), "poison"), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), "other"), 1);
}

}  // namespace
}  // namespace cumulite::sqs
