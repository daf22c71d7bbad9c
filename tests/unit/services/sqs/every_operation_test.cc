#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>

#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/message_move_tasks.h"
#include "services/sqs/operations/permissions.h"
#include "services/sqs/operations/queue_tags.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "tests/support/commit_watch.h"
#include "tests/unit/services/sqs/full_writer.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using nlohmann::json;
using test::Promise;

constexpr const char* kUrl = "http://localhost/000000000000/q";
constexpr const char* kDeadUrl = "http://localhost/000000000000/dead";
constexpr const char* kArn = "arn:aws:sqs:us-east-1:000000000000:q";
constexpr const char* kDeadArn = "arn:aws:sqs:us-east-1:000000000000:dead";
constexpr const char* kStranger = "111111111111";

class EveryOperationTest;

/// Whom an operation obeys in strict mode.
enum class Concerns : unsigned char {
  kQueue,    // whoever may do it with that queue
  kAccount,  // everybody who has an account, in his own
};

/// A request of each operation that does something, on what EveryOperationTest has made.
struct OperationRow {
  std::string_view operation;
  Promise promise;
  Concerns concerns;
  json (*request)(EveryOperationTest&);
};

void PrintTo(const OperationRow& row, std::ostream* out) { *out << row.operation; }

/// The queues "q" and its dead-letter queue "dead" with two messages each, on a disk that obeys the test.
class EveryOperationTest : public SqsServiceTest, public testing::WithParamInterface<OperationRow> {
 public:
  /// Of a message of "q" that is in flight.
  std::string Handle() {
    return Run(ReceiveMessage, ReceiveMessageRequest{.queue_url = kUrl}).messages.at(0).receipt_handle;
  }
  /// Of a move task that is not done yet.
  std::string Task() {
    return Run(StartMessageMoveTask, StartMessageMoveTaskRequest{kDeadArn, kArn, 1}).task_handle;
  }
  template <class Handler, class Request>
  void Make(Handler handler, Request request) {
    Run(handler, std::move(request));
  }

 protected:
  EveryOperationTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
    Run(CreateQueue, CreateQueueRequest{"dead", {}, {}});
    const std::string policy = json{{"maxReceiveCount", 5}, {"deadLetterTargetArn", kDeadArn}}.dump();
    Run(CreateQueue, CreateQueueRequest{"q", {{"RedrivePolicy", policy}}, {}});
    for (const char* url : {kUrl, kUrl, kDeadUrl, kDeadUrl}) {
      SendMessageRequest send;
      send.queue_url = url;
      send.message_body = "x";
      Run(SendMessage, send);
    }
  }
  void TearDown() override {
    faults_.Release();
    SqsServiceTest::TearDown();
  }

  test::RpcCall Call() {
    auto call = test::RpcCall::Json(kModel, GetParam().operation, GetParam().request(*this).dump());
    call.clock = &clock_;
    WriteAll();  // receives, which else are written at any moment
    return call;
  }
  test::RpcReply Answer(const test::RpcCall& call) {
    const auto pending = call.Begin(*sqs_);
    loop_.RunUntil([&] { return pending->done(); });
    return pending->Reply();
  }

  test::CommitWatch Watch() { return {*sqs_, loop_, faults_}; }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};

json Queue(EveryOperationTest&) { return {{"QueueUrl", kUrl}}; }

json OneEntry(json entry) {
  entry["Id"] = "a";
  return {{"QueueUrl", kUrl}, {"Entries", {std::move(entry)}}};
}

