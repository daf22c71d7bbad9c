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
#include "services/sns/operations/resource_tags.h"
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
    Operation::Of<&ConfirmSubscription>("ConfirmSubscription"),
    Operation::Of<&CreateTopic>("CreateTopic"),
    Operation::Of<&DeleteTopic>("DeleteTopic"),
    Operation::Of<&GetDataProtectionPolicy>("GetDataProtectionPolicy"),
    Operation::Of<&GetSubscriptionAttributes>("GetSubscriptionAttributes"),
    Operation::Of<&GetTopicAttributes>("GetTopicAttributes"),
    Operation::Of<&ListSubscriptions>("ListSubscriptions"),
    Operation::Of<&ListSubscriptionsByTopic>("ListSubscriptionsByTopic"),
    Operation::Of<&ListTagsForResource>("ListTagsForResource"),
    Operation::Of<&ListTopics>("ListTopics"),
    Operation::Of<&PutDataProtectionPolicy>("PutDataProtectionPolicy"),
    Operation::Of<&RemovePermission>("RemovePermission"),
    Operation::Of<&SetSubscriptionAttributes>("SetSubscriptionAttributes"),
    Operation::Of<&SetTopicAttributes>("SetTopicAttributes"),
    Operation::Of<&Subscribe>("Subscribe"),
    Operation::Of<&TagResource>("TagResource"),
    Operation::Of<&Unsubscribe>("Unsubscribe"),
    Operation::Of<&UntagResource>("UntagResource"),
};

constexpr std::array<std::string_view, 23> kNotBuilt{"CheckIfPhoneNumberIsOptedOut",
                                                     "CreatePlatformApplication",
                                                     "CreatePlatformEndpoint",
                                                     "CreateSMSSandboxPhoneNumber",
                                                     "DeleteEndpoint",
                                                     "DeletePlatformApplication",
                                                     "DeleteSMSSandboxPhoneNumber",
                                                     "GetEndpointAttributes",
                                                     "GetPlatformApplicationAttributes",
                                                     "GetSMSAttributes",
                                                     "GetSMSSandboxAccountStatus",
                                                     "ListEndpointsByPlatformApplication",
                                                     "ListOriginationNumbers",
                                                     "ListPhoneNumbersOptedOut",
                                                     "ListPlatformApplications",
                                                     "ListSMSSandboxPhoneNumbers",
                                                     "OptInPhoneNumber",
                                                     "Publish",
                                                     "PublishBatch",
                                                     "SetEndpointAttributes",
                                                     "SetPlatformApplicationAttributes",
                                                     "SetSMSAttributes",
                                                     "VerifySMSSandboxPhoneNumber"};

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
    .not_built = kNotBuilt,
    .body_limit = kBodyLimit,
    .missing = &RefuseMissing,
    .explain = &Explain,
};

}  // namespace cumulite::sns
