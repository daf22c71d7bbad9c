#include "services/sts/credentials.h"

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
                            base::TimePoint now, std::chrono::seconds duration) {
  // Whole seconds, as the answer tells it.
  const base::TimePoint expires = std::chrono::floor<std::chrono::seconds>(now + duration);
  protocol::SessionCredentials made = sessions.Issue(std::move(identity), expires);
  return {.access_key_id = std::move(made.access_key),
          .secret_access_key = std::move(made.secret),
          .session_token = std::move(made.token),
          .expiration = {.milliseconds = expires.time_since_epoch().count()}};
}

}  // namespace cumulite::sts
