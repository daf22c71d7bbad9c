#include "services/elb/proxy/jwt_gate.h"

#include "base/log.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;

/// How long keys are believed; AWS does not tell.
constexpr auto kLifetime = 5min;
/// A token with a key that we do not know may be signed by a new one: asked for no more often than that.
constexpr auto kLeastAge = 10s;
/// "IdP calls time out after 5 s."
constexpr auto kTimeout = 5s;
}  // namespace

JwtGate::Known JwtGate::Find(const std::string& endpoint) {
  const std::scoped_lock lock(mutex_);
  const auto found = known_.find(endpoint);
  return found == known_.end() ? Known{} : found->second;
}

/// What was known before stays when the endpoint fails.
runtime::Task<JwtGate::Known> JwtGate::Fetch(std::string endpoint) {
  net::HttpCall call;
  call.url = endpoint;
  call.timeout = kTimeout;
  call.max_body = 160 << 10;
  runtime::Task<net::HttpResult> sent = http_.Send(std::move(call));
  net::HttpResult result = co_await sent;
  std::optional<JwtKeys> keys;
  if (result.ok() && result.answer().status == 200) keys = JwtKeys::Parse(result.answer().body);
  if (!keys) {
    base::Logger("elb")->warn("no keys from endpoint={} cause={}", endpoint,
                              result.ok() ? "not a JWKS document" : result.error().detail);
    co_return Find(endpoint);
  }
  const Known fresh{std::make_shared<const JwtKeys>(std::move(*keys)), clock_.Now()};
  const std::scoped_lock lock(mutex_);
  known_[endpoint] = fresh;
  co_return fresh;
}

runtime::Task<int> JwtGate::Check(const ValidateJwt& wanted, std::string authorization) {
  const std::string_view token = BearerToken(authorization);
  if (token.empty()) co_return 401;
  Known known = Find(wanted.jwks_endpoint);
  if (!known.keys || known.fetched + kLifetime <= clock_.Now()) {
    runtime::Task<Known> fetched = Fetch(wanted.jwks_endpoint);
    known = co_await fetched;
  }
  if (!known.keys) co_return 500;
  JwtVerdict verdict = VerifyJwt(token, *known.keys, wanted, clock_.Now());
  if (verdict == JwtVerdict::kUnknownKey && known.fetched + kLeastAge <= clock_.Now()) {
    runtime::Task<Known> fetched = Fetch(wanted.jwks_endpoint);
    known = co_await fetched;
    verdict = VerifyJwt(token, *known.keys, wanted, clock_.Now());
  }
  co_return verdict == JwtVerdict::kValid ? 0 : 401;
}

}  // namespace cumulite::elb::proxy
