#include "services/s3/conditions.h"

#include "base/time_text.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

std::optional<base::TimePoint> Date(const protocol::HttpRequest& request, std::string_view header) {
  const auto value = request.Find(header);
  return value ? base::ParseHttpDate(*value) : std::nullopt;  // an unreadable date is no condition
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// HTTP dates have whole seconds.
base::TimePoint WholeSeconds(base::TimePoint time) { return std::chrono::floor<std::chrono::seconds>(time); }

}  // namespace

ReadConditions ReadConditions::OfRead(const protocol::HttpRequest& request) {
  return {request.Find("If-Match"), request.Find("If-None-Match"), Date(request, "If-Modified-Since"),
          Date(request, "If-Unmodified-Since")};
}

ReadConditions ReadConditions::OfCopySource(const protocol::HttpRequest& request) {
  return {request.Find("x-amz-copy-source-if-match"), request.Find("x-amz-copy-source-if-none-match"),
          Date(request, "x-amz-copy-source-if-modified-since"),
          Date(request, "x-amz-copy-source-if-unmodified-since")};
}

bool EtagMatches(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view one = Trim(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one.size() >= 2 && one.front() == '"' && one.back() == '"') one = one.substr(1, one.size() - 2);
    if (one == "*" || one == etag) return true;
  }
  return false;
}

Verdict Evaluate(const ReadConditions& conditions, const ObjectState& object, base::TimePoint now) {
  const base::TimePoint modified = WholeSeconds(object.modified);
  // An ETag decides where both kinds are given.
  if (conditions.if_match) {
    if (!EtagMatches(*conditions.if_match, object.etag)) throw PreconditionFailed("If-Match");
  } else if (conditions.if_unmodified_since && modified > *conditions.if_unmodified_since) {
    throw PreconditionFailed("If-Unmodified-Since");
  }
  if (conditions.if_none_match) {
    return EtagMatches(*conditions.if_none_match, object.etag) ? Verdict::kNotModified : Verdict::kProceed;
  }
  // A date in the future is no condition.
  const bool unmodified = conditions.if_modified_since && *conditions.if_modified_since <= now &&
                          modified <= *conditions.if_modified_since;
  return unmodified ? Verdict::kNotModified : Verdict::kProceed;
}

void RequireCopyConditions(const ReadConditions& conditions, const ObjectState& object, base::TimePoint now) {
  if (Evaluate(conditions, object, now) == Verdict::kProceed) return;
  throw PreconditionFailed(conditions.if_none_match ? "x-amz-copy-source-If-None-Match"
                                                    : "x-amz-copy-source-If-Modified-Since");
}

WriteConditions WriteConditions::Of(const protocol::HttpRequest& request) {
  WriteConditions conditions;
  conditions.if_match = request.Find("If-Match");
  const auto if_none_match = request.Find("If-None-Match");
  if (conditions.if_match && (if_none_match || Trim(*conditions.if_match) == "*")) {
    throw HeaderNotImplemented("If-Match");
  }
  if (if_none_match && Trim(*if_none_match) != "*") throw HeaderNotImplemented("If-None-Match");
  conditions.if_none_match = if_none_match.has_value();
  return conditions;
}

void RequireWriteConditions(const WriteConditions& conditions, const ObjectState* current,
                            std::string_view key) {
  if (conditions.if_none_match && current != nullptr) throw PreconditionFailed("If-None-Match");
  if (!conditions.if_match) return;
  if (current == nullptr) throw NoSuchKey(key);
  if (!EtagMatches(*conditions.if_match, current->etag)) throw PreconditionFailed("If-Match");
}

}  // namespace cumulite::s3
