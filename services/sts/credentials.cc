#include "services/sts/credentials.h"

#include <chrono>

namespace cumulite::sts {

protocol::Members Credentials::Describe() {
  using protocol::Wire;
  static constexpr protocol::Member kMembers[] = {
      Wire<&Credentials::access_key_id>("AccessKeyId").Required(),
      Wire<&Credentials::secret_access_key>("SecretAccessKey").Required(),
      Wire<&Credentials::session_token>("SessionToken").Required(),
      Wire<&Credentials::expiration>("Expiration").Required(),
  };
  return kMembers;
}

Credentials MakeCredentials(const protocol::SessionIssuer& sessions, protocol::Identity identity,
                            protocol::SessionAttributes session) {
  // Whole seconds, as the answer tells it.
  session.expires = std::chrono::floor<std::chrono::seconds>(session.expires);
  protocol::SessionCredentials made = sessions.Issue(std::move(identity), session);
  return {.access_key_id = std::move(made.access_key),
          .secret_access_key = std::move(made.secret),
          .session_token = std::move(made.token),
          .expiration = {.milliseconds = session.expires.time_since_epoch().count()}};
}

}  // namespace cumulite::sts
