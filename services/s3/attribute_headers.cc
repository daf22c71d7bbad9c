#include "services/s3/attribute_headers.h"

#include "base/time_text.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/lifecycle.h"
#include "services/s3/object_access.h"
#include "services/s3/object_tags.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxRedirectBytes = 2048;

std::string ReadRedirect(std::string_view location) {
  const bool understood =
      location.starts_with('/') || location.starts_with("http://") || location.starts_with("https://");
  if (!understood) {
    throw AwsError(kInvalidRedirectLocation,
                   "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
  }
  if (location.size() > kMaxRedirectBytes) {
    throw AwsError(kInvalidRedirectLocation,
                   "The length of website redirect location cannot exceed 2048 characters.");
  }
  return std::string(location);
}

/// What the bucket's configuration gives every new version.
std::optional<Retention> DefaultRetention(const Bucket& bucket, base::TimePoint now) {
  const auto& configuration = bucket.configuration->object_lock;
  if (!configuration || !configuration->rule || !configuration->rule->default_retention) return std::nullopt;
  const documents::DefaultRetention& rule = *configuration->rule->default_retention;
  const auto mode = ParseRetentionMode(rule.mode.value_or(""));
  if (!mode) return std::nullopt;
  const std::chrono::days days(rule.days.value_or(0) + 365 * rule.years.value_or(0));
  return Retention{*mode, now + days};
}

}  // namespace

ObjectAttributes ReadAttributeHeaders(const Call& call, const Bucket& bucket) {
  ObjectAttributes attributes;
  if (const auto storage_class = call.Header("x-amz-storage-class"); storage_class != "STANDARD") {
    attributes.storage_class = storage_class.value_or("");
  }
  if (const auto tags = call.Header("x-amz-tagging")) attributes.tags = ReadTagHeader(*tags);
  if (const auto location = call.Header("x-amz-website-redirect-location")) {
    attributes.redirect = ReadRedirect(*location);
  }
  ReadLockHeaders(call.request(), bucket.object_lock, call.Now(), attributes);
  if (!attributes.retention && bucket.object_lock)
    attributes.retention = DefaultRetention(bucket, call.Now());
  ReadAccessHeaders(call, bucket, attributes);
  return attributes;
}

void RequireDigestForLock(const Call& call, const ObjectAttributes& attributes) {
  if (!attributes.retention && !attributes.legal_hold) return;
  if (call.Header("Content-MD5") || FindChecksum(call.request()) || call.exchange.payload.has_trailer())
    return;
  throw AwsError(
      kInvalidRequest,
      "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock "
      "parameters");
}

void AddAttributeHeaders(protocol::HttpResponse& response, const ObjectAttributes& attributes) {
  if (!attributes.storage_class.empty()) response.AddHeader("x-amz-storage-class", attributes.storage_class);
  if (!attributes.tags.empty()) {
    response.AddHeader("x-amz-tagging-count", std::to_string(CountTags(attributes.tags)));
  }
  if (!attributes.redirect.empty()) {
    response.AddHeader("x-amz-website-redirect-location", attributes.redirect);
  }
  if (attributes.retention) {
    response.AddHeader("x-amz-object-lock-mode", ToString(attributes.retention->mode));
    response.AddHeader("x-amz-object-lock-retain-until-date", FormatRetainUntil(attributes.retention->until));
  }
  if (attributes.legal_hold) {
    response.AddHeader("x-amz-object-lock-legal-hold", *attributes.legal_hold ? "ON" : "OFF");
  }
  if (!attributes.replication.empty()) {
    response.AddHeader("x-amz-replication-status", attributes.replication);
  }
  if (attributes.restored) {
    response.AddHeader("x-amz-restore", "ongoing-request=\"false\", expiry-date=\"" +
                                            base::FormatHttpDate(*attributes.restored) + "\"");
  }
}

void AddExpirationHeader(protocol::HttpResponse& response, const Bucket& bucket, const Object& object,
                         std::string_view key) {
  const auto& lifecycle = bucket.configuration->lifecycle;
  if (!lifecycle) return;
  const auto expiration = ExpirationOf(*lifecycle, key, object.size, object.modified, object.attributes);
  if (expiration) response.AddHeader("x-amz-expiration", FormatExpiration(*expiration));
}

void AddVersionHeader(protocol::HttpResponse& response, const Bucket& bucket, std::string_view version_id) {
  if (bucket.versioned()) response.AddHeader("x-amz-version-id", version_id);
}

void AddNewVersionHeader(protocol::HttpResponse& response, std::string_view version_id) {
  if (version_id != kNullVersion) response.AddHeader("x-amz-version-id", version_id);
}

Object FindToDescribe(const Call& call, const Bucket& bucket) {
  std::optional<VersionRef> version = call.Version();
  std::optional<Object> object = call.s3.objects().Find(bucket, call.key(), version);
  if (object && !version) version = VersionRef{object->version_id, object->number};
  RequireObject(object ? &*object : nullptr, call.key(), version);
  return *std::move(object);
}

Bypass ReadBypass(const Call& call, const Bucket& bucket) {
  constexpr std::string_view kBypass = "x-amz-bypass-governance-retention";
  const auto value = call.Header(kBypass);
  if (!value) return Bypass::kNo;
  if (!bucket.object_lock) {
    throw InvalidArgument(
        "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.", kBypass,
        *value);
  }
  return protocol::EqualsIgnoreCase(*value, "true") ? Bypass::kYes : Bypass::kNo;
}

bool IsArchived(const ObjectAttributes& attributes) {
  return attributes.storage_class == "GLACIER" || attributes.storage_class == "DEEP_ARCHIVE";
}

void RequireReadable(const Object& object, base::TimePoint now) {
  if (!IsArchived(object.attributes)) return;
  if (object.attributes.restored && *object.attributes.restored > now) return;
  throw AwsError(kInvalidObjectState, "The operation is not valid for the object's storage class")
      .With("StorageClass", object.attributes.storage_class);
}

}  // namespace cumulite::s3
