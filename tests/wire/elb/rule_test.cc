#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class RuleTest : public ElbWireTest {
 protected:
  void SetUp() override {
    ElbWireTest::SetUp();
    load_balancer_ = CreateLoadBalancer("lb");
    group_ = CreateTargetGroup("tg");
    listener_ = CreateListener(load_balancer_, group_);
  }
  std::string CreateRule(int priority, const std::string& path) const {
    return Text(Do("CreateRule", Rule(priority, path)), "RuleArn");
  }
  std::string Rule(int priority, const std::string& path) const {
    return "ListenerArn=" + listener_ + "&Priority=" + std::to_string(priority) + Path(path) +
           Forward("Actions", group_);
  }

  std::string load_balancer_;
  std::string group_;
  std::string listener_;
};

TEST_F(RuleTest, ForwardAndPatternsComeBackInBothForms) {
  const std::string made = Do("CreateRule", Rule(10, "/a/*"));
  EXPECT_THAT(made, HasSubstr("<Values><member>/a/*</member></Values><PathPatternConfig><Values><member>/a/*"
                              "</member></Values></PathPatternConfig>"));
  EXPECT_THAT(made,
              HasSubstr("<TargetGroupArn>" + group_ + "</TargetGroupArn><Order>1</Order><ForwardConfig>"));
  EXPECT_THAT(made, HasSubstr("<Weight>1</Weight>"));
  EXPECT_THAT(made, HasSubstr("<TargetGroupStickinessConfig><Enabled>false</Enabled>"));
  EXPECT_EQ(Text(made, "Priority"), "10");
  EXPECT_EQ(Text(made, "IsDefault"), "false");
}

TEST_F(RuleTest, TheDefaultRuleIsTheLastAndStays) {
  CreateRule(20, "/b");
  CreateRule(10, "/a");
  const std::string rules = Do("DescribeRules", "ListenerArn=" + listener_);
  EXPECT_THAT(Texts(rules, "Priority"), ElementsAre("10", "20", "default"));
  const std::string standard = Texts(rules, "RuleArn").back();
  Refused("DeleteRule", "RuleArn=" + standard, "OperationNotPermitted",
          "Default rule '" + standard + "' cannot be deleted");
}

TEST_F(RuleTest, PrioritiesAreUniqueAndSwapAsAWhole) {
  const std::string a = CreateRule(1, "/a");
  const std::string b = CreateRule(2, "/b");
  CreateRule(3, "/c");
  Refused("CreateRule", Rule(2, "/d"), "PriorityInUse", "Priority '2' is currently in use");
  const auto pairs = [&](int for_a, int for_b) {
    return "RulePriorities.member.1.RuleArn=" + a +
           "&RulePriorities.member.1.Priority=" + std::to_string(for_a) +
           "&RulePriorities.member.2.RuleArn=" + b +
           "&RulePriorities.member.2.Priority=" + std::to_string(for_b);
  };
  Refused("SetRulePriorities", pairs(5, 3), "PriorityInUse", "Priority '3' is currently in use");
  Do("SetRulePriorities", pairs(2, 1));
  EXPECT_THAT(Texts(Do("DescribeRules", "ListenerArn=" + listener_ + "&PageSize=2"), "RuleArn"),
              ElementsAre(b, a));
}

TEST_F(RuleTest, ConditionsAreRefusedInTheWordsOfAws) {
  const auto refused = [&](const std::string& conditions, const std::string& message) {
    Refused("CreateRule",
            "ListenerArn=" + listener_ + "&Priority=9" + conditions + Forward("Actions", group_),
            "ValidationError", message);
  };
  const std::string first = "&Conditions.member.1.";
  refused(first + "Field=host-header" + first + "Values.member.1=a" + first + "Values.member.2=b",
          "The 'host-header' field contains too many values; the limit is '1'");
  refused(first + "Field=host-header", "A condition value must be specified");
  refused(Path("/" + std::string(128, 'x')), "The 'path-pattern' value is too long; the limit is '128'");
  refused(first + "Field=source-ip", "A 'SourceIpConfig' must be specified with 'source-ip'");
  refused(
      first + "Field=http-request-method" + first + "HttpRequestMethodConfig.Values.member.1=get",
      "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore");
  refused(first + "Field=query-string" + first + "QueryStringConfig.Values.member.1.Key=k",
          "A 'Value' must be specified in 'QueryStringKeyValuePair'");
  refused(first + "Field=source-ip" + first + "SourceIpConfig.Values.member.1=10.0.0.0",
          "The 'source-ip' value '10.0.0.0' is not a valid CIDR block");
  refused(Path("/%2A%2A%2A%2A%2A%2A"), "A rule can only have '5' condition wildcards");
}

TEST_F(RuleTest, AValueOfTheLongestLengthIsTaken) { CreateRule(1, "/" + std::string(127, 'x')); }

