#pragma once
#include <string>
#include <string_view>

#include "protocol/error.h"

/// The errors of S3 that this service raises (S3 API Reference, "Error responses"). Those of authentication
/// and of aws-chunked framing are listed in protocol/.
namespace cumulite::s3 {

using protocol::AwsError;
using protocol::ErrorKind;
using protocol::kNotImplemented;

#define CUMULITE_S3_ERROR(name, http_status) \
  inline constexpr ErrorKind k##name { .code = #name, .query_code = {}, .status = http_status }

CUMULITE_S3_ERROR(AccessControlListNotSupported, 400);
CUMULITE_S3_ERROR(AccessDenied, 403);
CUMULITE_S3_ERROR(AccessForbidden, 403);
CUMULITE_S3_ERROR(BadDigest, 400);
CUMULITE_S3_ERROR(BadRequest, 400);
CUMULITE_S3_ERROR(BucketAlreadyExists, 409);
CUMULITE_S3_ERROR(BucketAlreadyOwnedByYou, 409);
CUMULITE_S3_ERROR(BucketNotEmpty, 409);
CUMULITE_S3_ERROR(ConditionalRequestConflict, 409);
CUMULITE_S3_ERROR(CrossLocationLoggingProhibited, 403);
CUMULITE_S3_ERROR(EntityTooLarge, 400);
CUMULITE_S3_ERROR(EntityTooSmall, 400);
CUMULITE_S3_ERROR(IllegalLocationConstraintException, 400);
CUMULITE_S3_ERROR(IllegalVersioningConfigurationException, 400);
CUMULITE_S3_ERROR(InvalidArgument, 400);
CUMULITE_S3_ERROR(InvalidBucketAclWithBlockPublicAccessError, 400);
CUMULITE_S3_ERROR(InvalidBucketAclWithObjectOwnership, 400);
CUMULITE_S3_ERROR(InvalidBucketName, 400);
CUMULITE_S3_ERROR(InvalidBucketOwnerAWSAccountID, 400);
CUMULITE_S3_ERROR(InvalidBucketState, 409);
CUMULITE_S3_ERROR(InvalidDigest, 400);
CUMULITE_S3_ERROR(InvalidEncryptionAlgorithmError, 400);
CUMULITE_S3_ERROR(InvalidLocationConstraint, 400);
CUMULITE_S3_ERROR(InvalidPart, 400);
CUMULITE_S3_ERROR(InvalidPartNumber, 416);
CUMULITE_S3_ERROR(InvalidPartOrder, 400);
CUMULITE_S3_ERROR(InvalidPolicyDocument, 400);
CUMULITE_S3_ERROR(InvalidRange, 416);
CUMULITE_S3_ERROR(InvalidObjectState, 403);
CUMULITE_S3_ERROR(InvalidRedirectLocation, 400);
CUMULITE_S3_ERROR(InvalidRequest, 400);
CUMULITE_S3_ERROR(InvalidStorageClass, 400);
CUMULITE_S3_ERROR(InvalidTag, 400);
CUMULITE_S3_ERROR(InvalidTargetBucketForLogging, 400);
CUMULITE_S3_ERROR(InvalidURI, 400);
CUMULITE_S3_ERROR(KeyTooLongError, 400);
CUMULITE_S3_ERROR(MalformedACLError, 400);
CUMULITE_S3_ERROR(MalformedPolicy, 400);
CUMULITE_S3_ERROR(MalformedPOSTRequest, 400);
CUMULITE_S3_ERROR(MalformedXML, 400);
CUMULITE_S3_ERROR(MaxPostPreDataLengthExceededError, 400);
CUMULITE_S3_ERROR(MetadataTooLarge, 400);
CUMULITE_S3_ERROR(MethodNotAllowed, 405);
CUMULITE_S3_ERROR(MissingSecurityHeader, 400);
CUMULITE_S3_ERROR(NoSuchBucket, 404);
CUMULITE_S3_ERROR(NoSuchBucketPolicy, 404);
CUMULITE_S3_ERROR(NoSuchConfiguration, 404);
CUMULITE_S3_ERROR(NoSuchCORSConfiguration, 404);
CUMULITE_S3_ERROR(NoSuchKey, 404);
CUMULITE_S3_ERROR(NoSuchLifecycleConfiguration, 404);
CUMULITE_S3_ERROR(NoSuchObjectLockConfiguration, 404);
CUMULITE_S3_ERROR(NoSuchPublicAccessBlockConfiguration, 404);
CUMULITE_S3_ERROR(NoSuchTagSet, 404);
CUMULITE_S3_ERROR(NoSuchUpload, 404);
CUMULITE_S3_ERROR(NoSuchVersion, 404);
CUMULITE_S3_ERROR(NoSuchWebsiteConfiguration, 404);
CUMULITE_S3_ERROR(ObjectLockConfigurationNotFoundError, 404);
CUMULITE_S3_ERROR(OwnershipControlsNotFoundError, 404);
CUMULITE_S3_ERROR(PreconditionFailed, 412);
CUMULITE_S3_ERROR(ReplicationConfigurationNotFoundError, 404);
CUMULITE_S3_ERROR(RequestTimeout, 400);
CUMULITE_S3_ERROR(SlowDown, 503);
CUMULITE_S3_ERROR(TooManyConfigurations, 400);
CUMULITE_S3_ERROR(UnexpectedContent, 400);
CUMULITE_S3_ERROR(UnresolvableGrantByEmailAddress, 400);
CUMULITE_S3_ERROR(XAmzContentSHA256Mismatch, 400);

#undef CUMULITE_S3_ERROR

/// What S3 calls InternalFailure.
inline constexpr ErrorKind kInternalError{
    .code = "InternalError", .query_code = {}, .status = 500, .fault = protocol::Fault::kReceiver};

/// An error that is answered with headers of its own, as of delete markers: finished lines.
class ErrorWithHeaders : public AwsError {
 public:
  ErrorWithHeaders(AwsError error, std::string headers)
      : AwsError(std::move(error)), headers_(std::move(headers)) {}
  const std::string& headers() const { return headers_; }

 private:
  std::string headers_;
};

/// 400 InvalidArgument as S3 gives it: the argument's name and value stand beside the message.
AwsError InvalidArgument(std::string message, std::string_view name, std::string_view value);
/// 501 for a header whose feature is not built: never ignored in silence.
AwsError HeaderNotImplemented(std::string_view header);
/// 412 with the condition that did not hold: "If-Match".
AwsError PreconditionFailed(std::string_view condition);
AwsError NoSuchBucket(std::string_view bucket);
AwsError NoSuchKey(std::string_view key);
/// 404 for a version that is well named, but not there.
AwsError NoSuchVersion(std::string_view key, std::string_view version_id);
AwsError NoSuchUpload(std::string_view upload_id);
AwsError MalformedXml();
AwsError AccessDenied();

}  // namespace cumulite::s3
