#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/commit_watch.h"
#include "tests/support/sns_requests.h"
#include "tests/unit/services/sns/sns_fixture.h"

namespace cumulite::sns {
namespace {
using test::Promise;

constexpr const char* kOwner = "000000000000/us-east-1";
constexpr const char* kStranger = "111111111111";

struct OperationRow {
  std::string_view operation;
  Promise promise;
  bool of_topic;  // a stranger needs the topic's permission; else he works in his own account
};

void PrintTo(const OperationRow& row, std::ostream* out) { *out << row.operation; }

constexpr auto kCommitted = Promise::kCommitted;
constexpr auto kNothing = Promise::kNothing;

constexpr OperationRow kRows[] = {
    {"AddPermission", kCommitted, true},
    {"CheckIfPhoneNumberIsOptedOut", kNothing, false},
    {"ConfirmSubscription", kCommitted, false},
    {"CreatePlatformApplication", kCommitted, false},
    {"CreatePlatformEndpoint", kCommitted, false},
    {"CreateSMSSandboxPhoneNumber", kCommitted, false},
    {"CreateTopic", kCommitted, false},
    {"DeleteEndpoint", kCommitted, false},
    {"DeletePlatformApplication", kCommitted, false},
    {"DeleteSMSSandboxPhoneNumber", kCommitted, false},
    {"DeleteTopic", kCommitted, true},
    {"GetDataProtectionPolicy", kNothing, true},
    {"GetEndpointAttributes", kNothing, false},
    {"GetPlatformApplicationAttributes", kNothing, false},
    {"GetSMSAttributes", kNothing, false},
    {"GetSMSSandboxAccountStatus", kNothing, false},
    {"GetSubscriptionAttributes", kNothing, true},
    {"GetTopicAttributes", kNothing, true},
    {"ListEndpointsByPlatformApplication", kNothing, false},
    {"ListOriginationNumbers", kNothing, false},
    {"ListPhoneNumbersOptedOut", kNothing, false},
    {"ListPlatformApplications", kNothing, false},
    {"ListSMSSandboxPhoneNumbers", kNothing, false},
    {"ListSubscriptions", kNothing, false},
    {"ListSubscriptionsByTopic", kNothing, true},
    {"ListTagsForResource", kNothing, true},
    {"ListTopics", kNothing, false},
    {"OptInPhoneNumber", kCommitted, false},
    {"Publish", kCommitted, true},
    {"PublishBatch", kCommitted, true},
    {"PutDataProtectionPolicy", kCommitted, true},
    {"RemovePermission", kCommitted, true},
    {"SetEndpointAttributes", kCommitted, false},
    {"SetPlatformApplicationAttributes", kCommitted, false},
    {"SetSMSAttributes", kCommitted, false},
    {"SetSubscriptionAttributes", kCommitted, true},
    {"SetTopicAttributes", kCommitted, true},
    {"Subscribe", kCommitted, true},
    {"TagResource", kCommitted, true},
    {"Unsubscribe", kCommitted, false},
    {"UntagResource", kCommitted, true},
    {"VerifySMSSandboxPhoneNumber", kCommitted, false},
};

/// A topic with a queue subscribed and a subscription that waits to be confirmed, a platform application with
/// an endpoint, on a disk that obeys the test.
class EveryOperationTest : public SnsServiceTest, public testing::WithParamInterface<OperationRow> {
 protected:
  EveryOperationTest() {
    Make("CreateTopic", {{"Name", "t"}});
    const json subscribed = Make("Subscribe", {{"TopicArn", test::kSnsTopic},
                                               {"Protocol", "email"},
                                               {"Endpoint", "a@example.com"},
                                               {"ReturnSubscriptionArn", true}});
    subscription_ = subscribed.value("SubscriptionArn", "");
    Make("Subscribe", {{"TopicArn", test::kSnsTopic},
                       {"Protocol", "sqs"},
                       {"Endpoint", "arn:aws:sqs:us-east-1:000000000000:subscribed"}});
    const json application =
        Make("CreatePlatformApplication",
             {{"Name", "a"}, {"Platform", "GCM"}, {"Attributes", {{"PlatformCredential", "secret"}}}});
    device_ = Make("CreatePlatformEndpoint",
                   {{"PlatformApplicationArn", application["PlatformApplicationArn"]}, {"Token", "first"}})
                  .value("EndpointArn", "");
    Make("CreateSMSSandboxPhoneNumber", {{"PhoneNumber", "+15555550100"}});
    OptOut("+15555550100");
    Make("AddPermission", {{"TopicArn", test::kSnsTopic},
                           {"Label", "given"},
                           {"AWSAccountId", {"222222222222"}},
                           {"ActionName", {"Publish"}}});
    Make("TagResource", {{"ResourceArn", test::kSnsTopic}, {"Tags", {{{"Key", "a"}, {"Value", "x"}}}}});
  }
  /// What the owner of a telephone does by answering STOP.
  void OptOut(std::string number) {
    static constexpr auto kPut = [](SnsService& sns, std::string opted_out) -> runtime::Task<void> {
      const auto put = [&] { sns.records().Put(Records::kOptedOut, kOwner, opted_out, {}); };
      co_await sns.writer().Run(put);
    };
    loop_.Get(kPut(sns_, std::move(number)));
  }

  test::RpcCall Call() {
    const std::string operation(GetParam().operation);
    std::string members = test::SnsRequests(subscription_, device_)[operation];
    if (operation == "ConfirmSubscription") {
      const auto pending = sns_.store().FindSubscription(subscription_);
      members = R"("TopicArn":")" + std::string(test::kSnsTopic) + R"(","Token":")" + pending->token + "\"";
    }
    if (operation == "VerifySMSSandboxPhoneNumber") {
      const auto sent = sns_.records().Find(Records::kSandbox, kOwner, "+15555550100");
      members = R"("PhoneNumber":"+15555550100","OneTimePassword":")" +
                std::string(ValueOf(*sent, "OneTimePassword")) + "\"";
    }
    auto call = test::RpcCall::Json(kModel, operation, "{" + members + "}");
    call.clock = &clock_;
    return call;
  }
  test::CommitWatch Watch() { return {sns_, loop_, faults_}; }

  std::string subscription_;
  std::string device_;
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

TEST_P(EveryOperationTest, LetsAStrangerDoNothingWithTheTopic) {
  if (!GetParam().of_topic) return;
  auto call = Call();
  call.strict = true;
  auto strange = call;
  strange.account = kStranger;
  const auto refused = Answer(strange);
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(refused.error_code, "AuthorizationErrorException");
  EXPECT_EQ(Answer(call).status, 200) << "the owner's own, which must not have been done by the stranger";
}

INSTANTIATE_TEST_SUITE_P(Sns, EveryOperationTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.operation); });

}  // namespace
}  // namespace cumulite::sns
