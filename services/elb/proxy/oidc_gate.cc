#include "services/elb/proxy/oidc_gate.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "base/log.h"
#include "protocol/hmac.h"
#include "services/elb/proxy/sticky_cookie.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using Json = nlohmann::json;
using Outcome = OidcGate::Outcome;

/// "IdP calls time out after 5 s."
constexpr auto kTimeout = 5s;
/// A user has so long to log in.
constexpr auto kLogInTimeout = 15min;
/// Claims above are a 500; a cookie's shard has at most 4 K, with its name and attributes.
constexpr std::size_t kMaxClaims = 11 << 10;
constexpr std::size_t kShard = 3'800;
constexpr std::size_t kMostShards = 8;
constexpr std::string_view kCallback = "/oauth2/idpresponse";
constexpr std::string_view kNonceCookie = "AWSALBAuthNonce";

Outcome Refused(int status) { return {.kind = Outcome::Kind::kRefused, .status = status}; }

std::string Field(std::string_view name, std::string_view value) {
  return std::string(name) + "=" + protocol::PercentEncode(value);
}

std::string Cookie(const protocol::HttpRequest& request, std::string_view name) {
  for (const protocol::HeaderField& header : request.headers) {
    if (!protocol::EqualsIgnoreCase(header.name, "Cookie")) continue;
    if (const auto value = FindCookie(header.value, name)) return std::string(*value);
  }
  return {};
}

std::string SessionCookie(const protocol::HttpRequest& request, const std::string& name) {
  std::string whole;
  for (std::size_t i = 0; i < kMostShards; ++i) {
    const std::string shard = Cookie(request, name + "-" + std::to_string(i));
    if (shard.empty()) break;
    whole += shard;
  }
  return whole;
}

void SetCookie(const std::string& name, std::string_view value, std::chrono::seconds lifetime,
               std::string& lines) {
  lines.append("Set-Cookie: ").append(name).append("=").append(value);
  lines.append("; Max-Age=").append(std::to_string(lifetime.count()));
  lines.append("; Path=/; Secure; HttpOnly; SameSite=None\r\n");
}

/// Where the identity provider sends the user back to.
std::string CallbackUrl(const protocol::HttpRequest& request) {
  return "https://" + std::string(request.Header("Host")) + std::string(kCallback);
}

bool IsText(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// What the query of the callback says of itself.
struct Callback {
  std::string code;
  std::string state;
  bool failed = false;
};

std::optional<Callback> ReadCallback(const protocol::HttpRequest& request) {
  const auto parameters = protocol::ParseQuery(request.query);
  if (!parameters) return std::nullopt;
  Callback callback;
  for (const auto& [name, value] : *parameters) {
    if (name == "code") callback.code = value;
    if (name == "state") callback.state = value;
    if (name == "error") callback.failed = true;
  }
  return callback;
}
}  // namespace

OidcSigner& OidcGate::Signer() {
  const std::scoped_lock lock(mutex_);
  if (!signer_) signer_ = std::make_unique<OidcSigner>();
  return *signer_;
}

std::optional<std::string> OidcGate::PublicKey(std::string_view key_id) const {
  const std::scoped_lock lock(mutex_);
  if (!signer_ || signer_->key_id() != key_id) return std::nullopt;
  return signer_->public_key_pem();
}

Outcome OidcGate::SendToLogIn(const AuthenticateOidc& action, const std::string& load_balancer_arn,
                              const protocol::HttpRequest& request) const {
  std::string nonce_bytes(16, '\0');
  base::SecureRandom(std::as_writable_bytes(std::span(nonce_bytes)));
  const OidcSeal seal(action, load_balancer_arn, "state");
  const std::string url = "https://" + std::string(request.Header("Host")) + std::string(request.path) +
                          (request.query.empty() ? "" : "?" + std::string(request.query));
  const std::string nonce = seal.Seal(nonce_bytes);
  const Json state{
      {"u", url}, {"n", nonce}, {"e", (clock_.Now() + kLogInTimeout).time_since_epoch().count()}};
  Outcome outcome{.kind = Outcome::Kind::kRedirected};
  std::string& location = outcome.location;
  location = action.authorization_endpoint;
  location += location.find('?') == std::string::npos ? '?' : '&';
  location += Field("client_id", action.client_id) + "&" + Field("redirect_uri", CallbackUrl(request)) +
              "&response_type=code&" + Field("scope", action.scope) + "&" +
              Field("state", seal.Seal(state.dump(-1, ' ', false, Json::error_handler_t::replace)));
  for (const auto& [name, value] : action.extra_params) {
    location += "&" + Field(protocol::PercentEncode(name), value);
  }
  SetCookie(std::string(kNonceCookie), nonce, kLogInTimeout, outcome.set_cookies);
  return outcome;
}

