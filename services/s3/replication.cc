#include "services/s3/replication.h"

#include <algorithm>

#include "services/s3/object_tags.h"

namespace cumulite::s3 {
namespace {

using documents::ReplicationRule;

bool IsEnabled(const std::optional<std::string>& status) { return status == "Enabled"; }

bool FitsFilter(const ReplicationRule& rule, std::string_view key, std::string_view tags) {
  if (rule.prefix && !key.starts_with(*rule.prefix)) return false;
  if (!rule.filter) return true;
  const documents::ReplicationRuleFilter& filter = *rule.filter;
  if (filter.prefix && !key.starts_with(*filter.prefix)) return false;
  if (filter.tag && !HasTag(tags, *filter.tag)) return false;
  if (!filter.all) return true;
  return (!filter.all->prefix || key.starts_with(*filter.all->prefix)) &&
         std::all_of(filter.all->tags.begin(), filter.all->tags.end(),
                     [&](const documents::Tag& tag) { return HasTag(tags, tag); });
}

bool LooksAtTags(const ReplicationRule& rule) {
  return rule.filter && (rule.filter->tag || (rule.filter->all && !rule.filter->all->tags.empty()));
}

/// Rules of the old form, without a filter, copy delete markers unless they say otherwise.
bool CopiesMarkers(const ReplicationRule& rule) {
  if (LooksAtTags(rule)) return false;
  if (!rule.delete_marker_replication) return !rule.filter;
  return IsEnabled(rule.delete_marker_replication->status);
}

bool CopiesKms(const ReplicationRule& rule) {
  const auto& criteria = rule.source_selection_criteria;
  return criteria && criteria->sse_kms_encrypted_objects &&
         criteria->sse_kms_encrypted_objects->status == "Enabled";
}

bool Applies(const ReplicationRule& rule, std::string_view key, const Object& version) {
  if (rule.status != "Enabled" || !FitsFilter(rule, key, version.attributes.tags)) return false;
  if (version.delete_marker) return CopiesMarkers(rule);
  const Encryption::Kind kind = version.attributes.encryption.kind;
  return (kind != Encryption::Kind::kKms && kind != Encryption::Kind::kDsse) || CopiesKms(rule);
}

}  // namespace

std::string_view DestinationBucket(const ReplicationRule& rule) {
  const std::string_view arn = rule.destination.bucket;
  return arn.substr(arn.rfind(':') + 1);
}

std::vector<const ReplicationRule*> ReplicationRulesFor(
    const documents::ReplicationConfiguration& configuration, std::string_view key, const Object& version) {
  std::vector<const ReplicationRule*> rules;
  const ObjectAttributes& attributes = version.attributes;
  if (attributes.replication == kReplica || attributes.storage_class == "GLACIER" ||
      attributes.storage_class == "DEEP_ARCHIVE") {
    return rules;
  }
  for (const ReplicationRule& rule : configuration.rules) {
    if (!Applies(rule, key, version)) continue;
    const auto same = std::find_if(rules.begin(), rules.end(), [&](const ReplicationRule* other) {
      return other->destination.bucket == rule.destination.bucket;
    });
    if (same == rules.end()) {
      rules.push_back(&rule);
    } else if (rule.priority.value_or(0) > (*same)->priority.value_or(0)) {
      *same = &rule;
    }
  }
  return rules;
}

Object ReplicaOf(const Object& version, const ReplicationRule& rule, std::string_view source_account,
                 std::string_view destination_account) {
  Object replica = version;
  ObjectAttributes& attributes = replica.attributes;
  attributes.replication = kReplica;
  attributes.restored.reset();
  const documents::Destination& destination = rule.destination;
  if (destination.storage_class && !replica.delete_marker) {
    attributes.storage_class = *destination.storage_class == "STANDARD" ? "" : *destination.storage_class;
  }
  const bool translated = destination.access_control_translation.has_value();
  const std::string owner = attributes.owner.empty() ? std::string(source_account) : attributes.owner;
  if (translated) {
    attributes.acl.clear();
    attributes.owner.clear();
  } else {
    attributes.owner = owner == destination_account ? std::string{} : owner;
  }
  const auto& encryption = destination.encryption_configuration;
  if (encryption && encryption->replica_kms_key_id && !attributes.encryption.kms_key.empty()) {
    attributes.encryption.kms_key = *encryption->replica_kms_key_id;
  }
  return replica;
}

}  // namespace cumulite::s3
