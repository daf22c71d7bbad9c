#include "services/s3/documents/encryption.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kServerSideEncryption[] = {"AES256", "aws:kms", "aws:kms:dsse"};

}  // namespace

protocol::Members ServerSideEncryptionByDefault::Describe() {
  using T = ServerSideEncryptionByDefault;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::sse_algorithm>("SSEAlgorithm").Required().Values(kServerSideEncryption),
      Wire<&T::kms_master_key_id>("KMSMasterKeyID"),
  };
  return kMembers;
}

protocol::Members ServerSideEncryptionRule::Describe() {
  using T = ServerSideEncryptionRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::apply_server_side_encryption_by_default>("ApplyServerSideEncryptionByDefault"),
      Wire<&T::bucket_key_enabled>("BucketKeyEnabled"),
  };
  return kMembers;
}

protocol::Members ServerSideEncryptionConfiguration::Describe() {
  using T = ServerSideEncryptionConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rules>("Rules").InQuery("Rule").Flattened().Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
