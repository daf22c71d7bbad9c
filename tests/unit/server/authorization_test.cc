#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "protocol/base64.h"
#include "protocol/judge.h"
#include "server/service_table.h"
#include "server/world.h"
#include "services/sns/sns_service.h"
#include "services/sqs/sqs_service.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"
#include "tests/support/sns_requests.h"

/// Runs every operation of every RPC service in strict mode under a judge who refuses everything: each must
/// be refused. An operation that asks nobody, or that has no request here, fails the test.
namespace cumulite::server {
namespace {
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr const char* kDevice =
    "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/a/e0000000-0000-4000-8000-000000000000";

class DenyAll final : public protocol::Judge {
 public:
  protocol::Judgement Decide(const protocol::RequestContext&, const protocol::AccessRequest&) const override {
    return {protocol::Judgement::Reason::kNothingAllows};
  }
};

constexpr std::string_view kUrl = R"("QueueUrl":"http://localhost:4566/000000000000/q")";
constexpr std::string_view kArn = "arn:aws:sqs:us-east-1:000000000000:q";

/// Operation -> the members of a request that is well-formed and names a resource that is there.
std::map<std::string, std::string> SqsRequests() {
  const std::string url(kUrl);
  const std::string source = R"("SourceArn":")" + std::string(kArn) + "\"";
  const std::string task =
      protocol::Base64Encode(R"({"taskId":"t","sourceArn":")" + std::string(kArn) + R"("})");
  return {
      {"AddPermission", url + R"(,"Label":"l","AWSAccountIds":["111111111111"],"Actions":["SendMessage"])"},
      {"CancelMessageMoveTask", R"("TaskHandle":")" + task + "\""},
      {"ChangeMessageVisibility", url + R"(,"ReceiptHandle":"r","VisibilityTimeout":1)"},
      {"ChangeMessageVisibilityBatch",
       url + R"(,"Entries":[{"Id":"1","ReceiptHandle":"r","VisibilityTimeout":1}])"},
      {"CreateQueue", R"("QueueName":"other")"},
      {"DeleteMessage", url + R"(,"ReceiptHandle":"r")"},
      {"DeleteMessageBatch", url + R"(,"Entries":[{"Id":"1","ReceiptHandle":"r"}])"},
      {"DeleteQueue", url},
      {"GetQueueAttributes", url + R"(,"AttributeNames":["All"])"},
      {"GetQueueUrl", R"("QueueName":"q")"},
      {"ListDeadLetterSourceQueues", url},
      {"ListMessageMoveTasks", source},
      {"ListQueueTags", url},
      {"ListQueues", ""},
      {"PurgeQueue", url},
      {"ReceiveMessage", url},
      {"RemovePermission", url + R"(,"Label":"l")"},
      {"SendMessage", url + R"(,"MessageBody":"x")"},
      {"SendMessageBatch", url + R"(,"Entries":[{"Id":"1","MessageBody":"x"}])"},
      {"SetQueueAttributes", url + R"(,"Attributes":{"DelaySeconds":"1"})"},
      {"StartMessageMoveTask", source},
      {"TagQueue", url + R"(,"Tags":{"a":"b"})"},
      {"UntagQueue", url + R"(,"TagKeys":["a"])"},
  };
}

std::map<std::string, std::string> StsRequests() {
  return {{"AssumeRole", "RoleArn=arn:aws:iam::000000000000:role/r&RoleSessionName=session"},
          {"DecodeAuthorizationMessage", "EncodedMessage=message"},
          {"GetAccessKeyInfo", "AccessKeyId=ASIAAAAAAAAAAAAAAAAA"},
          {"GetFederationToken", "Name=somebody"},
          {"GetWebIdentityToken", "Audience.member.1=a&SigningAlgorithm=RS256"}};
}

std::map<std::string, std::string> AcmRequests() {
  const std::string arn =
      R"("CertificateArn":"arn:aws:acm:us-east-1:000000000000:certificate/0a1b2c3d-0000-4000-8000-000000000000")";
  const std::string tags = R"(,"Tags":[{"Key":"k"}])";
  return {
      {"AddTagsToCertificate", arn + tags},
      {"DeleteCertificate", arn},
      {"DescribeCertificate", arn},
      {"GetCertificate", arn},
      {"ImportCertificate", R"("Certificate":"eA==","PrivateKey":"eA==")"},
      {"ListCertificates", ""},
      {"ListTagsForCertificate", arn},
      {"RemoveTagsFromCertificate", arn + tags},
      {"RequestCertificate", R"("DomainName":"example.com")"},
      {"ResendValidationEmail", arn + R"(,"Domain":"example.com","ValidationDomain":"example.com")"},
      {"UpdateCertificateOptions", arn + R"(,"Options":{})"},
  };
}

