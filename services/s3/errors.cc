#include "services/s3/errors.h"

namespace cumulite::s3 {

AwsError InvalidArgument(std::string message, std::string_view name, std::string_view value) {
  return AwsError(kInvalidArgument, std::move(message))
      .With("ArgumentName", std::string(name))
      .With("ArgumentValue", std::string(value));
}

AwsError HeaderNotImplemented(std::string_view header) {
  return AwsError(kNotImplemented, "A header you provided implies functionality that is not implemented")
      .With("Header", std::string(header));
}

AwsError PreconditionFailed(std::string_view condition) {
  return AwsError(kPreconditionFailed, "At least one of the pre-conditions you specified did not hold")
      .With("Condition", std::string(condition));
}

AwsError NoSuchBucket(std::string_view bucket) {
  return AwsError(kNoSuchBucket, "The specified bucket does not exist")
      .With("BucketName", std::string(bucket));
}

AwsError NoSuchKey(std::string_view key) {
  return AwsError(kNoSuchKey, "The specified key does not exist.").With("Key", std::string(key));
}

AwsError NoSuchVersion(std::string_view key, std::string_view version_id) {
  return AwsError(kNoSuchVersion, "The specified version does not exist.")
      .With("Key", std::string(key))
      .With("VersionId", std::string(version_id));
}

AwsError NoSuchUpload(std::string_view upload_id) {
  return AwsError(kNoSuchUpload,
                  "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
                  "been aborted or completed.")
      .With("UploadId", std::string(upload_id));
}

AwsError AccessDenied() { return AwsError(kAccessDenied, "Access Denied"); }

AwsError MalformedXml() {
  return AwsError(
      kMalformedXML,
      "The XML you provided was not well-formed or did not validate against our published schema");
}

}  // namespace cumulite::s3
