#include <algorithm>

#include "tests/wire/sns/sns_wire_test.h"

namespace cumulite::testing {
namespace {

class SnsPublishTest : public SnsWireTest {
 protected:
  /// A queue of that name; gives its ARN.
  std::string Queue(const std::string& name, const json& attributes = json::object()) const {
    const Reply reply =
        Json("AmazonSQS.CreateQueue", json{{"QueueName", name}, {"Attributes", attributes}}.dump());
    EXPECT_EQ(reply.status, 200) << reply.body;
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }
  std::string FifoQueue(const std::string& name) const { return Queue(name, {{"FifoQueue", "true"}}); }
  /// Waits for `count` messages and deletes them.
  std::vector<json> Receive(const std::string& queue, std::size_t count = 1) const {
    std::vector<json> messages;
    while (messages.size() < count) {
      const Reply reply = Json("AmazonSQS.ReceiveMessage", json{{"QueueUrl", queue},
                                                                {"MaxNumberOfMessages", 10},
                                                                {"WaitTimeSeconds", 5},
                                                                {"AttributeNames", {"All"}},
                                                                {"MessageAttributeNames", {"All"}}}
                                                               .dump());
      const json received = reply.Json().value("Messages", json::array());
      if (received.empty()) break;
      for (const json& message : received) {
        messages.push_back(message);
        Json("AmazonSQS.DeleteMessage",
             json{{"QueueUrl", queue}, {"ReceiptHandle", message["ReceiptHandle"]}}.dump());
      }
    }
    EXPECT_EQ(messages.size(), count);
    return messages;
  }
  json ReceiveOne(const std::string& queue) const {
    const auto messages = Receive(queue);
    return messages.empty() ? json({{"Body", "{}"}}) : messages.front();
  }
};

TEST_F(SnsPublishTest, EnvelopeHasTheMembersOfAwsInTheirOrder) {
  const std::string topic = CreateTopic("t");
  const std::string subscription = Subscribe(topic, "sqs", Queue("q"));
  const json published = Do("Publish", {{"TopicArn", topic},
                                        {"Message", "a \"text\""},
                                        {"Subject", "s"},
                                        {"MessageAttributes",
                                         {{"b", {{"DataType", "Binary"}, {"BinaryValue", "AAE="}}},
                                          {"n", {{"DataType", "Number"}, {"StringValue", "1"}}}}}});
  const json message = ReceiveOne("q");
  const auto envelope = nlohmann::ordered_json::parse(message["Body"].get<std::string>());
  std::vector<std::string> names;
  for (const auto& [name, value] : envelope.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"Type", "MessageId", "TopicArn", "Subject", "Message",
                                             "Timestamp", "SignatureVersion", "Signature", "SigningCertURL",
                                             "UnsubscribeURL", "MessageAttributes"}));
  EXPECT_EQ(envelope["MessageId"], published["MessageId"].get<std::string>());
  EXPECT_EQ(envelope["Message"], "a \"text\"");
  EXPECT_EQ(envelope["SignatureVersion"], "1");
  EXPECT_EQ(envelope["Timestamp"], "2026-01-02T03:04:05.000Z");
  EXPECT_TRUE(envelope["UnsubscribeURL"].get<std::string>().ends_with("SubscriptionArn=" + subscription));
  EXPECT_EQ(envelope["MessageAttributes"]["b"]["Value"], "AAE=");
  EXPECT_NE(message["MessageId"], published["MessageId"]);
  const std::string url = envelope["SigningCertURL"];
  const Reply certificate = Request("GET", url.substr(url.rfind('/')));
  EXPECT_EQ(certificate.status, 200);
  EXPECT_TRUE(certificate.body.starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_F(SnsPublishTest, RawDeliveryIsTheMessageWithItsAttributes) {
  const std::string topic = CreateTopic("t");
  Subscribe(topic, "sqs", Queue("q"), {{"RawMessageDelivery", "true"}});
  Do("Publish", {{"TopicArn", topic},
                 {"Message", "plain"},
                 {"MessageAttributes", {{"a", {{"DataType", "String"}, {"StringValue", "x"}}}}}});
  const json message = ReceiveOne("q");
  EXPECT_EQ(message["Body"], "plain");
  EXPECT_EQ(message["MessageAttributes"]["a"]["StringValue"], "x");
}

TEST_F(SnsPublishTest, FilterPoliciesDecideWhoReceives) {
  const std::string topic = CreateTopic("t");
  Subscribe(topic, "sqs", Queue("red"),
            {{"RawMessageDelivery", "true"}, {"FilterPolicy", R"({"c":["red"]})"}});
  Subscribe(topic, "sqs", Queue("body"),
            {{"RawMessageDelivery", "true"},
             {"FilterPolicyScope", "MessageBody"},
             {"FilterPolicy", R"({"c":{"d":[1]}})"}});
  const auto publish = [&](const std::string& text, const char* color) {
    Do("Publish", {{"TopicArn", topic},
                   {"Message", text},
                   {"MessageAttributes", {{"c", {{"DataType", "String"}, {"StringValue", color}}}}}});
  };
  publish("blue one", "blue");
  publish("red one", "red");
  publish(R"({"c":{"d":1}})", "blue");
  EXPECT_EQ(ReceiveOne("red")["Body"], "red one");
  EXPECT_EQ(ReceiveOne("body")["Body"], R"({"c":{"d":1}})");
}

TEST_F(SnsPublishTest, StructureGivesEachProtocolItsBody) {
  const std::string topic = CreateTopic("t");
  Subscribe(topic, "sqs", Queue("q"), {{"RawMessageDelivery", "true"}});
  Do("Publish", {{"TopicArn", topic},
                 {"MessageStructure", "json"},
                 {"Message", R"({"default":"d","sqs":"for queues","http":5})"}});
  EXPECT_EQ(ReceiveOne("q")["Body"], "for queues");
  const auto refused = [&](const char* text, const char* message) {
    ExpectError(Call("Publish", {{"TopicArn", topic}, {"MessageStructure", "json"}, {"Message", text}}),
                "InvalidParameterException", message);
  };
  refused("x", "Invalid parameter: Message Structure - JSON message body failed to parse");
  refused(R"({"sqs":"x"})", "Invalid parameter: Message Structure - No default entry in JSON message body");
  refused(R"({"default":1})", "Invalid parameter: Message Structure - No default entry in JSON message body");
}

TEST_F(SnsPublishTest, BadMessagesAreRefusedInTheWordsOfAws) {
  const std::string topic = CreateTopic("t");
  const auto refused = [&](json request, const std::string& message,
                           const std::string& shape = "InvalidParameterException") {
    request["TopicArn"] = topic;
    ExpectError(Call("Publish", request), shape, message);
  };
  refused({{"Message", ""}}, "Invalid parameter: Empty message");
  refused({{"Message", "x"}, {"Subject", ""}}, "Invalid parameter: Subject");
  refused({{"Message", "x"}, {"Subject", "two\nlines"}}, "Invalid parameter: Subject");
  refused({{"Message", std::string(262'145, 'x')}}, "Invalid parameter: Message too long");
  refused({{"Message", "x"}, {"MessageDeduplicationId", "d"}},
          "Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId "
          "parameter "
          "that is not valid for this topic type");
  const auto attribute = [&](const std::string& name, const json& value, const std::string& message) {
    refused({{"Message", "x"}, {"MessageAttributes", {{name, value}}}}, message,
            "InvalidParameterValueException");
  };
  attribute(
      "a", {{"DataType", "String"}, {"StringValue", ""}},
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type "
      "'String'.");
  attribute("a", {{"DataType", "Number"}, {"BinaryValue", "AAE="}},
            "The message attribute 'a' with type 'Number' must use field 'String'.");
  attribute("a", {{"DataType", "String."}, {"StringValue", "x"}},
            "The message attribute 'a' has an invalid message attribute type, the set of supported type "
            "prefixes is "
            "Binary, Number, and String.");
  attribute(
      "a^", {{"DataType", "String"}, {"StringValue", "x"}},
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include "
      "alphanumeric characters, hyphens, underscores, or dots.");
  ExpectError(Call("Publish", {{"Message", "x"}, {"PhoneNumber", "+1a234"}}), "InvalidParameterException",
              "Invalid parameter: PhoneNumber Reason: +1a234 is not valid to publish to");
}

TEST_F(SnsPublishTest, FifoTopicKeepsOrderAndDropsDuplicates) {
  const std::string topic = CreateTopic("t.fifo", {{"FifoTopic", "true"}});
  Subscribe(topic, "sqs", FifoQueue("a.fifo"));
  Subscribe(topic, "sqs", FifoQueue("b.fifo"), {{"RawMessageDelivery", "true"}});
  json first;
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    const json published =
        Do("Publish",
           {{"TopicArn", topic}, {"Message", id}, {"MessageGroupId", "g"}, {"MessageDeduplicationId", id}});
    if (i == 0) first = published;
  }
  EXPECT_EQ(first["SequenceNumber"], "10000000000000000001");
  const json again = Do(
      "Publish",
      {{"TopicArn", topic}, {"Message", "other"}, {"MessageGroupId", "h"}, {"MessageDeduplicationId", "0"}});
  EXPECT_EQ(again["MessageId"], first["MessageId"]);
  EXPECT_EQ(again["SequenceNumber"], first["SequenceNumber"]);
  const auto enveloped = Receive("a.fifo", 20);
  const auto raw = Receive("b.fifo", 20);
  for (std::size_t i = 0; i < 20 && i < enveloped.size() && i < raw.size(); ++i) {
    const json envelope = json::parse(enveloped[i]["Body"].get<std::string>());
    EXPECT_EQ(envelope["Message"], std::to_string(i));
    EXPECT_TRUE(envelope.contains("SequenceNumber"));
    EXPECT_FALSE(envelope.contains("Signature"));
    EXPECT_EQ(raw[i]["Body"], std::to_string(i));
    EXPECT_EQ(raw[i]["Attributes"]["MessageGroupId"], "g");
    EXPECT_EQ(raw[i]["Attributes"]["MessageDeduplicationId"], std::to_string(i));
  }
  clock_.Advance(std::chrono::minutes(5));
  const json later =
      Do("Publish",
         {{"TopicArn", topic}, {"Message", "new"}, {"MessageGroupId", "g"}, {"MessageDeduplicationId", "0"}});
  EXPECT_NE(later["MessageId"], first["MessageId"]);
}

TEST_F(SnsPublishTest, FifoRulesAreThoseOfAws) {
  const std::string topic = CreateTopic("t.fifo", {{"FifoTopic", "true"}});
  ExpectError(Call("Publish", {{"TopicArn", topic}, {"Message", "x"}}), "InvalidParameterException",
              "Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
  ExpectError(Call("Publish", {{"TopicArn", topic}, {"Message", "x"}, {"MessageGroupId", "g"}}),
              "InvalidParameterException",
              "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or "
              "MessageDeduplicationId provided explicitly");
}

TEST_F(SnsPublishTest, BatchReportsEachEntry) {
  const std::string topic = CreateTopic("t");
  Subscribe(topic, "sqs", Queue("q"), {{"RawMessageDelivery", "true"}});
  const json answer = Do("PublishBatch", {{"TopicArn", topic},
                                          {"PublishBatchRequestEntries",
                                           {{{"Id", "1"}, {"Message", "one"}},
                                            {{"Id", "2"}, {"Message", "two"}, {"Subject", ""}},
                                            {{"Id", "3"}, {"Message", "three"}}}}});
  EXPECT_EQ(answer["Successful"].size(), 2u);
  ASSERT_EQ(answer["Failed"].size(), 1u);
  EXPECT_EQ(answer["Failed"][0]["Id"], "2");
  EXPECT_EQ(answer["Failed"][0]["Code"], "InvalidParameter");
  EXPECT_EQ(Receive("q", 2).size(), 2u);
  json many = json::array();
  for (int i = 0; i < 11; ++i) many.push_back({{"Id", std::to_string(i)}, {"Message", "x"}});
  const auto refused = [&](const json& entries, const char* shape, const char* message) {
    ExpectError(Call("PublishBatch", {{"TopicArn", topic}, {"PublishBatchRequestEntries", entries}}), shape,
                message);
  };
  refused(many, "TooManyEntriesInBatchRequestException",
          "The batch request contains more entries than permissible.");
  refused({{{"Id", "1"}, {"Message", "x"}}, {{"Id", "1"}, {"Message", "x"}}},
          "BatchEntryIdsNotDistinctException", "Two or more batch entries in the request have the same Id.");
  refused({{{"Id", "a b"}, {"Message", "x"}}}, "InvalidBatchEntryIdException",
          "The Id of a batch entry in the batch request contains an impermissible character: a b");
  refused({{{"Id", "1"}, {"Message", std::string(200'000, 'x')}},
           {{"Id", "2"}, {"Message", std::string(70'000, 'x')}}},
          "BatchRequestTooLongException",
          "The length of all the messages put together is more than the limit.");
}

TEST_F(SnsPublishTest, WhatAQueueCannotTakeGoesToTheDeadLetterQueue) {
  const std::string topic = CreateTopic("t");
  const std::string dead = Queue("dead");
  Subscribe(topic, "sqs", "arn:aws:sqs:us-east-1:000000000000:absent",
            {{"RawMessageDelivery", "true"}, {"RedrivePolicy", json{{"deadLetterTargetArn", dead}}.dump()}});
  Do("Publish", {{"TopicArn", topic}, {"Message", "lost"}});
  EXPECT_EQ(ReceiveOne("dead")["Body"], "lost");
  const json shown = Request("GET", "/_cumulite/sns/deliveries?topic=" + topic).Json();
  ASSERT_EQ(shown["deliveries"].size(), 1u);
  EXPECT_EQ(shown["deliveries"][0]["outcome"], "dead-lettered");
  EXPECT_EQ(shown["deliveries"][0]["detail"], "the queue does not exist");
}

TEST_F(SnsPublishTest, TextMessagesAndPushesAreRecorded) {
  Do("Publish", {{"PhoneNumber", "+123456789"}, {"Message", "hello"}});
  const json messages = Request("GET", "/_aws/sns/sms-messages").Json();
  EXPECT_EQ(messages["sms_messages"]["+123456789"][0]["Message"], "hello");
  const std::string application = Do(
      "CreatePlatformApplication", {{"Name", "app"},
                                    {"Platform", "GCM"},
                                    {"Attributes", {{"PlatformCredential", "k"}}}})["PlatformApplicationArn"];
  const std::string endpoint = Do("CreatePlatformEndpoint", {{"PlatformApplicationArn", application},
                                                             {"Token", "device"}})["EndpointArn"];
  Do("Publish", {{"TargetArn", endpoint}, {"Message", "push"}});
  const json pushes = Request("GET", "/_aws/sns/platform-endpoint-messages").Json();
  EXPECT_EQ(pushes["platform_endpoint_messages"][endpoint][0]["Message"], "push");
  Do("SetEndpointAttributes", {{"EndpointArn", endpoint}, {"Attributes", {{"Enabled", "false"}}}});
  ExpectError(Call("Publish", {{"TargetArn", endpoint}, {"Message", "x"}}), "EndpointDisabledException",
              "Endpoint is disabled");
  ExpectError(Call("Publish", {{"TargetArn", endpoint + "x"}, {"Message", "x"}}), "InvalidParameterException",
              "Invalid parameter: TargetArn Reason: No endpoint found for the target arn specified");
}

TEST_F(SnsPublishTest, HundredsOfQueuesAreReached) {
  const std::string topic = CreateTopic("t");
  for (int i = 0; i < 300; ++i) {
    Subscribe(topic, "sqs", Queue("q" + std::to_string(i)), {{"RawMessageDelivery", "true"}});
  }
  Do("Publish", {{"TopicArn", topic}, {"Message", "all"}});
  for (int i = 0; i < 300; i += 50) EXPECT_EQ(ReceiveOne("q" + std::to_string(i))["Body"], "all");
}

}  // namespace
}  // namespace cumulite::testing
