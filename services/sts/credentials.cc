#include "services/sts/credentials.h"

#include <cstddef>
#include <span>

#include "config/ids.h"
#include "protocol/base64.h"
#include "protocol/temporary_key.h"

namespace cumulite::sts {
namespace {

std::string Random(std::size_t size) {
  std::string bytes(size, '\0');
  config::SecureRandom(std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

}  // namespace

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

Credentials MakeCredentials(std::string_view account, config::TimePoint now, std::chrono::seconds duration) {
  // Sizes of AWS's own: 40 characters of secret, some hundreds of token, which starts with a fixed part.
  return {.access_key_id = protocol::MakeTemporaryKey(account),
          .secret_access_key = protocol::Base64Encode(Random(30)),
          .session_token = "FwoGZXIvYXdzE" + protocol::Base64Encode(Random(150)),
          .expiration = {.milliseconds = (now + duration).time_since_epoch().count()}};
}

}  // namespace cumulite::sts
