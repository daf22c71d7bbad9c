#include "services/sns/operations/data_protection_policy.h"

#include "services/sns/data_protection.h"
#include "services/sns/errors.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members PutDataProtectionPolicyRequest::Describe() {
  using T = PutDataProtectionPolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required(),
      Wire<&T::data_protection_policy>("DataProtectionPolicy").Required(),
  };
  return kMembers;
}

protocol::Members GetDataProtectionPolicyRequest::Describe() {
  using T = GetDataProtectionPolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required(),
  };
  return kMembers;
}

protocol::Members GetDataProtectionPolicyResponse::Describe() {
  using T = GetDataProtectionPolicyResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::data_protection_policy>("DataProtectionPolicy"),
  };
  return kMembers;
}

runtime::Task<PutDataProtectionPolicyResponse> PutDataProtectionPolicy(
    SnsService& sns, const protocol::RequestContext& context, PutDataProtectionPolicyRequest request) {
  const TopicPtr topic =
      sns.OpenTopic(request.resource_arn, context, "PutDataProtectionPolicy", "ResourceArn");
  if (!request.data_protection_policy.empty()) CheckDataProtectionPolicy(request.data_protection_policy);
  const auto change = [&](Topic& changed) {
    changed.data_protection_policy = request.data_protection_policy;
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return PutDataProtectionPolicyResponse{};
}

runtime::Task<GetDataProtectionPolicyResponse> GetDataProtectionPolicy(
    SnsService& sns, const protocol::RequestContext& context, GetDataProtectionPolicyRequest request) {
  const TopicPtr topic =
      sns.OpenTopic(request.resource_arn, context, "GetDataProtectionPolicy", "ResourceArn");
  co_return GetDataProtectionPolicyResponse{topic->data_protection_policy};
}

}  // namespace cumulite::sns
