#include "services/s3/lifecycle.h"

#include <algorithm>
#include <array>

#include "base/time_text.h"
#include "services/s3/object_tags.h"

namespace cumulite::s3 {
namespace {

using documents::LifecycleRule;
using std::chrono::days;

/// What filters look at.
struct Subject {
  std::string_view key;
  std::optional<std::uint64_t> size;  // absent: delete markers and uploads, which have none
  std::string_view tags;              // as in x-amz-tagging
};

bool FitsSize(const Subject& subject, const std::optional<std::int64_t>& greater,
              const std::optional<std::int64_t>& less) {
  if (!greater && !less) return true;
  if (!subject.size) return false;
  const auto size = static_cast<std::int64_t>(*subject.size);
  return (!greater || size > *greater) && (!less || size < *less);
}

bool Applies(const LifecycleRule& rule, const Subject& subject) {
  if (rule.status != "Enabled") return false;
  if (rule.prefix && !subject.key.starts_with(*rule.prefix)) return false;
  if (!rule.filter) return true;
  const documents::LifecycleRuleFilter& filter = *rule.filter;
  if (filter.prefix && !subject.key.starts_with(*filter.prefix)) return false;
  if (filter.tag && !HasTag(subject.tags, *filter.tag)) return false;
  if (!FitsSize(subject, filter.object_size_greater_than, filter.object_size_less_than)) return false;
  if (!filter.all) return true;
  const documents::LifecycleRuleAndOperator& all = *filter.all;
  return (!all.prefix || subject.key.starts_with(*all.prefix)) &&
         std::all_of(all.tags.begin(), all.tags.end(),
                     [&](const documents::Tag& tag) { return HasTag(subject.tags, tag); }) &&
         FitsSize(subject, all.object_size_greater_than, all.object_size_less_than);
}

base::TimePoint DateOf(const protocol::Timestamp& date) {
  return base::TimePoint(std::chrono::milliseconds(date.milliseconds));
}

/// When a date or a number of days makes an action due; nullopt when the rule says neither.
std::optional<base::TimePoint> DueOf(const std::optional<protocol::Timestamp>& date,
                                     const std::optional<std::int32_t>& after, base::TimePoint start) {
  if (date) return DateOf(*date);
  if (after) return DueAfterDays(start, *after);
  return std::nullopt;
}

constexpr std::uint64_t kMinSize = 128 * 1024;

/// The colder, the later: an object never comes back to a warmer class.
constexpr std::array<std::string_view, 7> kClasses{
    "STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"};

std::size_t Rank(std::string_view storage_class) {
  return static_cast<std::size_t>(std::find(kClasses.begin(), kClasses.end(), storage_class) -
                                  kClasses.begin());
}

/// Takes the coldest class that is due.
void Offer(LifecycleAction& action, const std::optional<std::string>& wanted, std::string_view current) {
  if (!wanted || Rank(*wanted) >= kClasses.size()) return;
  const std::size_t held = Rank(current) < kClasses.size() ? Rank(current) : 0;
  if (Rank(*wanted) <= held) return;
  if (action.kind == LifecycleAction::Kind::kTransition && Rank(*wanted) <= Rank(action.storage_class))
    return;
  action.kind = LifecycleAction::Kind::kTransition;
  action.storage_class = *wanted;
}

/// What is smaller than 128 KiB stays, unless the rule names sizes itself, or sizes vary by class and the
/// class is one of an archive. Source: S3 User Guide "Transitioning objects using Amazon S3 Lifecycle".
bool MayMove(SmallObjects small, const LifecycleRule& rule, std::uint64_t size,
             const std::optional<std::string>& storage_class) {
  if (size >= kMinSize) return true;
  if (small == SmallObjects::kStayByClass &&
      (storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE")) {
    return true;
  }
  if (!rule.filter) return false;
  const documents::LifecycleRuleFilter& filter = *rule.filter;
  if (filter.object_size_greater_than || filter.object_size_less_than) return true;
  return filter.all && (filter.all->object_size_greater_than || filter.all->object_size_less_than);
}

bool CurrentGoes(const LifecycleRule& rule, const ListedVersion& version, const VersionPlace& place,
                 base::TimePoint now) {
  if (!rule.expiration) return false;
  if (version.delete_marker) {
    if (!place.is_only) return false;
    if (rule.expiration->expired_object_delete_marker.value_or(false)) return true;
  }
  const auto due = DueOf(rule.expiration->date, rule.expiration->days, version.modified);
  return due && *due <= now;
}

bool NoncurrentGoes(const LifecycleRule& rule, const VersionPlace& place, base::TimePoint now) {
  const auto& expiration = rule.noncurrent_version_expiration;
  if (!expiration || !expiration->noncurrent_days) return false;
  if (place.newer_noncurrent < expiration->newer_noncurrent_versions.value_or(0)) return false;
  return DueAfterDays(place.noncurrent_since, *expiration->noncurrent_days) <= now;
}

void OfferTransitions(LifecycleAction& action, SmallObjects small, const LifecycleRule& rule,
                      const ListedVersion& version, const VersionPlace& place, base::TimePoint now) {
  if (version.delete_marker) return;
  const std::string_view current = version.attributes.StorageClass();
  if (place.is_latest) {
    for (const documents::Transition& transition : rule.transitions) {
      if (!MayMove(small, rule, version.size, transition.storage_class)) continue;
      const auto due = DueOf(transition.date, transition.days, version.modified);
      if (due && *due <= now) Offer(action, transition.storage_class, current);
    }
    return;
  }
  for (const documents::NoncurrentVersionTransition& transition : rule.noncurrent_version_transitions) {
    if (!MayMove(small, rule, version.size, transition.storage_class)) continue;
    if (place.newer_noncurrent < transition.newer_noncurrent_versions.value_or(0)) continue;
    if (DueAfterDays(place.noncurrent_since, transition.noncurrent_days.value_or(0)) <= now) {
      Offer(action, transition.storage_class, current);
    }
  }
}

}  // namespace

base::TimePoint NextMidnight(base::TimePoint now) {
  return base::TimePoint(std::chrono::floor<days>(now)) + days(1);
}

base::TimePoint DueAfterDays(base::TimePoint start, std::int32_t after) {
  return std::chrono::ceil<days>(start + days(after));
}

std::optional<Expiration> ExpirationOf(const Lifecycle& lifecycle, std::string_view key, std::uint64_t size,
                                       base::TimePoint modified, const ObjectAttributes& attributes) {
  std::optional<Expiration> first;
  const Subject subject{key, size, attributes.tags};
  for (const LifecycleRule& rule : lifecycle.rules) {
    if (!rule.expiration || !Applies(rule, subject)) continue;
    const auto due = DueOf(rule.expiration->date, rule.expiration->days, modified);
    if (due && (!first || *due < first->due)) first = Expiration{*due, rule.id.value_or("")};
  }
  return first;
}

std::string FormatExpiration(const Expiration& expiration) {
  return "expiry-date=\"" + base::FormatHttpDate(expiration.due) + "\", rule-id=\"" +
         protocol::PercentEncode(expiration.rule) + "\"";
}

LifecycleAction ActionFor(const Lifecycle& lifecycle, const ListedVersion& version, const VersionPlace& place,
                          base::TimePoint now, SmallObjects small) {
  LifecycleAction action;
  const Subject subject{version.key, version.delete_marker ? std::nullopt : std::optional(version.size),
                        version.attributes.tags};
  for (const LifecycleRule& rule : lifecycle.rules) {
    if (!Applies(rule, subject)) continue;
    // Going comes before moving.
    if (place.is_latest && CurrentGoes(rule, version, place, now)) {
      return {version.delete_marker ? LifecycleAction::Kind::kDelete : LifecycleAction::Kind::kExpire, {}};
    }
    if (!place.is_latest && NoncurrentGoes(rule, place, now)) return {LifecycleAction::Kind::kDelete, {}};
    OfferTransitions(action, small, rule, version, place, now);
  }
  return action;
}

bool AbortsUpload(const Lifecycle& lifecycle, std::string_view key, base::TimePoint initiated,
                  base::TimePoint now) {
  return std::any_of(lifecycle.rules.begin(), lifecycle.rules.end(), [&](const LifecycleRule& rule) {
    const auto& abort = rule.abort_incomplete_multipart_upload;
    return abort && abort->days_after_initiation && Applies(rule, {key, std::nullopt, {}}) &&
           DueAfterDays(initiated, *abort->days_after_initiation) <= now;
  });
}

}  // namespace cumulite::s3
