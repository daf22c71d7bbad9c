#pragma once
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {

/// Requests to SQS as SDKs make them, and what the answers say.
class SqsWireTest : public WireTest {
 protected:
  using json = nlohmann::json;

  /// AWS JSON; the request as JSON text or built with nlohmann.
  Reply Call(const std::string& operation, const json& request) const {
    return Json("AmazonSQS." + operation, request.dump());
  }
  /// The same, and the answer of a success.
  json Do(const std::string& operation, const json& request) const {
    const Reply reply = Call(operation, request);
    EXPECT_EQ(reply.status, 200) << operation << ": " << reply.body;
    return reply.body.empty() ? json::object() : reply.Json();
  }
  std::string CreateQueue(const std::string& name, const json& attributes = json::object()) const {
    return Do("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}}).value("QueueUrl", "");
  }
  std::string CreateFifo(const std::string& name) const {
    return CreateQueue(name, {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}});
  }
  json SendMessage(const std::string& url, const std::string& body, const json& more = json::object()) const {
    json request = {{"QueueUrl", url}, {"MessageBody", body}};
    request.update(more);
    return Do("SendMessage", request);
  }
  /// The messages of one receive; empty without any.
  json Receive(const std::string& url, const json& more = json::object()) const {
    json request = {{"QueueUrl", url}, {"MaxNumberOfMessages", 10}};
    request.update(more);
    return Do("ReceiveMessage", request).value("Messages", json::array());
  }
  std::vector<std::string> Bodies(const json& messages) const {
    std::vector<std::string> bodies;
    for (const auto& message : messages) bodies.push_back(message["Body"]);
    return bodies;
  }
  std::string Attribute(const std::string& url, const std::string& name) const {
    const json answer = Do("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {name}}});
    return answer.contains("Attributes") ? answer["Attributes"].value(name, "") : "";
  }

  /// Expects an error of AWS JSON: the shape in __type, the code of the Query protocol in the header.
  static void ExpectError(const Reply& reply, const std::string& shape, const std::string& code,
                          const std::string& message, int status = 400) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Header("x-amzn-query-error"), code + ";Sender");
    const json body = reply.Json();
    EXPECT_EQ(body.value("__type", ""), "com.amazonaws.sqs#" + shape);
    EXPECT_EQ(body.value("message", ""), message);
  }
};

}  // namespace cumulite::testing
