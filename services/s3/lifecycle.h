#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/documents/lifecycle.h"
#include "services/s3/object_lister.h"

/// What a bucket's lifecycle configuration wants of a version, and when. Pure.
/// Source: S3 User Guide "Lifecycle configuration elements", "Troubleshooting Amazon S3 Lifecycle issues"
/// (times are rounded up to the next midnight UTC).
namespace cumulite::s3 {

using Lifecycle = documents::BucketLifecycleConfiguration;

/// When an action that follows `days` after `start` is due: at the midnight that follows.
base::TimePoint DueAfterDays(base::TimePoint start, std::int32_t days);

/// The first midnight after `now`.
base::TimePoint NextMidnight(base::TimePoint now);

/// When and by which rule the current version goes: x-amz-expiration.
struct Expiration {
  base::TimePoint due;
  std::string rule;
};
std::optional<Expiration> ExpirationOf(const Lifecycle& lifecycle, std::string_view key, std::uint64_t size,
                                       base::TimePoint modified, const ObjectAttributes& attributes);
/// The value of that header.
std::string FormatExpiration(const Expiration& expiration);

/// What is to be done with a version now.
struct LifecycleAction {
  enum class Kind : std::uint8_t {
    kNothing,
    kExpire,      // the current version: a delete marker, or gone where there are no versions
    kDelete,      // this version, or this delete marker that hides nothing
    kTransition,  // to `storage_class`
  };
  Kind kind = Kind::kNothing;
  std::string storage_class;
};

/// Where a version stands among those of its key.
struct VersionPlace {
  bool is_latest = true;
  bool is_only = true;                 // no other version or marker has the key
  base::TimePoint noncurrent_since{};  // unless it is the latest: when the next newer one was made
  std::int32_t newer_noncurrent = 0;   // versions between it and the latest
};

/// x-amz-transition-default-minimum-object-size: which objects of less than 128 KiB stay where they are.
enum class SmallObjects : std::uint8_t { kStay, kStayByClass };

LifecycleAction ActionFor(const Lifecycle& lifecycle, const ListedVersion& version, const VersionPlace& place,
                          base::TimePoint now, SmallObjects small = SmallObjects::kStay);

/// Whether an upload that began then is to be given up.
bool AbortsUpload(const Lifecycle& lifecycle, std::string_view key, base::TimePoint initiated,
                  base::TimePoint now);

}  // namespace cumulite::s3
