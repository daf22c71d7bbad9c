#include "services/s3/stored_object.h"

namespace cumulite::s3 {

std::optional<ObjectAccess> FindObjectAccess(const Call& call, const Bucket& bucket, std::string_view key,
                                             std::string_view version) {
  std::optional<VersionRef> named;
  if (!version.empty()) named = RequireVersionId(version);
  std::optional<Object> object = call.s3.objects().Find(bucket, key, named);
  if (!object || object->delete_marker) return std::nullopt;
  ObjectAttributes& attributes = object->attributes;
  return ObjectAccess{.owner = OwnerOf(attributes, bucket),
                      .acl = std::move(attributes.acl),
                      .tags = std::move(attributes.tags)};
}

}  // namespace cumulite::s3
