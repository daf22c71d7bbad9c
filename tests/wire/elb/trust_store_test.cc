#include "net/certificate.h"
#include "protocol/http.h"
#include "tests/support/revocation_list.h"
#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {

/// Trust stores, made of objects in the bucket "trust".
class TrustStoreTest : public ElbWireTest {
 protected:
  void SetUp() override {
    ElbWireTest::SetUp();
    EXPECT_EQ(Request("PUT", "/trust", {}, {Signed("s3")}).status, 200);
    Put("bundle.pem", authority_.certificate_pem);
    Put("two.pem", authority_.certificate_pem + net::MakeAuthority("B", clock_.Now()).certificate_pem);
    Put("revoked.pem", test::kRevocationList);
    Put("junk.pem", "junk");
  }
  void Put(const std::string& key, const std::string& body) const {
    EXPECT_EQ(Request("PUT", "/trust/" + key, body, {Signed("s3")}).status, 200);
  }
  static std::string Bundle(const std::string& key) {
    return "&CaCertificatesBundleS3Bucket=trust&CaCertificatesBundleS3Key=" + key;
  }
  std::string Create(const std::string& name = "ts") const {
    return Text(Do("CreateTrustStore", "Name=" + name + Bundle("bundle.pem")), "TrustStoreArn");
  }
  std::string Verify(const std::string& store) const {
    const std::string balancer = CreateLoadBalancer("lb");
    const std::string group = CreateTargetGroup("tg");
    Do("CreateListener", "LoadBalancerArn=" + balancer +
                             "&Protocol=HTTPS&Port=8443&Certificates.member.1.CertificateArn="
                             "arn:aws:acm:us-east-1:000000000000:certificate/c"
                             "&MutualAuthentication.Mode=verify&MutualAuthentication.TrustStoreArn=" +
                             store + Forward("DefaultActions", group));
    return balancer;
  }

  const net::SelfSigned authority_ = net::MakeAuthority("A", clock_.Now());
};

TEST_F(TrustStoreTest, IsMadeOfABundleInABucket) {
  const std::string made = Do("CreateTrustStore", "Name=ts" + Bundle("two.pem"));
  const std::string arn = Text(made, "TrustStoreArn");
  EXPECT_THAT(arn, ::testing::MatchesRegex(
                       "arn:aws:elasticloadbalancing:us-east-1:000000000000:truststore/ts/[0-9a-f]+"));
  EXPECT_EQ(Text(made, "NumberOfCaCertificates"), "2");
  EXPECT_EQ(Text(made, "Status"), "ACTIVE");
  Refused("CreateTrustStore", "Name=ts" + Bundle("two.pem"), "DuplicateTrustStoreName",
          "A trust store with the specified name already exists");
  Refused("CreateTrustStore", "Name=x" + Bundle("none"), "CaCertificatesBundleNotFound",
          "The specified ca certificate bundle does not exist");
  Refused("CreateTrustStore", "Name=x" + Bundle("junk.pem"), "InvalidCaCertificatesBundle",
          "The specified ca certificate bundle is in an invalid format, or corrupt");

  EXPECT_EQ(
      Text(Do("ModifyTrustStore", "TrustStoreArn=" + arn + Bundle("bundle.pem")), "NumberOfCaCertificates"),
      "1");
  const std::string url = Text(Do("GetTrustStoreCaCertificatesBundle", "TrustStoreArn=" + arn), "Location");
  ASSERT_THAT(url, ::testing::HasSubstr("/_cumulite/elb/trust-store?arn="));
  EXPECT_EQ(Request("GET", url.substr(url.find("/_cumulite"))).body, authority_.certificate_pem);
}

TEST_F(TrustStoreTest, IsDescribedByNameAndArnAndPage) {
  const std::string b = Create("b");
  const std::string a = Create("a");
  EXPECT_THAT(Texts(Do("DescribeTrustStores", ""), "TrustStoreArn"), ::testing::ElementsAre(a, b));
  EXPECT_THAT(Texts(Do("DescribeTrustStores", "Names.member.1=b"), "TrustStoreArn"),
              ::testing::ElementsAre(b));
  const std::string page = Do("DescribeTrustStores", "PageSize=1");
  EXPECT_THAT(Texts(page, "TrustStoreArn"), ::testing::ElementsAre(a));
  EXPECT_THAT(Texts(Do("DescribeTrustStores", "Marker=" + Text(page, "NextMarker")), "TrustStoreArn"),
              ::testing::ElementsAre(b));
  Refused("DescribeTrustStores", "Names.member.1=none", "TrustStoreNotFound",
          "One or more trust stores not found");
}

TEST_F(TrustStoreTest, RevocationsAreAddedAndRemoved) {
  const std::string store = "TrustStoreArn=" + Create();
  const std::string content =
      "&RevocationContents.member.1.S3Bucket=trust&RevocationContents.member.1.S3Key=";
  const std::string added = Do("AddTrustStoreRevocations", store + content + "revoked.pem");
  EXPECT_EQ(Text(added, "RevocationId"), "1");
  EXPECT_EQ(Text(added, "NumberOfRevokedEntries"), "1");
  EXPECT_EQ(Text(Do("DescribeTrustStores", ""), "TotalRevokedEntries"), "1");
  EXPECT_EQ(Text(Do("DescribeTrustStoreRevocations", store), "RevocationType"), "CRL");
  const std::string url = Text(Do("GetTrustStoreRevocationContent", store + "&RevocationId=1"), "Location");
  EXPECT_EQ(Request("GET", url.substr(url.find("/_cumulite"))).body, test::kRevocationList);
  Refused("AddTrustStoreRevocations", store + content + "none", "RevocationContentNotFound",
          "The specified revocation file does not exist");
  Refused("AddTrustStoreRevocations", store + content + "junk.pem", "InvalidRevocationContent",
          "The provided revocation file is an invalid format, or uses an incorrect algorithm");
  Refused("RemoveTrustStoreRevocations", store + "&RevocationIds.member.1=7", "RevocationIdNotFound",
          "The specified revocation ID does not exist");
  Do("RemoveTrustStoreRevocations", store + "&RevocationIds.member.1=1");
  EXPECT_THAT(Texts(Do("DescribeTrustStoreRevocations", store), "RevocationId"), ::testing::IsEmpty());
  EXPECT_EQ(Text(Do("DescribeTrustStores", ""), "TotalRevokedEntries"), "0");
}

TEST_F(TrustStoreTest, StaysWhileAListenerVerifiesByIt) {
  const std::string arn = Create();
  const std::string balancer = Verify(arn);
  EXPECT_EQ(Text(Do("DescribeTrustStoreAssociations", "TrustStoreArn=" + arn), "ResourceArn"), balancer);
  Refused("DeleteTrustStore", "TrustStoreArn=" + arn, "TrustStoreInUse",
          "Trust store '" + arn + "' is currently in use by a listener");
  Refused("DeleteSharedTrustStoreAssociation", "TrustStoreArn=" + arn + "&ResourceArn=" + balancer,
          "DeleteAssociationSameAccount", "The specified association can't be within the same account");
  Refused("GetResourcePolicy", "ResourceArn=" + arn, "ResourceNotFound",
          "No policy is attached to the resource '" + arn + "'");
  Do("DeleteLoadBalancer", "LoadBalancerArn=" + balancer);
  Do("DeleteTrustStore", "TrustStoreArn=" + arn);
  EXPECT_THAT(Texts(Do("DescribeTrustStores", ""), "TrustStoreArn"), ::testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::testing
