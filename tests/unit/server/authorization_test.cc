#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "protocol/base64.h"
#include "protocol/judge.h"
#include "server/service_table.h"
#include "server/world.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"

/// Runs every operation of every RPC service in strict mode under a judge who refuses everything: each must
/// be refused. An operation that asks nobody, or that has no request here, fails the test.
namespace cumulite::server {
namespace {
using ::testing::HasSubstr;

class DenyAll final : public protocol::Judge {
 public:
  protocol::Judgement Decide(const protocol::RequestContext&, const protocol::AccessRequest&) const override {
    return {protocol::Judgement::Reason::kNothingAllows};
  }
};

constexpr std::string_view kUrl = R"("QueueUrl":"http://localhost:4566/000000000000/q")";
constexpr std::string_view kArn = "arn:aws:sqs:us-east-1:000000000000:q";

/// Operation -> the members of a request that is well-formed and names a resource that is there.
std::map<std::string, std::string> SqsRequests() {
  const std::string url(kUrl);
  const std::string source = R"("SourceArn":")" + std::string(kArn) + "\"";
  const std::string task =
      protocol::Base64Encode(R"({"taskId":"t","sourceArn":")" + std::string(kArn) + R"("})");
  return {
      {"AddPermission", url + R"(,"Label":"l","AWSAccountIds":["111111111111"],"Actions":["SendMessage"])"},
      {"CancelMessageMoveTask", R"("TaskHandle":")" + task + "\""},
      {"ChangeMessageVisibility", url + R"(,"ReceiptHandle":"r","VisibilityTimeout":1)"},
      {"ChangeMessageVisibilityBatch",
       url + R"(,"Entries":[{"Id":"1","ReceiptHandle":"r","VisibilityTimeout":1}])"},
      {"CreateQueue", R"("QueueName":"other")"},
      {"DeleteMessage", url + R"(,"ReceiptHandle":"r")"},
      {"DeleteMessageBatch", url + R"(,"Entries":[{"Id":"1","ReceiptHandle":"r"}])"},
      {"DeleteQueue", url},
      {"GetQueueAttributes", url + R"(,"AttributeNames":["All"])"},
      {"GetQueueUrl", R"("QueueName":"q")"},
      {"ListDeadLetterSourceQueues", url},
      {"ListMessageMoveTasks", source},
      {"ListQueueTags", url},
      {"ListQueues", ""},
      {"PurgeQueue", url},
      {"ReceiveMessage", url},
      {"RemovePermission", url + R"(,"Label":"l")"},
      {"SendMessage", url + R"(,"MessageBody":"x")"},
      {"SendMessageBatch", url + R"(,"Entries":[{"Id":"1","MessageBody":"x"}])"},
      {"SetQueueAttributes", url + R"(,"Attributes":{"DelaySeconds":"1"})"},
      {"StartMessageMoveTask", source},
      {"TagQueue", url + R"(,"Tags":{"a":"b"})"},
      {"UntagQueue", url + R"(,"TagKeys":["a"])"},
  };
}

const std::map<std::string, std::map<std::string, std::string>>& JsonRequests() {
  static const std::map<std::string, std::map<std::string, std::string>> kRequests{{"sqs", SqsRequests()}};
  return kRequests;
}

const std::map<std::string, std::map<std::string, std::string>>& QueryRequests() {
  static const std::map<std::string, std::map<std::string, std::string>> kRequests{
      {"sts",
       {{"AssumeRole", "RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=session"},
        {"DecodeAuthorizationMessage", "EncodedMessage=message"},
        {"GetAccessKeyInfo", "AccessKeyId=ASIAAAAAAAAAAAAAAAAA"},
        {"GetFederationToken", "Name=somebody"}}}};
  return kRequests;
}

/// Operations that need no permission, with AWS's page that says so.
const std::map<std::string, std::string_view> kFree{
    {"sts:GetCallerIdentity", "GetCallerIdentity: No permissions are required to perform this operation"},
    {"sts:GetSessionToken",
     "GetSessionToken: No permissions are required for users to perform this operation"},
};

/// Services whose operations do not ask the judge yet; each has its requests here once they do.
const std::set<std::string> kNotYetJudged{"dynamodb", "sns"};

class AuthorizationTest : public ::testing::Test {
 protected:
  static config::Settings Ephemeral() {
    config::Settings settings;
    settings.ephemeral = true;
    return settings;
  }

  services::Service& Open(ServiceSlot& slot) { return *loop_.Get(slot.Open()); }

  test::RpcReply Call(services::Service& service, test::RpcCall call, const protocol::Judge* judge) {
    call.strict = judge != nullptr;
    call.judge = judge;
    call.clock = &clock_;
    const auto pending = call.Begin(service);
    loop_.RunUntil([&pending] { return pending->done(); });
    return pending->Reply();
  }

  base::Clock clock_{base::TimePoint{std::chrono::hours(500'000)}};
  test_support::ManualLoop loop_{clock_};
  const config::Settings settings_ = Ephemeral();
  World world_{settings_, clock_};
  const DenyAll deny_all_;
};

TEST_F(AuthorizationTest, EveryOperationAsksTheJudge) {
  for (ServiceSlot* slot : world_.slots()) {
    const std::string name(slot->name());
    services::Service* service = nullptr;
    if (kNotYetJudged.contains(name)) continue;
    for (const protocol::RpcModel* model : slot->descriptor().models) {
      if (model->operations.empty()) continue;
      if (service == nullptr) service = &Open(*slot);
      if (name == "sqs") {
        const auto made =
            Call(*service, test::RpcCall::Json(*model, "CreateQueue", R"({"QueueName":"q"})"), {});
        ASSERT_EQ(made.status, 200) << made.body;
      }
      for (const protocol::Operation& operation : model->operations) {
        const std::string full = name + ":" + std::string(operation.name);
        if (kFree.contains(full)) continue;
        const bool json = !model->json_target.empty();
        const auto& requests = json ? JsonRequests() : QueryRequests();
        const auto of_service = requests.find(name);
        const bool known =
            of_service != requests.end() && of_service->second.contains(std::string(operation.name));
        ASSERT_TRUE(known) << full << " has no request in this test: add one, and ask MayAccess in it";
        const std::string& members = of_service->second.at(std::string(operation.name));
        const test::RpcCall call = json ? test::RpcCall::Json(*model, operation.name, "{" + members + "}")
                                        : test::RpcCall::Query(*model, operation.name, members);
        const test::RpcReply reply = Call(*service, call, &deny_all_);
        EXPECT_THAT(reply.error_code, HasSubstr("AccessDenied")) << full << " answered " << reply.body;
      }
    }
  }
}

}  // namespace
}  // namespace cumulite::server
