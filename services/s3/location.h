#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::s3 {

struct Location {
  std::string region;      // where the bucket is
  std::string constraint;  // what GetBucketLocation gives back; empty in us-east-1
};

/// Where CreateBucket puts a bucket. `endpoint` is the region of the endpoint that was asked, which is the
/// one that the request is signed for. Pure. Errors: InvalidLocationConstraint,
/// IllegalLocationConstraintException. Source: S3 API Reference "CreateBucket", LocationConstraint.
Location ChooseLocation(std::string_view endpoint, const std::optional<std::string>& constraint);

}  // namespace cumulite::s3
