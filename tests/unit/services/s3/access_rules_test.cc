#include <gtest/gtest.h>

#include "services/s3/access.h"
#include "services/s3/cors.h"
#include "services/s3/errors.h"
#include "services/s3/post/policy.h"
#include "services/s3/public_policy.h"
#include "services/s3/website.h"

namespace cumulite::s3 {
namespace {

TEST(S3AccessRulesTest, EveryOperationHasAnAction) {
  EXPECT_EQ(ActionOf("GetObject"), "s3:GetObject");
  EXPECT_EQ(ActionOf("HeadBucket"), "s3:ListBucket");
  EXPECT_EQ(ActionOf("UploadPart"), "s3:PutObject");
  EXPECT_EQ(ActionOf("DeleteBucketCors"), "s3:PutBucketCORS");
  EXPECT_EQ(ActionOf("Nothing"), "");
  EXPECT_EQ(ActionOnVersion("s3:GetObject"), "s3:GetObjectVersion");
  EXPECT_EQ(ActionOnVersion("s3:PutObject"), "s3:PutObject");
}

bool Public(const std::string& principal, const std::string& condition) {
  return IsPublic(protocol::Policy::Parse(
      R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":)" + principal +
      R"(,"Condition":)" + condition + "}}"));
}

TEST(S3AccessRulesTest, WhatMakesAPolicyPublic) {
  EXPECT_TRUE(Public("\"*\"", "{}"));
  EXPECT_TRUE(Public(R"({"AWS":"*"})", "{}"));
  EXPECT_FALSE(Public(R"({"AWS":"arn:aws:iam::111111111111:root"})", "{}"));
  EXPECT_FALSE(Public("\"*\"", R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/32"}})"));
  EXPECT_TRUE(Public("\"*\"", R"({"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}})"));
  EXPECT_FALSE(Public("\"*\"", R"({"StringEquals":{"aws:SourceVpc":"vpc-1"}})"));
  EXPECT_TRUE(Public("\"*\"", R"({"StringLike":{"aws:SourceVpc":"vpc-*"}})"));
  EXPECT_TRUE(Public("\"*\"", R"({"StringNotEquals":{"aws:SourceVpc":"vpc-1"}})"));
  EXPECT_TRUE(Public("\"*\"", R"({"StringEquals":{"s3:prefix":"a"}})"));
}

TEST(S3AccessRulesTest, TheFirstCorsRuleThatFits) {
  const std::vector<documents::CORSRule> rules{
      {.allowed_methods = {"GET"}, .allowed_origins = {"http://*.example.com"}},
      {.allowed_headers = {"x-amz-*"}, .allowed_methods = {"PUT"}, .allowed_origins = {"*"}}};
  const auto found = [&](std::string_view origin, std::string_view method, std::string_view headers = {}) {
    const auto* rule = FindCorsRule(rules, {origin, method, headers});
    return rule == nullptr ? -1 : static_cast<int>(rule - rules.data());
  };
  EXPECT_EQ(found("http://a.example.com", "GET"), 0);
  EXPECT_EQ(found("http://example.com", "GET"), -1);
  EXPECT_EQ(found("https://a.example.com", "GET"), -1);
  EXPECT_EQ(found("http://a.example.com", "GET", "x-amz-date"), -1);
  EXPECT_EQ(found("http://anywhere", "PUT", "X-Amz-Date, x-amz-acl"), 1);
  EXPECT_EQ(found("http://anywhere", "PUT", "content-type"), -1);
  EXPECT_NE(CorsHeaders(rules[1], {"http://anywhere", "PUT", {}}).find("Allow-Origin: *\r\n"),
            std::string::npos);
  const auto headers = [&](std::size_t rule) { return CorsHeaders(rules[rule], {"http://a", "PUT", {}}); };
  EXPECT_NE(headers(0).find("Allow-Credentials: true\r\n"), std::string::npos);
  EXPECT_EQ(headers(1).find("Allow-Credentials"), std::string::npos) << "any origin, so nobody in particular";
}

std::string CheckForm(const std::string& policy, PostForm::Fields fields) {
  try {
    const base::TimePoint now{std::chrono::sys_days{std::chrono::January / 2 / 2026}};
    const auto range = CheckPostPolicy(policy, fields, now);
    return range ? std::to_string(range->least) + "-" + std::to_string(range->most) : "ok";
  } catch (const AwsError& error) {
    return std::string(error.kind().code);
  }
}

TEST(S3AccessRulesTest, FormsAndTheirPolicies) {
  const auto policy = [](const std::string& conditions, const std::string& until = "2026-01-03T00:00:00Z") {
    return R"({"expiration":")" + until + R"(","conditions":[)" + conditions + "]}";
  };
  const std::string bucket = R"({"bucket":"b"})";
  const PostForm::Fields fields{{"bucket", "b"}, {"key", "photos/a"}, {"policy", "x"}, {"x-ignore-a", "1"}};
  EXPECT_EQ(CheckForm(policy(bucket + R"(,["starts-with","$key","photos/"])"), fields), "ok");
  EXPECT_EQ(CheckForm(policy(bucket + R"(,["StArTs-WiTh","$KeY",""],["content-length-range",1,10])"), fields),
            "1-10");
  EXPECT_EQ(CheckForm(policy(bucket + R"(,["eq","$key","photos/"])"), fields), "AccessDenied");
  EXPECT_EQ(CheckForm(policy(bucket), fields), "AccessDenied") << "the key is not spoken of";
  EXPECT_EQ(CheckForm(policy(R"({"key":"photos/a"})"), fields), "AccessDenied") << "nor the bucket";
  EXPECT_EQ(CheckForm(policy(bucket + R"(,{"key":"photos/a"},{"acl":"private"})"), fields), "AccessDenied");
  EXPECT_EQ(CheckForm(policy(bucket + R"(,{"key":"photos/a"})", "2026-01-01T00:00:00Z"), fields),
            "AccessDenied");
  EXPECT_EQ(CheckForm(policy(bucket + R"(,{"key":"photos/a"},["starts-with","$x-amz-acl",""])"), fields),
            "ok");
  EXPECT_EQ(CheckForm(policy(bucket + R"(,{"key":"photos/a"},["starts-with","$x-amz-acl","p"])"), fields),
            "AccessDenied");
  EXPECT_EQ(CheckForm(policy("{}"), fields), "InvalidPolicyDocument");
  EXPECT_EQ(CheckForm(policy(bucket, "tomorrow"), fields), "InvalidPolicyDocument");
  EXPECT_EQ(CheckForm(R"({"conditions":[]})", fields), "InvalidPolicyDocument");
  EXPECT_EQ(CheckForm(R"({"expiration":"2026-01-03T00:00:00Z","CONDITIONS":[]})", fields),
            "InvalidPolicyDocument");
  EXPECT_EQ(CheckForm(policy(R"(["content-length-range",1])"), fields), "InvalidPolicyDocument");
  EXPECT_EQ(CheckForm("[", fields), "InvalidPolicyDocument");
}

TEST(S3AccessRulesTest, WebsitesRedirect) {
  documents::WebsiteConfiguration website;
  website.index_document = documents::IndexDocument{"index.html"};
  documents::RoutingRule moved;
  moved.condition = documents::Condition{.http_error_code_returned_equals = {}, .key_prefix_equals = "docs/"};
  moved.redirect.replace_key_prefix_with = "documents/";
  documents::RoutingRule missing;
  missing.condition = documents::Condition{.http_error_code_returned_equals = "404", .key_prefix_equals = {}};
  missing.redirect.host_name = "other.example";
  missing.redirect.protocol = "https";
  missing.redirect.http_redirect_code = "302";
  website.routing_rules = {moved, missing};
  const auto location = [&](std::string_view key, int error) {
    const auto redirect = RedirectByRule(website, {"http", "site:80", key}, error);
    return redirect ? std::to_string(redirect->status) + " " + redirect->location : std::string("none");
  };
  EXPECT_EQ(location("docs/a b", 0), "301 http://site:80/documents/a%20b");
  EXPECT_EQ(location("x", 0), "none");
  EXPECT_EQ(location("x", 404), "302 https://other.example/x");
  EXPECT_EQ(location("x", 403), "none");
  EXPECT_EQ(PageOf(website, ""), "index.html");
  EXPECT_EQ(PageOf(website, "a/"), "a/index.html");
  EXPECT_EQ(PageOf(website, "a"), "a");
}

}  // namespace
}  // namespace cumulite::s3
