#include "services/elb/records.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members LoadBalancerRecord::Describe() {
  using T = LoadBalancerRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shown>("Shown"),
      Wire<&T::attributes>("Attributes"),
      Wire<&T::tags>("Tags"),
      Wire<&T::capacity_units>("CapacityUnits"),
      Wire<&T::capacity_changed>("CapacityChanged"),
  };
  return kMembers;
}

protocol::Members ListenerRecord::Describe() {
  using T = ListenerRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shown>("Shown"),
      Wire<&T::more_certificates>("MoreCertificates"),
      Wire<&T::attributes>("Attributes"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

protocol::Members RuleRecord::Describe() {
  using T = RuleRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shown>("Shown"),
      Wire<&T::listener_arn>("ListenerArn"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

protocol::Members TargetGroupRecord::Describe() {
  using T = TargetGroupRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shown>("Shown"),
      Wire<&T::attributes>("Attributes"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

protocol::Members RevocationRecord::Describe() {
  using T = RevocationRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id"),
      Wire<&T::type>("Type"),
      Wire<&T::entries>("Entries"),
      Wire<&T::pem>("Pem"),
  };
  return kMembers;
}

protocol::Members TrustStoreRecord::Describe() {
  using T = TrustStoreRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shown>("Shown"),
      Wire<&T::bundle_pem>("BundlePem"),
      Wire<&T::revocations>("Revocations"),
      Wire<&T::next_revocation>("NextRevocation"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

}  // namespace cumulite::elb
