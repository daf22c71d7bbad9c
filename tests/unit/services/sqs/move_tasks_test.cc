#include "services/sqs/move_tasks.h"

#include "services/sqs/errors.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/message_move_tasks.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kDead = "arn:aws:sqs:us-east-1:000000000000:dead";
constexpr const char* kTarget = "arn:aws:sqs:us-east-1:000000000000:target";

/// Tasks that move from "dead", the dead-letter queue of "q", to "target".
class MoveTasksTest : public SqsServiceTest {
 protected:
  MoveTasksTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
    Run(CreateQueue, CreateQueueRequest{"target", {}, {}});
    Run(CreateQueue, CreateQueueRequest{"dead", {}, {}});
    Run(CreateQueue,
        CreateQueueRequest{"q",
                           {{"RedrivePolicy", R"({"maxReceiveCount":"1","deadLetterTargetArn":")" +
                                                  std::string(kDead) + "\"}"}},
                           {}});
  }
  void TearDown() override {
    faults_.Release();
    SqsServiceTest::TearDown();
  }

  void Send() {
    SendMessageRequest send;
    send.queue_url = "dead";
    send.message_body = "x";
    Run(SendMessage, send);
  }
  std::size_t Receive(const std::string& queue) {
    return Run(ReceiveMessage, ReceiveMessageRequest{.queue_url = queue}).messages.size();
  }
  std::string Start(std::optional<std::int32_t> rate = std::nullopt) {
    return Run(StartMessageMoveTask, StartMessageMoveTaskRequest{kDead, kTarget, rate}).task_handle;
  }
  std::vector<MoveTask> Tasks() const { return sqs_->move_tasks().List(kDead); }
  void RunUntil(MoveTask::Status status) {
    loop_.RunUntil([&] { return Tasks().at(0).status == status; });
    WriteAll();
  }
  /// Starts a task for one message and lets it come as far as the loading of its destination: the message is
  /// chosen, and still in "dead".
  void StartAndHold() {
    Send();
    Reopen();  // so that nothing is loaded
    Start(1);
    faults_.held = true;
    sqs_->store().JournalTags(1, {{"k", "v"}});
    faults_.AwaitStanding();
    loop_.RunUntilIdle();
    ASSERT_FALSE(sqs_->FindByArn(kTarget)->loaded());
  }
  template <class Call>
  static std::string ErrorOf(Call call) {
    try {
      call();
      return {};
    } catch (const protocol::AwsError& error) {
      return std::string(error.kind().code) + ": " + error.message();
    }
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};

TEST_F(MoveTasksTest, TheLastTenOfAQueueAreKept) {
  std::vector<TimePoint> started;
  for (int i = 0; i < 12; ++i) {
    clock_.Advance(std::chrono::seconds{1});
    started.push_back(clock_.Now());
    Start();
    RunUntil(MoveTask::Status::kCompleted);
  }
  for (int round = 0; round < 2; ++round) {
    const auto tasks = Run(ListMessageMoveTasks, ListMessageMoveTasksRequest{kDead, 10}).results;
    ASSERT_EQ(tasks.size(), 10u);
    EXPECT_EQ(tasks.front().started_timestamp, started.at(11).time_since_epoch().count());
    EXPECT_EQ(tasks.back().started_timestamp, started.at(2).time_since_epoch().count());
    EXPECT_THAT(Tasks(), SizeIs(10));
    Reopen();
  }
}

