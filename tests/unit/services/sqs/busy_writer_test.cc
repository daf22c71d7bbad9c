#include "services/sqs/move_tasks.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/message_move_tasks.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "tests/support/rpc_call.h"
#include "tests/unit/services/sqs/full_writer.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {

constexpr const char* kDead = "arn:aws:sqs:us-east-1:000000000000:dead";
constexpr const char* kTarget = "arn:aws:sqs:us-east-1:000000000000:target";

/// A service whose disk stands still while the test wants it to, so that writes pile up.
class BusyWriterTest : public SqsServiceTest {
 protected:
  BusyWriterTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
    Run(CreateQueue, CreateQueueRequest{"target", {}, {}});
    Run(CreateQueue, CreateQueueRequest{"dead", {}, {}});
    Run(CreateQueue,
        CreateQueueRequest{"q",
                           {{"RedrivePolicy", R"({"maxReceiveCount":"1","deadLetterTargetArn":")" +
                                                  std::string(kDead) + "\"}"}},
                           {}});
    for (const char* body : {"a", "b"}) {
      SendMessageRequest send;
      send.queue_url = "dead";
      send.message_body = body;
      Run(SendMessage, send);
    }
  }
  void TearDown() override {
    faults_.Release();
    SqsServiceTest::TearDown();
  }

  void FillWriter() { sqs::FillWriter(sqs_->store(), faults_); }
  /// What was queued gets written.
  void DrainWriter() {
    faults_.Release();
    const auto write = [this] {
      try {
        WriteAll();
        return true;
      } catch (const storage::QueueFull&) {
        return false;
      }
    };
    while (!write()) {
    }
  }
  void PassASecond() {
    clock_.Advance(std::chrono::seconds{1});
    loop_.RunUntilIdle();
  }
  void ExpectThrottled(std::string_view operation, std::string request) {
    const auto reply = test::RpcCall::Json(kModel, operation, std::move(request)).Send(*sqs_);
    EXPECT_EQ(reply.error_code, "RequestThrottled") << operation << ": " << reply.body;
    EXPECT_EQ(reply.status, 403);
  }
  MoveTask Task() const { return sqs_->move_tasks().List(kDead).at(0); }
  void RunUntilMoved(std::int64_t count) {
    loop_.RunUntil([&] { return Task().moved == count; });
    WriteAll();  // for which the task waits, too, before it sets its next alarm
  }
  void RunUntilCompleted() {
    loop_.RunUntil([&] { return Task().status == MoveTask::Status::kCompleted; });
  }
  std::size_t Count(const std::string& queue) {
    ReceiveMessageRequest receive;
    receive.queue_url = queue;
    receive.max_number_of_messages = 10;
    return Run(ReceiveMessage, receive).messages.size();
  }
  /// One message at once, then one a second.
  StartMessageMoveTaskResponse Start() {
    return Run(StartMessageMoveTask, StartMessageMoveTaskRequest{kDead, kTarget, 1});
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};

TEST_F(BusyWriterTest, AMoveTaskThatMayNotWriteTriesAgain) {
  Start();
  RunUntilMoved(1);
  FillWriter();
  PassASecond();
  EXPECT_EQ(Task().status, MoveTask::Status::kRunning);
  EXPECT_EQ(Task().moved, 1);
  DrainWriter();
  PassASecond();
  RunUntilMoved(2);
  PassASecond();
  RunUntilCompleted();
  EXPECT_EQ(Count("target"), 2u);
}

TEST_F(BusyWriterTest, AMoveTaskWhoseEndCannotBeWrittenEndsLater) {
  Start();
  RunUntilMoved(1);
  PassASecond();
  RunUntilMoved(2);
  FillWriter();
  PassASecond();
  EXPECT_EQ(Task().status, MoveTask::Status::kRunning);
  DrainWriter();
  PassASecond();
  RunUntilCompleted();
}

TEST_F(BusyWriterTest, StartingAndCancellingATaskIsThrottled) {
  const std::string handle = Start().task_handle;
  FillWriter();
  ExpectThrottled("CancelMessageMoveTask", R"({"TaskHandle":")" + handle + "\"}");
  EXPECT_EQ(Task().status, MoveTask::Status::kRunning);
  DrainWriter();
  Run(CancelMessageMoveTask, CancelMessageMoveTaskRequest{handle});
  FillWriter();
  ExpectThrottled("StartMessageMoveTask", R"({"SourceArn":")" + std::string(kDead) + "\"}");
  EXPECT_EQ(sqs_->move_tasks().List(kDead).size(), 1u);
}

TEST_F(BusyWriterTest, EveryWriteIsThrottledAndChangesNothing) {
  Run(ReceiveMessage, ReceiveMessageRequest{.queue_url = "dead"});  // loads it, and takes one of its two
  FillWriter();
  const std::string queue = R"("QueueUrl":"http://localhost/000000000000/dead")";
  ExpectThrottled("SendMessage", "{" + queue + R"(,"MessageBody":"x"})");
  DrainWriter();
  EXPECT_EQ(Count("dead"), 1u);
  FillWriter();
  ExpectThrottled("CreateQueue", R"({"QueueName":"new"})");
  ExpectThrottled("SetQueueAttributes", "{" + queue + R"(,"Attributes":{"DelaySeconds":"9"}})");
  ExpectThrottled("DeleteQueue", "{" + queue + "}");
  DrainWriter();
  EXPECT_FALSE(sqs_->FindByName({"000000000000", "us-east-1", "new"}));
  const auto dead = sqs_->FindByName({"000000000000", "us-east-1", "dead"});
  ASSERT_TRUE(dead);
  EXPECT_EQ(dead->description()->attributes.rules().delay.count(), 0);
}

}  // namespace
}  // namespace cumulite::sqs
