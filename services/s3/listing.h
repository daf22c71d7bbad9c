#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::s3 {

/// One page of a listing: which keys of a byte-ordered sequence it shows, which it rolls up, where to seek
/// next. Pure; the store walks its index as it is told, so the cost follows the page and not the bucket.
///
///   seek(walk.from()); while (there is a key) switch (walk.Offer(key)) ...
///
/// Source: S3 User Guide "Organizing objects using prefixes", "Listing object keys programmatically".
class ListWalk {
 public:
  struct Rule {
    std::string prefix;
    std::string delimiter;
    std::string from;         // lower bound, inclusive; see After
    std::int32_t max = 1000;  // keys and common prefixes together
  };
  enum class Step : unsigned char {
    kKey,     // show this key
    kPrefix,  // show common_prefix() once, then seek(from())
    kEnd,     // no more keys: past the prefix, or the page is full (truncated() tells)
  };

  explicit ListWalk(Rule rule);

  /// Where to seek: every key that may count is at or after it.
  const std::string& from() const { return rule_.from; }
  Step Offer(std::string_view key);
  std::string_view common_prefix() const { return last_; }

  /// More keys follow the page.
  bool truncated() const { return truncated_; }
  /// The last key or common prefix shown: v1's NextMarker.
  const std::string& last() const { return last_; }
  /// Where the next page begins, for Rule::from.
  std::string Next() const;
  std::int32_t count() const { return count_; }

 private:
  Rule rule_;
  std::string last_;
  bool last_is_prefix_ = false;
  bool truncated_ = false;
  std::int32_t count_ = 0;
};

/// The first string after `key` and the first after everything that begins with `prefix`. Nothing follows a
/// prefix of nothing but 0xFF bytes, which UTF-8 does not have.
std::string AfterKey(std::string_view key);
std::string AfterPrefix(std::string_view prefix);

/// Where a page begins that follows `marker`: behind the key, or behind all that a common prefix rolls up.
std::string AfterMarker(std::string_view marker, std::string_view prefix, std::string_view delimiter);

/// ListObjectsV2's token: opaque, but of a form that a foreign one does not have.
std::string EncodeToken(std::string_view from);
std::optional<std::string> DecodeToken(std::string_view token);

/// encoding-type=url: '/' stays, a space becomes '+'.
std::string UrlEncodeForListing(std::string_view text);

}  // namespace cumulite::s3
