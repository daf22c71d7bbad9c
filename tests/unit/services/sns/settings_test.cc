#include "tests/unit/services/sns/sns_fixture.h"

namespace cumulite::sns {
namespace {

constexpr const char* kTopic = "arn:aws:sns:us-east-1:000000000000:t";

/// What the settings of topics and text messages may be, and what they are shown as.
class SettingsTest : public SnsServiceTest {
 protected:
  SettingsTest() { Make("CreateTopic", {{"Name", "t"}}); }
  void ExpectRefused(std::string_view operation, const json& request, const std::string& message,
                     const std::string& code = "InvalidParameterException") {
    auto call = test::RpcCall::Json(kModel, operation, request.dump());
    call.clock = &clock_;
    const test::RpcReply reply = Answer(call);
    EXPECT_EQ(reply.status, 400) << reply.body;
    EXPECT_EQ(reply.error_code, code);
    EXPECT_EQ(json::parse(reply.body).value("message", ""), message);
  }
};

TEST_F(SettingsTest, TopicsThatMakeNoSenseAreRefused) {
  const std::vector<std::array<std::string, 3>> cases = {
      {"SQSFailureFeedbackRoleArn", "x", "SQSFailureFeedbackRoleArn: must be the ARN of an IAM role"},
      {"SQSSuccessFeedbackSampleRate", "101",
       "SQSSuccessFeedbackSampleRate: must be an integer between 0 and 100"},
      {"SQSSuccessFeedbackSampleRate", "1x",
       "SQSSuccessFeedbackSampleRate: must be an integer between 0 and 100"},
      {"SignatureVersion", "3", "SignatureVersion: Invalid value [3]. Must be 1 or 2."},
      {"TracingConfig", "on", "TracingConfig: Invalid value [on]. Must be PassThrough or Active."},
      {"FifoThroughputScope", "Topic", "FifoThroughputScope can only be set for FIFO topics"},
      {"SubscriptionsConfirmed", "1", "AttributeName"}};
  for (const auto& [name, value, complaint] : cases) {
    ExpectRefused("SetTopicAttributes",
                  {{"TopicArn", kTopic}, {"AttributeName", name}, {"AttributeValue", value}},
                  "Invalid parameter: " + complaint);
  }
}

TEST_F(SettingsTest, OfTextMessagesThatMakeNoSenseAreRefused) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"DefaultSMSType", "Other"},
      {"MonthlySpendLimit", "much"},
      {"DeliveryStatusSuccessSamplingRate", "101"},
      {"DeliveryStatusIAMRole", "x"},
      {"DefaultSenderID", "12345"},
      {"DefaultSenderID", "longerthan11"},
      {"DefaultSenderID", "with blank"}};
  for (const auto& [name, value] : cases) {
    ExpectRefused("SetSMSAttributes", {{"attributes", {{name, value}}}}, name + " is invalid");
  }
  const json wanted = {{"DefaultSMSType", "Promotional"},
                       {"MonthlySpendLimit", "5"},
                       {"DeliveryStatusSuccessSamplingRate", "100"},
                       {"DeliveryStatusIAMRole", "arn:aws:iam::000000000000:role/r"},
                       {"DefaultSenderID", "Cumulite"}};
  Make("SetSMSAttributes", {{"attributes", wanted}});
  EXPECT_EQ(Make("GetSMSAttributes", json::object())["attributes"], wanted);
}

TEST_F(SettingsTest, OfPushesThatMakeNoSenseAreRefused) {
  const std::string application =
      Make("CreatePlatformApplication",
           {{"Name", "a"}, {"Platform", "GCM"}, {"Attributes", {{"PlatformCredential", "secret"}}}})
          .value("PlatformApplicationArn", "");
  const std::vector<std::array<std::string, 3>> cases = {
      {"Nope", "x", "Invalid attribute name: Nope"},
      {"AppleCertificateExpiryDate", "x", "Invalid attribute name: AppleCertificateExpiryDate"},
      {"Enabled", "no", "Invalid value for attribute: Enabled: must be true or false"}};
  for (const auto& [name, value, complaint] : cases) {
    const std::string message = "Invalid parameter: Attributes Reason: " + complaint;
    ExpectRefused("SetPlatformApplicationAttributes",
                  {{"PlatformApplicationArn", application}, {"Attributes", {{name, value}}}}, message);
    ExpectRefused("CreatePlatformApplication",
                  {{"Name", "b"},
                   {"Platform", "GCM"},
                   {"Attributes", {{"PlatformCredential", "secret"}, {name, value}}}},
                  message);
  }
  ExpectRefused("CreatePlatformEndpoint", {{"PlatformApplicationArn", application}, {"Token", ""}},
                "Invalid parameter: Token Reason: no value for required parameter");
}

TEST_F(SettingsTest, PermissionIsForAnAccount) {
  ExpectRefused("AddPermission",
                {{"TopicArn", kTopic}, {"Label", "l"}, {"AWSAccountId", {"x"}}, {"ActionName", {"Publish"}}},
                "Invalid parameter: Policy Error: PrincipalNotFound");
}

TEST_F(SettingsTest, EndpointHasAHost) {
  ExpectRefused("Subscribe", {{"TopicArn", kTopic}, {"Protocol", "http"}, {"Endpoint", "http://"}},
                "Invalid parameter: Endpoint must match the specified protocol");
}

TEST_F(SettingsTest, SubjectIsAHundredCharactersOfOneLine) {
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "ü";
  Make("Publish", {{"TopicArn", kTopic}, {"Message", "x"}, {"Subject", longest}});
  for (const std::string& subject :
       {longest + "x", std::string("a\tb"), std::string("a\x7f"), std::string()}) {
    ExpectRefused("Publish", {{"TopicArn", kTopic}, {"Message", "x"}, {"Subject", subject}},
                  "Invalid parameter: Subject");
  }
}

TEST_F(SettingsTest, ArchiveSaysWhereItBeginsAndKeepsItsTopic) {
  const json named = {{"TopicArn", "arn:aws:sns:us-east-1:000000000000:a.fifo"}};
  Make("CreateTopic",
       {{"Name", "a.fifo"},
        {"Attributes", {{"FifoTopic", "true"}, {"ArchivePolicy", R"({"MessageRetentionPeriod":"2"})"}}}});
  const auto beginning = [&] {
    return Make("GetTopicAttributes", named)["Attributes"].value("BeginningArchiveTime", "");
  };
  EXPECT_EQ(beginning(), "2023-11-14T22:13:20.000Z");
  clock_.Advance(std::chrono::hours(47));
  EXPECT_EQ(beginning(), "2023-11-14T22:13:20.000Z");
  clock_.Advance(std::chrono::hours(2));
  EXPECT_EQ(beginning(), "2023-11-14T23:13:20.000Z") << "what is older is gone";
  ExpectRefused("DeleteTopic", named, "Invalid state: The topic has an active archive policy.",
                "InvalidStateException");
  json end = named;
  end["AttributeName"] = "ArchivePolicy";
  end["AttributeValue"] = "{}";
  Make("SetTopicAttributes", end);
  EXPECT_EQ(beginning(), "");
  Make("DeleteTopic", named);
}

}  // namespace
}  // namespace cumulite::sns
