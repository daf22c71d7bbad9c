#include "services/elb/proxy/jwt.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "protocol/base64.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using Format = ValidateJwt::Format;

std::string Url(std::string_view bytes) {
  std::string text = protocol::Base64Encode(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

class JwtTest : public testing::Test {
 protected:
  static EVP_PKEY* Key() {
    static EVP_PKEY* const key = EVP_RSA_gen(2048);
    return key;
  }
  static std::string Number(const char* name) {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(Key(), name, &number);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(number);
    return Url(bytes);
  }
  static std::string Document(const std::string& id = "k1") {
    return R"({"keys":[{"kty":"EC","kid":"k0"},{"kty":"RSA","use":"sig","kid":")" + id + R"(","n":")" +
           Number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" + Number(OSSL_PKEY_PARAM_RSA_E) + R"("}]})";
  }
  static std::string Token(const std::string& payload,
                           const std::string& header = R"({"alg":"RS256","kid":"k1"})") {
    const std::string text = Url(header) + "." + Url(payload);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, Key());
    std::string signature(256, '\0');
    std::size_t size = signature.size();
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    return text + "." + Url(signature);
  }
  JwtVerdict Verify(const std::string& token) const {
    return VerifyJwt(token, JwtKeys::Parse(Document()).value(), wanted_, base::TimePoint(1'000s));
  }
  JwtVerdict VerifyPayload(const std::string& payload) const { return Verify(Token(payload)); }

  ValidateJwt wanted_{.jwks_endpoint = {}, .issuer = "https://idp", .claims = {}};
};

TEST_F(JwtTest, AGoodTokenIsValid) {
  EXPECT_EQ(VerifyPayload(R"({"iss":"https://idp","exp":1001,"nbf":1000,"iat":999})"), JwtVerdict::kValid);
}

TEST_F(JwtTest, TimesAndIssuer) {
  for (const char* payload :
       {R"({"iss":"https://idp"})", R"({"iss":"https://idp","exp":1000})",
        R"({"iss":"https://idp","exp":"2000"})", R"({"iss":"https://other","exp":2000})", R"({"exp":2000})",
        R"({"iss":"https://idp","exp":2000,"nbf":1001})", R"({"iss":"https://idp","exp":2000,"iat":1001})",
        R"({"iss":"https://idp","exp":2000,"nbf":"x"})"}) {
    EXPECT_EQ(VerifyPayload(payload), JwtVerdict::kInvalid) << payload;
  }
}

TEST_F(JwtTest, SignaturesAndAlgorithms) {
  const std::string payload = R"({"iss":"https://idp","exp":2000})";
  std::string forged = Token(payload);
  forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Verify(forged), JwtVerdict::kInvalid);
  EXPECT_EQ(Verify(Token(payload, R"({"alg":"none"})")), JwtVerdict::kInvalid);
  EXPECT_EQ(Verify(Token(payload, R"({"alg":"HS256","kid":"k1"})")), JwtVerdict::kInvalid);
  EXPECT_EQ(Verify(Token(payload, R"({"alg":"RS256","kid":"k1","crit":["x"]})")), JwtVerdict::kInvalid);
  EXPECT_EQ(Verify(Token(payload, R"({"alg":"RS256","kid":"k9"})")), JwtVerdict::kUnknownKey);
  EXPECT_EQ(Verify(Token(payload, R"({"alg":"RS256"})")), JwtVerdict::kValid) << "any key may have signed it";
}

TEST_F(JwtTest, WhatIsNoToken) {
  for (const char* token : {"", ".", "..", "a.b", "a.b.c", "e30.e30.", "e30.e30.e30.e30"}) {
    EXPECT_EQ(Verify(token), JwtVerdict::kInvalid) << token;
  }
}

TEST_F(JwtTest, AdditionalClaims) {
  const std::string payload =
      R"({"iss":"https://idp","exp":2000,"sub":"me","groups":["a","b"],"scope":"read write"})";
  const auto verdict = [&](const char* name, Format format, std::vector<std::string> values) {
    wanted_.claims = {{name, format, std::move(values)}};
    return VerifyPayload(payload) == JwtVerdict::kValid;
  };
  EXPECT_TRUE(verdict("sub", Format::kSingleString, {"you", "me"}));
  EXPECT_FALSE(verdict("sub", Format::kSingleString, {"you"}));
  EXPECT_TRUE(verdict("groups", Format::kStringArray, {"b"}));
  EXPECT_FALSE(verdict("groups", Format::kStringArray, {"c"}));
  EXPECT_FALSE(verdict("sub", Format::kStringArray, {"me"}));
  EXPECT_TRUE(verdict("scope", Format::kSpaceSeparatedValues, {"write"}));
  EXPECT_FALSE(verdict("scope", Format::kSpaceSeparatedValues, {"read write"}));
  EXPECT_FALSE(verdict("absent", Format::kSingleString, {"x"}));
}

TEST_F(JwtTest, Documents) {
  EXPECT_FALSE(JwtKeys::Parse("not json"));
  EXPECT_FALSE(JwtKeys::Parse("{}"));
  EXPECT_FALSE(JwtKeys::Parse(std::string(151 << 10, ' ') + Document()));
  EXPECT_EQ(JwtKeys::Parse(Document("x"))->For("x").size(), 1U);
  EXPECT_EQ(JwtKeys::Parse(R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})")->For("").size(), 0U)
      << "too short";
}

TEST_F(JwtTest, BearerTokens) {
  EXPECT_EQ(BearerToken("Bearer abc"), "abc");
  EXPECT_EQ(BearerToken("bearer  abc"), "abc");
  EXPECT_EQ(BearerToken("Basic abc"), "");
  EXPECT_EQ(BearerToken(""), "");
}

}  // namespace
}  // namespace cumulite::elb::proxy
