#include <set>

#include "protocol/tag_text.h"
#include "protocol/utf8.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxKeyCharacters = 128;
constexpr std::size_t kMaxValueCharacters = 256;

void CheckTag(const documents::Tag& tag) {
  if (tag.key.empty() || protocol::CountCodePoints(tag.key) > kMaxKeyCharacters ||
      !protocol::IsTagText(tag.key)) {
    throw AwsError(kInvalidTag, "The TagKey you have provided is invalid").With("TagKey", tag.key);
  }
  if (protocol::CountCodePoints(tag.value) > kMaxValueCharacters || !protocol::IsTagText(tag.value)) {
    throw AwsError(kInvalidTag, "The TagValue you have provided is invalid")
        .With("TagKey", tag.key)
        .With("TagValue", tag.value);
  }
  if (tag.key.starts_with("aws:")) {
    throw AwsError(kInvalidTag, "System tags cannot be added/updated by requester");
  }
}

}  // namespace

void CheckTags(const std::vector<documents::Tag>& tags, std::size_t max_tags) {
  std::set<std::string_view> keys;
  for (const documents::Tag& tag : tags) {
    CheckTag(tag);
    if (!keys.insert(tag.key).second) {
      throw AwsError(kInvalidTag, "Cannot provide multiple Tags with the same key").With("TagKey", tag.key);
    }
  }
  if (tags.size() > max_tags) {
    throw AwsError(kBadRequest, max_tags == kMaxTags ? "Bucket tag count cannot be greater than 50"
                                                     : "Object tags cannot be greater than 10");
  }
}

void Check(const Call&, const Bucket&, documents::Tagging& tagging) { CheckTags(tagging.tag_set, kMaxTags); }

void Check(const Call&, const Bucket& bucket, documents::AccelerateConfiguration& accelerate) {
  if (!accelerate.status) throw MalformedXml();
  if (bucket.name.find('.') != std::string::npos) {
    throw AwsError(kInvalidRequest,
                   "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
  }
}

void Check(const Call&, const Bucket&, documents::RequestPaymentConfiguration&) {}

void Check(const Call&, const Bucket& bucket, documents::OwnershipControls& controls) {
  if (controls.rules.size() != 1) throw MalformedXml();
  if (controls.rules.front().object_ownership != "BucketOwnerEnforced") return;
  if (const auto& acl = bucket.configuration->acl; acl && acl->grants.size() > 1) {
    throw AwsError(kInvalidBucketAclWithObjectOwnership,
                   "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
  }
}

void Check(const Call&, const Bucket&, documents::PublicAccessBlockConfiguration& block) {
  const auto members = {&block.block_public_acls, &block.ignore_public_acls, &block.block_public_policy,
                        &block.restrict_public_buckets};
  bool any = false;
  for (const std::optional<bool>* member : members) any = any || member->has_value();
  if (!any) throw MalformedXml();
  for (std::optional<bool>* member : members) *member = member->value_or(false);
}

void Check(const Call&, const Bucket&, documents::ServerSideEncryptionConfiguration& encryption) {
  if (encryption.rules.size() != 1) throw MalformedXml();
  documents::ServerSideEncryptionRule& rule = encryption.rules.front();
  if (!rule.apply_server_side_encryption_by_default) throw MalformedXml();
  const auto& by_default = *rule.apply_server_side_encryption_by_default;
  if (by_default.kms_master_key_id && by_default.sse_algorithm == "AES256") {
    throw InvalidArgument(
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
        "ApplyServerSideEncryptionByDefault", *by_default.kms_master_key_id);
  }
  if (!rule.bucket_key_enabled) rule.bucket_key_enabled = false;
}

void Check(const Call&, const Bucket&, documents::AbacStatus& abac) {
  if (!abac.status) throw MalformedXml();
}

void Check(const Call& call, const Bucket& bucket, documents::BucketLoggingStatus& logging) {
  if (!logging.logging_enabled) return;
  const documents::LoggingEnabled& enabled = *logging.logging_enabled;
  const auto refuse = [&](std::string message) {
    throw AwsError(kInvalidTargetBucketForLogging, std::move(message))
        .With("TargetBucket", enabled.target_bucket);
  };
  const BucketPtr target = call.s3.buckets().Find(enabled.target_bucket);
  if (!target) refuse("The target bucket for logging does not exist");
  if (target->account != bucket.account) {
    refuse("The owner for the bucket to be logged and the target bucket must be the same.");
  }
  if (target->region != bucket.region) {
    throw AwsError(kCrossLocationLoggingProhibited, "Cross S3 location logging not allowed.")
        .With("TargetBucketLocation", target->region);
  }
  if (!enabled.target_grants.empty() && target->configuration->ownership == Ownership::kBucketOwnerEnforced) {
    refuse(
        "Target grants are not supported for buckets with bucket owner enforced setting for S3 Object "
        "Ownership.");
  }
  if (const auto& format = enabled.target_object_key_format;
      format && format->simple_prefix.has_value() == format->partitioned_prefix.has_value()) {
    throw MalformedXml();
  }
}

}  // namespace cumulite::s3