TEST_F(MoveTasksTest, AnAccountHasAHundredAtATime) {
  const auto arn_of = [](int i) { return std::string(kDead) + std::to_string(i); };
  const auto start = [&](int i) {
    return Run(StartMessageMoveTask, StartMessageMoveTaskRequest{arn_of(i), kTarget, 1}).task_handle;
  };
  std::string first;
  for (int i = 0; i <= 100; ++i) {
    const std::string number = std::to_string(i);
    Run(CreateQueue, CreateQueueRequest{"dead" + number, {}, {}});
    const std::string redrive = R"({"maxReceiveCount":"1","deadLetterTargetArn":")" + arn_of(i) + "\"}";
    Run(CreateQueue, CreateQueueRequest{"q" + number, {{"RedrivePolicy", redrive}}, {}});
    // The second is due a second after the first, and no time passes.
    for (int message = 0; message < 2; ++message) {
      SendMessageRequest send;
      send.queue_url = "dead" + number;
      send.message_body = "x";
      Run(SendMessage, send);
    }
    if (i == 0) first = start(0);
    if (i > 0 && i < 100) start(i);
  }
  EXPECT_EQ(ErrorOf([&] { start(100); }),
            "OverLimit: An account can have 100 active message movement tasks at most.");
  EXPECT_THAT(sqs_->move_tasks().List(arn_of(100)), IsEmpty());
  Run(CancelMessageMoveTask, CancelMessageMoveTaskRequest{first});
  EXPECT_EQ(ErrorOf([&] { start(100); }), "");
}

TEST_F(MoveTasksTest, WhatHasEndedCannotBeCancelled) {
  const std::string handle = Start();
  RunUntil(MoveTask::Status::kCompleted);
  EXPECT_EQ(ErrorOf([&] { Run(CancelMessageMoveTask, CancelMessageMoveTaskRequest{handle}); }),
            "ResourceNotFoundException: Task does not exist.");
  EXPECT_EQ(Tasks().at(0).status, MoveTask::Status::kCompleted);
}

TEST_F(MoveTasksTest, TheDestinationIsOfTheSourcesType) {
  Run(CreateQueue, CreateQueueRequest{"dead.fifo", {{"FifoQueue", "true"}}, {}});
  const std::string fifo = std::string(kDead) + ".fifo";
  Run(CreateQueue, CreateQueueRequest{"q.fifo",
                                      {{"FifoQueue", "true"},
                                       {"RedrivePolicy",
                                        R"({"maxReceiveCount":"1","deadLetterTargetArn":")" + fifo + "\"}"}},
                                      {}});
  for (const auto& request :
       {StartMessageMoveTaskRequest{fifo, kTarget, {}}, StartMessageMoveTaskRequest{kDead, fifo, {}}}) {
    EXPECT_EQ(ErrorOf([&] { Run(StartMessageMoveTask, request); }),
              "InvalidParameterValueException: Source and destination queues must be of the same type.");
  }
  EXPECT_THAT(Tasks(), IsEmpty());
}

TEST_F(MoveTasksTest, AMessageThatAConsumerTookMeanwhileIsNotMoved) {
  StartAndHold();
  EXPECT_EQ(Receive("dead"), 1u);
  faults_.Release();
  RunUntil(MoveTask::Status::kCompleted);
  EXPECT_EQ(Tasks().at(0).moved, 0);
  EXPECT_EQ(Receive("target"), 0u);
  clock_.Advance(std::chrono::seconds{30});
  EXPECT_EQ(Receive("dead"), 1u) << "the consumer's, who did not delete it";
}

TEST_F(MoveTasksTest, AForgottenTaskDoesNotComeBackWithItsProgress) {
  StartAndHold();
  sqs_->move_tasks().Reset({});
  faults_.Release();
  loop_.RunUntil([&] { return sqs_->FindByArn(kTarget)->loaded(); });
  WriteAll();
  Reopen();
  EXPECT_THAT(Tasks(), IsEmpty());
}

TEST_F(MoveTasksTest, AResetForgetsTasksForGood) {
  for (int i = 0; i < 2; ++i) Send();
  Start(1);
  loop_.RunUntil([&] { return Tasks().at(0).moved == 1; });
  loop_.Get(sqs_->Reset({}));
  EXPECT_THAT(Tasks(), IsEmpty());
  Reopen();
  EXPECT_THAT(Tasks(), IsEmpty());
}

}  // namespace
}  // namespace cumulite::sqs
