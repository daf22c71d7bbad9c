#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "net/http_client.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "services/elb/proxy/oidc_session.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// Lets users in who have logged in with the identity provider of an authenticate-oidc action, and sends all
/// others to it.
///
/// Thread: any loop.
/// Source: User Guide "Authenticate users using an Application Load Balancer".
class OidcGate {
 public:
  /// Both outlive it.
  OidcGate(net::HttpClient& http, const base::Clock& clock) : http_(http), clock_(clock) {}

  struct Outcome {
    enum class Kind { kPasses, kRefused, kRedirected } kind = Kind::kRefused;
    int status = 0;           // kRefused: 400, 401, 500, 561
    std::string identity;     // kPasses: complete header lines for the target
    std::string location;     // kRedirected
    std::string set_cookies;  // kRedirected: complete header lines
  };
  /// `request` outlives it.
  runtime::Task<Outcome> Check(const AuthenticateOidc& action, std::string load_balancer_arn,
                               const protocol::HttpRequest& request);

  /// The PEM of the key that `kid` of x-amzn-oidc-data names.
  std::optional<std::string> PublicKey(std::string_view key_id) const;

 private:
  runtime::Task<Outcome> TakeCode(const AuthenticateOidc& action, std::string load_balancer_arn,
                                  const protocol::HttpRequest& request);
  runtime::Task<int> LogIn(const AuthenticateOidc& action, std::string form, OidcSession& session);
  Outcome SendToLogIn(const AuthenticateOidc& action, const std::string& load_balancer_arn,
                      const protocol::HttpRequest& request) const;
  OidcSigner& Signer();

  net::HttpClient& http_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::unique_ptr<OidcSigner> signer_;  // made when the first user comes
};

}  // namespace cumulite::elb::proxy
