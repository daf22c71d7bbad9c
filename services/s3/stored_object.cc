#include "services/s3/stored_object.h"

namespace cumulite::s3 {

std::optional<ObjectAccess> FindObjectAccess(const Call& call, const Bucket& bucket, std::string_view key,
                                             std::string_view) {
  if (!call.s3.objects().Find(bucket, key)) return std::nullopt;
  return ObjectAccess{.owner = bucket.account, .acl = {}, .tags = {}};
}

}  // namespace cumulite::s3
