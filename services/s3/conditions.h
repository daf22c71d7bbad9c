#pragma once
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "protocol/http.h"

namespace cumulite::s3 {

/// What a condition is held against: the current object.
struct ObjectState {
  std::string_view etag;  // without quotes
  base::TimePoint modified;
};

/// The four conditions of a read, or of the source of a copy (x-amz-copy-source-if-*).
struct ReadConditions {
  std::optional<std::string_view> if_match;
  std::optional<std::string_view> if_none_match;
  std::optional<base::TimePoint> if_modified_since;
  std::optional<base::TimePoint> if_unmodified_since;

  static ReadConditions OfRead(const protocol::HttpRequest& request);
  static ReadConditions OfCopySource(const protocol::HttpRequest& request);
};

enum class Verdict : unsigned char { kProceed, kNotModified };

/// Errors: PreconditionFailed.
/// Source: S3 API Reference "GetObject", "Consideration 1 and 2" of the conditional headers; RFC 9110
/// section 13.2.2.
Verdict Evaluate(const ReadConditions& conditions, const ObjectState& object, base::TimePoint now);
/// The same for a copy, which is never "not modified".
void RequireCopyConditions(const ReadConditions& conditions, const ObjectState& object, base::TimePoint now);

/// The conditions of a write: If-Match with an ETag, or If-None-Match: *.
struct WriteConditions {
  std::optional<std::string_view> if_match;
  bool if_none_match = false;

  bool any() const { return if_match || if_none_match; }
  /// Errors: NotImplemented naming the header, for forms that S3 does not take.
  static WriteConditions Of(const protocol::HttpRequest& request);
};

/// `current`: null when the key has no object.
/// Errors: PreconditionFailed, NoSuchKey.
void RequireWriteConditions(const WriteConditions& conditions, const ObjectState* current,
                            std::string_view key);

/// An ETag, with or without quotes, is one of the comma-separated `list`, or that is "*".
bool EtagMatches(std::string_view list, std::string_view etag);

}  // namespace cumulite::s3
