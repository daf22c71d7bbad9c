#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/http.h"
#include "services/s3/errors.h"
#include "services/s3/object_attributes.h"

/// The rules of Object Lock. Pure.
/// Source: S3 User Guide "Locking objects with Object Lock".
namespace cumulite::s3 {

/// x-amz-bypass-governance-retention.
enum class Bypass : bool { kNo, kYes };

/// Why a version must not be deleted, if so: a legal hold, or retention that has not ended.
std::optional<AwsError> RefusalToDelete(const ObjectAttributes& attributes, Bypass bypass,
                                        base::TimePoint now);

/// Whether PutObjectRetention may replace what there is: longer is always right, shorter and another mode
/// only past governance. `wanted` absent: none any more. Errors: AccessDenied.
void RequireRetentionChange(const ObjectAttributes& attributes, const std::optional<Retention>& wanted,
                            Bypass bypass, base::TimePoint now);

/// The x-amz-object-lock-* headers of a write, put into `attributes`. `locked`: the bucket has Object Lock.
/// Errors: InvalidArgument, InvalidRequest.
void ReadLockHeaders(const protocol::HttpRequest& request, bool locked, base::TimePoint now,
                     ObjectAttributes& attributes);

/// A date as it stands in headers and documents: ISO 8601. Errors: none, nullopt.
std::optional<base::TimePoint> ParseRetainUntil(std::string_view text);
/// The inverse.
std::string FormatRetainUntil(base::TimePoint until);

}  // namespace cumulite::s3
