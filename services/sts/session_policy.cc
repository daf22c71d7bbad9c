#include "services/sts/session_policy.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "protocol/arn.h"
#include "protocol/http.h"
#include "protocol/policy.h"
#include "protocol/policy_edit.h"
#include "protocol/tag_text.h"
#include "protocol/temporary_key.h"
#include "protocol/utf8.h"
#include "services/resource/tags.h"
#include "services/sts/errors.h"

namespace cumulite::sts {
namespace {
using protocol::AwsError;
using protocol::Wire;

/// Errors: MalformedPolicyDocument.
void CheckDocument(const std::string& text) {
  if (!protocol::CompactJsonObject(text)) {
    throw AwsError(kMalformedPolicyDocument, "The policy is not in the valid JSON format.");
  }
  try {
    const protocol::Policy policy = protocol::Policy::Parse(text);
    const bool names_somebody = std::ranges::any_of(policy.statements(), [](const auto& statement) {
      return !statement.principals.empty() || statement.not_principal;
    });
    const bool about_something = std::ranges::all_of(
        policy.statements(), [](const auto& statement) { return statement.resources.present; });
    if (!about_something) {
      throw AwsError(kMalformedPolicyDocument, "Policy statement must contain resources.");
    }
    if (!names_somebody) return;
  } catch (const std::invalid_argument&) {
    throw AwsError(kMalformedPolicyDocument, "Syntax errors in policy.");
  }
  throw AwsError(kMalformedPolicyDocument, "Policy document should not specify a principal.");
}

constexpr std::size_t kMaxPolicyArns = 10;
constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxTagKey = 128;
constexpr std::size_t kMaxTagValue = 256;

}  // namespace

protocol::Members PolicyDescriptor::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&PolicyDescriptor::arn>("arn").Within(kSessionArn)};
  return kMembers;
}

protocol::Members Tag::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&Tag::key>("Key").Required().Length(1, 128).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)"),
      Wire<&Tag::value>("Value").Required().Length(0, 256).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
  };
  return kMembers;
}

void CheckTags(const std::vector<Tag>& tags) {
  if (tags.size() > kMaxTags) {
    throw AwsError(kInvalidParameterValue, "Number of session tags must not be greater than 50.");
  }
  std::set<std::string> keys;
  for (const Tag& tag : tags) {
    // What a request's own tags are by its table, and those within a token are not.
    if (tag.key.empty() || protocol::CountCodePoints(tag.key) > kMaxTagKey ||
        protocol::CountCodePoints(tag.value) > kMaxTagValue || !protocol::IsTagText(tag.key) ||
        !protocol::IsTagText(tag.value)) {
      throw AwsError(kInvalidParameterValue, "The session tag " + tag.key + " is invalid.");
    }
    if (resource::IsReservedForAws(tag.key)) {
      throw AwsError(kInvalidParameterValue, "Tag keys must not begin with aws:.");
    }
    // Keys differ by more than case (API Reference "AssumeRole", Tags).
    if (!keys.insert(base::ToLower(tag.key)).second) {
      throw AwsError(kInvalidParameterValue,
                     "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
  }
}

std::optional<std::int32_t> CheckSessionPolicy(const std::optional<std::string>& policy,
                                               const std::vector<PolicyDescriptor>& policy_arns,
                                               const std::vector<Tag>& tags) {
  std::size_t size = 0;
  if (policy) {
    CheckDocument(*policy);
    size += protocol::CountCodePoints(*policy);
  }
  if (policy_arns.size() > kMaxPolicyArns) {
    throw AwsError(kValidationError, "Number of policy ARNs must not be greater than 10.");
  }
  for (const PolicyDescriptor& descriptor : policy_arns) {
    const std::string& text = descriptor.arn.value_or("");
    const auto arn = protocol::ParseArn(text);
    if (!arn || arn->service != "iam" || arn->ResourceType() != "policy") {
      throw AwsError(kValidationError, text + " is invalid");
    }
    size += text.size();
  }
  const auto percent = [](std::size_t bytes) {
    return static_cast<std::int32_t>(static_cast<std::int64_t>(bytes) * 100 / kMaxSessionPolicy);
  };
  if (static_cast<std::int64_t>(size) > kMaxSessionPolicy) {
    throw AwsError(kPackedPolicyTooLarge, "Packed policy consumes " + std::to_string(percent(size)) +
                                              "% of allotted space, please use smaller policy.");
  }
  CheckTags(tags);
  for (const Tag& tag : tags) size += tag.key.size() + tag.value.size();
  if (size == 0) return std::nullopt;
  return std::min(percent(size), 100);
}

void KeepPolicies(protocol::SessionAttributes& session, const std::optional<std::string>& policy,
                  const std::vector<PolicyDescriptor>& policy_arns) {
  session.policy = policy.value_or("");
  for (const PolicyDescriptor& descriptor : policy_arns) session.policy_arns.push_back(*descriptor.arn);
}

bool HasSessionCredentials(const protocol::RequestContext& context) {
  return protocol::AccountOfTemporaryKey(context.identity.access_key).has_value();
}

void RefuseSessionCredentials(const protocol::RequestContext& context, const std::string& operation) {
  if (!HasSessionCredentials(context)) return;
  throw AwsError(kAccessDenied, "Cannot call " + operation + " with session credentials");
}

}  // namespace cumulite::sts
