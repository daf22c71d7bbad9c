#include "services/sts/web_identity_token.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "services/sts/errors.h"
#include "services/sts/text_rules.h"

namespace cumulite::sts {
namespace {
using Json = nlohmann::json;
using protocol::AwsError;

constexpr const char* kTagsClaim = "https://aws.amazon.com/tags";
constexpr const char* kSourceIdentityClaim = "https://aws.amazon.com/source_identity";

[[noreturn]] void ThrowNoJwt() {
  throw AwsError(
      kInvalidIdentityToken,
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
}

Json ReadObject(std::string_view part) {
  const auto text = protocol::Base64UrlDecode(part);
  Json object = text ? Json::parse(*text, nullptr, false) : Json();
  if (!object.is_object()) ThrowNoJwt();
  return object;
}

/// The payload of a token of three parts.
Json ReadPayload(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) ThrowNoJwt();
  const Json header = ReadObject(token.substr(0, first));
  const auto signature = protocol::Base64UrlDecode(token.substr(second + 1));
  // A token that says of itself that it is unsigned proves nothing to anybody.
  if (!header.value("alg", Json()).is_string() || header["alg"] == "none" || !signature ||
      signature->empty()) {
    ThrowNoJwt();
  }
  return ReadObject(token.substr(first + 1, second - first - 1));
}

[[noreturn]] void ThrowMissing(const std::string& claim) {
  throw AwsError(kInvalidIdentityToken, "Missing a required claim: " + claim);
}

std::string RequiredText(const Json& payload, const char* name) {
  const auto found = payload.find(name);
  if (found == payload.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) {
    ThrowMissing(name);
  }
  return found->get<std::string>();
}

std::string Audience(const Json& payload) {
  const auto found = payload.find("aud");
  if (found == payload.end()) ThrowMissing("aud");
  if (const auto azp = payload.find("azp"); azp != payload.end() && azp->is_string()) {
    return azp->get<std::string>();
  }
  const Json& first = found->is_array() && !found->empty() ? found->front() : *found;
  if (!first.is_string()) ThrowMissing("aud");
  return first.get<std::string>();
}

/// Seconds since the epoch; a number of more than it holds is as far as one can think.
std::int64_t RequiredTime(const Json& payload, const char* name) {
  const auto found = payload.find(name);
  if (found == payload.end() || !found->is_number()) ThrowMissing(name);
  constexpr double kFarthest = 1e15;
  return static_cast<std::int64_t>(std::clamp(found->get<double>(), -kFarthest, kFarthest));
}

void CheckTimes(const Json& payload, base::TimePoint now) {
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::int64_t expires = RequiredTime(payload, "exp");
  RequiredTime(payload, "iat");
  if (seconds >= expires) {
    throw AwsError(kExpiredToken, "Token expired: current date/time " + std::to_string(seconds) +
                                      " must be before the expiration date/time " + std::to_string(expires));
  }
  if (payload.contains("nbf") && seconds < RequiredTime(payload, "nbf")) {
    throw AwsError(kInvalidIdentityToken, "Token is not valid yet");
  }
}

/// {"principal_tags": {"Project": ["Automation"]}, "transitive_tag_keys": ["Project"]}
void ReadTags(const Json& payload, WebIdentity& identity) {
  const auto claim = payload.find(kTagsClaim);
  if (claim == payload.end() || !claim->is_object()) return;
  if (const auto tags = claim->find("principal_tags"); tags != claim->end() && tags->is_object()) {
    for (const auto& [key, value] : tags->items()) {
      const Json& text = value.is_array() && value.size() == 1 ? value.front() : value;
      if (text.is_string()) identity.tags.push_back({.key = key, .value = text.get<std::string>()});
    }
  }
  if (const auto keys = claim->find("transitive_tag_keys"); keys != claim->end() && keys->is_array()) {
    for (const Json& key : *keys) {
      if (key.is_string()) identity.transitive_tag_keys.push_back(key.get<std::string>());
    }
  }
}

}  // namespace

WebIdentity ReadWebIdentityToken(std::string_view token, base::TimePoint now) {
  const Json payload = ReadPayload(token);
  WebIdentity identity;
  identity.issuer = RequiredText(payload, "iss");
  identity.subject = RequiredText(payload, "sub");
  identity.audience = Audience(payload);
  CheckTimes(payload, now);
  ReadTags(payload, identity);
  if (const auto source = payload.find(kSourceIdentityClaim);
      source != payload.end() && source->is_string()) {
    identity.source_identity = source->get<std::string>();
    if (!IsSourceIdentity(*identity.source_identity)) {
      throw AwsError(kInvalidIdentityToken, std::string(kBadSourceIdentity));
    }
  }
  return identity;
}

}  // namespace cumulite::sts
