#include <set>

#include "net/client_tls.h"
#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using testing::Client;
using ::testing::HasSubstr;
using testing::Reply;

class RoutingTest : public DataPlaneTest {
 protected:
  static Rule FixedRule(int priority, std::string path, std::string body) {
    Rule rule{.arn = "rule-" + body, .priority = priority};
    if (!path.empty())
      rule.conditions = {{.field = Condition::Field::kPathPattern, .values = {std::move(path)}}};
    rule.action = FixedResponse{.status = 200, .content_type = "text/plain", .body = std::move(body)};
    return rule;
  }
  static std::string CookiesOf(const Reply& reply) {
    std::string cookies;
    for (const auto& [name, value] : reply.headers) {
      if (name == "Set-Cookie") cookies += (cookies.empty() ? "" : "; ") + value.substr(0, value.find(';'));
    }
    return "Cookie: " + cookies + "\r\n";
  }
};

TEST_F(RoutingTest, TheFirstRuleThatMatchesWins) {
  listener_->rules = {FixedRule(1, "/a/*", "one"), FixedRule(2, "/a/b*", "two"), FixedRule(0, "", "default")};
  Install();
  EXPECT_EQ(Get("/a/b"), "one");
  EXPECT_EQ(Get("/c"), "default");
  std::swap(listener_->rules[0], listener_->rules[1]);
  Install();
  EXPECT_EQ(Get("/a/b"), "two") << "a change holds for the next request";
}

TEST_F(RoutingTest, FixedResponses) {
  listener_->rules = {
      {.action = FixedResponse{.status = 404, .content_type = "application/json", .body = "{}"}}};
  Install();
  const Reply reply = SendGet();
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.Header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(reply.Header("Server"), "awselb/2.0");
  listener_->server_header = false;
  Install();
  EXPECT_FALSE(SendGet().Has("Server"));
}

TEST_F(RoutingTest, Redirects) {
  listener_->rules = {{.action = Redirect{.status = 301, .protocol = "HTTPS", .port = "443"}}};
  Install();
  const Reply reply = SendGet("/x?y=1");
  EXPECT_EQ(reply.status, 301);
  EXPECT_EQ(reply.Header("Location"), "https://www.example.com:443/x?y=1");
  EXPECT_EQ(reply.body.size(), 134U);
}

TEST_F(RoutingTest, RoundRobinOverTargets) {
  Backend& a = AddBackend("a");
  Backend& b = AddBackend("b");
  ForwardTo(Group("g", {&a, &b}));
  Install();
  std::multiset<std::string> answers;
  for (int i = 0; i < 10; ++i) answers.insert(Get());
  EXPECT_EQ(answers.count("a"), 5U);
  EXPECT_EQ(answers.count("b"), 5U);
}

TEST_F(RoutingTest, WeightsAndNoneForZero) {
  Backend& a = AddBackend("a");
  Backend& b = AddBackend("b");
  Backend& c = AddBackend("c");
  Rule rule;
  rule.action = Forward{.groups = {{Group("ga", {&a}), 3}, {Group("gb", {&b}), 1}, {Group("gc", {&c}), 0}}};
  listener_->rules = {rule};
  Install();
  std::multiset<std::string> answers;
  Client client(port_);
  for (int i = 0; i < 200; ++i) {
    client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    answers.insert(client.Read()->body);
  }
  EXPECT_EQ(answers.count("c"), 0U);
  EXPECT_GT(answers.count("a"), 120U);
  EXPECT_GT(answers.count("b"), 20U);
}

TEST_F(RoutingTest, LbCookiesStick) {
  Backend& a = AddBackend("a");
  Backend& b = AddBackend("b");
  auto group = Group("g", {&a, &b});
  group->stickiness = TargetGroup::Stickiness::kLbCookie;
  ForwardTo(group);
  Install();
  const Reply first = SendGet();
  const std::string cookies = CookiesOf(first);
  EXPECT_THAT(cookies, HasSubstr("AWSALB="));
  EXPECT_THAT(cookies, HasSubstr("AWSALBCORS="));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(Get("/", cookies), first.body);
  clock_.Advance(86'401s);
  std::set<std::string> anew;
  for (int i = 0; i < 6; ++i) anew.insert(Get("/", cookies));
  EXPECT_EQ(anew.size(), 2U) << "the cookie is stale";
}

TEST_F(RoutingTest, ApplicationCookiesStick) {
  const auto answer = [](std::string name) {
    return [name](const Backend::Seen& seen) {
      return Content(name, seen.head.starts_with("GET /login") ? "Set-Cookie: SID=1; Path=/\r\n" : "");
    };
  };
  Backend& a = AddBackend(answer("a"));
  Backend& b = AddBackend(answer("b"));
  auto group = Group("g", {&a, &b});
  group->stickiness = TargetGroup::Stickiness::kAppCookie;
  group->app_cookie_name = "SID";
  ForwardTo(group);
  Install();
  EXPECT_THAT(CookiesOf(SendGet()), HasSubstr("AWSALBAPP-0=_remove_")) << "no session yet";
  const Reply login = SendGet("/login");
  const std::string cookies = CookiesOf(login);
  EXPECT_THAT(cookies, ::testing::Not(HasSubstr("AWSALBAPP-0=_remove_")));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(Get("/", cookies), login.body);
}

TEST_F(RoutingTest, GroupsStick) {
  Backend& a = AddBackend("a");
  Backend& b = AddBackend("b");
  Rule rule;
  rule.action = Forward{
      .groups = {{Group("ga", {&a}), 1}, {Group("gb", {&b}), 1}}, .sticky = true, .sticky_duration = 60s};
  listener_->rules = {rule};
  Install();
  const Reply first = SendGet();
  const std::string cookies = CookiesOf(first);
  EXPECT_THAT(cookies, HasSubstr("AWSALBTG="));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Get("/", cookies), first.body);
}

