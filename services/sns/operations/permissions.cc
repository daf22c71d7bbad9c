#include "services/sns/operations/permissions.h"

#include <algorithm>

#include "protocol/arn.h"
#include "protocol/policy_edit.h"
#include "services/sns/errors.h"
#include "services/sns/sns_service.h"
#include "services/sns/topic_attributes.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members AddPermissionRequest::Describe() {
  using T = AddPermissionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::label>("Label").Required(),
      Wire<&T::aws_account_id>("AWSAccountId").Required(),
      Wire<&T::action_name>("ActionName").Required(),
  };
  return kMembers;
}

protocol::Members RemovePermissionRequest::Describe() {
  using T = RemovePermissionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::label>("Label").Required(),
  };
  return kMembers;
}

namespace {

constexpr std::array<std::string_view, 10> kActions{"Publish",
                                                    "Subscribe",
                                                    "GetTopicAttributes",
                                                    "SetTopicAttributes",
                                                    "AddPermission",
                                                    "RemovePermission",
                                                    "DeleteTopic",
                                                    "ListSubscriptionsByTopic",
                                                    "Receive",
                                                    "*"};

std::vector<std::string> FullActions(const std::vector<std::string>& names) {
  std::vector<std::string> actions;
  for (const std::string& name : names) {
    if (std::ranges::find(kActions, name) == kActions.end()) {
      throw Invalid("Policy statement action out of service scope!");
    }
    actions.push_back("SNS:" + name);
  }
  return actions;
}

void CheckAccounts(const std::vector<std::string>& accounts) {
  const bool known = std::ranges::all_of(accounts, &protocol::IsAccountId);
  if (!known) throw Invalid("Policy Error: PrincipalNotFound");
}

}  // namespace

runtime::Task<AddPermissionResponse> AddPermission(SnsService& sns, const protocol::RequestContext& context,
                                                   AddPermissionRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "AddPermission");
  const std::vector<std::string> actions = FullActions(request.action_name);
  CheckAccounts(request.aws_account_id);
  const protocol::PermissionStatement statement{
      .label = request.label, .accounts = request.aws_account_id, .actions = actions, .resource = topic->arn};
  const auto change = [&](Topic& changed) {
    const std::string policy = PolicyText(changed);
    if (protocol::HasStatement(policy, request.label)) throw Invalid("Statement already exists");
    changed.attributes["Policy"] = protocol::AddStatement(policy, "__default_policy_ID", statement);
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return AddPermissionResponse{};
}

runtime::Task<RemovePermissionResponse> RemovePermission(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         RemovePermissionRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "RemovePermission");
  const auto change = [&](Topic& changed) {
    auto policy = protocol::RemoveStatement(PolicyText(changed), request.label);
    if (!policy) return;
    if (policy->empty()) {
      changed.attributes.erase("Policy");
    } else {
      changed.attributes["Policy"] = std::move(*policy);
    }
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return RemovePermissionResponse{};
}

}  // namespace cumulite::sns
