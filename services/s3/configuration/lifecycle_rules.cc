#include <set>

#include "base/ids.h"
#include "protocol/base64.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

using namespace documents;

constexpr std::size_t kMaxRules = 1000;
constexpr std::size_t kMaxIdCharacters = 255;
constexpr std::int64_t kDayMs = 86'400'000;

AwsError Refuse(std::string message) { return AwsError(kInvalidArgument, std::move(message)); }

void RequirePositive(const std::optional<std::int32_t>& number, const char* member, const char* action) {
  if (number && *number <= 0) {
    throw Refuse("'" + std::string(member) + "' for " + action + " action must be a positive integer");
  }
}

void RequireMidnight(const std::optional<protocol::Timestamp>& date) {
  if (date && date->milliseconds % kDayMs != 0) throw Refuse("'Date' must be at midnight GMT");
}

int Count(std::initializer_list<bool> given) {
  int count = 0;
  for (const bool one : given) count += one;
  return count;
}

/// A filter says one thing, or several within And.
void CheckFilter(const LifecycleRuleFilter& filter) {
  const int said =
      Count({filter.prefix.has_value(), filter.tag.has_value(), filter.all.has_value(),
             filter.object_size_greater_than.has_value(), filter.object_size_less_than.has_value()});
  if (said > 1) throw MalformedXml();
  if (filter.tag) CheckTags({*filter.tag}, 1);
  if (!filter.all) return;
  const LifecycleRuleAndOperator& all = *filter.all;
  const int parts = Count({all.prefix.has_value(), all.object_size_greater_than.has_value(),
                           all.object_size_less_than.has_value()}) +
                    static_cast<int>(all.tags.size());
  if (parts < 2) throw MalformedXml();
  std::set<std::string_view> keys;
  for (const Tag& tag : all.tags) {
    if (!keys.insert(tag.key).second) {
      throw AwsError(kInvalidRequest, "Duplicate Tag Keys are not allowed.");
    }
  }
  if (all.object_size_greater_than && all.object_size_less_than &&
      *all.object_size_greater_than >= *all.object_size_less_than) {
    throw AwsError(kInvalidRequest,
                   "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
  }
}

bool HasTags(const LifecycleRule& rule) {
  return rule.filter && (rule.filter->tag || (rule.filter->all && !rule.filter->all->tags.empty()));
}

void CheckExpiration(const LifecycleRule& rule) {
  if (!rule.expiration) return;
  const LifecycleExpiration& expiration = *rule.expiration;
  if (Count({expiration.date.has_value(), expiration.days.has_value(),
             expiration.expired_object_delete_marker.has_value()}) != 1) {
    throw MalformedXml();
  }
  RequirePositive(expiration.days, "Days", "Expiration");
  RequireMidnight(expiration.date);
  if (expiration.expired_object_delete_marker && HasTags(rule)) {
    throw AwsError(kInvalidRequest, "ExpiredObjectDeleteMarker cannot be specified with tags.");
  }
}

std::string PrefixOf(const LifecycleRule& rule) {
  if (rule.prefix) return *rule.prefix;
  if (rule.filter && rule.filter->prefix) return *rule.filter->prefix;
  return rule.filter && rule.filter->all ? rule.filter->all->prefix.value_or("") : "";
}

void CheckTransitions(const LifecycleRule& rule) {
  std::set<std::string_view> classes;
  for (const Transition& transition : rule.transitions) {
    if (!transition.storage_class || transition.days.has_value() == transition.date.has_value()) {
      throw MalformedXml();
    }
    const std::string where = " with filter '(prefix=" + PrefixOf(rule) + ")'";
    if (!classes.insert(*transition.storage_class).second) {
      throw AwsError(kInvalidRequest,
                     "'StorageClass' must be different for 'Transition' actions in same 'Rule'" + where);
    }
    RequireMidnight(transition.date);
    if (transition.days && *transition.days < 0) {
      throw Refuse("'Days' in Transition action must be nonnegative");
    }
    const bool infrequent =
        *transition.storage_class == "STANDARD_IA" || *transition.storage_class == "ONEZONE_IA";
    if (transition.days && infrequent && *transition.days < 30) {
      throw Refuse("'Days' in Transition action must be greater than or equal to 30 for storageClass '" +
                   *transition.storage_class + "'");
    }
    if (!rule.expiration) continue;
    if (transition.days.has_value() && rule.expiration->date) {
      throw AwsError(
          kInvalidRequest,
          "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule" + where);
    }
    if (transition.days && rule.expiration->days && *rule.expiration->days <= *transition.days) {
      throw Refuse("'Days' in the Expiration action for filter '(prefix=" + PrefixOf(rule) +
                   ")' must be greater than 'Days' in the Transition action");
    }
  }
}

void CheckNoncurrent(const LifecycleRule& rule) {
  if (const auto& expiration = rule.noncurrent_version_expiration) {
    if (!expiration->noncurrent_days) throw MalformedXml();
    RequirePositive(expiration->noncurrent_days, "NoncurrentDays", "NoncurrentVersionExpiration");
    RequirePositive(expiration->newer_noncurrent_versions, "NewerNoncurrentVersions",
                    "NoncurrentVersionExpiration");
  }
  for (const NoncurrentVersionTransition& transition : rule.noncurrent_version_transitions) {
    if (!transition.storage_class || !transition.noncurrent_days) throw MalformedXml();
    if (*transition.noncurrent_days < 0) {
      throw Refuse("'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative");
    }
    RequirePositive(transition.newer_noncurrent_versions, "NewerNoncurrentVersions",
                    "NoncurrentVersionTransition");
  }
}

void CheckRule(LifecycleRule& rule) {
  // Exactly one of the old form and the new.
  if (rule.prefix.has_value() == rule.filter.has_value()) throw MalformedXml();
  if (rule.filter) CheckFilter(*rule.filter);
  if (!rule.expiration && rule.transitions.empty() && rule.noncurrent_version_transitions.empty() &&
      !rule.noncurrent_version_expiration && !rule.abort_incomplete_multipart_upload) {
    throw AwsError(kInvalidRequest, "At least one action needs to be specified in a rule");
  }
  CheckExpiration(rule);
  CheckTransitions(rule);
  CheckNoncurrent(rule);
  if (const auto& abort = rule.abort_incomplete_multipart_upload) {
    if (!abort->days_after_initiation) throw MalformedXml();
    RequirePositive(abort->days_after_initiation, "DaysAfterInitiation", "AbortIncompleteMultipartUpload");
    if (HasTags(rule)) {
      throw AwsError(kInvalidRequest, "AbortIncompleteMultipartUpload cannot be specified with Tags.");
    }
  }
}

}  // namespace

void Check(const Call&, const Bucket&, BucketLifecycleConfiguration& lifecycle) {
  if (lifecycle.rules.size() > kMaxRules) throw MalformedXml();
  std::set<std::string> ids;
  for (LifecycleRule& rule : lifecycle.rules) {
    if (!rule.id || rule.id->empty()) rule.id = protocol::Base64Encode(base::RandomUuid());
    if (rule.id->size() > kMaxIdCharacters) throw Refuse("ID length should not exceed allowed limit of 255");
    if (!ids.insert(*rule.id).second) {
      throw Refuse("Rule ID must be unique. Found same ID for more than one rule");
    }
    CheckRule(rule);
  }
}

}  // namespace cumulite::s3