std::map<std::string, std::string> IamRequests() {
  const std::string name = "ServerCertificateName=c";
  return {
      {"DeleteServerCertificate", name},
      {"GetServerCertificate", name},
      {"ListServerCertificateTags", name},
      {"ListServerCertificates", ""},
      {"TagServerCertificate", name + "&Tags.member.1.Key=k&Tags.member.1.Value=v"},
      {"UntagServerCertificate", name + "&TagKeys.member.1=k"},
      {"UpdateServerCertificate", name},
      {"UploadServerCertificate", name + "&CertificateBody=x&PrivateKey=x"},
  };
}

/// Well-formed; what they name is not there, and nobody gets to know.
std::map<std::string, std::string> ElbRequests() {
  const std::string arn = "Arn=arn:aws:elasticloadbalancing:us-east-1:000000000000:";
  const std::string balancer = "LoadBalancer" + arn + "loadbalancer/app/lb/0123456789abcdef";
  const std::string listener = "Listener" + arn + "listener/app/lb/0123456789abcdef/0123456789abcdef";
  const std::string rule = arn.substr(4) + "listener-rule/app/lb/0123456789abcdef/0123456789abcdef/0";
  const std::string group = "TargetGroup" + arn + "targetgroup/tg/0123456789abcdef";
  const std::string store = "TrustStore" + arn + "truststore/ts/0123456789abcdef";
  const std::string resource = "ResourceArns.member.1=" + balancer.substr(balancer.find('=') + 1);
  const std::string certificate =
      "&Certificates.member.1.CertificateArn=arn:aws:acm:us-east-1:000000000000:certificate/c";
  const std::string bundle = "&CaCertificatesBundleS3Bucket=b&CaCertificatesBundleS3Key=k";
  const std::string actions = "Actions.member.1.Type=fixed-response";
  const std::string attributes = "&Attributes.member.1.Key=k&Attributes.member.1.Value=v";
  return {
      {"AddListenerCertificates", listener + certificate},
      {"AddTags", resource + "&Tags.member.1.Key=k"},
      {"AddTrustStoreRevocations", store},
      {"CreateListener", balancer + "&Default" + actions},
      {"CreateLoadBalancer", "Name=lb"},
      {"CreateRule", listener + "&Priority=1&Conditions.member.1.Field=path-pattern&" + actions},
      {"CreateTargetGroup", "Name=tg"},
      {"CreateTrustStore", "Name=ts" + bundle},
      {"DeleteListener", listener},
      {"DeleteLoadBalancer", balancer},
      {"DeleteRule", "RuleArn=" + rule},
      {"DeleteSharedTrustStoreAssociation", store + "&ResourceArn=" + rule},
      {"DeleteTargetGroup", group},
      {"DeleteTrustStore", store},
      {"DeregisterTargets", group + "&Targets.member.1.Id=i-1"},
      {"DescribeAccountLimits", ""},
      {"DescribeCapacityReservation", balancer},
      {"DescribeListenerAttributes", listener},
      {"DescribeListenerCertificates", listener},
      {"DescribeListeners", balancer},
      {"DescribeLoadBalancerAttributes", balancer},
      {"DescribeLoadBalancers", ""},
      {"DescribeRules", listener},
      {"DescribeSSLPolicies", ""},
      {"DescribeTags", resource},
      {"DescribeTargetGroupAttributes", group},
      {"DescribeTargetGroups", ""},
      {"DescribeTargetHealth", group},
      {"DescribeTrustStoreAssociations", store},
      {"DescribeTrustStoreRevocations", store},
      {"DescribeTrustStores", ""},
      {"GetResourcePolicy", "Resource" + store.substr(10)},
      {"GetTrustStoreCaCertificatesBundle", store},
      {"GetTrustStoreRevocationContent", store + "&RevocationId=1"},
      {"ModifyCapacityReservation", balancer},
      {"ModifyIpPools", balancer},
      {"ModifyListener", listener},
      {"ModifyListenerAttributes", listener + attributes},
      {"ModifyLoadBalancerAttributes", balancer + attributes},
      {"ModifyRule", "RuleArn=" + rule},
      {"ModifyTargetGroup", group},
      {"ModifyTargetGroupAttributes", group + attributes},
      {"ModifyTrustStore", store + bundle},
      {"RegisterTargets", group + "&Targets.member.1.Id=i-1"},
      {"RemoveListenerCertificates", listener + certificate},
      {"RemoveTags", resource + "&TagKeys.member.1=k"},
      {"RemoveTrustStoreRevocations", store + "&RevocationIds.member.1=1"},
      {"SetIpAddressType", balancer + "&IpAddressType=ipv4"},
      {"SetRulePriorities", "RulePriorities.member.1.Priority=1&RulePriorities.member.1.RuleArn=" + rule},
      {"SetSecurityGroups", balancer + "&SecurityGroups.member.1=sg-1"},
      {"SetSubnets", balancer + "&Subnets.member.1=subnet-1"},
  };
}

