#include "services/sqs/operations/permissions.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "protocol/arn.h"
#include "protocol/policy_edit.h"
#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members AddPermissionRequest::Describe() {
  using R = AddPermissionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::label>("Label").Required(),
      Wire<&R::aws_account_ids>("AWSAccountIds").InQuery("AWSAccountId").Flattened().Required(),
      Wire<&R::actions>("Actions").InQuery("ActionName").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members RemovePermissionRequest::Describe() {
  using R = RemovePermissionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::label>("Label").Required(),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxActions = 7;
constexpr std::size_t kMaxLabel = 80;

// Source: SQS API Reference "AddPermission", Actions.
constexpr std::array<std::string_view, 8> kGrantable{
    "*",           "ChangeMessageVisibility",    "DeleteMessage",  "GetQueueAttributes",
    "GetQueueUrl", "ListDeadLetterSourceQueues", "ReceiveMessage", "SendMessage"};

bool IsLabel(const std::string& label) {
  return !label.empty() && label.size() <= kMaxLabel && std::all_of(label.begin(), label.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

std::string CurrentPolicy(const QueueAttributes& attributes) {
  const auto found = attributes.values().find("Policy");
  return found == attributes.values().end() ? std::string() : found->second;
}

void Check(const AddPermissionRequest& request) {
  if (!IsLabel(request.label)) {
    throw InvalidValue(request.label, "Label",
                       "A label can only include alphanumeric characters, hyphens and "
                       "underscores. 1 to 80 in length.");
  }
  if (request.aws_account_ids.empty()) throw Missing("AWSAccountIds");
  if (request.actions.empty()) throw Missing("Actions");
  for (const std::string& account : request.aws_account_ids) {
    if (!protocol::IsAccountId(account)) {
      throw InvalidValue("[" + account + "]", "PrincipalId", "Unable to verify.");
    }
  }
  if (request.actions.size() > kMaxActions) {
    throw AwsError(kOverLimit,
                   std::to_string(request.actions.size()) + " Actions were found, maximum allowed is 7.");
  }
  for (const std::string& action : request.actions) {
    if (std::find(kGrantable.begin(), kGrantable.end(), action) == kGrantable.end()) {
      throw InvalidValue("SQS:" + action, "ActionName",
                         "Please refer to the appropriate WSDL for a list of valid "
                         "actions. ");
    }
  }
}

storage::Ticket JournalPolicy(SqsService& sqs, const Queue& queue, Queue::Description& description,
                              std::string policy) {
  description.modified_at = sqs.clock().Now();
  description.attributes.Apply({{"Policy", std::move(policy)}}, QueueAttributes::Occasion::kSet);
  return sqs.store().JournalAttributes(queue.number(), description.attributes.values(),
                                       description.modified_at);
}

}  // namespace

runtime::Task<AddPermissionResponse> AddPermission(SqsService& sqs, const protocol::RequestContext& context,
                                                   AddPermissionRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "AddPermission");
  Check(request);
  std::vector<std::string> actions;
  for (const std::string& action : request.actions) actions.push_back("SQS:" + action);
  const auto change = [&](Queue::Description& description) {
    const std::string policy = CurrentPolicy(description.attributes);
    if (protocol::HasStatement(policy, request.label)) {
      throw InvalidValue(request.label, "Label", "Already exists.");
    }
    return JournalPolicy(
        sqs, *queue, description,
        protocol::AddStatement(policy, queue->arn() + "/SQSDefaultPolicy",
                               {request.label, request.aws_account_ids, actions, queue->arn()}));
  };
  co_await sqs.CommitChange(queue, change);
  co_return AddPermissionResponse{};
}

runtime::Task<RemovePermissionResponse> RemovePermission(SqsService& sqs,
                                                         const protocol::RequestContext& context,
                                                         RemovePermissionRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "RemovePermission");
  const auto change = [&](Queue::Description& description) {
    auto policy = protocol::RemoveStatement(CurrentPolicy(description.attributes), request.label);
    if (!policy) throw InvalidValue(request.label, "Label", "can't find label.");
    return JournalPolicy(sqs, *queue, description, std::move(*policy));
  };
  co_await sqs.CommitChange(queue, change);
  co_return RemovePermissionResponse{};
}

}  // namespace cumulite::sqs
