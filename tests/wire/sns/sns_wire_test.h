#pragma once
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "protocol/http.h"
#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {

/// Requests to SNS as SDKs make them, and what the answers say.
class SnsWireTest : public WireTest {
 protected:
  using json = nlohmann::json;

  /// AWS JSON.
  Reply Call(const std::string& operation, const json& request) const {
    return Json("AmazonSimpleNotificationService." + operation, request.dump());
  }
  /// The same, and the answer of a success.
  json Do(const std::string& operation, const json& request) const {
    const Reply reply = Call(operation, request);
    EXPECT_EQ(reply.status, 200) << operation << ": " << reply.body;
    return reply.body.empty() ? json::object() : reply.Json();
  }
  std::string CreateTopic(const std::string& name, const json& attributes = json::object()) const {
    return Do("CreateTopic", {{"Name", name}, {"Attributes", attributes}}).value("TopicArn", "");
  }
  std::string Subscribe(const std::string& topic, const std::string& protocol, const std::string& endpoint,
                        const json& attributes = json::object()) const {
    return Do("Subscribe", {{"TopicArn", topic},
                            {"Protocol", protocol},
                            {"Endpoint", endpoint},
                            {"ReturnSubscriptionArn", true},
                            {"Attributes", attributes}})
        .value("SubscriptionArn", "");
  }

  static void ExpectError(const Reply& reply, const std::string& shape, const std::string& message,
                          int status = 400) {
    EXPECT_EQ(reply.status, status) << reply.body;
    const json body = reply.Json();
    EXPECT_EQ(body.value("__type", ""), "com.amazonaws.sns#" + shape);
    EXPECT_EQ(body.value("message", ""), message);
  }
};

}  // namespace cumulite::testing
