#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/call.h"

namespace cumulite::s3 {

/// What decisions about access look at in a version of an object.
struct ObjectAccess {
  std::string owner;  // the account
  std::string acl;    // see acl.h; empty: the owner's alone
  std::string tags;   // "a=1&b=2"
};

/// `version`: as the request names it; empty: the latest. nullopt when there is none, or a delete marker.
std::optional<ObjectAccess> FindObjectAccess(const Call& call, const Bucket& bucket, std::string_view key,
                                             std::string_view version);

}  // namespace cumulite::s3
