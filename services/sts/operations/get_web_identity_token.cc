#include "services/sts/operations/get_web_identity_token.h"

#include <string_view>

#include "base/ids.h"
#include "base/time_text.h"
#include "protocol/json_writer.h"
#include "protocol/session.h"
#include "services/sts/access.h"
#include "services/sts/errors.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
namespace {
using protocol::JsonWriter;
using protocol::Wire;

constexpr std::int32_t kFiveMinutes = 300;
constexpr std::string_view kAlgorithms[] = {"RS256", "ES384"};
constexpr protocol::Limits kAudience = protocol::Limits{}.Length(1, 1'000);

void WriteText(JsonWriter& json, std::string_view name, std::string_view text) {
  json.Key(name);
  json.String(text);
}

void WriteAudience(JsonWriter& json, const std::vector<std::string>& audience) {
  if (audience.size() == 1) return WriteText(json, "aud", audience.front());
  json.Key("aud");
  json.OpenArray();
  for (const std::string& one : audience) json.String(one);
  json.CloseArray();
}

/// What AWS knows of the caller, in a claim of its own.
void WriteAwsClaims(JsonWriter& json, const protocol::Identity& caller, const std::vector<Tag>& tags) {
  json.Key("https://sts.amazonaws.com/");
  json.OpenObject();
  WriteText(json, "aws_account", caller.account);
  WriteText(json, "source_region", caller.region);
  WriteText(json, "principal_id", caller.principal);
  if (caller.session && !caller.session->role_arn.empty()) {
    WriteText(json, "original_session_exp", base::FormatIso8601(caller.session->expires));
  }
  if (caller.session && !caller.session->tags.empty()) {
    json.Key("principal_tags");
    json.OpenObject();
    for (const auto& [key, value] : caller.session->tags) WriteText(json, key, value);
    json.CloseObject();
  }
  if (!tags.empty()) {
    json.Key("request_tags");
    json.OpenObject();
    for (const Tag& tag : tags) WriteText(json, tag.key, tag.value);
    json.CloseObject();
  }
  json.CloseObject();
}

/// A role's session is known by its role.
const std::string& SubjectOf(const protocol::Identity& caller) {
  const bool role = caller.session && !caller.session->role_arn.empty();
  return role ? caller.session->role_arn : caller.principal;
}

}  // namespace

protocol::Members GetWebIdentityTokenRequest::Describe() {
  using R = GetWebIdentityTokenRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::audience>("Audience").Required().Length(1, 10).Elements(kAudience),
      Wire<&R::duration_seconds>("DurationSeconds").Range(60, 3'600),
      Wire<&R::signing_algorithm>("SigningAlgorithm").Required().Values(kAlgorithms),
      Wire<&R::tags>("Tags").Length(0, 50),
  };
  return kMembers;
}

protocol::Members GetWebIdentityTokenResponse::Describe() {
  using R = GetWebIdentityTokenResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::web_identity_token>("WebIdentityToken"),
      Wire<&R::expiration>("Expiration"),
  };
  return kMembers;
}

runtime::Task<GetWebIdentityTokenResponse> GetWebIdentityToken(StsService& sts,
                                                               const protocol::RequestContext& context,
                                                               GetWebIdentityTokenRequest request) {
  const protocol::Identity& caller = context.identity;
  RequireAllowed(context, "sts:GetWebIdentityToken", "*", caller.account);
  CheckTags(request.tags);
  const auto now = std::chrono::floor<std::chrono::seconds>(context.clock->Now());
  const auto expires = now + std::chrono::seconds(request.duration_seconds.value_or(kFiveMinutes));
  if (caller.session && expires > caller.session->expires) {
    throw protocol::AwsError(
        kSessionDurationEscalation,
        "The requested token duration would extend the session beyond its original expiration time.");
  }
  {
    runtime::Task<void> prepared = sts.keys().Prepare();
    co_await prepared;
  }
  std::string payload;
  JsonWriter json(payload);
  json.OpenObject();
  WriteText(json, "iss", IssuerUrl(context.scheme, context.host, caller.account));
  WriteAudience(json, request.audience);
  WriteText(json, "sub", SubjectOf(caller));
  json.Key("iat");
  json.Int(now.time_since_epoch().count());
  json.Key("exp");
  json.Int(expires.time_since_epoch().count());
  WriteText(json, "jti", base::RandomUuid());
  WriteAwsClaims(json, caller, request.tags);
  json.CloseObject();
  const bool rsa = request.signing_algorithm == kAlgorithms[0];
  const base::TimePoint end = expires;
  GetWebIdentityTokenResponse response;
  response.web_identity_token = (rsa ? sts.keys().rs256() : sts.keys().es384()).MakeToken(payload);
  response.expiration = {.milliseconds = end.time_since_epoch().count()};
  co_return response;
}

}  // namespace cumulite::sts