/// 0, or the status that the user gets. `form` is what the token endpoint is told.
runtime::Task<int> OidcGate::LogIn(const AuthenticateOidc& action, std::string form, OidcSession& session) {
  net::HttpCall tokens{.method = "POST", .url = action.token_endpoint};
  tokens.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  tokens.body = std::move(form);
  tokens.timeout = kTimeout;
  runtime::Task<net::HttpResult> asked = http_.Send(std::move(tokens));
  net::HttpResult token = co_await asked;
  if (!token.ok()) {
    base::Logger("elb")->warn("no answer of the token endpoint cause={}", token.error().detail);
    co_return 500;
  }
  if (token.answer().status != 200) co_return 561;
  const Json granted = Json::parse(token.answer().body, nullptr, false);
  if (!granted.is_object() || !granted.contains("access_token") || !granted["access_token"].is_string()) {
    co_return 561;
  }
  session.access_token = granted["access_token"].get<std::string>();
  if (!IsText(session.access_token)) co_return 561;
  net::HttpCall user{.method = "GET", .url = action.user_info_endpoint};
  user.headers = {{"Authorization", "Bearer " + session.access_token}, {"Accept", "application/json"}};
  user.timeout = kTimeout;
  runtime::Task<net::HttpResult> told = http_.Send(std::move(user));
  net::HttpResult info = co_await told;
  if (!info.ok()) {
    base::Logger("elb")->warn("no answer of the user info endpoint cause={}", info.error().detail);
    co_return 500;
  }
  if (info.answer().status != 200) co_return 561;
  session.claims = std::move(info.answer().body);
  if (session.Subject().empty() || !IsText(session.Subject())) co_return 561;
  co_return session.claims.size() > kMaxClaims ? 500 : 0;
}

/// The user comes back from the identity provider.
runtime::Task<Outcome> OidcGate::TakeCode(const AuthenticateOidc& action, std::string load_balancer_arn,
                                          const protocol::HttpRequest& request) {
  const std::optional<Callback> callback = ReadCallback(request);
  if (!callback) co_return Refused(400);
  if (callback->failed) co_return Refused(561);
  if (callback->code.empty() || callback->state.empty()) co_return Refused(400);
  const std::optional<std::string> opened =
      OidcSeal(action, load_balancer_arn, "state").Open(callback->state);
  const Json state = Json::parse(opened.value_or(""), nullptr, false);
  // What we sealed has all of them; the nonce binds the login to the browser that began it.
  if (!state.is_object() || !state.contains("n")) co_return Refused(401);
  const base::TimePoint until(std::chrono::milliseconds(state["e"].get<std::int64_t>()));
  const bool same_browser =
      protocol::ConstantTimeEquals(state["n"].get<std::string>(), Cookie(request, kNonceCookie));
  if (until <= clock_.Now() || !same_browser) co_return Refused(401);
  std::string form = "grant_type=authorization_code&" + Field("code", callback->code) + "&" +
                     Field("redirect_uri", CallbackUrl(request)) + "&" +
                     Field("client_id", action.client_id) + "&" +
                     Field("client_secret", action.client_secret);
  OidcSession session;
  session.expires = clock_.Now() + action.session_timeout;
  runtime::Task<int> logged_in = LogIn(action, std::move(form), session);
  if (const int status = co_await logged_in; status != 0) co_return Refused(status);
  const std::string sealed = OidcSeal(action, load_balancer_arn, "session").Seal(session.ToJson());
  if (sealed.size() > kShard * kMostShards) co_return Refused(500);
  Outcome outcome{.kind = Outcome::Kind::kRedirected};
  outcome.location = state["u"].get<std::string>();
  std::size_t shard = 0;
  for (std::size_t at = 0; at < sealed.size(); at += kShard, ++shard) {
    SetCookie(action.session_cookie_name + "-" + std::to_string(shard), sealed.substr(at, kShard),
              action.session_timeout, outcome.set_cookies);
  }
  // What an earlier, longer session has left would be read as the end of this one.
  if (shard < kMostShards) {
    SetCookie(action.session_cookie_name + "-" + std::to_string(shard), "", 0s, outcome.set_cookies);
  }
  SetCookie(std::string(kNonceCookie), "", 0s, outcome.set_cookies);
  co_return outcome;
}

runtime::Task<Outcome> OidcGate::Check(const AuthenticateOidc& action, std::string load_balancer_arn,
                                       const protocol::HttpRequest& request) {
  if (request.path == kCallback) {
    runtime::Task<Outcome> taken = TakeCode(action, std::move(load_balancer_arn), request);
    Outcome outcome = co_await taken;
    co_return outcome;
  }
  const std::string sealed = SessionCookie(request, action.session_cookie_name);
  std::optional<OidcSession> session;
  if (!sealed.empty()) {
    const auto opened = OidcSeal(action, load_balancer_arn, "session").Open(sealed);
    if (opened) session = OidcSession::Parse(*opened);
  }
  if (session && session->expires > clock_.Now()) {
    Outcome outcome{.kind = Outcome::Kind::kPasses};
    outcome.identity =
        "x-amzn-oidc-data: " + OidcData(Signer(), *session, action, load_balancer_arn, clock_.Now()) +
        "\r\n" + "x-amzn-oidc-identity: " + session->Subject() + "\r\n" +
        "x-amzn-oidc-accesstoken: " + session->access_token + "\r\n";
    co_return outcome;
  }
  switch (action.on_unauthenticated) {
    case AuthenticateOidc::Otherwise::kAllow:
      co_return Outcome{.kind = Outcome::Kind::kPasses};
    case AuthenticateOidc::Otherwise::kDeny:
      co_return Refused(401);
    case AuthenticateOidc::Otherwise::kAuthenticate:
      break;
  }
  co_return SendToLogIn(action, load_balancer_arn, request);
}

}  // namespace cumulite::elb::proxy
