#pragma once
#include <string>
#include <string_view>

#include "protocol/s3_host.h"
#include "services/s3/errors.h"
#include "services/s3/router.h"

/// Bucket and key from Host and path. Pure.
namespace cumulite::s3 {

using Endpoint = protocol::S3Endpoint;

/// What one request addresses.
struct Address {
  Level level = Level::kService;
  Endpoint endpoint = Endpoint::kS3;
  bool virtual_host = false;
  std::string bucket;
  std::string key;  // decoded
};

/// Errors: InvalidURI (bad escapes, not UTF-8), InvalidBucketName, KeyTooLongError (more than 1024 bytes).
/// Source: S3 User Guide "Virtual hosting of general purpose buckets", "Naming Amazon S3 objects".
Address ParseAddress(protocol::S3Host host, std::string_view path);

/// The rules for a new bucket (S3 User Guide "General purpose bucket naming rules").
bool IsValidBucketName(std::string_view name);
/// The wider rules of old: what may have been a bucket once, in us-east-1.
bool CouldBeBucketName(std::string_view name);

/// Errors: KeyTooLongError, InvalidURI (not UTF-8).
void CheckKey(std::string_view key);
AwsError InvalidBucketName(std::string_view bucket);

}  // namespace cumulite::s3
