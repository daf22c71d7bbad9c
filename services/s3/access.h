#pragma once
#include <cstdint>
#include <string_view>

#include "protocol/judge.h"
#include "services/s3/call.h"

/// Who may do what: every operation asks here, and nowhere else.
namespace cumulite::s3 {

/// What a caller wants, in the words of policies.
struct Wish {
  std::string_view action;  // "s3:GetObject"
  std::string_view key;     // the object; empty: the bucket itself
  /// Which version, as the request names it; empty: the latest.
  std::string_view version = {};
};

/// Whether it may be, and what decided: an answer of "no" is worded by it, and a look behind the scenes can
/// show it.
struct Decision {
  enum class Reason : std::uint8_t {
    kOwner,          // the bucket is the caller's account's, and so is what is asked for
    kPolicyAllows,   // the bucket's policy says yes
    kAclGrants,      // an ACL of the bucket or the object does
    kObjectOwner,    // the object is the caller's, in a bucket where ACLs count
    kPolicyDenies,   // the policy says no, to its own account, too
    kPublicBlocked,  // only a public policy says yes, and the bucket restricts such
    kNothingAllows,
    kSessionRefuses,  // the policies of the caller's session do not let it
  };
  Reason reason = Reason::kNothingAllows;
  protocol::Judgement by_session = {};  // kSessionRefuses
  bool allowed() const { return reason <= Reason::kObjectOwner; }
};

/// Decides by policy, ACLs, object ownership and the public access block. In permissive mode the bucket's own
/// account may do everything; others are judged as in strict mode.
///
/// Thread: any. Reads the object's row only where ACLs or conditions on its tags need it.
/// Source: S3 User Guide "How Amazon S3 authorizes a request", "Controlling ownership of objects".
Decision DecideAccess(const Call& call, const Bucket& bucket, const Wish& wish);

/// The same, or the error. A key that is not there is told only to those who may list the bucket.
/// Errors: AccessDenied, in AWS's words; InvalidArgument of a malformed version id.
void RequireAccess(const Call& call, const Bucket& bucket, const Wish& wish);
AwsError Denied(const Call& call, const Bucket& bucket, const Wish& wish, Decision decision);

/// What IAM calls an operation of the router: "s3:ListBucket" for HeadBucket.
std::string_view ActionOf(std::string_view operation);
/// The same on a version: "s3:GetObjectVersion" for "s3:GetObject", if there is such an action.
std::string_view ActionOnVersion(std::string_view action);

}  // namespace cumulite::s3
