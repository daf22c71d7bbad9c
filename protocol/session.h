#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "protocol/context.h"

namespace cumulite::protocol {

/// What whoever made a session gave it along: told to others (condition keys, claims), inherited by the
/// sessions that it makes. Policies limit nothing yet, for there is no IAM that they would be compared with.
struct SessionAttributes {
  base::TimePoint expires{};
  std::string role_arn = {};         // with its path; empty: no role's session
  std::string source_identity = {};  // empty: none
  std::string policy = {};           // JSON; empty: none
  std::vector<std::string> policy_arns = {};
  std::vector<std::pair<std::string, std::string>> tags = {};  // key and value
  std::vector<std::string> transitive_tag_keys = {};
};

/// Temporary credentials as their bearer gets them.
struct SessionCredentials {
  std::string access_key;
  std::string secret;
  std::string token;
};

/// What a session token says of its bearer.
struct Session {
  Identity identity;  // with its session; without the region, which every request names itself
  base::TimePoint expires;
  std::string secret;  // the secret access key
};

/// Hands out temporary credentials and knows its own again. Nothing is stored: the token carries the access
/// key, the identity and the expiry, readable by anybody, under an HMAC-SHA256; the secret access key is
/// another HMAC of the same bytes, so it belongs to this token alone. Both need the server's key.
/// Thread: any.
class SessionIssuer {
 public:
  static constexpr std::size_t kKeySize = 32;

  /// `key`: kKeySize bytes that nobody can guess.
  explicit SessionIssuer(std::string key) : key_(std::move(key)) {}

  /// New credentials of `identity`, whose region, access key and session do not matter.
  SessionCredentials Issue(Identity identity, const SessionAttributes& attributes) const;
  SessionCredentials Issue(Identity identity, base::TimePoint expires) const {
    return Issue(std::move(identity), SessionAttributes{.expires = expires});
  }

  /// nullopt unless this key issued `token`, and for that access key. Whether it has expired is not asked.
  std::optional<Session> Open(std::string_view access_key, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace cumulite::protocol
