#include "services/s3/documents/tagging.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required(),
      Wire<&T::value>("Value").Required(),
  };
  return kMembers;
}

protocol::Members Tagging::Describe() {
  using T = Tagging;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tag_set>("TagSet").Items("Tag").Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
