#include "protocol/web_key.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <nlohmann/json.hpp>

#include "protocol/base64.h"

namespace cumulite::protocol {
namespace {
using Json = nlohmann::json;

std::string Decoded(const std::string& text) { return Base64UrlDecode(text).value(); }

BIGNUM* NumberOf(const std::string& bytes) {
  return BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()), nullptr);
}

/// The public key that a JWK describes, as one who has nothing else makes it.
EVP_PKEY* KeyOf(const Json& jwk) {
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  const bool rsa = jwk["kty"] == "RSA";
  std::string point;
  BIGNUM* const modulus = rsa ? NumberOf(Decoded(jwk["n"])) : nullptr;
  BIGNUM* const exponent = rsa ? NumberOf(Decoded(jwk["e"])) : nullptr;
  if (rsa) {
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus);
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent);
  } else {
    point = "\x04" + Decoded(jwk["x"]) + Decoded(jwk["y"]);
    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "P-384", 0);
    OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  }
  OSSL_PARAM* parameters = OSSL_PARAM_BLD_to_param(builder);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "EC", nullptr);
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context);
  EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  BN_free(modulus);
  BN_free(exponent);
  return key;
}

/// As OpenSSL wants the two numbers.
std::string EcDer(const std::string& plain) {
  ECDSA_SIG* signature = ECDSA_SIG_new();
  ECDSA_SIG_set0(signature, NumberOf(plain.substr(0, 48)), NumberOf(plain.substr(48)));
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(signature, &bytes);
  std::string der(reinterpret_cast<char*>(bytes), std::size_t(size));
  OPENSSL_free(bytes);
  ECDSA_SIG_free(signature);
  return der;
}

bool Verifies(const Json& jwk, const std::string& text, std::string signature) {
  const bool rsa = jwk["kty"] == "RSA";
  if (!rsa) signature = EcDer(signature);
  EVP_PKEY* key = KeyOf(jwk);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, rsa ? EVP_sha256() : EVP_sha384(), nullptr, key);
  const bool good =
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return good;
}

class WebKeyTest : public testing::TestWithParam<WebKey::Algorithm> {};

TEST_P(WebKeyTest, WhatItSignsIsVerifiedByItsPublicKeyAlone) {
  const WebKey key = WebKey::Generate(GetParam());
  const Json jwk = Json::parse(key.PublicJwk());
  EXPECT_EQ(jwk["kid"], key.id());
  EXPECT_EQ(jwk["alg"], key.algorithm());
  EXPECT_FALSE(jwk.contains("d")) << "the private part";
  const std::string token = key.MakeToken(R"({"sub":"me"})");
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  const Json header = Json::parse(Decoded(token.substr(0, first)));
  EXPECT_EQ(header["alg"], key.algorithm());
  EXPECT_EQ(header["kid"], key.id());
  EXPECT_EQ(Decoded(token.substr(first + 1, second - first - 1)), R"({"sub":"me"})");
  const std::string signature = Decoded(token.substr(second + 1));
  EXPECT_TRUE(Verifies(jwk, token.substr(0, second), signature));
  EXPECT_FALSE(Verifies(jwk, token.substr(0, second) + "x", signature));
}

TEST_P(WebKeyTest, AStoredKeyIsTheSame) {
  const WebKey key = WebKey::Generate(GetParam());
  const WebKey again(key.private_key());
  EXPECT_EQ(again.id(), key.id());
  EXPECT_EQ(again.PublicJwk(), key.PublicJwk());
  EXPECT_THROW(WebKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(Algorithms, WebKeyTest,
                         testing::Values(WebKey::Algorithm::kRs256, WebKey::Algorithm::kEs384));

TEST(Base64UrlTest, HasNoPaddingAndItsOwnAlphabet) {
  EXPECT_EQ(Base64UrlEncode("\xfb\xff"), "-_8");
  EXPECT_EQ(Base64UrlEncode(""), "");
  EXPECT_EQ(Base64UrlDecode("-_8"), "\xfb\xff");
  for (const char* text : {"+/8", "-_8=", "a", "-_9", "a b"}) {
    EXPECT_EQ(Base64UrlDecode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace cumulite::protocol
