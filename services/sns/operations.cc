#include <array>
#include <string>

#include "services/sns/errors.h"
#include "services/sns/operations/confirm_subscription.h"
#include "services/sns/operations/create_topic.h"
#include "services/sns/operations/data_protection_policy.h"
#include "services/sns/operations/delete_topic.h"
#include "services/sns/operations/list_subscriptions.h"
#include "services/sns/operations/list_topics.h"
#include "services/sns/operations/permissions.h"
#include "services/sns/operations/phone_numbers.h"
#include "services/sns/operations/platform_applications.h"
#include "services/sns/operations/platform_endpoints.h"
#include "services/sns/operations/publish.h"
#include "services/sns/operations/publish_batch.h"
#include "services/sns/operations/resource_tags.h"
#include "services/sns/operations/sms_attributes.h"
#include "services/sns/operations/sms_sandbox.h"
#include "services/sns/operations/subscribe.h"
#include "services/sns/operations/subscription_attributes.h"
#include "services/sns/operations/topic_attributes.h"
#include "services/sns/operations/unsubscribe.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
namespace {
using protocol::Operation;

constexpr std::array kOperations{
    Operation::Of<&AddPermission>("AddPermission"),
    Operation::Of<&CheckIfPhoneNumberIsOptedOut>("CheckIfPhoneNumberIsOptedOut"),
    Operation::Of<&ConfirmSubscription>("ConfirmSubscription"),
    Operation::Of<&CreatePlatformApplication>("CreatePlatformApplication"),
    Operation::Of<&CreatePlatformEndpoint>("CreatePlatformEndpoint"),
    Operation::Of<&CreateSMSSandboxPhoneNumber>("CreateSMSSandboxPhoneNumber"),
    Operation::Of<&CreateTopic>("CreateTopic"),
    Operation::Of<&DeleteEndpoint>("DeleteEndpoint"),
    Operation::Of<&DeletePlatformApplication>("DeletePlatformApplication"),
    Operation::Of<&DeleteSMSSandboxPhoneNumber>("DeleteSMSSandboxPhoneNumber"),
    Operation::Of<&DeleteTopic>("DeleteTopic"),
    Operation::Of<&GetDataProtectionPolicy>("GetDataProtectionPolicy"),
    Operation::Of<&GetEndpointAttributes>("GetEndpointAttributes"),
    Operation::Of<&GetPlatformApplicationAttributes>("GetPlatformApplicationAttributes"),
    Operation::Of<&GetSMSAttributes>("GetSMSAttributes"),
    Operation::Of<&GetSMSSandboxAccountStatus>("GetSMSSandboxAccountStatus"),
    Operation::Of<&GetSubscriptionAttributes>("GetSubscriptionAttributes"),
    Operation::Of<&GetTopicAttributes>("GetTopicAttributes"),
    Operation::Of<&ListEndpointsByPlatformApplication>("ListEndpointsByPlatformApplication"),
    Operation::Of<&ListOriginationNumbers>("ListOriginationNumbers"),
    Operation::Of<&ListPhoneNumbersOptedOut>("ListPhoneNumbersOptedOut"),
    Operation::Of<&ListPlatformApplications>("ListPlatformApplications"),
    Operation::Of<&ListSMSSandboxPhoneNumbers>("ListSMSSandboxPhoneNumbers"),
    Operation::Of<&ListSubscriptions>("ListSubscriptions"),
    Operation::Of<&ListSubscriptionsByTopic>("ListSubscriptionsByTopic"),
    Operation::Of<&ListTagsForResource>("ListTagsForResource"),
    Operation::Of<&ListTopics>("ListTopics"),
    Operation::Of<&OptInPhoneNumber>("OptInPhoneNumber"),
    Operation::Of<&Publish>("Publish"),
    Operation::Of<&PublishBatch>("PublishBatch"),
    Operation::Of<&PutDataProtectionPolicy>("PutDataProtectionPolicy"),
    Operation::Of<&RemovePermission>("RemovePermission"),
    Operation::Of<&SetEndpointAttributes>("SetEndpointAttributes"),
    Operation::Of<&SetPlatformApplicationAttributes>("SetPlatformApplicationAttributes"),
    Operation::Of<&SetSMSAttributes>("SetSMSAttributes"),
    Operation::Of<&SetSubscriptionAttributes>("SetSubscriptionAttributes"),
    Operation::Of<&SetTopicAttributes>("SetTopicAttributes"),
    Operation::Of<&Subscribe>("Subscribe"),
    Operation::Of<&TagResource>("TagResource"),
    Operation::Of<&Unsubscribe>("Unsubscribe"),
    Operation::Of<&UntagResource>("UntagResource"),
    Operation::Of<&VerifySMSSandboxPhoneNumber>("VerifySMSSandboxPhoneNumber"),
};

/// AWS misses ARNs in words of its own; for the rest it says what all services say.
void RefuseMissing(const protocol::Member& member, std::string_view path) {
  if (path == member.name && path.ends_with("Arn")) throw Invalid(path, "no value for required parameter");
}

// A batch of 256 KiB, base64 and escapes included.
constexpr std::size_t kBodyLimit = 2U << 20U;

}  // namespace

const protocol::RpcModel kModel{
    .service = "sns",
    .json_target = "AmazonSimpleNotificationService",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.sns",
    .query_version = "2010-03-31",
    .xml_namespace = "http://sns.amazonaws.com/doc/2010-03-31/",
    .operations = kOperations,
    .not_built = {},
    .body_limit = kBodyLimit,
    .missing = &RefuseMissing,
    .explain = &Explain,
    .judges_anonymous_calls = true,  // ConfirmSubscription, a topic's policy
};

}  // namespace cumulite::sns
