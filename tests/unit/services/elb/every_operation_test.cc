#include "net/certificate.h"
#include "services/elb/elb_service.h"
#include "services/elb/proxy/data_plane.h"
#include "tests/support/no_peers.h"
#include "tests/support/operation_table.h"
#include "tests/support/revocation_list.h"
#include "tests/support/wire/xml_texts.h"

namespace cumulite::elb {
namespace {
using test::OperationRow;
using testing::XmlText;

constexpr auto kCommitted = test::Promise::kCommitted;
constexpr auto kNothing = test::Promise::kNothing;

constexpr OperationRow kRows[] = {
    {"AddListenerCertificates", kCommitted, "$secure&Certificates.member.1.CertificateArn=$acm/new"},
    {"AddTags", kCommitted, "ResourceArns.member.1=$arn&Tags.member.1.Key=k&Tags.member.1.Value=v"},
    {"AddTrustStoreRevocations", kCommitted,
     "$store&RevocationContents.member.1.S3Bucket=b&RevocationContents.member.1.S3Key=crl"},
    {"CreateListener", kCommitted, "$balancer&Protocol=HTTP&Port=81$defaults"},
    {"CreateLoadBalancer", kCommitted, "Name=new&$subnets"},
    {"CreateRule", kCommitted, "$listener&Priority=2&$condition&$fixed"},
    {"CreateTargetGroup", kCommitted, "Name=new&$http"},
    {"CreateTrustStore", kCommitted, "Name=new&$bundle"},
    {"DeleteListener", kCommitted, "$listener"},
    {"DeleteLoadBalancer", kCommitted, "$balancer"},
    {"DeleteRule", kCommitted, "$rule"},
    {"DeleteTargetGroup", kCommitted, "$group"},
    {"DeleteTrustStore", kCommitted, "$store"},
    {"DeregisterTargets", kCommitted, "$group&Targets.member.1.Id=10.0.0.5"},
    {"DescribeAccountLimits", kNothing, ""},
    {"DescribeCapacityReservation", kNothing, "$balancer"},
    {"DescribeListenerAttributes", kNothing, "$listener"},
    {"DescribeListenerCertificates", kNothing, "$secure"},
    {"DescribeListeners", kNothing, "$balancer"},
    {"DescribeLoadBalancerAttributes", kNothing, "$balancer"},
    {"DescribeLoadBalancers", kNothing, ""},
    {"DescribeRules", kNothing, "$listener"},
    {"DescribeSSLPolicies", kNothing, ""},
    {"DescribeTags", kNothing, "ResourceArns.member.1=$arn"},
    {"DescribeTargetGroupAttributes", kNothing, "$group"},
    {"DescribeTargetGroups", kNothing, ""},
    {"DescribeTargetHealth", kNothing, "$group"},
    {"DescribeTrustStoreAssociations", kNothing, "$store"},
    {"DescribeTrustStoreRevocations", kNothing, "$store"},
    {"DescribeTrustStores", kNothing, ""},
    {"GetTrustStoreCaCertificatesBundle", kNothing, "$store"},
    {"GetTrustStoreRevocationContent", kNothing, "$store&RevocationId=1"},
    {"ModifyCapacityReservation", kCommitted, "$balancer&MinimumLoadBalancerCapacity.CapacityUnits=100"},
    {"ModifyIpPools", kCommitted, "$balancer&IpamPools.Ipv4IpamPoolId=ipam-pool-1"},
    {"ModifyListener", kCommitted, "$listener&Port=82"},
    {"ModifyListenerAttributes", kCommitted,
     "$listener&Attributes.member.1.Key=routing.http.response.server.enabled"
     "&Attributes.member.1.Value=false"},
    {"ModifyLoadBalancerAttributes", kCommitted,
     "$balancer&Attributes.member.1.Key=idle_timeout.timeout_seconds&Attributes.member.1.Value=61"},
    {"ModifyRule", kCommitted, "$rule&$fixed"},
    {"ModifyTargetGroup", kCommitted, "$group&HealthyThresholdCount=3"},
    {"ModifyTargetGroupAttributes", kCommitted,
     "$group&Attributes.member.1.Key=stickiness.enabled&Attributes.member.1.Value=true"},
    {"ModifyTrustStore", kCommitted, "$store&$bundle"},
    {"RegisterTargets", kCommitted, "$group&Targets.member.1.Id=10.0.0.6"},
    {"RemoveListenerCertificates", kCommitted, "$secure&Certificates.member.1.CertificateArn=$acm/more"},
    {"RemoveTags", kCommitted, "ResourceArns.member.1=$arn&TagKeys.member.1=t"},
    {"RemoveTrustStoreRevocations", kCommitted, "$store&RevocationIds.member.1=1"},
    {"SetIpAddressType", kCommitted, "$balancer&IpAddressType=dualstack"},
    {"SetRulePriorities", kCommitted, "RulePriorities.member.1.Priority=7&RulePriorities.member.1.$rule"},
    {"SetSecurityGroups", kCommitted, "$balancer&SecurityGroups.member.1=sg-1"},
    {"SetSubnets", kCommitted, "$balancer&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-ccc"},
};

/// One of everything. Each name is made with the parameter that gives it: "$balancer" is
/// "LoadBalancerArn=...".
class EveryElbOperationTest : public test::OperationTableTest {
 protected:
  EveryElbOperationTest() {
    static const net::SelfSigned kAuthority = net::MakeAuthority("A", clock_.Now());
    peers_.object = kAuthority.certificate_pem;
    made_["acm"] = "arn:aws:acm:us-east-1:000000000000:certificate";
    made_["subnets"] = "Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb";
    made_["http"] = "Protocol=HTTP&Port=80&VpcId=vpc-1&TargetType=ip";
    made_["fixed"] =
        "Actions.member.1.Type=fixed-response"
        "&Actions.member.1.FixedResponseConfig.StatusCode=200";
    made_["condition"] = "Conditions.member.1.Field=path-pattern&Conditions.member.1.Values.member.1=/a";
    made_["bundle"] = "CaCertificatesBundleS3Bucket=b&CaCertificatesBundleS3Key=k";
    made_["defaults"] =
        "&DefaultActions.member.1.Type=fixed-response"
        "&DefaultActions.member.1.FixedResponseConfig.StatusCode=200";
    Keep("balancer", "LoadBalancerArn", "CreateLoadBalancer", "Name=lb&$subnets");
    made_["arn"] = made_["balancer"].substr(made_["balancer"].find('=') + 1);
    Do("AddTags", "ResourceArns.member.1=$arn&Tags.member.1.Key=t");
    Keep("listener", "ListenerArn", "CreateListener", "$balancer&Protocol=HTTP&Port=80$defaults");
    Keep("secure", "ListenerArn", "CreateListener",
         "$balancer&Protocol=HTTPS&Port=443&Certificates.member.1.CertificateArn=$acm/first$defaults");
    Do("AddListenerCertificates", "$secure&Certificates.member.1.CertificateArn=$acm/more");
    Keep("rule", "RuleArn", "CreateRule", "$listener&Priority=1&$condition&$fixed");
    Keep("group", "TargetGroupArn", "CreateTargetGroup", "Name=tg&$http");
    Do("RegisterTargets", "$group&Targets.member.1.Id=10.0.0.5");
    Keep("store", "TrustStoreArn", "CreateTrustStore", "Name=ts&$bundle");
    peers_.object = test::kRevocationList;
    Do("AddTrustStoreRevocations",
       "$store&RevocationContents.member.1.S3Bucket=b&RevocationContents.member.1.S3Key=crl");
    if (GetParam().operation == "AddTrustStoreRevocations") return;
    peers_.object = kAuthority.certificate_pem + kAuthority.certificate_pem;  // another bundle
  }
  std::string Do(std::string_view operation, std::string_view form) {
    return Make(elb_, kModel, operation, form);
  }
  void Keep(const std::string& name, const std::string& parameter, std::string_view operation,
            std::string_view form) {
    made_[name] = parameter + "=" + XmlText(Do(operation, form), parameter);
  }

  test::NoPeers peers_;
  ElbService elb_{directory_, options_, clock_, peers_, nullptr};
};

TEST(EveryElbOperationTableTest, HasEachOperationOfTheModel) {
  // Nothing here is shared with another account, so these are refused whatever they name.
  EXPECT_THAT(test::WithoutRow(kModel, kRows, {"DeleteSharedTrustStoreAssociation", "GetResourcePolicy"}),
              ::testing::IsEmpty());
}

TEST_P(EveryElbOperationTest, AnswersWhenItsCommitIsThrough) { ExpectPromise(elb_, kModel); }

TEST_P(EveryElbOperationTest, IsUnavailableWhenItsCommitFails) { ExpectFullDiskAnswer(elb_, kModel); }

INSTANTIATE_TEST_SUITE_P(Elb, EveryElbOperationTest, ::testing::ValuesIn(kRows), test::NameOf);

}  // namespace
}  // namespace cumulite::elb
