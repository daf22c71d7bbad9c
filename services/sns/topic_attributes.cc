#include "services/sns/topic_attributes.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/time_text.h"
#include "protocol/json_writer.h"
#include "protocol/policy_edit.h"
#include "protocol/utf8.h"
#include "services/sns/archive_policy.h"
#include "services/sns/attribute_checks.h"
#include "services/sns/delivery_policy.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kMaxDisplayName = 100;
constexpr std::size_t kMaxPolicy = 30'720;

constexpr std::array<std::string_view, 11> kNames{"DeliveryPolicy",
                                                  "DisplayName",
                                                  "FifoTopic",
                                                  "Policy",
                                                  "KmsMasterKeyId",
                                                  "TracingConfig",
                                                  "ArchivePolicy",
                                                  "ContentBasedDeduplication",
                                                  "SignatureVersion",
                                                  "FifoThroughputScope",
                                                  "KmsDataKeyReusePeriodSeconds"};
constexpr std::array<std::string_view, 5> kFeedbackServices{"HTTP", "Firehose", "Lambda", "Application",
                                                            "SQS"};
constexpr std::array<std::string_view, 3> kFeedback{"SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate",
                                                    "FailureFeedbackRoleArn"};

bool IsFeedback(std::string_view name) {
  return std::ranges::any_of(kFeedbackServices, [&](std::string_view service) {
    return name.starts_with(service) &&
           std::ranges::find(kFeedback, name.substr(service.size())) != kFeedback.end();
  });
}

void CheckOneOf(std::string_view name, std::string_view value, std::string_view first,
                std::string_view second, std::string_view where) {
  if (value == first || value == second) return;
  throw Invalid(std::string(where) + std::string(name) + ": Invalid value [" + std::string(value) +
                "]. Must be " + std::string(first) + " or " + std::string(second) + ".");
}

std::string CheckPolicy(std::string value, std::string_view where) {
  if (value.empty()) return value;
  const std::string complaint = std::string(where) + "Policy Error: null";
  if (value.size() > kMaxPolicy) throw Invalid(std::string(where) + "Policy is too long");
  try {
    if (!protocol::Policy::Parse(value).IsOfResource()) throw Invalid(complaint);
  } catch (const std::invalid_argument&) {
    throw Invalid(complaint);
  }
  return *protocol::CompactJsonObject(value);
}

}  // namespace

bool IsTopicAttribute(std::string_view name) {
  return std::ranges::find(kNames, name) != kNames.end() || IsFeedback(name);
}

std::string CheckTopicAttribute(std::string_view name, std::string value, bool fifo, std::string_view where) {
  if (name == "Policy") return CheckPolicy(std::move(value), where);
  if (name == "ArchivePolicy") return CheckArchivePolicy(std::move(value), fifo, where);
  if (name == "FifoTopic") return CheckBoolean(name, value, where);
  if (name == "ContentBasedDeduplication") {
    if (!fifo)
      throw Invalid(std::string(where) + "Content-based deduplication can only be set for FIFO topics");
    return CheckBoolean(name, value, where);
  }
  if (name == "FifoThroughputScope") {
    if (!fifo) throw Invalid(std::string(where) + "FifoThroughputScope can only be set for FIFO topics");
    CheckOneOf(name, value, "Topic", "MessageGroup", where);
  } else if (name == "DeliveryPolicy") {
    if (!value.empty()) CheckDeliveryPolicy(value, PolicyOf::kTopic, std::string(where) + "DeliveryPolicy");
  } else if (name == "SignatureVersion") {
    CheckOneOf(name, value, "1", "2", where);
  } else if (name == "TracingConfig") {
    CheckOneOf(name, value, "PassThrough", "Active", where);
  } else if (name == "DisplayName") {
    if (protocol::CountCodePoints(value) > kMaxDisplayName) throw Invalid(std::string(where) + "DisplayName");
  } else if (name.ends_with("SampleRate")) {
    if (!IsPercentage(value)) {
      throw Invalid(std::string(where) + std::string(name) + ": must be an integer between 0 and 100");
    }
  } else if (name.ends_with("FeedbackRoleArn")) {
    if (!value.empty() && !IsRoleArn(value)) {
      throw Invalid(std::string(where) + std::string(name) + ": must be the ARN of an IAM role");
    }
  }
  return value;
}

bool HasTopicAttributes(const AttributeMap& current, const AttributeMap& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& attribute) {
    const auto& [name, value] = attribute;
    if (const auto found = current.find(name); found != current.end()) return found->second == value;
    // What has its default may be said again.
    return value.empty() ||
           (value == "false" && (name == "FifoTopic" || name == "ContentBasedDeduplication"));
  });
}

std::string DefaultTopicPolicy(std::string_view arn, std::string_view account) {
  std::string text =
      R"({"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",)"
      R"("Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes",)"
      R"("SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe",)"
      R"("SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":)";
  protocol::AppendJsonString(text, arn);
  text += R"(,"Condition":{"StringEquals":{"AWS:SourceOwner":)";
  protocol::AppendJsonString(text, account);
  return text + "}}}]}";
}

std::string PolicyText(const Topic& topic) {
  const std::string_view set = ValueOf(topic.attributes, "Policy");
  return set.empty() ? DefaultTopicPolicy(topic.arn, topic.account) : std::string(set);
}

AttributeMap ShowTopicAttributes(const Topic& topic, const SubscriptionCounts& counts) {
  AttributeMap shown = topic.attributes;
  if (!topic.fifo()) shown.erase("FifoTopic");
  if (topic.fifo()) shown.try_emplace("ContentBasedDeduplication", "false");
  shown.try_emplace("DisplayName", "");
  shown["Policy"] = PolicyText(topic);
  shown["EffectiveDeliveryPolicy"] = EffectiveTopicPolicy(ValueOf(topic.attributes, "DeliveryPolicy"));
  shown["Owner"] = topic.account;
  shown["TopicArn"] = topic.arn;
  shown["SubscriptionsConfirmed"] = std::to_string(counts.confirmed);
  shown["SubscriptionsPending"] = std::to_string(counts.pending);
  shown["SubscriptionsDeleted"] = std::to_string(counts.deleted);
  return shown;
}

}  // namespace cumulite::sns
