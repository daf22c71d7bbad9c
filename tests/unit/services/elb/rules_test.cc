#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/elb/action_rules.h"
#include "services/elb/attributes.h"
#include "services/elb/condition_rules.h"
#include "services/elb/errors.h"
#include "services/elb/names.h"
#include "services/elb/target_group_rules.h"
#include "services/resource/cidr.h"

namespace cumulite::elb {
namespace {

constexpr ActionPlace kHttps{"application", "HTTPS"};

Action Fixed(std::optional<std::int32_t> order) {
  Action action;
  action.type = "fixed-response";
  action.order = order;
  action.fixed_response_config =
      FixedResponseActionConfig{.message_body = {}, .status_code = "200", .content_type = {}};
  return action;
}

Action Oidc(std::optional<std::int32_t> order) {
  Action action;
  action.type = "authenticate-oidc";
  action.order = order;
  action.authenticate_oidc_config.emplace();
  for (std::string* const url :
       {&action.authenticate_oidc_config->issuer, &action.authenticate_oidc_config->authorization_endpoint,
        &action.authenticate_oidc_config->token_endpoint,
        &action.authenticate_oidc_config->user_info_endpoint}) {
    *url = "https://issuer.example/";
  }
  action.authenticate_oidc_config->client_id = "c";
  action.authenticate_oidc_config->client_secret = "secret";
  return action;
}

TEST(ActionRulesTest, TheRoutingActionComesLastByOrder) {
  const auto read = ReadActions({Fixed(2), Oidc(1)}, kHttps);
  EXPECT_EQ(read[0].type, "authenticate-oidc");
  EXPECT_EQ(*read[0].authenticate_oidc_config->session_timeout, 604'800);
  EXPECT_THROW(ReadActions({Fixed(1), Oidc(2)}, kHttps), AwsError);
  EXPECT_THROW(ReadActions({Fixed(1), Oidc(1)}, kHttps), AwsError);
  EXPECT_THROW(ReadActions({Fixed({}), Oidc(1)}, kHttps), AwsError);
  EXPECT_THROW(ReadActions({Oidc(1), Fixed(2)}, {"application", "HTTP"}), AwsError);
  EXPECT_THROW(ReadActions({Oidc({})}, kHttps), AwsError);
}

TEST(ActionRulesTest, ClientSecretsAreToldToNobodyAndKept) {
  auto stored = ReadActions({Oidc(1), Fixed(2)}, kHttps);
  EXPECT_FALSE(ShownActions(stored)[0].authenticate_oidc_config->client_secret.has_value());
  auto changed = ShownActions(stored);
  KeepClientSecrets(changed, stored);
  EXPECT_EQ(*changed[0].authenticate_oidc_config->client_secret, "secret");
  auto without = ShownActions(stored);
  EXPECT_THROW(KeepClientSecrets(without, {}), AwsError);
}

TEST(ConditionRulesTest, OnlyHeadersAndQueriesComeMoreThanOnce) {
  RuleCondition path;
  path.field = "path-pattern";
  path.values = {"/a"};
  EXPECT_THROW(ReadConditions({path, path}), AwsError);
  RuleCondition query;
  query.field = "query-string";
  query.query_string_config = QueryStringConditionConfig{{{"k", "v"}}};
  EXPECT_EQ(ReadConditions({query, path, query}).size(), 3U);
  EXPECT_THROW(ReadConditions({query, query, query, query, query, query}), AwsError) << "five values a rule";
}

TEST(TargetGroupRulesTest, MatchersAreListsAndRanges) {
  for (const auto& [code, fits] : {std::pair{"200", true},
                                   {"200,202", true},
                                   {"200-299,404", true},
                                   {"299-200", false},
                                   {"200-", false},
                                   {"", false},
                                   {"500", false},
                                   {"200,", false}}) {
    TargetGroup group;
    group.protocol = "HTTP";
    group.port = 80;
    group.vpc_id = "vpc-1";
    ReadTargetGroup(group);
    const HealthCheckChange change{.matcher = Matcher{.http_code = code, .grpc_code = {}}};
    if (fits) {
      EXPECT_NO_THROW(StartHealthCheck(group, change)) << code;
    } else {
      EXPECT_THROW(StartHealthCheck(group, change), AwsError) << code;
    }
  }
}

TEST(AttributesTest, DefaultsFollowTheKindOfResource) {
  LoadBalancerRecord record;
  record.shown.type = "network";
  EXPECT_EQ(Attribute(record, "load_balancing.cross_zone.enabled"), "false");
  record.shown.type = "application";
  EXPECT_EQ(Attribute(record, "load_balancing.cross_zone.enabled"), "true");
  EXPECT_EQ(Attribute(record, "ipv6.deny_all_igw_traffic"), "false");
  record.shown.scheme = "internal";
  EXPECT_EQ(Attribute(record, "ipv6.deny_all_igw_traffic"), "true");
  std::size_t times = 0;
  for (const auto& [key, value] : AttributesOf(record).Show({}))
    times += key == "ipv6.deny_all_igw_traffic" ? 1U : 0U;
  EXPECT_EQ(times, 1U);
}

TEST(NamesTest, ArnsAreMadeOfOneAnother) {
  const protocol::Identity identity{.account = "000000000000", .region = "us-east-1"};
  const std::string arn = LoadBalancerArn(identity, "application", "lb", "0123456789abcdef");
  EXPECT_EQ(RuleArn(ListenerArn(arn, "1"), "2"),
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener-rule/app/lb/0123456789abcdef/1/2");
  EXPECT_EQ(KindOf(ListenerArn(arn, "1")), "listener");
  EXPECT_EQ(KindOf("arn:aws:sns:us-east-1:000000000000:loadbalancer/x"), "");
  EXPECT_FALSE(IsOwn(arn, {.account = "000000000000", .region = "eu-west-1"}));
}

TEST(CidrTest, BlocksHoldOneAnother) {
  const auto wide = resource::ParseCidr("10.0.0.0/8");
  const auto narrow = resource::ParseCidr("10.1.0.0/16");
  EXPECT_TRUE(wide->Contains(*narrow));
  EXPECT_FALSE(narrow->Contains(*wide));
  EXPECT_TRUE(narrow->Overlaps(*wide));
  EXPECT_FALSE(resource::ParseCidr("10.1.2.3/16")->IsNetwork());
  EXPECT_TRUE(resource::ParseCidr("2001:db8::/32")->IsNetwork());
  for (const char* bad :
       {"10.0.0.0", "10.0.0.0/33", "10.0.0/8", "/8", "10.0.0.0/", "10.0.0.0/-1", "::/129"}) {
    EXPECT_FALSE(resource::ParseCidr(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace cumulite::elb
