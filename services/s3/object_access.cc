#include "services/s3/object_access.h"

#include "services/s3/acl.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

/// Empty: the bucket's owner.
std::string ChooseOwner(const Call& call, const Bucket& bucket) {
  const std::string& caller = call.identity().account;
  if (caller == bucket.account) return {};
  switch (bucket.configuration->ownership) {
    case Ownership::kBucketOwnerEnforced:
      return {};
    case Ownership::kBucketOwnerPreferred:
      if (call.Header("x-amz-acl") == "bucket-owner-full-control") return {};
      break;
    case Ownership::kObjectWriter:
      break;
  }
  return caller.empty() ? std::string(kAnonymousAccount) : caller;
}

}  // namespace

void ReadAccessHeaders(const Call& call, const Bucket& bucket, ObjectAttributes& attributes) {
  attributes.owner = ChooseOwner(call, bucket);
  const std::string& owner = attributes.owner.empty() ? bucket.account : attributes.owner;
  const std::optional<Acl> acl = AclOfHeaders(call, AclOf::kObject, owner, bucket.account);
  if (!acl) return;
  RequireAclAllowed(call, bucket, *acl);
  if (!IsOwnersAlone(*acl, owner)) attributes.acl = EncodeAcl(*acl);
}

}  // namespace cumulite::s3
