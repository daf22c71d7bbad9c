#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

class ServiceSlotsTest : public WireTest {
 protected:
  bool Exists(const char* file) const { return std::filesystem::exists(directory_.path() / "data" / file); }
  std::string Metrics() const { return Request("GET", "/_cumulite/metrics").body; }
  std::string CreateQueue(const std::string& name) const {
    return Json("AmazonSQS.CreateQueue", R"({"QueueName":")" + name + R"("})").Json()["QueueUrl"];
  }
  void Send(const std::string& url) const {
    ASSERT_EQ(Json("AmazonSQS.SendMessage", R"({"QueueUrl":")" + url + R"(","MessageBody":"x"})").status,
              200);
  }
  std::string CountOf(const std::string& url) const {
    return Json("AmazonSQS.GetQueueAttributes",
                R"({"QueueUrl":")" + url + R"(","AttributeNames":["ApproximateNumberOfMessages"]})")
        .Json()["Attributes"]["ApproximateNumberOfMessages"];
  }
  /// Begins to move three dead letters, one a second, back to the queue "work"; gives its URL.
  std::string StartSlowMove() {
    const std::string dead = CreateQueue("dead");
    const std::string policy =
        R"({\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":1})";
    std::string work = Json("AmazonSQS.CreateQueue",
                            R"({"QueueName":"work","Attributes":{"RedrivePolicy":")" + policy + R"("}})")
                           .Json()["QueueUrl"];
    for (int i = 0; i < 3; ++i) Send(dead);
    const Reply started = Json("AmazonSQS.StartMessageMoveTask",
                               R"({"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead",)"
                               R"("DestinationArn":"arn:aws:sqs:us-east-1:000000000000:work",)"
                               R"("MaxNumberOfMessagesPerSecond":1})");
    EXPECT_EQ(started.status, 200) << started.body;
    return work;
  }
};

TEST_F(ServiceSlotsTest, AServiceThatNobodyCallsHasNoFile) {
  EXPECT_EQ(Request("GET", "/_cumulite/health").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/reset").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1h"})").status, 200);
  EXPECT_THAT(Metrics(), Not(HasSubstr("cumulite_database_bytes{")));
  EXPECT_FALSE(Exists("sqs.db"));
  EXPECT_FALSE(Exists("s3.db"));
  CreateQueue("q");
  EXPECT_TRUE(Exists("sqs.db"));
  EXPECT_FALSE(Exists("s3.db")) << "another service's";
}

TEST_F(ServiceSlotsTest, RefusalsOpenNothing) {
  EXPECT_EQ(Request("POST", "/", "Action=ListTopics&Version=2010-03-31",
                    {Signed("nosuchservice"), {"Content-Type", "application/x-www-form-urlencoded"}})
                .status,
            501);
  EXPECT_FALSE(Exists("sqs.db"));
}

TEST_F(ServiceSlotsTest, FirstRequestsAtOnceAllWaitForTheOneOpening) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 32; ++i) clients.push_back(std::make_unique<Client>(port()));
  for (auto& client : clients) client->Send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  for (auto& client : clients) EXPECT_EQ(client->Read()->status, 200);
}

TEST_F(ServiceSlotsTest, AServiceThatCannotOpenFailsAloneAndIsTriedAgain) {
  std::ofstream(directory_.path() / "data" / "sqs.db") << "this is no database of ours, nor anybody's: it is a text";
  EXPECT_EQ(Json("AmazonSQS.ListQueues", "{}").status, 500);
  EXPECT_EQ(Request("PUT", "/bucket").status, 200);
  std::filesystem::remove(directory_.path() / "data" / "sqs.db");
  EXPECT_EQ(Json("AmazonSQS.ListQueues", "{}").status, 200);
}

TEST_F(ServiceSlotsTest, ResetReachesAServiceThatWasNotCalledSinceTheStart) {
  CreateQueue("q");
  RestartServer();
  EXPECT_EQ(Request("POST", "/_cumulite/reset").status, 200);
  EXPECT_EQ(Json("AmazonSQS.ListQueues", "{}").body, "{}");
}

TEST_F(ServiceSlotsTest, AServiceWithWorkLeftOpensAtTheStart) {
  CreateQueue("q");
  RestartServer();
  EXPECT_THAT(Metrics(), Not(HasSubstr("cumulite_database_bytes{service=\"sqs\"}")));
  StartSlowMove();
  RestartServer();
  for (int i = 0;
       i < 1'000 && Metrics().find("cumulite_database_bytes{service=\"sqs\"}") == std::string::npos; ++i) {
  }
  EXPECT_THAT(Metrics(), HasSubstr("cumulite_database_bytes{service=\"sqs\"}"));
}

TEST_F(ServiceSlotsTest, TheClockAnswersWhenWhatFellDueIsDone) {
  const std::string work = StartSlowMove();
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"10s"})").status, 200);
  EXPECT_EQ(CountOf(work), "3");
}

}  // namespace
}  // namespace cumulite::testing
