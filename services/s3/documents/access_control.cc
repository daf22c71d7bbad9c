#include "services/s3/documents/access_control.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kType[] = {"CanonicalUser", "AmazonCustomerByEmail", "Group"};
constexpr std::string_view kPermission[] = {"FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"};
constexpr std::string_view kObjectOwnership[] = {"BucketOwnerPreferred", "ObjectWriter",
                                                 "BucketOwnerEnforced"};

}  // namespace

protocol::Members Grantee::Describe() {
  using T = Grantee;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type").InQuery("xsi:type").Required().Values(kType),
      Wire<&T::id>("ID"),
      Wire<&T::display_name>("DisplayName"),
      Wire<&T::email_address>("EmailAddress"),
      Wire<&T::uri>("URI"),
  };
  return kMembers;
}

protocol::Members Grant::Describe() {
  using T = Grant;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::grantee>("Grantee"),
      Wire<&T::permission>("Permission").Values(kPermission),
  };
  return kMembers;
}

protocol::Members Owner::Describe() {
  using T = Owner;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("ID"),
      Wire<&T::display_name>("DisplayName"),
  };
  return kMembers;
}

protocol::Members AccessControlPolicy::Describe() {
  using T = AccessControlPolicy;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::owner>("Owner"),
      Wire<&T::grants>("Grants").InQuery("AccessControlList").Items("Grant").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members OwnershipControlsRule::Describe() {
  using T = OwnershipControlsRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::object_ownership>("ObjectOwnership").Required().Values(kObjectOwnership),
  };
  return kMembers;
}

protocol::Members OwnershipControls::Describe() {
  using T = OwnershipControls;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").InQuery("Rule").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members PublicAccessBlockConfiguration::Describe() {
  using T = PublicAccessBlockConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::block_public_acls>("BlockPublicAcls"),
      Wire<&T::ignore_public_acls>("IgnorePublicAcls"),
      Wire<&T::block_public_policy>("BlockPublicPolicy"),
      Wire<&T::restrict_public_buckets>("RestrictPublicBuckets"),
  };
  return kMembers;
}

protocol::Members PolicyStatus::Describe() {
  using T = PolicyStatus;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::is_public>("IsPublic"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
