#include "services/sts/sts_service.h"

#include "protocol/json_writer.h"

namespace cumulite::sts {
namespace {

constexpr std::string_view kConfiguration = "/.well-known/openid-configuration";
constexpr std::string_view kKeySet = "/.well-known/jwks.json";

/// Source: OpenID Connect Discovery 1.0, 3.
std::string Configuration(std::string_view issuer) {
  std::string text;
  protocol::JsonWriter json(text);
  const auto list = [&json](std::string_view name, std::initializer_list<std::string_view> values) {
    json.Key(name);
    json.OpenArray();
    for (const std::string_view value : values) json.String(value);
    json.CloseArray();
  };
  json.OpenObject();
  json.Key("issuer");
  json.String(issuer);
  json.Key("jwks_uri");
  json.String(std::string(issuer).append(kKeySet));
  list("response_types_supported", {"id_token"});
  list("subject_types_supported", {"public"});
  list("id_token_signing_alg_values_supported", {"RS256", "ES384"});
  list("claims_supported", {"sub", "aud", "exp", "iat", "iss", "jti", "https://sts.amazonaws.com/"});
  json.CloseObject();
  return text;
}

}  // namespace

/// What an issuer shows everybody: where its keys are, and the keys.
runtime::Task<bool> StsService::ServePublished(protocol::Exchange& exchange) {
  std::string_view path = exchange.request.path;
  const bool keys = path.ends_with(kKeySet);
  if (exchange.request.method != "GET" || (!keys && !path.ends_with(kConfiguration))) co_return false;
  path.remove_suffix(keys ? kKeySet.size() : kConfiguration.size());
  if (!IsIssuerUrl(path)) co_return false;
  exchange.operation = keys ? "GetJwks" : "GetOpenIdConfiguration";
  if (keys) {
    runtime::Task<void> prepared = keys_.Prepare();
    co_await prepared;
    exchange.response.body = keys_.KeySet();
  } else {
    const protocol::RequestContext& context = exchange.context;
    exchange.response.body =
        Configuration(std::string(context.scheme).append("://").append(context.host).append(path));
  }
  exchange.response.AddHeader("Content-Type", "application/json");
  co_return true;
}

runtime::Task<void> StsService::Handle(protocol::Exchange& exchange) {
  runtime::Task<bool> served = ServePublished(exchange);
  if (co_await served) co_return;
  runtime::Task<void> handled = protocol::HandleRpc(kModel, this, exchange);
  co_await handled;
}

runtime::Task<void> StsService::Reset(services::ResetScope) { co_return; }

}  // namespace cumulite::sts
