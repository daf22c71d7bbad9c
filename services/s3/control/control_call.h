#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/call.h"

namespace cumulite::s3 {

inline constexpr ErrorKind kNoSuchAccessPoint{.code = "NoSuchAccessPoint", .query_code = {}, .status = 404};
inline constexpr ErrorKind kNoSuchAccessPointPolicy{
    .code = "NoSuchAccessPointPolicy", .query_code = {}, .status = 404};
inline constexpr ErrorKind kAccessPointAlreadyOwnedByYou{
    .code = "AccessPointAlreadyOwnedByYou", .query_code = {}, .status = 409};

inline constexpr ErrorKind kBucketHasAccessPointsAttached{
    .code = "BucketHasAccessPointsAttached", .query_code = {}, .status = 400};

/// One request to S3 Control on its way through an operation. `call` carries neither bucket nor key.
struct ControlCall {
  Call& call;
  std::vector<std::string> path;  // the decoded segments behind the version

  const std::string& account() const { return call.identity().account; }
  const std::string& region() const { return call.identity().region; }
};

/// The answer <root xmlns=...>inside</root>, in S3 Control's namespace.
void AnswerControl(Call& call, std::string_view root, std::string_view inside);

// The operations, by the names of their pages.
runtime::Task<void> ListTagsForResource(ControlCall& control);
runtime::Task<void> TagResource(ControlCall& control);
runtime::Task<void> UntagResource(ControlCall& control);
runtime::Task<void> GetAccountPublicAccessBlock(ControlCall& control);
runtime::Task<void> PutAccountPublicAccessBlock(ControlCall& control);
runtime::Task<void> DeleteAccountPublicAccessBlock(ControlCall& control);
runtime::Task<void> CreateAccessPoint(ControlCall& control);
runtime::Task<void> GetAccessPoint(ControlCall& control);
runtime::Task<void> ListAccessPoints(ControlCall& control);
runtime::Task<void> DeleteAccessPoint(ControlCall& control);
runtime::Task<void> GetAccessPointPolicy(ControlCall& control);
runtime::Task<void> PutAccessPointPolicy(ControlCall& control);
runtime::Task<void> DeleteAccessPointPolicy(ControlCall& control);
runtime::Task<void> GetAccessPointPolicyStatus(ControlCall& control);

}  // namespace cumulite::s3