std::map<std::string, std::string> Ec2Requests() {
  const std::string gateway = "InternetGatewayId=igw-1";
  const std::string table = "RouteTableId=rtb-1";
  const std::string permission = "GroupId=sg-1&IpPermissions.1.IpProtocol=tcp";
  return {
      {"AllocateAddress", ""},
      {"AssociateRouteTable", table + "&SubnetId=subnet-1"},
      {"AttachInternetGateway", gateway + "&VpcId=vpc-1"},
      {"AuthorizeSecurityGroupEgress", permission},
      {"AuthorizeSecurityGroupIngress", permission},
      {"CreateInternetGateway", ""},
      {"CreateNetworkInterface", "SubnetId=subnet-1"},
      {"CreateRoute", table + "&DestinationCidrBlock=0.0.0.0/0&GatewayId=igw-1"},
      {"CreateRouteTable", "VpcId=vpc-1"},
      {"CreateSecurityGroup", "GroupName=g&GroupDescription=d"},
      {"CreateSubnet", "VpcId=vpc-1&CidrBlock=10.0.0.0/24"},
      {"CreateTags", "ResourceId.1=vpc-1&Tag.1.Key=k"},
      {"CreateVpc", "CidrBlock=10.0.0.0/16"},
      {"DeleteInternetGateway", gateway},
      {"DeleteNetworkInterface", "NetworkInterfaceId=eni-1"},
      {"DeleteRoute", table},
      {"DeleteRouteTable", table},
      {"DeleteSecurityGroup", "GroupId=sg-1"},
      {"DeleteSubnet", "SubnetId=subnet-1"},
      {"DeleteTags", "ResourceId.1=vpc-1"},
      {"DeleteVpc", "VpcId=vpc-1"},
      {"DescribeAccountAttributes", ""},
      {"DescribeAddresses", ""},
      {"DescribeAvailabilityZones", ""},
      {"DescribeInternetGateways", ""},
      {"DescribeNetworkAcls", ""},
      {"DescribeNetworkInterfaces", ""},
      {"DescribeRegions", ""},
      {"DescribeRouteTables", ""},
      {"DescribeSecurityGroupRules", ""},
      {"DescribeSecurityGroups", ""},
      {"DescribeSubnets", ""},
      {"DescribeTags", ""},
      {"DescribeVpcAttribute", "VpcId=vpc-1&Attribute=enableDnsSupport"},
      {"DescribeVpcs", ""},
      {"DetachInternetGateway", gateway + "&VpcId=vpc-1"},
      {"DisassociateRouteTable", "AssociationId=rtbassoc-1"},
      {"ModifySubnetAttribute", "SubnetId=subnet-1"},
      {"ModifyVpcAttribute", "VpcId=vpc-1"},
      {"ReleaseAddress", "AllocationId=eipalloc-1"},
      {"RevokeSecurityGroupEgress", permission},
      {"RevokeSecurityGroupIngress", permission},
  };
}

