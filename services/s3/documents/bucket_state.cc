#include "services/s3/documents/bucket_state.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kBucketAccelerateStatus[] = {"Enabled", "Suspended"};
constexpr std::string_view kPayer[] = {"Requester", "BucketOwner"};
constexpr std::string_view kMFADelete[] = {"Enabled", "Disabled"};
constexpr std::string_view kBucketVersioningStatus[] = {"Enabled", "Suspended"};
constexpr std::string_view kObjectLockRetentionMode[] = {"GOVERNANCE", "COMPLIANCE"};
constexpr std::string_view kObjectLockEnabled[] = {"Enabled"};
constexpr std::string_view kObjectLockLegalHoldStatus[] = {"ON", "OFF"};

}  // namespace

protocol::Members AccelerateConfiguration::Describe() {
  using T = AccelerateConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Values(kBucketAccelerateStatus),
  };
  return kMembers;
}

protocol::Members RequestPaymentConfiguration::Describe() {
  using T = RequestPaymentConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::payer>("Payer").Required().Values(kPayer),
  };
  return kMembers;
}

protocol::Members VersioningConfiguration::Describe() {
  using T = VersioningConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::mfa_delete>("MFADelete").InQuery("MfaDelete").Values(kMFADelete),
      Wire<&T::status>("Status").Values(kBucketVersioningStatus),
  };
  return kMembers;
}

protocol::Members DefaultRetention::Describe() {
  using T = DefaultRetention;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::mode>("Mode").Values(kObjectLockRetentionMode),
      Wire<&T::days>("Days"),
      Wire<&T::years>("Years"),
  };
  return kMembers;
}

protocol::Members ObjectLockRule::Describe() {
  using T = ObjectLockRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::default_retention>("DefaultRetention"),
  };
  return kMembers;
}

protocol::Members ObjectLockConfiguration::Describe() {
  using T = ObjectLockConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::object_lock_enabled>("ObjectLockEnabled").Values(kObjectLockEnabled),
      Wire<&T::rule>("Rule"),
  };
  return kMembers;
}

protocol::Members ObjectLockLegalHold::Describe() {
  using T = ObjectLockLegalHold;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Values(kObjectLockLegalHoldStatus),
  };
  return kMembers;
}

protocol::Members ObjectLockRetention::Describe() {
  using T = ObjectLockRetention;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::mode>("Mode").Values(kObjectLockRetentionMode),
      Wire<&T::retain_until_date>("RetainUntilDate"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