const std::array kRows{
    OperationRow{"AddPermission", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueUrl", kUrl},
                           {"Label", "l"},
                           {"AWSAccountIds", {"222222222222"}},
                           {"Actions", {"SendMessage"}}};
                 }},
    OperationRow{"CancelMessageMoveTask", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) -> json {
                   return {{"TaskHandle", test.Task()}};
                 }},
    OperationRow{"ChangeMessageVisibility", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) -> json {
                   return {{"QueueUrl", kUrl}, {"ReceiptHandle", test.Handle()}, {"VisibilityTimeout", 60}};
                 }},
    OperationRow{"ChangeMessageVisibilityBatch", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) {
                   return OneEntry({{"ReceiptHandle", test.Handle()}, {"VisibilityTimeout", 60}});
                 }},
    OperationRow{"CreateQueue", Promise::kCommitted, Concerns::kAccount,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueName", "new"}};
                 }},
    OperationRow{"DeleteMessage", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) -> json {
                   return {{"QueueUrl", kUrl}, {"ReceiptHandle", test.Handle()}};
                 }},
    OperationRow{"DeleteMessageBatch", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) {
                   return OneEntry({{"ReceiptHandle", test.Handle()}});
                 }},
    OperationRow{"DeleteQueue", Promise::kCommitted, Concerns::kQueue, Queue},
    OperationRow{"GetQueueAttributes", Promise::kNothing, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueUrl", kUrl}, {"AttributeNames", {"All"}}};
                 }},
    OperationRow{"GetQueueUrl", Promise::kNothing, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueName", "q"}, {"QueueOwnerAWSAccountId", "000000000000"}};
                 }},
    OperationRow{"ListDeadLetterSourceQueues", Promise::kNothing, Concerns::kQueue, Queue},
    OperationRow{"ListMessageMoveTasks", Promise::kNothing, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"SourceArn", kDeadArn}};
                 }},
    OperationRow{"ListQueueTags", Promise::kNothing, Concerns::kQueue, Queue},
    OperationRow{"ListQueues", Promise::kNothing, Concerns::kAccount,
                 [](EveryOperationTest&) { return json::object(); }},
    OperationRow{"PurgeQueue", Promise::kCommitted, Concerns::kQueue, Queue},
    // The queue has a redrive policy: a count that a crash loses would keep a poison message for ever.
    OperationRow{"ReceiveMessage", Promise::kCommitted, Concerns::kQueue, Queue},
    OperationRow{"RemovePermission", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) -> json {
                   test.Make(AddPermission, AddPermissionRequest{kUrl, "l", {"222222222222"}, {"*"}});
                   return {{"QueueUrl", kUrl}, {"Label", "l"}};
                 }},
    OperationRow{"SendMessage", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueUrl", kUrl}, {"MessageBody", "x"}};
                 }},
    OperationRow{"SendMessageBatch", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) {
                   return OneEntry({{"MessageBody", "x"}});
                 }},
    OperationRow{"SetQueueAttributes", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueUrl", kUrl}, {"Attributes", {{"DelaySeconds", "1"}}}};
                 }},
    OperationRow{"StartMessageMoveTask", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"SourceArn", kDeadArn}, {"DestinationArn", kArn}};
                 }},
    OperationRow{"TagQueue", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest&) -> json {
                   return {{"QueueUrl", kUrl}, {"Tags", {{"k", "v"}}}};
                 }},
    OperationRow{"UntagQueue", Promise::kCommitted, Concerns::kQueue,
                 [](EveryOperationTest& test) -> json {
                   test.Make(TagQueue, TagQueueRequest{kUrl, {{"k", "v"}}, {}});
                   return {{"QueueUrl", kUrl}, {"TagKeys", {"k"}}};
                 }},
};

TEST(EveryOperationTableTest, HasEachOperationOfTheModel) {
  std::vector<std::string_view> rows;
  for (const OperationRow& row : kRows) rows.push_back(row.operation);
  EXPECT_THAT(test::OperationsWithoutRow(kModel, rows), testing::IsEmpty());
}

TEST_P(EveryOperationTest, AnswersWhenWhatItPromisesIsTrue) {
  Watch().ExpectPromise(Call(), GetParam().promise);
}

TEST_P(EveryOperationTest, IsUnavailableWhenItsCommitFails) {
  Watch().ExpectFullDiskAnswer(Call(), GetParam().promise, 503);
}

TEST_P(EveryOperationTest, IsThrottledAndChangesNothingWhenTooManyWritesWait) {
  if (GetParam().promise != Promise::kCommitted)
    return;  // it writes nothing, or nothing that anybody waits for
  const auto call = Call();
  FillWriter(sqs_->store(), faults_);
  const auto refusal = Answer(call);
  EXPECT_EQ(refusal.status, 403) << refusal.body;
  EXPECT_EQ(refusal.error_code, "RequestThrottled");
  faults_.Release();
  sqs_->Stop();  // which waits until all is written
  EXPECT_EQ(Answer(call).status, 200) << "what was refused must not have been done";
}

TEST_P(EveryOperationTest, ServesAStrangerOnlyWhatIsHis) {
  auto call = Call();
  call.strict = true;
  auto strange = call;
  strange.account = kStranger;
  const auto answer = Answer(strange);
  if (GetParam().concerns == Concerns::kAccount) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("000000000000")));
    strange.account.clear();
    strange.access_key.clear();
    EXPECT_EQ(Answer(strange).error_code, "AccessDeniedException") << "nobody has no account";
  } else {
    EXPECT_EQ(answer.error_code, "AccessDeniedException") << answer.status << ' ' << answer.body;
    EXPECT_EQ(answer.status, 403);
  }
  EXPECT_EQ(Answer(call).status, 200) << "the owner's own, which must not have been done by the stranger";
}

INSTANTIATE_TEST_SUITE_P(Sqs, EveryOperationTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.operation); });

}  // namespace
}  // namespace cumulite::sqs
