#include "services/s3/operations/object_lock_configuration.h"

#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::int32_t kMaxDays = 36'500;
constexpr std::int32_t kMaxYears = 100;
using documents::ObjectLockConfiguration;

void CheckDefault(const documents::DefaultRetention& retention) {
  if (!retention.mode || !ParseRetentionMode(*retention.mode)) throw MalformedXml();
  if (retention.days.has_value() == retention.years.has_value()) throw MalformedXml();
  if (retention.days.value_or(1) < 1 || retention.years.value_or(1) < 1) {
    throw AwsError(kInvalidArgument, "Default retention period must be a positive integer value.");
  }
  if (retention.days.value_or(0) > kMaxDays || retention.years.value_or(0) > kMaxYears) {
    throw AwsError(kInvalidArgument, "Default retention period is too large.");
  }
}

ObjectLockConfiguration Read(std::string_view document) {
  ObjectLockConfiguration configuration;
  if (!protocol::DecodeXml(document, "ObjectLockConfiguration", &configuration,
                           ObjectLockConfiguration::Describe()) ||
      configuration.object_lock_enabled != "Enabled") {
    throw MalformedXml();
  }
  if (configuration.rule) {
    if (!configuration.rule->default_retention) throw MalformedXml();
    CheckDefault(*configuration.rule->default_retention);
  }
  return configuration;
}

std::string Encode(const ObjectLockConfiguration& configuration) {
  std::string text;
  protocol::XmlWriter xml(text);
  xml.Open("ObjectLockConfiguration");
  protocol::EncodeXml(&configuration, ObjectLockConfiguration::Describe(), xml);
  xml.Close("ObjectLockConfiguration");
  return text;
}

}  // namespace

runtime::Task<void> GetObjectLockConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  if (!bucket->object_lock) {
    throw AwsError(kObjectLockConfigurationNotFoundError,
                   "Object Lock configuration does not exist for this bucket")
        .With("BucketName", bucket->name);
  }
  ObjectLockConfiguration configuration =
      bucket->configuration->object_lock.value_or(ObjectLockConfiguration{});
  configuration.object_lock_enabled = "Enabled";
  XmlAnswer xml(call, "ObjectLockConfiguration");
  protocol::EncodeXml(&configuration, ObjectLockConfiguration::Describe(), xml);
  co_return;
}

runtime::Task<void> PutObjectLockConfiguration(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const ObjectLockConfiguration configuration = Read(document);
  std::vector<BucketDocument> documents;
  documents.push_back({"object-lock", {}, Encode(configuration)});
  runtime::Task<void> enabling = call.s3.buckets().EnableObjectLock(*bucket, documents);
  co_await enabling;
}

}  // namespace cumulite::s3
