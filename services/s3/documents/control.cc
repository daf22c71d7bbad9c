#include "services/s3/documents/control.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members VpcConfiguration::Describe() {
  using T = VpcConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").Required(),
  };
  return kMembers;
}

protocol::Members CreateAccessPointRequest::Describe() {
  using T = CreateAccessPointRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::bucket>("Bucket").Required(),
      Wire<&T::vpc_configuration>("VpcConfiguration"),
      Wire<&T::public_access_block_configuration>("PublicAccessBlockConfiguration"),
      Wire<&T::bucket_account_id>("BucketAccountId"),
  };
  return kMembers;
}

protocol::Members GetAccessPointResult::Describe() {
  using T = GetAccessPointResult;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::bucket>("Bucket"),
      Wire<&T::network_origin>("NetworkOrigin"),
      Wire<&T::vpc_configuration>("VpcConfiguration"),
      Wire<&T::public_access_block_configuration>("PublicAccessBlockConfiguration"),
      Wire<&T::creation_date>("CreationDate"),
      Wire<&T::alias>("Alias"),
      Wire<&T::bucket_account_id>("BucketAccountId"),
  };
  return kMembers;
}

protocol::Members TagResourceRequest::Describe() {
  using T = TagResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tags>("Tags").Items("Tag").Required(),
  };
  return kMembers;
}

protocol::Members PutAccessPointPolicyRequest::Describe() {
  using T = PutAccessPointPolicyRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::policy>("Policy").Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
