#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "protocol/http.h"
#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A load balancer that asks for a login, and an identity provider that knows one user.
class OidcGateTest : public DataPlaneTest {
 protected:
  OidcGateTest() {
    AddBackend(Backend::Answer([this](const Backend::Seen& seen) {
      asked_ = seen;
      if (status_ != 200) return "HTTP/1.1 " + std::to_string(status_) + " No\r\nContent-Length: 0\r\n\r\n";
      if (seen.head.starts_with("POST /token")) return Content(R"({"access_token":"tok-1"})");
      return Content(R"({"sub":"user-7","email":"u@example.com"})");
    }));
    action_.issuer = "https://idp.example.com";
    action_.authorization_endpoint = "https://idp.example.com/authorize";
    action_.token_endpoint = "http://127.0.0.1:" + std::to_string(backends_[0]->port()) + "/token";
    action_.user_info_endpoint = "http://127.0.0.1:" + std::to_string(backends_[0]->port()) + "/me";
    action_.client_id = "client-1";
    action_.client_secret = "secret";
    action_.extra_params = {{"display", "page"}};
  }
  void Protect() {
    target_ = &AddBackend("secret page");
    Rule rule;
    rule.gate = action_;
    rule.action = Forward{.groups = {{Group("g", {target_}), 1}}};
    listener_->rules = {rule};
    Install();
  }
  static std::string Parameter(const std::string& url, std::string_view name) {
    const auto parameters = protocol::ParseQuery(std::string_view(url).substr(url.find('?') + 1));
    if (!parameters) return "?";
    for (const auto& parameter : *parameters) {
      if (parameter.name == name) return parameter.value;
    }
    return "";
  }
  /// The cookies that an answer sets, as the next request sends them.
  static std::string CookiesOf(const testing::Reply& reply) {
    std::string line;
    for (const auto& [name, value] : reply.headers) {
      if (name == "Set-Cookie") line += (line.empty() ? "Cookie: " : "; ") + value.substr(0, value.find(';'));
    }
    return line + "\r\n";
  }
  testing::Reply LogIn() {
    const testing::Reply sent = SendGet("/page?x=1");
    const std::string state = Parameter(sent.Header("Location"), "state");
    return SendGet("/oauth2/idpresponse?code=c0de&state=" + state, CookiesOf(sent));
  }

  /// ES256 by that key: the signature is two numbers of 32 bytes.
  static bool IsSigned(const std::string& token, const std::string& pem) {
    BIO* const memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    EVP_PKEY* const key = PEM_read_bio_PUBKEY(memory, nullptr, nullptr, nullptr);
    BIO_free(memory);
    const std::size_t dot = token.rfind('.');
    std::string standard = token.substr(dot + 1);
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    const std::string raw = protocol::Base64Decode(standard).value_or("");
    if (key == nullptr || raw.size() != 64) return false;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(raw.data());
    ECDSA_SIG* const signature = ECDSA_SIG_new();
    ECDSA_SIG_set0(signature, BN_bin2bn(bytes, 32, nullptr), BN_bin2bn(bytes + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature, &der);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
    const bool good = EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                                       reinterpret_cast<const unsigned char*>(token.data()), dot) == 1;
    EVP_MD_CTX_free(context);
    OPENSSL_free(der);
    ECDSA_SIG_free(signature);
    EVP_PKEY_free(key);
    return good;
  }

  AuthenticateOidc action_;
  Backend* target_ = nullptr;
  std::atomic<int> status_ = 200;
  Backend::Seen asked_;
};

TEST_F(OidcGateTest, WhoIsNotLoggedInIsSentToTheIdentityProvider) {
  Protect();
  const testing::Reply reply = SendGet("/page");
  EXPECT_EQ(reply.status, 302);
  const std::string location = reply.Header("Location");
  EXPECT_THAT(location, StartsWith("https://idp.example.com/authorize?client_id=client-1&"));
  EXPECT_EQ(Parameter(location, "redirect_uri"), "https://www.example.com/oauth2/idpresponse");
  EXPECT_EQ(Parameter(location, "response_type"), "code");
  EXPECT_EQ(Parameter(location, "scope"), "openid");
  EXPECT_EQ(Parameter(location, "display"), "page");
  EXPECT_TRUE(target_->seen().empty());
}

