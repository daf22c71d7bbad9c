#pragma once
#include <map>
#include <string>
#include <string_view>

namespace cumulite::test {

inline constexpr std::string_view kSnsTopic = "arn:aws:sns:us-east-1:000000000000:t";

/// Operation -> the members of a JSON request that does something, once there are the topic, `subscription`
/// to it, and the platform application and endpoint `device`.
inline std::map<std::string, std::string> SnsRequests(const std::string& subscription,
                                                      const std::string& device) {
  const auto member = [](std::string_view name, std::string_view value) {
    return "\"" + std::string(name) + "\":\"" + std::string(value) + "\"";
  };
  const std::string topic = member("TopicArn", kSnsTopic);
  const std::string resource = member("ResourceArn", kSnsTopic);
  const std::string subscribed = member("SubscriptionArn", subscription);
  const std::string app = "arn:aws:sns:us-east-1:000000000000:app/GCM/a";
  const std::string application = member("PlatformApplicationArn", app);
  const std::string endpoint = member("EndpointArn", device);
  const std::string attributes = R"(,"Attributes":{"Enabled":"true"})";
  const std::string phone = member("PhoneNumber", "+15555550100");
  return {
      {"AddPermission", topic + R"(,"Label":"l","AWSAccountId":["111111111111"],"ActionName":["Publish"])"},
      {"CheckIfPhoneNumberIsOptedOut", member("phoneNumber", "+15555550100")},
      {"CreatePlatformApplication",
       R"("Name":"a","Platform":"GCM","Attributes":{"PlatformCredential":"secret"})"},
      {"CreatePlatformEndpoint", application + R"(,"Token":"token")"},
      {"CreateSMSSandboxPhoneNumber", phone},
      {"CreateTopic", R"("Name":"other")"},
      {"DeleteEndpoint", endpoint},
      {"DeletePlatformApplication", application},
      {"DeleteSMSSandboxPhoneNumber", phone},
      {"DeleteTopic", topic},
      {"GetDataProtectionPolicy", resource},
      {"GetEndpointAttributes", endpoint},
      {"GetPlatformApplicationAttributes", application},
      {"GetSMSAttributes", ""},
      {"GetSMSSandboxAccountStatus", ""},
      {"GetSubscriptionAttributes", subscribed},
      {"GetTopicAttributes", topic},
      {"ListEndpointsByPlatformApplication", application},
      {"ListOriginationNumbers", ""},
      {"ListPhoneNumbersOptedOut", ""},
      {"ListPlatformApplications", ""},
      {"ListSMSSandboxPhoneNumbers", ""},
      {"ListSubscriptions", ""},
      {"ListSubscriptionsByTopic", topic},
      {"ListTagsForResource", resource},
      {"ListTopics", ""},
      {"OptInPhoneNumber", member("phoneNumber", "+15555550100")},
      {"Publish", topic + R"(,"Message":"m")"},
      {"PublishBatch", topic + R"(,"PublishBatchRequestEntries":[{"Id":"1","Message":"m"}])"},
      {"PutDataProtectionPolicy",
       resource +
           R"(,"DataProtectionPolicy":"{\"Name\":\"n\",\"Version\":\"2021-06-01\",\"Statement\":[{}]}")"},
      {"RemovePermission", topic + R"(,"Label":"given")"},
      {"SetEndpointAttributes", endpoint + attributes},
      {"SetPlatformApplicationAttributes", application + attributes},
      {"SetSMSAttributes", R"("attributes":{"DefaultSMSType":"Promotional"})"},
      {"SetSubscriptionAttributes",
       subscribed + R"(,"AttributeName":"RawMessageDelivery","AttributeValue":"true")"},
      {"SetTopicAttributes", topic + R"(,"AttributeName":"DisplayName","AttributeValue":"d")"},
      {"Subscribe",
       topic + R"(,"Protocol":"sqs",)" + member("Endpoint", "arn:aws:sqs:us-east-1:000000000000:q")},
      {"TagResource", resource + R"(,"Tags":[{"Key":"a","Value":"b"}])"},
      {"Unsubscribe", subscribed},
      {"UntagResource", resource + R"(,"TagKeys":["a"])"},
      {"VerifySMSSandboxPhoneNumber", phone + R"(,"OneTimePassword":"12345")"},
  };
}

}  // namespace cumulite::test