TEST_F(RuleTest, ActionsAreRefusedInTheWordsOfAws) {
  const auto refused = [&](const std::string& action, const std::string& code, const std::string& message) {
    Refused("CreateRule", "ListenerArn=" + listener_ + "&Priority=9" + Path("/a") + action, code, message);
  };
  const std::string first = "&Actions.member.1.";
  refused(first + "Type=redirect", "InvalidLoadBalancerAction",
          "For actions of type 'redirect', you must specify the following fields: 'RedirectConfig'");
  refused(first + "Type=redirect" + first + "RedirectConfig.StatusCode=HTTP_301", "InvalidLoadBalancerAction",
          "The redirect configuration is not valid because it creates a loop.");
  refused(Forward("Actions", group_ + "0"), "TargetGroupNotFound",
          "Target group '" + group_ + "0' not found");
  refused(first + "Type=forward", "ValidationError", "A target group ARN must be specified");
  const std::string weight = first + "Type=forward" + first +
                             "ForwardConfig.TargetGroups.member.1.TargetGroupArn=" + group_ + first +
                             "ForwardConfig.TargetGroups.member.1.Weight=1000";
  refused(weight, "ValidationError", "The weight for each target group must be between 0 and 999, inclusive");
  EXPECT_EQ(Call("CreateRule", "ListenerArn=" + listener_ + "&Priority=9" + Path("/a") + first +
                                   "Type=fixed-response" + first + "FixedResponseConfig.StatusCode=100")
                .status,
            400);
}

TEST_F(RuleTest, RedirectComesBackWithAllDefaults) {
  const std::string made = Do("CreateRule", "ListenerArn=" + listener_ + "&Priority=9" + Path("/a") +
                                                "&Actions.member.1.Type=redirect"
                                                "&Actions.member.1.RedirectConfig.StatusCode=HTTP_301"
                                                "&Actions.member.1.RedirectConfig.Protocol=HTTPS");
  EXPECT_THAT(made,
              HasSubstr("<RedirectConfig><Protocol>HTTPS</Protocol><Port>#{port}</Port><Host>#{host}</Host>"
                        "<Path>/#{path}</Path><Query>#{query}</Query><StatusCode>HTTP_301</StatusCode>"));
}

TEST_F(RuleTest, ModifyReplacesWhatIsGiven) {
  const std::string rule = CreateRule(1, "/a");
  const std::string changed = Do("ModifyRule", "RuleArn=" + rule + Path("/b"));
  EXPECT_THAT(changed, HasSubstr("/b"));
  EXPECT_THAT(changed, Not(HasSubstr("/a<")));
  EXPECT_THAT(changed, HasSubstr(group_));
}

TEST_F(RuleTest, ATargetGroupServesOneLoadBalancerAndIsKeptWhileItDoes) {
  const std::string other = CreateLoadBalancer("other");
  Refused("CreateListener",
          "LoadBalancerArn=" + other + "&Protocol=HTTP&Port=80" + Forward("DefaultActions", group_),
          "TargetGroupAssociationLimit",
          "The following target groups cannot be associated with more than one load balancer: " + group_);
  Refused("DeleteTargetGroup", "TargetGroupArn=" + group_, "ResourceInUse",
          "Target group '" + group_ + "' is currently in use by a listener or a rule");
  EXPECT_THAT(Do("DescribeTargetGroups", "TargetGroupArns.member.1=" + group_),
              HasSubstr("<LoadBalancerArns><member>" + load_balancer_ + "</member></LoadBalancerArns>"));
  Do("DeleteListener", "ListenerArn=" + listener_);
  Do("DeleteTargetGroup", "TargetGroupArn=" + group_);
}

TEST_F(RuleTest, ListenersAreUniqueByPort) {
  EXPECT_EQ(CreateListener(load_balancer_, group_), listener_) << "the same settings";
  Refused("CreateListener",
          "LoadBalancerArn=" + load_balancer_ +
              "&Protocol=HTTP&Port=80&DefaultActions.member.1.Type=fixed-response"
              "&DefaultActions.member.1.FixedResponseConfig.StatusCode=200",
          "DuplicateListener",
          "A listener already exists on this port for this load balancer '" + load_balancer_ + "'");
  Refused("CreateListener",
          "LoadBalancerArn=" + load_balancer_ + "&Protocol=TCP&Port=81" + Forward("DefaultActions", group_),
          "ValidationError", "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'");
  Refused("CreateListener",
          "LoadBalancerArn=" + load_balancer_ + "&Protocol=HTTPS&Port=81" + Forward("DefaultActions", group_),
          "ValidationError", "A certificate must be specified for HTTPS listeners");
  Refused("ModifyListener", "ListenerArn=" + listener_ + "&Protocol=HTTPS", "InvalidConfigurationRequest",
          "You must provide a list containing exactly one certificate if the listener protocol is HTTPS.");
  EXPECT_EQ(Text(Do("ModifyListener", "ListenerArn=" + listener_ + "&Port=8080"), "Port"), "8080");
  Refused("DescribeListeners", "", "ValidationError",
          "You must specify either listener ARNs or a load balancer ARN");
}

}  // namespace
}  // namespace cumulite::testing
