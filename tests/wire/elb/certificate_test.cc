#include "net/certificate.h"

#include <nlohmann/json.hpp>

#include "net/x509.h"
#include "protocol/base64.h"
#include "protocol/http.h"
#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {
using nlohmann::json;

/// Certificates of ACM and IAM, and listeners that show them.
class CertificateTest : public ElbWireTest {
 protected:
  json Acm(const std::string& operation, const json& request, int status = 200) const {
    const Reply reply = Json("CertificateManager." + operation, request.dump(), "1.1");
    EXPECT_EQ(reply.status, status) << operation << ": " << reply.body;
    return json::parse(reply.body, nullptr, false);
  }
  std::string Code(const std::string& operation, const json& request) const {
    const std::string type = Acm(operation, request, 400).value("__type", "");
    return type.substr(type.find('#') + 1);
  }
  std::string RequestCertificate(const std::string& domain, const json& more = json::object()) const {
    json request{{"DomainName", domain}};
    request.update(more);
    return Acm("RequestCertificate", request).value("CertificateArn", "");
  }
  Reply Iam(const std::string& action, const std::string& form) const {
    return Request("POST", "/", "Action=" + action + "&Version=2010-05-08&" + form,
                   {{"Content-Type", "application/x-www-form-urlencoded"}, Signed("iam")});
  }
  std::string SecureListener(const std::string& load_balancer, const std::string& certificate) const {
    const std::string group = CreateTargetGroup("tg-" + std::to_string(++groups_));
    return Text(Do("CreateListener", "LoadBalancerArn=" + load_balancer +
                                         "&Protocol=HTTPS&Port=8443&Certificates.member.1.CertificateArn=" +
                                         certificate + Forward("DefaultActions", group)),
                "ListenerArn");
  }

  mutable int groups_ = 0;
  const net::SelfSigned authority_ = net::MakeAuthority("Test CA", clock_.Now());
  const net::SelfSigned leaf_ =
      net::IssueCertificate(authority_, {.names = {"shop.example"},
                                         .key_algorithm = "RSA_2048",
                                         .not_before = clock_.Now(),
                                         .not_after = clock_.Now() + std::chrono::hours(24)});
};

TEST_F(CertificateTest, ARequestedCertificateIsIssuedByTheServersAuthority) {
  const std::string arn = RequestCertificate(
      "www.example.com", {{"SubjectAlternativeNames", {"example.com"}}, {"ValidationMethod", "DNS"}});
  EXPECT_THAT(arn, ::testing::StartsWith("arn:aws:acm:us-east-1:000000000000:certificate/"));
  const json detail = Acm("DescribeCertificate", {{"CertificateArn", arn}})["Certificate"];
  EXPECT_EQ(detail["Status"], "ISSUED");
  EXPECT_EQ(detail["Type"], "AMAZON_ISSUED");
  EXPECT_EQ(detail["DomainName"], "www.example.com");
  EXPECT_EQ(detail["SubjectAlternativeNames"], json({"www.example.com", "example.com"}));
  EXPECT_EQ(detail["KeyAlgorithm"], "RSA_2048");
  EXPECT_EQ(detail["InUseBy"], json::array());
  const json& validation = detail["DomainValidationOptions"][1];
  EXPECT_EQ(validation["ValidationStatus"], "SUCCESS");
  EXPECT_THAT(validation["ResourceRecord"]["Name"].get<std::string>(),
              ::testing::MatchesRegex("_[0-9a-f]+\\.example\\.com\\."));

  const json texts = Acm("GetCertificate", {{"CertificateArn", arn}});
  EXPECT_TRUE(
      net::IsChainOf(texts["Certificate"].get<std::string>(), texts["CertificateChain"].get<std::string>()));
  EXPECT_EQ(Request("GET", "/_cumulite/acm/authority").body, texts["CertificateChain"]);
}

TEST_F(CertificateTest, ANameIsProvenByItselfOrOneAboveIt) {
  const auto options = [](const std::string& domain, const std::string& validation) {
    return json{{"DomainName", "a.b.example"},
                {"DomainValidationOptions", {{{"DomainName", domain}, {"ValidationDomain", validation}}}}};
  };
  Acm("RequestCertificate", options("a.b.example", "b.example"));
  for (const auto& [domain, validation] :
       {std::pair{"a.b.example", "c.example"}, std::pair{"a.b.example", "x.a.b.example"},
        std::pair{"other.example", "other.example"}}) {
    EXPECT_EQ(Code("RequestCertificate", options(domain, validation)),
              "InvalidDomainValidationOptionsException");
  }
}