/// Operations that need no permission, with AWS's page that says so.
const std::map<std::string, std::string_view> kFree{
    {"sns:ConfirmSubscription", "Confirming a subscription: the token is what it takes"},
    {"sts:AssumeRoleWithSAML",
     "AssumeRoleWithSAML: Calling AssumeRoleWithSAML does not require the use of AWS security credentials"},
    {"sts:AssumeRoleWithWebIdentity",
     "AssumeRoleWithWebIdentity: Calling it does not require the use of AWS security credentials"},
    {"sts:GetCallerIdentity", "GetCallerIdentity: No permissions are required to perform this operation"},
    {"sts:GetSessionToken",
     "GetSessionToken: No permissions are required for users to perform this operation"},
};

/// Services whose own test of every operation has such a judge: what they ask about must be there.
const std::set<std::string> kJudgedInTheirOwnTest{"dynamodb"};

class AuthorizationTest : public ::testing::Test {
 protected:
  static config::Settings Ephemeral() {
    config::Settings settings;
    settings.ephemeral = true;
    return settings;
  }

  services::Service& Open(ServiceSlot& slot) { return *loop_.Get(slot.Open()); }

  test::RpcReply Call(services::Service& service, test::RpcCall call, const protocol::Judge* judge) {
    call.strict = judge != nullptr;
    call.judge = judge;
    call.clock = &clock_;
    const auto pending = call.Begin(service);
    loop_.RunUntil([&pending] { return pending->done(); });
    return pending->Reply();
  }

  /// Makes what the requests name, and gives the request of each operation.
  std::map<std::string, std::string> Prepare(const std::string& name, services::Service& service) {
    const auto call = [&](const protocol::RpcModel& model, std::string_view operation,
                          const std::string& body) {
      const auto made = Call(service, test::RpcCall::Json(model, operation, body), {});
      EXPECT_EQ(made.status, 200) << made.body;
      return made.body;
    };
    if (name == "sqs") {
      call(sqs::kModel, "CreateQueue", R"({"QueueName":"q"})");
      return SqsRequests();
    }
    if (name == "sns") {
      call(sns::kModel, "CreateTopic", R"({"Name":"t"})");
      const std::string subscribed =
          call(sns::kModel, "Subscribe",
               R"({"Protocol":"email","Endpoint":"a@example.com","ReturnSubscriptionArn":true,"TopicArn":")" +
                   std::string(test::kSnsTopic) + "\"}");
      return test::SnsRequests(nlohmann::json::parse(subscribed).value("SubscriptionArn", ""), kDevice);
    }
    if (name == "acm") return AcmRequests();
    if (name == "iam") return IamRequests();
    if (name == "elb") return ElbRequests();
    if (name == "ec2") return Ec2Requests();
    return StsRequests();
  }

  base::Clock clock_{base::TimePoint{std::chrono::hours(500'000)}};
  test_support::ManualLoop loop_{clock_};
  const config::Settings settings_ = Ephemeral();
  World world_{settings_, clock_};
  const DenyAll deny_all_;
};

TEST_F(AuthorizationTest, EveryOperationAsksTheJudge) {
  for (ServiceSlot* slot : world_.slots()) {
    const std::string name(slot->name());
    if (slot->descriptor().models.empty() || kJudgedInTheirOwnTest.contains(name)) continue;
    services::Service& service = Open(*slot);
    const std::map<std::string, std::string> requests = Prepare(name, service);
    for (const protocol::RpcModel* model : slot->descriptor().models) {
      for (const protocol::Operation& operation : model->operations) {
        const std::string full = name + ":" + std::string(operation.name);
        if (kFree.contains(full)) continue;
        const auto members = requests.find(std::string(operation.name));
        ASSERT_NE(members, requests.end())
            << full << " has no request in this test: add one, and ask MayAccess in it";
        const test::RpcCall call =
            model->json_target.empty()
                ? test::RpcCall::Query(*model, operation.name, members->second)
                : test::RpcCall::Json(*model, operation.name, "{" + members->second + "}");
        const test::RpcReply reply = Call(service, call, &deny_all_);
        EXPECT_THAT(reply.error_code, AnyOf(HasSubstr("AccessDenied"), HasSubstr("AuthorizationError"),
                                            HasSubstr("UnauthorizedOperation")))
            << full << " answered " << reply.body;
      }
    }
  }
}

}  // namespace
}  // namespace cumulite::server
