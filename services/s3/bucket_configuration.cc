#include "services/s3/bucket_configuration.h"

#include <stdexcept>

#include "protocol/xml_decode.h"
#include "services/s3/public_policy.h"

namespace cumulite::s3 {
namespace {

Ownership ReadOwnership(const std::optional<documents::OwnershipControls>& controls) {
  if (!controls || controls->rules.empty()) return Ownership::kObjectWriter;
  const std::string& name = controls->rules.front().object_ownership;
  if (name == "BucketOwnerEnforced") return Ownership::kBucketOwnerEnforced;
  return name == "BucketOwnerPreferred" ? Ownership::kBucketOwnerPreferred : Ownership::kObjectWriter;
}

PublicAccessBlock ReadBlock(const std::optional<documents::PublicAccessBlockConfiguration>& block) {
  if (!block) return {};
  return {block->block_public_acls.value_or(false), block->ignore_public_acls.value_or(false),
          block->block_public_policy.value_or(false), block->restrict_public_buckets.value_or(false)};
}

}  // namespace

template <class T>
std::optional<T> BucketConfiguration::Parse(std::string_view kind, std::string_view root) const {
  const std::string* text = Find(kind);
  if (text == nullptr) return std::nullopt;
  T document;
  if (!protocol::DecodeXml(*text, root, &document, T::Describe())) {
    throw std::runtime_error("a bucket's stored document cannot be read: " + std::string(kind));
  }
  return document;
}

BucketConfiguration::BucketConfiguration(Documents stored) : documents_(std::move(stored)) {
  using namespace documents;
  if (const std::string* text = Find("policy")) {
    policy = protocol::Policy::Parse(*text);
    policy_is_public = IsPublic(*policy);
  }
  ownership = ReadOwnership(Parse<OwnershipControls>("ownershipControls", "OwnershipControls"));
  public_access =
      ReadBlock(Parse<PublicAccessBlockConfiguration>("publicAccessBlock", "PublicAccessBlockConfiguration"));
  acl = Parse<AccessControlPolicy>("acl", "AccessControlPolicy");
  if (auto document = Parse<CORSConfiguration>("cors", "CORSConfiguration")) {
    cors = std::move(document->cors_rules);
  }
  website = Parse<WebsiteConfiguration>("website", "WebsiteConfiguration");
  lifecycle = Parse<BucketLifecycleConfiguration>("lifecycle", "LifecycleConfiguration");
  encryption = Parse<ServerSideEncryptionConfiguration>("encryption", "ServerSideEncryptionConfiguration");
  notification = Parse<NotificationConfiguration>("notification", "NotificationConfiguration");
  replication = Parse<ReplicationConfiguration>("replication", "ReplicationConfiguration");
  logging = Parse<BucketLoggingStatus>("logging", "BucketLoggingStatus");
  object_lock = Parse<ObjectLockConfiguration>("object-lock", "ObjectLockConfiguration");
  const auto payment = Parse<RequestPaymentConfiguration>("requestPayment", "RequestPaymentConfiguration");
  requester_pays = payment && payment->payer == "Requester";
}

const std::string* BucketConfiguration::Find(std::string_view kind, std::string_view id) const {
  const auto found = documents_.find({std::string(kind), std::string(id)});
  return found == documents_.end() ? nullptr : &found->second;
}

}  // namespace cumulite::s3
