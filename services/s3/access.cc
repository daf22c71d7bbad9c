#include "services/s3/access.h"

#include <algorithm>
#include <array>

#include "protocol/arn.h"
#include "protocol/judge.h"
#include "services/s3/access_keys.h"
#include "services/s3/acl.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/stored_object.h"

namespace cumulite::s3 {
namespace {

using Reason = Decision::Reason;

/// Which permission of an ACL lets somebody do what.
struct AclRow {
  std::string_view action;
  AclOf of;
  std::string_view permission;
};

// S3 User Guide "Access control list (ACL) overview", "Mapping of ACL permissions and access policy
// permissions".
constexpr AclRow kAclRows[] = {
    {"s3:ListBucket", AclOf::kBucket, "READ"},
    {"s3:ListBucketVersions", AclOf::kBucket, "READ"},
    {"s3:ListBucketMultipartUploads", AclOf::kBucket, "READ"},
    {"s3:PutObject", AclOf::kBucket, "WRITE"},
    {"s3:DeleteObject", AclOf::kBucket, "WRITE"},
    {"s3:AbortMultipartUpload", AclOf::kBucket, "WRITE"},
    {"s3:ListMultipartUploadParts", AclOf::kBucket, "WRITE"},
    {"s3:GetBucketAcl", AclOf::kBucket, "READ_ACP"},
    {"s3:PutBucketAcl", AclOf::kBucket, "WRITE_ACP"},
    {"s3:GetObject", AclOf::kObject, "READ"},
    {"s3:GetObjectVersion", AclOf::kObject, "READ"},
    {"s3:GetObjectAcl", AclOf::kObject, "READ_ACP"},
    {"s3:GetObjectVersionAcl", AclOf::kObject, "READ_ACP"},
    {"s3:PutObjectAcl", AclOf::kObject, "WRITE_ACP"},
    {"s3:PutObjectVersionAcl", AclOf::kObject, "WRITE_ACP"},
};

const AclRow* FindAclRow(std::string_view action) {
  const auto found = std::find_if(std::begin(kAclRows), std::end(kAclRows),
                                  [&](const AclRow& row) { return row.action == action; });
  return found == std::end(kAclRows) ? nullptr : &*found;
}

bool IsOwnAccount(const Call& call, const Bucket& bucket) {
  return call.identity().account == bucket.account;
}

/// The root of the owner's account cannot lock itself out of the policy.
bool MayAlwaysMendPolicy(const Call& call, const Bucket& bucket, std::string_view action) {
  return IsOwnAccount(call, bucket) && call.identity().principal.ends_with(":root") &&
         (action == "s3:GetBucketPolicy" || action == "s3:PutBucketPolicy" ||
          action == "s3:DeleteBucketPolicy");
}

std::string ArnOf(const Bucket& bucket, std::string_view key) {
  std::string arn = "arn:aws:s3:::" + bucket.name;
  if (!key.empty()) arn.append("/").append(key);
  return arn;
}

/// What the policy says; "nothing" of a bucket that has none.
protocol::Judgement AskPolicy(const Call& call, const Bucket& bucket, const Wish& wish) {
  const std::string arn = ArnOf(bucket, wish.key);
  const auto& policy = bucket.configuration->policy;
  protocol::AccessRequest access{
      .action = wish.action, .resource = arn, .owner = bucket.account, .policy = policy ? &*policy : nullptr};
  if (policy || call.identity().session) access.keys = ConditionKeys(call, bucket, wish);
  return MayAccess(call.exchange.context, access);
}

/// Of the bucket and of its account together.
PublicAccessBlock EffectiveBlock(const Call& call, const Bucket& bucket) {
  PublicAccessBlock block = bucket.configuration->public_access;
  const PublicAccessBlock of_account = call.s3.control().PublicAccessOf(bucket.account);
  block.ignore_public_acls |= of_account.ignore_public_acls;
  block.restrict_public_buckets |= of_account.restrict_public_buckets;
  return block;
}

Decision AskBucketAcl(const Call& call, const Bucket& bucket, std::string_view permission) {
  const BucketConfiguration& configuration = *bucket.configuration;
  const bool granted = configuration.acl && Grants(*configuration.acl, call.identity(), permission,
                                                   EffectiveBlock(call, bucket).ignore_public_acls);
  return {granted ? Reason::kAclGrants : Reason::kNothingAllows};
}

Decision AskObjectAcl(const Call& call, const Bucket& bucket, const Wish& wish, std::string_view permission) {
  const std::optional<ObjectAccess> object = FindObjectAccess(call, bucket, wish.key, wish.version);
  const bool own_bucket = IsOwnAccount(call, bucket);
  if (!object) return {own_bucket ? Reason::kOwner : Reason::kNothingAllows};
  if (object->owner == call.identity().account && !object->owner.empty()) {
    const bool own_acl = permission.ends_with("_ACP");
    if (own_bucket || own_acl || object->acl.empty()) {
      return {own_bucket ? Reason::kOwner : Reason::kObjectOwner};
    }
  }
  const auto acl = DecodeAcl(object->acl);
  const bool granted =
      acl && Grants(*acl, call.identity(), permission, EffectiveBlock(call, bucket).ignore_public_acls);
  return {granted ? Reason::kAclGrants : Reason::kNothingAllows};
}

/// What is left to say when the policy neither allows nor denies.
Decision AskAcls(const Call& call, const Bucket& bucket, const Wish& wish) {
  const bool own = IsOwnAccount(call, bucket);
  if (bucket.configuration->ownership == Ownership::kBucketOwnerEnforced) {
    return {own ? Reason::kOwner : Reason::kNothingAllows};
  }
  const AclRow* row = FindAclRow(wish.action);
  if (row == nullptr) return {own ? Reason::kOwner : Reason::kNothingAllows};
  if (row->of == AclOf::kObject) return AskObjectAcl(call, bucket, wish, row->permission);
  return own ? Decision{Reason::kOwner} : AskBucketAcl(call, bucket, row->permission);
}

/// What the policy of the access point by which the request came says, if it came by one: it can only take
/// away from its own account, and others need it to say yes.
bool AccessPointAllows(const Call& call, const Bucket& bucket, const Wish& wish) {
  if (call.address.bucket.empty() || call.address.bucket == bucket.name) return true;
  const AccessPointPtr point = call.s3.control().FindByHost(call.address.bucket);
  if (!point || point->bucket != bucket.name) return true;
  std::string arn = point->Arn();
  if (!wish.key.empty()) arn.append("/object/").append(wish.key);
  protocol::AccessRequest access{.action = wish.action,
                                 .resource = arn,
                                 .owner = point->account,
                                 .policy = point->policy ? &*point->policy : nullptr};
  if (point->policy || call.identity().session) access.keys = ConditionKeys(call, bucket, wish);
  return MayAccess(call.exchange.context, access).allowed();
}

bool NeedsTheKey(std::string_view action) {
  const AclRow* row = FindAclRow(action);
  return row != nullptr && row->of == AclOf::kObject;
}

}  // namespace

Decision DecideAccess(const Call& call, const Bucket& bucket, const Wish& wish) {
  const bool own = IsOwnAccount(call, bucket);
  if (own && !call.exchange.context.strict) return {Reason::kOwner};
  if (!AccessPointAllows(call, bucket, wish)) return {Reason::kPolicyDenies};
  using Judged = protocol::Judgement::Reason;
  const protocol::Judgement judgement = AskPolicy(call, bucket, wish);
  if (judgement.by_session()) return {Reason::kSessionRefuses, judgement};
  if (MayAlwaysMendPolicy(call, bucket, wish.action)) return {Reason::kOwner};
  const Judged judged = judgement.reason;
  if (judged == Judged::kPolicyDenies) return {Reason::kPolicyDenies};
  if (judged == Judged::kPolicyAllows) {
    const bool restricted = !own && bucket.configuration->policy_is_public &&
                            EffectiveBlock(call, bucket).restrict_public_buckets;
    if (!restricted) return {Reason::kPolicyAllows};
    const Decision by_acl = AskAcls(call, bucket, wish);
    return by_acl.allowed() ? by_acl : Decision{Reason::kPublicBlocked};
  }
  return AskAcls(call, bucket, wish);
}

AwsError Denied(const Call& call, const Bucket& bucket, const Wish& wish, Decision decision) {
  // AWS tells the reason to callers of the bucket's own account only.
  const bool by_session = decision.reason == Reason::kSessionRefuses;
  if (!IsOwnAccount(call, bucket) || (decision.reason != Reason::kPolicyDenies && !by_session)) {
    return AccessDenied();
  }
  const protocol::Judgement denied{protocol::Judgement::Reason::kPolicyDenies};
  return AwsError(kAccessDenied, "User: " + call.identity().principal + " is not authorized to perform: " +
                                     std::string(wish.action) + " on resource: \"" + ArnOf(bucket, wish.key) +
                                     "\" " + (by_session ? decision.by_session : denied).Why(wish.action));
}

void RequireAccess(const Call& call, const Bucket& bucket, const Wish& wish) {
  const Decision decision = DecideAccess(call, bucket, wish);
  if (decision.reason == Reason::kOwner) return;
  // Whether a key is there is for those to know who may list it.
  if (NeedsTheKey(wish.action) && decision.reason != Reason::kPolicyDenies &&
      !FindObjectAccess(call, bucket, wish.key, wish.version)) {
    const Wish list{.action = "s3:ListBucket", .key = {}};
    if (DecideAccess(call, bucket, list).allowed()) return;
    throw Denied(call, bucket, wish, decision);
  }
  if (!decision.allowed()) throw Denied(call, bucket, wish, decision);
}

}  // namespace cumulite::s3
