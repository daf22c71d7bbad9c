#include <set>

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/base64.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

using namespace documents;

constexpr std::size_t kMaxRules = 1000;
constexpr std::size_t kMaxIdCharacters = 255;

AwsError Refuse(std::string message) { return AwsError(kInvalidRequest, std::move(message)); }

void CheckFilter(const ReplicationRuleFilter& filter) {
  if (filter.prefix.has_value() + filter.tag.has_value() + filter.all.has_value() > 1) throw MalformedXml();
  if (filter.all && filter.all->prefix.has_value() + filter.all->tags.size() < 2) throw MalformedXml();
}

/// The form with a filter wants more to be said than the old one.
void CheckForm(const ReplicationRule& rule) {
  constexpr std::string_view kWhich =
      " must be specified for this version of Cross Region Replication configuration schema. Please refer to "
      "S3 Developer Guide for more information.";
  if (rule.filter && rule.prefix) throw MalformedXml();
  if (!rule.filter) {
    if (!rule.prefix) throw MalformedXml();
    return;
  }
  CheckFilter(*rule.filter);
  if (!rule.priority) throw Refuse("Priority" + std::string(kWhich));
  if (!rule.delete_marker_replication) throw Refuse("DeleteMarkerReplication" + std::string(kWhich));
}

void CheckDestination(const Call& call, const Destination& destination) {
  const auto arn = protocol::ParseArn(destination.bucket);
  if (!arn || arn->service != "s3") throw InvalidArgument("Invalid bucket ARN", "Bucket", destination.bucket);
  const BucketPtr target = call.s3.buckets().Find(arn->resource);
  if (!target) throw Refuse("Destination bucket must exist.");
  if (target->versioning != Versioning::kEnabled) {
    throw Refuse("Destination bucket must have versioning enabled.");
  }
  if (destination.access_control_translation && !destination.account) {
    throw Refuse("Destination Account must be specified for AccessControlTranslation.");
  }
}

}  // namespace

void Check(const Call& call, const Bucket& bucket, ReplicationConfiguration& replication) {
  if (bucket.versioning != Versioning::kEnabled) {
    throw Refuse("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  }
  if (replication.rules.size() > kMaxRules) throw MalformedXml();
  const auto role = protocol::ParseArn(replication.role);
  if (!role || role->service != "iam") {
    throw InvalidArgument("Invalid Role specified in replication configuration", "Role", replication.role);
  }
  std::set<std::string> ids;
  std::set<std::int32_t> priorities;
  for (ReplicationRule& rule : replication.rules) {
    if (!rule.id || rule.id->empty()) rule.id = protocol::Base64Encode(base::RandomUuid());
    if (rule.id->size() > kMaxIdCharacters) {
      throw InvalidArgument("Rule Id must be no longer than 255 characters", "ID", *rule.id);
    }
    if (!ids.insert(*rule.id).second) {
      throw Refuse("Rule Id must be unique. Found same Id for more than one rule");
    }
    CheckForm(rule);
    if (rule.priority && !priorities.insert(*rule.priority).second) {
      throw Refuse("Found duplicate priority " + std::to_string(*rule.priority));
    }
    CheckDestination(call, rule.destination);
  }
}

}  // namespace cumulite::s3
