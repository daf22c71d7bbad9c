// Clients that send bodies slowly, in part, never, or more of them than there is memory for.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <fstream>
#include <memory>

#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::string_view kHealth = "GET /_cumulite/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
const std::string kPut = "PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n";
const std::string kListQueues =
    "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"
    "Content-Type: application/x-amz-json-1.0\r\nContent-Length: 100\r\n\r\n";

class HttpAttackTest : public WireTest {
 protected:
  void Configure(config::Settings& settings) override { settings.body_timeout = std::chrono::seconds(1); }
  void SetUp() override {
    WireTest::SetUp();
    ASSERT_EQ(Request("PUT", "/bucket").status, 200);
  }
  static void ExpectRefused(Client& client, int status, const std::string& code) {
    const auto answer = client.Read();
    ASSERT_TRUE(answer) << "no answer at all";
    EXPECT_EQ(answer->status, status) << answer->body;
    EXPECT_THAT(answer->body, HasSubstr(code));
    EXPECT_EQ(answer->Header("Connection"), "close");
    client.HalfClose();
    EXPECT_TRUE(client.Closed());
  }
};

TEST_F(HttpAttackTest, ABodyThatNeverComesIsAnswered) {
  Client s3(port());
  s3.Send(kPut + "some");
  Client sqs(port());
  sqs.Send(kListQueues + "{");
  ExpectRefused(s3, 400, "<Code>RequestTimeout</Code>");
  ExpectRefused(sqs, 408, "RequestTimeoutException");
}

TEST_F(HttpAttackTest, ABodyThatBreaksOffIsAnswered) {
  Client s3(port());
  s3.Send(kPut + "some");
  s3.HalfClose();
  ExpectRefused(s3, 400, "<Code>IncompleteBody</Code>");
  Client sqs(port());
  sqs.Send(kListQueues + "{");
  sqs.HalfClose();
  ExpectRefused(sqs, 400, "RequestAbortedException");
}

TEST_F(HttpAttackTest, ABodyThatTricklesInIsCutOff) {
  Client client(port());
  client.Send("PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
  const auto start = std::chrono::steady_clock::now();
  while (client.Silent(100ms)) {
    ASSERT_LT(std::chrono::steady_clock::now() - start, 8s) << "each byte counts anew";
    client.Send("x");
  }
  ExpectRefused(client, 400, "RequestTimeout");
}

TEST_F(HttpAttackTest, ARefusalDoesNotWaitForTheBody) {
  Client client(port());
  client.Send("PUT /nowhere/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
  const auto answer = client.Read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->Header("Connection"), "") << "the body may still come";
  client.Send(std::string(100, 'x') + std::string(kHealth));
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(HttpAttackTest, ARefusedBodyThatNeverComesEndsTheConnection) {
  Client client(port());
  client.Send("PUT /nowhere/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
  EXPECT_EQ(client.Read()->status, 404);
  EXPECT_TRUE(client.Closed());
}

class MemoryAttackTest : public WireTest {
 protected:
  /// One loop, so that one arena of malloc has to hold them all.
  void Configure(config::Settings& settings) override { settings.threads = 1; }

  using Clients = std::vector<std::unique_ptr<Client>>;
  /// Opens connections that send the beginning of a form and no end.
  Clients SendForms(int count, std::size_t size, std::string_view beginning) const {
    Clients clients;
    for (int i = 0; i < count; ++i) {
      clients.push_back(std::make_unique<Client>(port()));
      clients.back()->Send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(size) +
                           "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" +
                           std::string(beginning));
    }
    return clients;
  }
  /// The status of the first answer to any of them.
  static int FirstAnswer(const Clients& clients) {
    for (const auto start = std::chrono::steady_clock::now();
         std::chrono::steady_clock::now() - start < std::chrono::seconds(10);) {
      for (const auto& client : clients) {
        if (!client->Silent(1ms)) return client->Read().value_or(Reply{}).status;
      }
    }
    return 0;
  }
};

TEST_F(MemoryAttackTest, FormsOfStrangersThatNeverEndHoldNoMoreThanTheBudget) {
  constexpr std::size_t kForm = 16 << 20;
  const std::string most(kForm - 1, 'a');
  {
    const Clients clients = SendForms(9, kForm, most);
    EXPECT_EQ(FirstAnswer(clients), 503);
    EXPECT_EQ(Send(kHealth).status, 200);
    for (const auto& client : clients) client->Reset();
  }
  // The loop notices one after the other; from then on there is room again.
  int status = 503;
  for (int i = 0; i < 100 && status == 503; ++i) status = FirstAnswer(SendForms(1, kForm, most + "a"));
  EXPECT_NE(status, 503);
  EXPECT_NE(status, 0) << "it was read to its end";
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(MemoryAttackTest, AnAllocationThatFailsCostsTheRequestOnly) {
  EXPECT_EQ(Send(kHealth).status, 200);  // what the loop needs once is there
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlimit before{};
  getrlimit(RLIMIT_AS, &before);
  const rlimit tight{pages * 4096 + (2 << 20), before.rlim_max};
  setrlimit(RLIMIT_AS, &tight);
  const int status = FirstAnswer(SendForms(6, 16 << 20, "a=b"));
  setrlimit(RLIMIT_AS, &before);
  EXPECT_EQ(status, 500);
  EXPECT_EQ(Send(kHealth).status, 200);
}
#endif

}  // namespace
}  // namespace cumulite::testing