TEST_F(CertificateTest, TheSameTokenGivesTheSameCertificateForAnHour) {
  const json token{{"IdempotencyToken", "once"}};
  const std::string first = RequestCertificate("a.example", token);
  EXPECT_EQ(RequestCertificate("a.example", token), first);
  EXPECT_NE(RequestCertificate("b.example", token), first);
  clock_.Advance(std::chrono::hours(1));
  EXPECT_NE(RequestCertificate("a.example", token), first);
}

TEST_F(CertificateTest, AnImportedCertificateMustBeWhole) {
  const auto blob = [](const std::string& text) { return protocol::Base64Encode(text); };
  json request{{"Certificate", blob(leaf_.certificate_pem)}, {"PrivateKey", blob(leaf_.key_pem)}};
  EXPECT_EQ(Code("ImportCertificate", request), "ValidationException") << "no chain, and not self-signed";
  request["CertificateChain"] = blob(authority_.certificate_pem);
  const std::string arn = Acm("ImportCertificate", request).value("CertificateArn", "");
  const json detail = Acm("DescribeCertificate", {{"CertificateArn", arn}})["Certificate"];
  EXPECT_EQ(detail["Type"], "IMPORTED");
  EXPECT_EQ(detail["DomainName"], "shop.example");
  EXPECT_EQ(detail["Issuer"], "Test CA");

  json again = request;
  again["CertificateArn"] = arn;
  EXPECT_EQ(Acm("ImportCertificate", again)["CertificateArn"], arn);
  again["Tags"] = {{{"Key", "k"}}};
  EXPECT_EQ(Acm("ImportCertificate", again, 400)["message"],
            "You cannot apply tags when re-importing a certificate.");
  const Reply strange = Request("POST", "/", json({{"CertificateArn", arn}}).dump(),
                                {{"X-Amz-Target", "CertificateManager.GetCertificate"},
                                 {"Content-Type", "application/x-amz-json-1.1"},
                                 Signed("acm", "us-east-1", "111111111111")});
  EXPECT_EQ(strange.Json()["message"], "Could not find certificate " + arn + ".") << "another account's";

  clock_.Advance(std::chrono::hours(24));
  EXPECT_EQ(Acm("ImportCertificate", request, 400)["message"], "Provided certificate is expired.");
  request["PrivateKey"] = blob(authority_.key_pem);
  EXPECT_EQ(Code("ImportCertificate", request), "ValidationException") << "another's key";
  EXPECT_EQ(Code("DescribeCertificate",
                 {{"CertificateArn", "arn:aws:acm:us-east-1:000000000000:certificate/none"}}),
            "ResourceNotFoundException");
}

TEST_F(CertificateTest, ListsShowUsualKeysUnlessAskedForOthers) {
  const std::string rsa = RequestCertificate("rsa.example");
  const std::string ec = RequestCertificate("ec.example", {{"KeyAlgorithm", "EC_prime256v1"}});
  const auto list = [&](const json& request) {
    std::vector<std::string> arns;
    const json answer = Acm("ListCertificates", request);
    for (const json& one : answer["CertificateSummaryList"]) {
      arns.push_back(one["CertificateArn"]);
    }
    return arns;
  };
  EXPECT_THAT(list(json::object()), ::testing::ElementsAre(rsa));
  EXPECT_THAT(list({{"Includes", {{"keyTypes", {"EC_prime256v1"}}}}}), ::testing::ElementsAre(ec));
  const json page =
      Acm("ListCertificates", {{"Includes", {{"keyTypes", {"EC_prime256v1", "RSA_2048"}}}}, {"MaxItems", 1}});
  EXPECT_EQ(page["CertificateSummaryList"].size(), 1u);
  EXPECT_TRUE(page.contains("NextToken"));
}