TEST_F(OidcGateTest, ALoginOpensASessionThatTellsTheTargetWhoItIs) {
  Protect();
  const testing::Reply back = LogIn();
  EXPECT_EQ(back.status, 302);
  EXPECT_EQ(back.Header("Location"), "https://www.example.com/page?x=1") << "where the user wanted to go";
  const std::string cookies = CookiesOf(back);
  EXPECT_THAT(cookies, HasSubstr("AWSELBAuthSessionCookie-0="));
  EXPECT_THAT(cookies, Not(HasSubstr("user-7"))) << "sealed";
  const testing::Reply page = SendGet("/page", cookies + "X-Amzn-Oidc-Identity: somebody-else\r\n");
  EXPECT_EQ(page.body, "secret page");
  const std::string head = target_->last().head;
  EXPECT_THAT(head, HasSubstr("x-amzn-oidc-identity: user-7\r\n"));
  EXPECT_THAT(head, HasSubstr("x-amzn-oidc-accesstoken: tok-1\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("somebody-else")));
  const std::size_t data = head.find("x-amzn-oidc-data: ") + 18;
  const std::string token = head.substr(data, head.find("\r\n", data) - data);
  const auto header = protocol::Base64Decode(token.substr(0, token.find('.')));
  ASSERT_TRUE(header);
  const auto json = nlohmann::json::parse(*header);
  EXPECT_EQ(json["alg"], "ES256");
  EXPECT_EQ(json["signer"], load_balancer_->arn);
  EXPECT_TRUE(IsSigned(token, plane_->PublicKey(json["kid"].get<std::string>()).value_or("")));
  EXPECT_FALSE(plane_->PublicKey("another"));
  Advance(std::chrono::seconds(604'800));
  EXPECT_EQ(SendGet("/page", cookies).status, 302) << "the session is over";
}

TEST_F(OidcGateTest, WhatTheProviderDoesWrong) {
  Protect();
  EXPECT_EQ(SendGet("/oauth2/idpresponse?error=access_denied&state=x").status, 561);
  EXPECT_EQ(SendGet("/oauth2/idpresponse").status, 400);
  status_ = 400;
  EXPECT_EQ(LogIn().status, 561);
  action_.token_endpoint = "http://127.0.0.1:" + std::to_string(FreePort()) + "/token";
  Protect();
  EXPECT_EQ(LogIn().status, 500);
}

TEST_F(OidcGateTest, AStateOfSomebodyElseIsRefused) {
  Protect();
  EXPECT_EQ(SendGet("/oauth2/idpresponse?code=c&state=forged").status, 401);
  const testing::Reply sent = SendGet("/page");
  const std::string state = Parameter(sent.Header("Location"), "state");
  EXPECT_EQ(SendGet("/oauth2/idpresponse?code=c&state=" + state).status, 401)
      << "without the browser's cookie";
  Advance(std::chrono::minutes(15));
  EXPECT_EQ(SendGet("/oauth2/idpresponse?code=c&state=" + state, CookiesOf(sent)).status, 401) << "too late";
  EXPECT_EQ(SendGet("/page", "Cookie: AWSELBAuthSessionCookie-0=" + state + "\r\n").status, 302)
      << "a state is no session";
}

TEST_F(OidcGateTest, WhatBecomesOfOthersIsTheActionsChoice) {
  action_.on_unauthenticated = AuthenticateOidc::Otherwise::kDeny;
  Protect();
  EXPECT_EQ(SendGet("/page").status, 401);
  action_.on_unauthenticated = AuthenticateOidc::Otherwise::kAllow;
  Protect();
  EXPECT_EQ(Get("/page", "X-Amzn-Oidc-Identity: admin\r\n"), "secret page");
  EXPECT_THAT(target_->last().head, Not(HasSubstr("admin")));
}

}  // namespace
}  // namespace cumulite::elb::proxy
