#include <gtest/gtest.h>

#include "services/elb/proxy/generated_answer.h"
#include "services/elb/proxy/redirect.h"
#include "services/elb/proxy/transform.h"

namespace cumulite::elb::proxy {
namespace {

TEST(RedirectTest, Placeholders) {
  const RedirectFacts facts{"http", "example.com", 80, "/a/b%20c", "x=1&y=2"};
  EXPECT_EQ(LocationOf({.protocol = "HTTPS", .port = "443"}, facts),
            "https://example.com:443/a/b%20c?x=1&y=2");
  EXPECT_EQ(LocationOf({.host = "www.#{host}"}, facts), "http://www.example.com:80/a/b%20c?x=1&y=2");
  EXPECT_EQ(LocationOf({.path = "/new/#{path}/#{port}", .query = "#{query}&from=#{protocol}"}, facts),
            "http://example.com:80/new/a/b%20c/80?x=1&y=2&from=http");
  EXPECT_EQ(LocationOf({.path = "/#{nothing}", .query = ""}, facts), "http://example.com:80/#{nothing}");
}

TEST(RedirectTest, AnEmptyQueryLeavesNoMark) {
  EXPECT_EQ(LocationOf({.protocol = "HTTPS", .port = "443"}, {"http", "example.com", 80, "/", ""}),
            "https://example.com:443/");
}

TEST(RedirectTest, TooLong) {
  const std::string query(9'000, 'q');
  EXPECT_FALSE(LocationOf({}, {"http", "example.com", 80, "/", query}));
}

TEST(TransformTest, RewritesWhatMatches) {
  const Transformer transformer(
      {{Transform::Kind::kUrlRewrite, "^/dp/([A-Za-z0-9]+)/?$", "/product.php?id=$1"},
       {Transform::Kind::kHostHeaderRewrite, "^(.+)\\.example\\.com$", "$1.internal"}});
  using Kind = Transformer::Result::Kind;
  const auto url = transformer.Rewrite(Transform::Kind::kUrlRewrite, "/dp/B09");
  EXPECT_EQ(url.kind, Kind::kChanged);
  EXPECT_EQ(url.text, "/product.php?id=B09");
  EXPECT_EQ(transformer.Rewrite(Transform::Kind::kUrlRewrite, "/other").kind, Kind::kUnchanged);
  EXPECT_EQ(transformer.Rewrite(Transform::Kind::kHostHeaderRewrite, "api.Example.com").text, "api.internal");
}

TEST(TransformTest, FailsWhenTheResultCouldForgeARequest) {
  using Kind = Transformer::Result::Kind;
  const auto rewrite = [](std::string replace) {
    return Transformer({{Transform::Kind::kUrlRewrite, "^.*$", std::move(replace)}})
        .Rewrite(Transform::Kind::kUrlRewrite, "/x")
        .kind;
  };
  EXPECT_EQ(rewrite("/a b"), Kind::kFailed);
  EXPECT_EQ(rewrite("/a\r\nX: y"), Kind::kFailed);
  EXPECT_EQ(rewrite("no-slash"), Kind::kFailed);
  EXPECT_EQ(rewrite("/$3"), Kind::kFailed) << "a group that is not there";
}

TEST(GeneratedAnswerTest, AwsPages) {
  struct Row {
    int status;
    std::size_t size;
    std::string_view reason;
    bool closes;
  };
  constexpr Row kRows[] = {{400, 122, "Bad Request", true},
                           {502, 122, "Bad Gateway", false},
                           {503, 162, "Service Temporarily Unavailable", false},
                           {504, 132, "Gateway Time-out", false},
                           {301, 134, "Moved Permanently", false},
                           {302, 110, "Moved Temporarily", false}};
  for (const Row& row : kRows) {
    protocol::HttpResponse response;
    AnswerWithPage(row.status, true, response);
    EXPECT_EQ(response.body.size(), row.size) << response.body;
    EXPECT_EQ(response.reason, row.reason);
    EXPECT_EQ(response.close_connection, row.closes) << row.status;
    EXPECT_NE(response.headers.find("Server: awselb/2.0\r\n"), std::string::npos);
  }
  protocol::HttpResponse anonymous;
  AnswerWithPage(503, false, anonymous);
  EXPECT_EQ(anonymous.headers.find("Server"), std::string::npos);
}

}  // namespace
}  // namespace cumulite::elb::proxy
