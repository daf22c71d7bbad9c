#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "protocol/context.h"

namespace cumulite::protocol {

/// Temporary credentials as their bearer gets them.
struct SessionCredentials {
  std::string access_key;
  std::string secret;
  std::string token;
};

/// What a session token says of its bearer.
struct Session {
  Identity identity;  // but for the region, which every request names itself
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

  /// New credentials of `identity`, whose region and access key do not matter.
  SessionCredentials Issue(Identity identity, base::TimePoint expires) const;

  /// nullopt unless this key issued `token`, and for that access key. Whether it has expired is not asked.
  std::optional<Session> Open(std::string_view access_key, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace cumulite::protocol
