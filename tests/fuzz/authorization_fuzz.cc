// Authorization headers and presigned query strings, in every flavour, permissive and strict.
#include <array>

#include "base/time_text.h"
#include "protocol/auth.h"
#include "protocol/error.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {
namespace {

using namespace protocol;

Authenticator MakeAuthenticator(AuthMode mode) {
  AuthSettings settings;
  settings.mode = mode;
  settings.credentials = {{"K", "secret", "", ""}};
  return Authenticator(std::move(settings));
}

void Try(const HttpRequest& request) {
  static const Authenticator kPermissive = MakeAuthenticator(AuthMode::kPermissive);
  static const Authenticator kStrict = MakeAuthenticator(AuthMode::kStrict);
  const auto now = *base::ParseAmzDate("20130524T000000Z");
  PeekScope(request);
  for (const Flavor flavor : {Flavor::kS3, Flavor::kJson, Flavor::kQuery}) {
    for (const Authenticator* authenticator : {&kPermissive, &kStrict}) {
      try {
        authenticator->Authenticate(request, now, flavor);
      } catch (const AwsError&) {
      }
    }
  }
}

}  // namespace

void FuzzAuthorization(std::string_view data) {
  const std::array<HeaderField, 3> fields = {
      {{"Host", "localhost"}, {"X-Amz-Date", "20130524T000000Z"}, {"Authorization", data}}};
  HttpRequest request;
  request.method = "GET";
  request.path = "/bucket/key";
  request.headers = fields;
  Try(request);
  request.headers = std::span(fields).first(2);
  request.query = data;
  Try(request);
}

}  // namespace cumulite::fuzz
