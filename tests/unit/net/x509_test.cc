#include "net/x509.h"

#include "net/certificate.h"

namespace cumulite::net {
namespace {
using std::chrono::hours;

constexpr base::TimePoint kNow{std::chrono::seconds(1'767'323'045)};  // 2026-01-02T03:04:05Z

class X509Test : public ::testing::Test {
 protected:
  SelfSigned Issue(const std::string& algorithm = "EC_prime256v1") const {
    return IssueCertificate(authority_, {.names = {"example.com", "*.example.com"},
                                         .key_algorithm = algorithm,
                                         .not_before = kNow,
                                         .not_after = kNow + hours(24)});
  }
  const SelfSigned authority_ = MakeAuthority("Test CA", kNow);
};

TEST_F(X509Test, AnIssuedCertificateSaysWhatWasWished) {
  const auto facts = ReadCertificate(Issue().certificate_pem);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->common_name, "example.com");
  EXPECT_EQ(facts->subject, "CN=example.com");
  EXPECT_EQ(facts->issuer, "Test CA");
  EXPECT_THAT(facts->host_names, testing::ElementsAre("example.com", "*.example.com"));
  EXPECT_EQ(facts->key_algorithm, "EC_prime256v1");
  EXPECT_EQ(facts->signature_algorithm, "SHA256WITHECDSA");
  EXPECT_EQ(facts->not_before, kNow);
  EXPECT_EQ(facts->not_after, kNow + hours(24));
  EXPECT_THAT(facts->key_usages, testing::ElementsAre("DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"));
  ASSERT_EQ(facts->extended_key_usages.size(), 2u);
  EXPECT_EQ(facts->extended_key_usages[0].name, "TLS_WEB_SERVER_AUTHENTICATION");
  EXPECT_EQ(facts->extended_key_usages[0].oid, "1.3.6.1.5.5.7.3.1");
  EXPECT_FALSE(facts->is_authority);
  EXPECT_THAT(facts->serial, testing::MatchesRegex("([0-9a-f][0-9a-f]:)+[0-9a-f][0-9a-f]"));
}

TEST_F(X509Test, KeysAreOfTheKindWished) {
  EXPECT_EQ(ReadCertificate(Issue("RSA_2048").certificate_pem)->key_algorithm, "RSA_2048");
  EXPECT_EQ(ReadCertificate(Issue("EC_secp384r1").certificate_pem)->key_algorithm, "EC_secp384r1");
}

TEST_F(X509Test, ANameTooLongForASubjectIsAnAlternativeNameAlone) {
  const std::string name = std::string(60, 'a').append(".example.com");  // GCC 12 misreads '+' (bug 105651)
  const SelfSigned issued = IssueCertificate(
      authority_,
      {.names = {name}, .key_algorithm = "EC_prime256v1", .not_before = kNow, .not_after = kNow + hours(1)});
  const auto facts = ReadCertificate(issued.certificate_pem);
  EXPECT_EQ(facts->common_name, "");
  EXPECT_THAT(facts->host_names, testing::ElementsAre(name));
}

TEST_F(X509Test, AKeyFitsItsOwnCertificateOnly) {
  const SelfSigned issued = Issue();
  EXPECT_EQ(MatchKey(issued.certificate_pem, issued.key_pem), KeyMatch::kFits);
  EXPECT_EQ(MatchKey(issued.certificate_pem, authority_.key_pem), KeyMatch::kOther);
  EXPECT_EQ(MatchKey(issued.certificate_pem, "x"), KeyMatch::kNoKey);
}

TEST_F(X509Test, AChainIsOneOfSignatures) {
  const SelfSigned issued = Issue();
  EXPECT_TRUE(IsChainOf(issued.certificate_pem, authority_.certificate_pem));
  EXPECT_TRUE(IsChainOf(authority_.certificate_pem, authority_.certificate_pem)) << "self-signed";
  EXPECT_FALSE(IsChainOf(issued.certificate_pem, issued.certificate_pem));
  EXPECT_FALSE(IsChainOf(issued.certificate_pem, MakeAuthority("Other", kNow).certificate_pem));
  EXPECT_TRUE(IsChainOf(issued.certificate_pem, "")) << "nothing claims to have signed it";
}

TEST_F(X509Test, CountsCertificatesAndNothingElse) {
  const std::string two = authority_.certificate_pem + Issue().certificate_pem;
  EXPECT_EQ(CountCertificates(two), 2);
  EXPECT_EQ(CountCertificates(two, true), std::nullopt) << "one is no authority's";
  EXPECT_EQ(CountCertificates(authority_.certificate_pem, true), 1);
  EXPECT_EQ(CountCertificates(authority_.key_pem), std::nullopt);
  EXPECT_EQ(CountCertificates(authority_.certificate_pem + authority_.key_pem), std::nullopt);
  EXPECT_EQ(CountCertificates(""), std::nullopt);
}

TEST_F(X509Test, WhatIsNoListRevokesNothing) {
  EXPECT_EQ(CountRevoked("x"), std::nullopt);
  EXPECT_EQ(CountRevoked(authority_.certificate_pem), std::nullopt);
}

}  // namespace
}  // namespace cumulite::net