TEST_F(CertificateTest, TagsComeAndGo) {
  const std::string arn = RequestCertificate("t.example", {{"Tags", {{{"Key", "a"}, {"Value", "1"}}}}});
  Acm("AddTagsToCertificate", {{"CertificateArn", arn}, {"Tags", {{{"Key", "b"}, {"Value", "2"}}}}});
  Acm("RemoveTagsFromCertificate",
      {{"CertificateArn", arn}, {"Tags", {{{"Key", "a"}, {"Value", "other"}}, {{"Key", "b"}}}}});
  const json tags = Acm("ListTagsForCertificate", {{"CertificateArn", arn}})["Tags"];
  EXPECT_EQ(tags, json::array({{{"Key", "a"}, {"Value", "1"}}}));
}

TEST_F(CertificateTest, WhatAListenerShowsIsInUse) {
  const std::string arn = RequestCertificate("use.example");
  const std::string balancer = CreateLoadBalancer("lb");
  const std::string listener = SecureListener(balancer, arn);
  const json detail = Acm("DescribeCertificate", {{"CertificateArn", arn}})["Certificate"];
  EXPECT_EQ(detail["InUseBy"], json({balancer}));
  EXPECT_EQ(detail["RenewalEligibility"], "ELIGIBLE");
  EXPECT_EQ(Code("DeleteCertificate", {{"CertificateArn", arn}}), "ResourceInUseException");
  Do("DeleteListener", "ListenerArn=" + listener);
  Acm("DeleteCertificate", {{"CertificateArn", arn}});
  EXPECT_EQ(Code("GetCertificate", {{"CertificateArn", arn}}), "ResourceNotFoundException");
}

TEST_F(CertificateTest, ServerCertificatesOfIam) {
  const std::string upload =
      "ServerCertificateName=shop&CertificateBody=" + protocol::PercentEncode(leaf_.certificate_pem) +
      "&PrivateKey=" + protocol::PercentEncode(leaf_.key_pem) +
      "&CertificateChain=" + protocol::PercentEncode(authority_.certificate_pem);
  const Reply made = Iam("UploadServerCertificate", upload);
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(Text(made.body, "Arn"), "arn:aws:iam::000000000000:server-certificate/shop");
  EXPECT_EQ(Text(Iam("UploadServerCertificate", upload).body, "Code"), "EntityAlreadyExists");
  EXPECT_THAT(Text(Iam("GetServerCertificate", "ServerCertificateName=shop").body, "CertificateBody"),
              ::testing::HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_EQ(Iam("UpdateServerCertificate",
                "ServerCertificateName=shop&NewPath=/team/&NewServerCertificateName=store")
                .status,
            200);
  const std::string arn = "arn:aws:iam::000000000000:server-certificate/team/store";
  EXPECT_EQ(Text(Iam("ListServerCertificates", "PathPrefix=/team").body, "Arn"), arn);
  EXPECT_EQ(Text(Iam("GetServerCertificate", "ServerCertificateName=shop").body, "Code"), "NoSuchEntity");

  std::string tags;
  for (int i = 1; i <= 50; ++i) {
    const std::string tag = "&Tags.member." + std::to_string(i) + ".";
    tags += tag + "Key=k" + std::to_string(i) + tag + "Value=v";
  }
  EXPECT_EQ(Iam("TagServerCertificate", "ServerCertificateName=store" + tags).status, 200);
  EXPECT_EQ(Text(Iam("TagServerCertificate",
                     "ServerCertificateName=store&Tags.member.1.Key=more&Tags.member.1.Value=v")
                     .body,
                 "Code"),
            "LimitExceeded");

  SecureListener(CreateLoadBalancer("lb"), arn);
  EXPECT_EQ(Text(Iam("DeleteServerCertificate", "ServerCertificateName=store").body, "Code"),
            "DeleteConflict");
  EXPECT_EQ(Iam("CreateRole", "RoleName=r").status, 501);
}

TEST_F(CertificateTest, ABrokenServerCertificateIsRefused) {
  const std::string rest =
      "ServerCertificateName=bad&CertificateBody=" + protocol::PercentEncode(leaf_.certificate_pem) +
      "&PrivateKey=";
  EXPECT_EQ(
      Text(Iam("UploadServerCertificate", rest + protocol::PercentEncode(authority_.key_pem)).body, "Code"),
      "KeyPairMismatch");
  EXPECT_EQ(Text(Iam("UploadServerCertificate", rest + "x").body, "Code"), "MalformedCertificate");
}

}  // namespace
}  // namespace cumulite::testing
