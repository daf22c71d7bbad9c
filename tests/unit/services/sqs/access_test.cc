#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/permissions.h"
#include "services/sqs/operations/send_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {

constexpr std::string_view kUrl = "http://localhost/000000000000/q";

class AccessTest : public SqsServiceTest {
 protected:
  AccessTest() { Run(CreateQueue, CreateQueueRequest{"q", {}, {}}); }

  /// The error code of a send by that account in strict mode; empty when it succeeds.
  std::string SendAs(const std::string& account) {
    auto context = Context();
    context.strict = true;
    context.identity.account = account;
    context.identity.principal = "arn:aws:iam::" + account + ":user/ann";
    SendMessageRequest request;
    request.queue_url = kUrl;
    request.message_body = "x";
    try {
      loop_.Get(SendMessage(*sqs_, context, request));
      return {};
    } catch (const protocol::AwsError& error) {
      return std::string(error.kind().QueryCode());
    }
  }
};

TEST_F(AccessTest, OtherAccountsNeedThePolicysConsent) {
  EXPECT_EQ(SendAs("000000000000"), "");
  EXPECT_EQ(SendAs("111111111111"), "AccessDenied");
  Run(AddPermission, AddPermissionRequest{std::string(kUrl), "l", {"111111111111"}, {"SendMessage"}});
  EXPECT_EQ(SendAs("111111111111"), "");
  EXPECT_EQ(SendAs("222222222222"), "AccessDenied");
}

TEST_F(AccessTest, DenialBindsTheOwnAccountToo) {
  const std::string policy =
      R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"*"}})";
  Run(SetQueueAttributes, SetQueueAttributesRequest{std::string(kUrl), {{"Policy", policy}}});
  EXPECT_EQ(SendAs("000000000000"), "AccessDenied");
}

}  // namespace
}  // namespace cumulite::sqs
