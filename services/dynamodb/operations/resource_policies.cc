#include "services/dynamodb/operations/resource_policies.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_lookup.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/create_rules.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

/// A policy as it is stored.
struct StoredPolicy {
  std::optional<std::string> text;
  std::optional<std::string> revision;
};

AwsError PolicyNotFound(std::string_view arn) {
  return {kPolicyNotFound,
          "Resource-based policy not found for the provided ResourceArn: " + std::string(arn)};
}

void CheckRevision(const std::optional<std::string>& expected, const StoredPolicy& stored,
                   std::string_view arn) {
  if (!expected) return;
  const bool matches = *expected == "NO_POLICY" ? !stored.text : stored.revision == expected;
  if (!matches) throw PolicyNotFound(arn);
}

/// What both kinds of resources can do with their policy.
class PolicyHolder {
 public:
  PolicyHolder(DynamoDbService& dynamodb, const protocol::RequestContext& context, const std::string& arn)
      : dynamodb_(dynamodb), arn_(arn) {
    if (IsStreamArn(arn)) {
      stream_ = RequireStream(dynamodb, context, arn);
    } else {
      table_ = RequireTableOfArn(dynamodb, context, arn);
    }
  }

  StoredPolicy Read() const {
    if (stream_) return {stream_->policy, stream_->policy_revision};
    return {table_->record.resource_policy, table_->record.policy_revision};
  }

  /// `change` gets what is stored, in a job; it may throw.
  runtime::Task<void> Change(const std::function<void(StoredPolicy&)>& change) const {
    if (table_ != nullptr) {
      const std::function<void(TableRecord&)> set = [&change](TableRecord& record) {
        StoredPolicy policy{record.resource_policy, record.policy_revision};
        change(policy);
        record.resource_policy = policy.text;
        record.policy_revision = policy.revision;
      };
      runtime::Task<TablePtr> run = ChangeTable(dynamodb_, *table_, set);
      co_await run;
      co_return;
    }
    const auto set = [this, &change] {
      const auto current = dynamodb_.streams().Current(stream_->id);
      if (!current)
        throw AwsError(kResourceNotFound, "Requested resource not found: Stream: " + arn_ + " not found");
      StoredPolicy policy{current->policy, current->policy_revision};
      change(policy);
      dynamodb_.streams().SetPolicy(stream_->id, policy.text, policy.revision);
    };
    runtime::Task<void> run = dynamodb_.writer().Run(set);
    co_await run;
  }

 private:
  DynamoDbService& dynamodb_;
  const std::string& arn_;
  TablePtr table_;
  std::optional<Stream> stream_;
};

}  // namespace

protocol::Members PutResourcePolicyRequest::Describe() {
  using T = PutResourcePolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
      Wire<&T::policy>("Policy").Required(),
      Wire<&T::expected_revision_id>("ExpectedRevisionId").Length(1, 255),
      Wire<&T::confirm_remove_self_resource_access>("ConfirmRemoveSelfResourceAccess"),
  };
  return kMembers;
}

protocol::Members PutResourcePolicyResponse::Describe() {
  using T = PutResourcePolicyResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::revision_id>("RevisionId"),
  };
  return kMembers;
}

protocol::Members GetResourcePolicyRequest::Describe() {
  using T = GetResourcePolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
  };
  return kMembers;
}

protocol::Members GetResourcePolicyResponse::Describe() {
  using T = GetResourcePolicyResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::policy>("Policy"),
      Wire<&T::revision_id>("RevisionId"),
  };
  return kMembers;
}

protocol::Members DeleteResourcePolicyRequest::Describe() {
  using T = DeleteResourcePolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
      Wire<&T::expected_revision_id>("ExpectedRevisionId").Length(1, 255),
  };
  return kMembers;
}

protocol::Members DeleteResourcePolicyResponse::Describe() {
  using T = DeleteResourcePolicyResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::revision_id>("RevisionId"),
  };
  return kMembers;
}

runtime::Task<PutResourcePolicyResponse> PutResourcePolicy(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           PutResourcePolicyRequest request) {
  const PolicyHolder holder(dynamodb, context, request.resource_arn);
  CheckResourcePolicy(request.policy);
  PutResourcePolicyResponse response;
  const std::function<void(StoredPolicy&)> put = [&](StoredPolicy& stored) {
    CheckRevision(request.expected_revision_id, stored, request.resource_arn);
    // The same policy again is the same revision.
    if (stored.text != request.policy) stored = {request.policy, NewPolicyRevision()};
    response.revision_id = stored.revision;
  };
  runtime::Task<void> change = holder.Change(put);
  co_await change;
  co_return response;
}

runtime::Task<GetResourcePolicyResponse> GetResourcePolicy(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           GetResourcePolicyRequest request) {
  const StoredPolicy stored = PolicyHolder(dynamodb, context, request.resource_arn).Read();
  if (!stored.text) throw PolicyNotFound(request.resource_arn);
  GetResourcePolicyResponse response{.policy = stored.text, .revision_id = stored.revision};
  co_return response;
}

runtime::Task<DeleteResourcePolicyResponse> DeleteResourcePolicy(DynamoDbService& dynamodb,
                                                                 const protocol::RequestContext& context,
                                                                 DeleteResourcePolicyRequest request) {
  const PolicyHolder holder(dynamodb, context, request.resource_arn);
  DeleteResourcePolicyResponse response;
  const std::function<void(StoredPolicy&)> remove = [&](StoredPolicy& stored) {
    CheckRevision(request.expected_revision_id, stored, request.resource_arn);
    response.revision_id = stored.revision;
    stored = {};
  };
  runtime::Task<void> change = holder.Change(remove);
  co_await change;
  co_return response;
}

}  // namespace cumulite::dynamodb
