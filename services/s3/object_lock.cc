#include "services/s3/object_lock.h"

#include <string>

#include "base/time_text.h"

namespace cumulite::s3 {
namespace {

AwsError Locked() {
  return AwsError(kAccessDenied, "Access Denied because object protected by object lock.");
}

bool Holds(const ObjectAttributes& attributes, base::TimePoint now) {
  return attributes.retention && attributes.retention->until > now;
}

}  // namespace

std::optional<AwsError> RefusalToDelete(const ObjectAttributes& attributes, Bypass bypass,
                                        base::TimePoint now) {
  if (attributes.legal_hold.value_or(false)) return Locked();
  if (!Holds(attributes, now)) return std::nullopt;
  if (attributes.retention->mode == RetentionMode::kGovernance && bypass == Bypass::kYes) return std::nullopt;
  return Locked();
}

void RequireRetentionChange(const ObjectAttributes& attributes, const std::optional<Retention>& wanted,
                            Bypass bypass, base::TimePoint now) {
  if (!Holds(attributes, now)) return;
  const Retention& held = *attributes.retention;
  const bool extends = wanted && wanted->mode == held.mode && wanted->until >= held.until;
  if (extends) return;
  if (held.mode == RetentionMode::kGovernance && bypass == Bypass::kYes) return;
  throw Locked();
}

std::optional<base::TimePoint> ParseRetainUntil(std::string_view text) { return base::ParseIso8601(text); }

std::string FormatRetainUntil(base::TimePoint until) { return base::FormatIso8601(until); }

void ReadLockHeaders(const protocol::HttpRequest& request, bool locked, base::TimePoint now,
                     ObjectAttributes& attributes) {
  constexpr std::string_view kMode = "x-amz-object-lock-mode";
  constexpr std::string_view kUntil = "x-amz-object-lock-retain-until-date";
  constexpr std::string_view kHold = "x-amz-object-lock-legal-hold";
  const auto mode = request.Find(kMode);
  const auto until = request.Find(kUntil);
  const auto hold = request.Find(kHold);
  if (!mode && !until && !hold) return;
  if (!locked) throw AwsError(kInvalidRequest, "Bucket is missing Object Lock Configuration");
  if (mode.has_value() != until.has_value()) {
    throw InvalidArgument(
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        mode ? kUntil : kMode, "");
  }
  if (mode) {
    const auto parsed = ParseRetentionMode(*mode);
    if (!parsed) throw InvalidArgument("Unknown wormMode directive.", kMode, *mode);
    const auto date = ParseRetainUntil(*until);
    if (!date) {
      throw InvalidArgument("The retain until date must be provided in ISO 8601 format", kUntil, *until);
    }
    if (*date <= now) throw InvalidArgument("The retain until date must be in the future!", kUntil, *until);
    attributes.retention = Retention{*parsed, *date};
  }
  if (!hold) return;
  if (*hold != "ON" && *hold != "OFF") {
    throw InvalidArgument("Legal Hold must be either of 'ON' or 'OFF'", kHold, *hold);
  }
  attributes.legal_hold = *hold == "ON";
}

}  // namespace cumulite::s3
