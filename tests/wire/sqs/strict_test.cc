#include <optional>

#include "tests/support/wire/signer.h"
#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::HasSubstr;

const Signer kOwner{"AKIAOWNER", "owner's secret", "sqs"};
const Signer kOther{"AKIAOTHER", "other's secret", "sqs"};

class SqsStrictTest : public SqsWireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{kOwner.access_key, kOwner.secret, "111111111111", "ann"},
                           {kOther.access_key, kOther.secret, "222222222222", "bob"}};
  }
  Reply CallAs(const Signer& caller, const std::string& operation, const json& request) const {
    const std::string body = request.dump();
    return Request("POST", "/", body,
                   caller.Sign("POST", "/", body,
                               {{"X-Amz-Target", "AmazonSQS." + operation},
                                {"Content-Type", "application/x-amz-json-1.0"}}));
  }
  std::string CreateOwned() const {
    return CallAs(kOwner, "CreateQueue", {{"QueueName", "q"}}).Json().value("QueueUrl", "");
  }
  Reply SendAs(const Signer& caller, const std::string& url) const {
    return CallAs(caller, "SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}});
  }
  Reply SendUnsigned(const std::string& url) const {
    return Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}});
  }
  void SetPolicy(const std::string& url, const json& statements) const {
    const Reply reply = CallAs(
        kOwner, "SetQueueAttributes",
        {{"QueueUrl", url},
         {"Attributes", {{"Policy", json({{"Version", "2012-10-17"}, {"Statement", statements}}).dump()}}}});
    ASSERT_EQ(reply.status, 200) << reply.body;
  }
  static json Statement(const std::string& effect, const json& principal, const std::string& action) {
    return {{"Effect", effect}, {"Principal", principal}, {"Action", action}, {"Resource", kArn}};
  }

  static void ExpectDenied(const Reply& reply, const std::string& message) {
    EXPECT_EQ(reply.status, 403) << reply.body;
    EXPECT_EQ(reply.Header("x-amzn-query-error"), "AccessDenied;Sender");
    EXPECT_EQ(reply.Json().value("__type", ""), "com.amazon.coral.service#AccessDeniedException");
    EXPECT_EQ(reply.Json().value("Message", ""), message);
  }

  static constexpr const char* kArn = "arn:aws:sqs:us-east-1:111111111111:q";
};

TEST_F(SqsStrictTest, ASignatureForAnotherServiceIsRefused) {
  const Signer for_s3{"AKIAOWNER", "owner's secret", "s3"};
  const Reply reply = CallAs(for_s3, "ListQueues", json::object());
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.Json().value("__type", ""), "com.amazon.coral.service#InvalidSignatureException");
  EXPECT_EQ(reply.Json().value("message", ""), "Credential should be scoped to correct service: 'sqs'.");
}

TEST_F(SqsStrictTest, OtherAccountIsRefusedUntilItIsGivenPermission) {
  const std::string url = CreateOwned();
  EXPECT_EQ(SendAs(kOwner, url).status, 200);
  ExpectDenied(SendAs(kOther, url),
               "User: arn:aws:iam::222222222222:user/bob is not authorized to perform: sqs:sendmessage on "
               "resource: arn:aws:sqs:us-east-1:111111111111:q because no resource-based policy allows the "
               "sqs:sendmessage action");
  const json grant = {
      {"QueueUrl", url}, {"Label", "l"}, {"AWSAccountIds", {"222222222222"}}, {"Actions", {"SendMessage"}}};
  ASSERT_EQ(CallAs(kOwner, "AddPermission", grant).status, 200);
  EXPECT_EQ(SendAs(kOther, url).status, 200);
  EXPECT_EQ(CallAs(kOther, "ReceiveMessage", {{"QueueUrl", url}}).status, 403);
  ASSERT_EQ(CallAs(kOwner, "RemovePermission", {{"QueueUrl", url}, {"Label", "l"}}).status, 200);
  EXPECT_EQ(SendAs(kOther, url).status, 403);
}

TEST_F(SqsStrictTest, BatchesNeedThePermissionOfTheSingleOperation) {
  const std::string url = CreateOwned();
  SetPolicy(url, {Statement("Allow", {{"AWS", "222222222222"}}, "sqs:SendMessage")});
  const json batch = {{"QueueUrl", url}, {"Entries", {{{"Id", "a"}, {"MessageBody", "x"}}}}};
  EXPECT_EQ(CallAs(kOther, "SendMessageBatch", batch).status, 200);
}

TEST_F(SqsStrictTest, DenialWinsOverPermissionAndBindsTheOwnerToo) {
  const std::string url = CreateOwned();
  SetPolicy(url, {Statement("Allow", "*", "sqs:*"), Statement("Deny", "*", "sqs:SendMessage")});
  for (const Signer& caller : {kOwner, kOther}) {
    const Reply reply = SendAs(caller, url);
    EXPECT_EQ(reply.status, 403);
    EXPECT_THAT(reply.body, HasSubstr("with an explicit deny in a resource-based policy"));
  }
  EXPECT_EQ(CallAs(kOther, "ReceiveMessage", {{"QueueUrl", url}}).status, 200);
}

TEST_F(SqsStrictTest, NoPolicyLetsAnotherAccountAdministerTheQueue) {
  const std::string url = CreateOwned();
  SetPolicy(url, {Statement("Allow", "*", "sqs:*")});
  EXPECT_EQ(CallAs(kOther, "DeleteQueue", {{"QueueUrl", url}}).status, 403);
  EXPECT_EQ(CallAs(kOther, "TagQueue", {{"QueueUrl", url}, {"Tags", {{"a", "b"}}}}).status, 403);
  EXPECT_EQ(SendAs(kOwner, url).status, 200);
}

TEST_F(SqsStrictTest, UnsignedCallsReachPublicQueuesOnly) {
  const std::string url = CreateOwned();
  ExpectDenied(SendUnsigned(url), "Access to the resource http://localhost/111111111111/q is denied.");
  SetPolicy(url, {Statement("Allow", {{"AWS", "111111111111"}}, "sqs:SendMessage")});
  EXPECT_EQ(SendUnsigned(url).status, 403) << "the account is somebody";
  SetPolicy(url, {Statement("Allow", "*", "sqs:SendMessage")});
  EXPECT_EQ(SendUnsigned(url).status, 200);
  EXPECT_EQ(Call("ReceiveMessage", {{"QueueUrl", url}}).status, 403);
}

TEST_F(SqsStrictTest, UnsignedCallsMakeAndListNoQueues) {
  for (const json& request : {json({{"QueueName", "q"}}), json({{"QueueNamePrefix", "q"}})}) {
    const Reply reply = Call(request.contains("QueueName") ? "CreateQueue" : "ListQueues", request);
    ExpectDenied(reply, "Access to the resource http://localhost/ is denied.");
  }
}

TEST_F(SqsStrictTest, WrongSecretIsNobody) {
  const Signer impostor{kOwner.access_key, "guessed", "sqs"};
  const Reply reply = CallAs(impostor, "CreateQueue", {{"QueueName", "q"}});
  EXPECT_EQ(reply.Header("x-amzn-query-error"), "SignatureDoesNotMatch;Sender");
}

}  // namespace
}  // namespace cumulite::testing
