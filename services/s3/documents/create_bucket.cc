#include "services/s3/documents/create_bucket.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members LocationInfo::Describe() {
  using T = LocationInfo;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type"),
      Wire<&T::name>("Name"),
  };
  return kMembers;
}

protocol::Members BucketInfo::Describe() {
  using T = BucketInfo;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type"),
      Wire<&T::data_redundancy>("DataRedundancy"),
  };
  return kMembers;
}

protocol::Members CreateBucketConfiguration::Describe() {
  using T = CreateBucketConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::location_constraint>("LocationConstraint"),
      Wire<&T::location>("Location"),
      Wire<&T::bucket>("Bucket"),
      Wire<&T::tags>("Tags").Items("Tag"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
