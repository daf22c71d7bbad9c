#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/context.h"
#include "protocol/policy.h"

namespace cumulite::protocol {

/// What a caller wants to do with one resource.
struct AccessRequest {
  std::string_view action;         // "sqs:SendMessage"
  std::string_view resource;       // its ARN
  std::string_view owner;          // the account that it belongs to
  const Policy* policy = nullptr;  // the resource's own, if it has one
  /// Nobody of another account may, whatever the policy says: what administers a queue, for example.
  bool owner_only = false;
  /// Condition keys besides those that every request has, in lower case ("sns:protocol").
  std::map<std::string, std::vector<std::string>> keys = {};
};

/// Whether the caller may, and why.
struct Judgement {
  enum class Reason : std::uint8_t {
    kOwnAccount,             // the resource is the caller's account's, and nothing denies it
    kPolicyAllows,           // its policy allows it
    kNothingAllows,          // it is another account's, and nobody said yes
    kPolicyDenies,           // its policy says no, which binds its own account, too
    kSessionPolicyDenies,    // a policy that was passed for the caller's session says no
    kNoSessionPolicyAllows,  // none of them says yes
  };

  Reason reason = Reason::kNothingAllows;
  bool allowed() const { return reason == Reason::kOwnAccount || reason == Reason::kPolicyAllows; }
  bool by_session() const { return reason >= Reason::kSessionPolicyDenies; }
  /// "with an explicit deny in a resource-based policy": how AWS goes on after "is not authorized to perform:
  /// ACTION on resource: ARN".
  std::string Why(std::string_view action) const;
};

/// Decides about every access of a request to a resource. This one knows accounts, resource policies and, in
/// strict mode, the policies of sessions; whoever knows identity policies too derives from it and is put into
/// RequestContext::judge.
/// Thread: any.
/// Source: IAM User Guide "Policy evaluation logic", "Cross-account policy evaluation logic", "Policies and
/// permissions in IAM", session policies.
class Judge {
 public:
  virtual ~Judge() = default;
  virtual Judgement Decide(const RequestContext& context, const AccessRequest& access) const;
};

/// Asks the judge of the request.
Judgement MayAccess(const RequestContext& context, const AccessRequest& access);

/// "User: ARN is not authorized to perform: ACTION on resource: ARN because ...", as AWS words it.
std::string NotAuthorized(const RequestContext& context, const AccessRequest& access, Judgement judgement);

/// An AWS service that acts on behalf of a resource: S3 for a bucket, SNS for a topic.
struct ServiceAccess {
  std::string_view service;         // "s3.amazonaws.com"
  std::string_view action;          // "sqs:SendMessage"
  std::string_view resource;        // its ARN
  std::string_view source_arn;      // on whose behalf
  std::string_view source_account;  // empty: the one in source_arn
};

/// Whether `policy` lets it; without a policy, no service may.
/// Source: IAM User Guide "The confused deputy problem".
bool MayServiceAccess(const ServiceAccess& access, const Policy* policy, base::TimePoint now);

}  // namespace cumulite::protocol