TEST_F(RoutingTest, SeveralLoadBalancersShareAPort) {
  listener_->rules = {FixedRule(0, "", "oldest")};
  auto other = std::make_shared<LoadBalancer>();
  other->arn = "lb-2";
  other->dns_name = "other-2.us-east-1.elb.localhost";
  auto listener = std::make_shared<Listener>();
  listener->port = port_;
  listener->rules = {FixedRule(0, "", "other")};
  other->listeners.push_back(listener);
  others_.push_back(other);
  Install();
  EXPECT_EQ(Send("GET / HTTP/1.1\r\nHost: Other-2.us-east-1.elb.localhost\r\n\r\n").body, "other");
  EXPECT_EQ(Send("GET / HTTP/1.1\r\nHost: lb-1.us-east-1.elb.localhost\r\n\r\n").body, "oldest");
  EXPECT_EQ(Get(), "oldest") << "a host that names none";
}

TEST_F(RoutingTest, PortsFollowTheListeners) {
  listener_->rules = {FixedRule(0, "", "x")};
  Install();
  EXPECT_EQ(Get(), "x");
  ASSERT_EQ(plane_->Listeners().size(), 1U);
  EXPECT_TRUE(plane_->Listeners()[0].bound);
  const std::uint16_t before = port_;
  port_ = listener_->port = FreePort();
  Install();
  EXPECT_EQ(Get(), "x");
  port_ = before;
  EXPECT_ANY_THROW(SendGet()) << "nobody listens there any more";
}

TEST_F(RoutingTest, APortInUseIsTold) {
  Backend& taken = AddBackend("x");
  listener_->port = taken.port();
  listener_->rules = {FixedRule(0, "", "x")};
  Install();
  ASSERT_EQ(plane_->Listeners().size(), 1U);
  EXPECT_FALSE(plane_->Listeners()[0].bound);
  EXPECT_THAT(plane_->Listeners()[0].failure, HasSubstr("in use"));
}

TEST_F(RoutingTest, ExplainTellsWhy) {
  Backend& a = AddBackend("a");
  ForwardTo(Group("g", {&a}));
  listener_->rules.insert(listener_->rules.begin(), FixedRule(7, "/x*", "fixed"));
  Install();
  const auto json =
      nlohmann::json::parse(plane_->Explain({.host = load_balancer_->dns_name, .path = "/y?z=1"}));
  EXPECT_EQ(json["Rules"][0]["Priority"], "7");
  EXPECT_EQ(json["Rules"][0]["Matches"], false);
  EXPECT_EQ(json["Rules"][0]["Mismatch"], "path-pattern");
  EXPECT_EQ(json["Rules"][1]["Matches"], true);
  EXPECT_EQ(json["Action"]["Type"], "forward");
  EXPECT_EQ(json["Action"]["TargetGroups"][0]["Targets"][0]["State"], "healthy");
  EXPECT_EQ(json["Action"]["TargetGroups"][0]["Targets"][0]["Next"], true);
  EXPECT_TRUE(a.seen().empty());
  EXPECT_THAT(plane_->Explain({.host = "nobody.us-east-1.elb.localhost"}),
              HasSubstr("no load balancer has this host"));
}

TEST_F(RoutingTest, Metrics) {
  listener_->rules = {FixedRule(0, "", "x")};
  Install();
  Get();
  std::string text;
  plane_->AppendMetrics(text);
  EXPECT_THAT(text, HasSubstr("aws_applicationelb_RequestCount{LoadBalancer=\"app/lb/1\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("aws_applicationelb_HTTP_Fixed_Response_Count{LoadBalancer=\"app/lb/1\"} 1\n"));
}

}  // namespace
}  // namespace cumulite::elb::proxy
