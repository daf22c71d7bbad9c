#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "protocol/members.h"
#include "protocol/session.h"

namespace cumulite::sts {

/// Temporary credentials, as every operation that makes some returns them.
struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;
  protocol::Timestamp expiration;
  static protocol::Members Describe();
};

/// New credentials of `identity`, valid until `session.expires`, to the second.
Credentials MakeCredentials(const protocol::SessionIssuer& sessions, protocol::Identity identity,
                            protocol::SessionAttributes session);

}  // namespace cumulite::sts
