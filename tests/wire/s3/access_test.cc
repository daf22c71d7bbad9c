#include <gmock/gmock.h>

#include "protocol/checksum.h"
#include "tests/support/wire/s3_signer.h"
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

const S3Signer kOwner("AKIAOWNER", "owner's secret");
const S3Signer kOther("AKIAOTHER", "other's secret");

/// Two accounts, and nobody at all, against a bucket of the first.
class S3AccessTest : public S3WireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.s3_legacy_bucket_defaults = true;
    settings.credential = {{"AKIAOWNER", "owner's secret", "111111111111", "ann"},
                           {"AKIAOTHER", "other's secret", "222222222222", "bob"}};
  }
  void SetUp() override {
    WireTest::SetUp();
    ASSERT_EQ(As(kOwner, "PUT", "/bucket").status, 200);
    ASSERT_EQ(As(kOwner, "PUT", "/bucket/k", "old").status, 200);
  }
  Reply As(const S3Signer& caller, const std::string& method, const std::string& target,
           std::string_view body = {}, Headers headers = {}) const {
    const std::string hash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, body).Hex();
    return Request(method, target, body, caller.Sign(method, target, hash, std::move(headers)));
  }
  Reply AsNobody(const std::string& method, const std::string& target, std::string_view body = {}) const {
    return Request(method, target, body);
  }
  void Policy(const std::string& effect, const std::string& principal, const std::string& action,
              const std::string& resource, const std::string& condition = "{}") const {
    const std::string policy = R"({"Version":"2012-10-17","Statement":[{"Effect":")" + effect +
                               R"(","Principal":)" + principal + R"(,"Action":")" + action +
                               R"(","Resource":"arn:aws:s3:::)" + resource + R"(","Condition":)" + condition +
                               "}]}";
    const Reply put = As(kOwner, "PUT", "/bucket?policy", policy);
    ASSERT_EQ(put.status, 204) << put.body;
  }
};

TEST_F(S3AccessTest, NobodyElseMayAnything) {
  ExpectError(As(kOther, "GET", "/bucket/k"), 403, "AccessDenied");
  ExpectError(As(kOther, "GET", "/bucket/none"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  ExpectError(AsNobody("PUT", "/bucket/k", "new"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/bucket?policy"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/nothing/k"), 404, "NoSuchBucket");
}

TEST_F(S3AccessTest, PoliciesLetOthersIn) {
  Policy("Allow", R"({"AWS":"arn:aws:iam::222222222222:root"})", "s3:GetObject", "bucket/*");
  EXPECT_EQ(As(kOther, "GET", "/bucket/k").body, "old");
  ExpectError(As(kOther, "GET", "/bucket/none"), 403, "AccessDenied");
  ExpectError(As(kOther, "GET", "/bucket"), 403, "AccessDenied");
  ExpectError(As(kOther, "PUT", "/bucket/k", "new"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  Policy("Allow", "\"*\"", "s3:*", "bucket*");
  EXPECT_EQ(AsNobody("GET", "/bucket/k").body, "old");
  ExpectError(AsNobody("GET", "/bucket/none"), 404, "NoSuchKey");
  EXPECT_EQ(AsNobody("PUT", "/bucket/k", "new").status, 200);
}

TEST_F(S3AccessTest, DenyBindsTheOwner) {
  Policy("Deny", "\"*\"", "s3:GetObject", "bucket/*");
  const Reply refused = As(kOwner, "GET", "/bucket/k");
  ExpectError(refused, 403, "AccessDenied");
  EXPECT_THAT(Element(refused.body, "Message"), ::testing::HasSubstr("explicit deny"));
  EXPECT_EQ(As(kOwner, "DELETE", "/bucket?policy").status, 204);
  EXPECT_EQ(As(kOwner, "GET", "/bucket/k").body, "old");
}

TEST_F(S3AccessTest, ConditionsSeeTheRequest) {
  Policy("Allow", "\"*\"", "s3:ListBucket", "bucket", R"({"StringEquals":{"s3:prefix":"mine/"}})");
  EXPECT_EQ(AsNobody("GET", "/bucket?prefix=mine/").status, 200);
  ExpectError(AsNobody("GET", "/bucket"), 403, "AccessDenied");
  Policy("Allow", "\"*\"", "s3:GetObject", "bucket/*", R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})");
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  Policy("Allow", "\"*\"", "s3:GetObject", "bucket/*", R"({"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}})");
  EXPECT_EQ(AsNobody("GET", "/bucket/k").status, 200);
  Policy("Deny", "\"*\"", "s3:PutObject", "bucket/*",
         R"({"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}})");
  ExpectError(As(kOwner, "PUT", "/bucket/k", "new"), 403, "AccessDenied");
  EXPECT_EQ(As(kOwner, "PUT", "/bucket/k", "new", {{"x-amz-server-side-encryption", "AES256"}}).status, 200);
}

TEST_F(S3AccessTest, PublicAccessCanBeBlocked) {
  Policy("Allow", "\"*\"", "s3:GetObject", "bucket/*");
  EXPECT_EQ(Element(As(kOwner, "GET", "/bucket?policyStatus").body, "IsPublic"), "true");
  EXPECT_EQ(AsNobody("GET", "/bucket/k").status, 200);
  const std::string block =
      "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets>"
      "<BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>";
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?publicAccessBlock", block).status, 200);
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  ExpectError(As(kOther, "GET", "/bucket/k"), 403, "AccessDenied");
  EXPECT_EQ(As(kOwner, "GET", "/bucket/k").status, 200);
  const std::string open =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket"}})";
  ExpectError(As(kOwner, "PUT", "/bucket?policy", open), 403, "AccessDenied");
}

TEST_F(S3AccessTest, BucketAclsLetOthersIn) {
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?acl", {}, {{"x-amz-acl", "public-read"}}).status, 200);
  EXPECT_EQ(AsNobody("GET", "/bucket").status, 200);
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/bucket/none"), 404, "NoSuchKey");
  ExpectError(AsNobody("PUT", "/bucket/n", "x"), 403, "AccessDenied");
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?acl", {}, {{"x-amz-acl", "authenticated-read"}}).status, 200);
  EXPECT_EQ(As(kOther, "GET", "/bucket").status, 200);
  ExpectError(AsNobody("GET", "/bucket"), 403, "AccessDenied");
  const std::string acl = As(kOwner, "GET", "/bucket?acl").body;
  EXPECT_EQ(Element(acl, "DisplayName"), "ann");
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?publicAccessBlock",
               "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls>"
               "</PublicAccessBlockConfiguration>")
                .status,
            200);
  ExpectError(As(kOther, "GET", "/bucket"), 403, "AccessDenied");
}

TEST_F(S3AccessTest, ObjectsHaveAclsOfTheirOwn) {
  EXPECT_EQ(As(kOwner, "PUT", "/bucket/open", "x", {{"x-amz-acl", "public-read"}}).status, 200);
  EXPECT_EQ(AsNobody("GET", "/bucket/open").body, "x");
  ExpectError(AsNobody("GET", "/bucket/open?acl"), 403, "AccessDenied");
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  EXPECT_EQ(As(kOwner, "PUT", "/bucket/k?acl", {}, {{"x-amz-acl", "authenticated-read"}}).status, 200);
  EXPECT_EQ(As(kOther, "GET", "/bucket/k").body, "old");
  ExpectError(AsNobody("GET", "/bucket/k"), 403, "AccessDenied");
  const std::string acl = As(kOwner, "GET", "/bucket/k?acl").body;
  EXPECT_EQ(Elements(acl, "Permission"), (std::vector<std::string>{"FULL_CONTROL", "READ"}));
  EXPECT_EQ(As(kOwner, "PUT", "/bucket/k?acl", {}, {{"x-amz-acl", "private"}}).status, 200);
  ExpectError(As(kOther, "GET", "/bucket/k"), 403, "AccessDenied");
}

TEST_F(S3AccessTest, WhatOthersWriteIsTheirs) {
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?acl", {}, {{"x-amz-acl", "public-read-write"}}).status, 200);
  EXPECT_EQ(As(kOther, "PUT", "/bucket/theirs", "x").status, 200);
  ExpectError(As(kOwner, "GET", "/bucket/theirs"), 403, "AccessDenied");
  EXPECT_EQ(As(kOther, "GET", "/bucket/theirs").body, "x");
  EXPECT_EQ(As(kOther, "PUT", "/bucket/theirs?acl", {}, {{"x-amz-acl", "bucket-owner-full-control"}}).status,
            200);
  EXPECT_EQ(As(kOwner, "GET", "/bucket/theirs").body, "x");
  EXPECT_EQ(As(kOwner, "DELETE", "/bucket/theirs").status, 204);
  EXPECT_EQ(AsNobody("PUT", "/bucket/nobodys", "x").status, 200);
  EXPECT_EQ(As(kOwner, "PUT", "/bucket?ownershipControls",
               "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule>"
               "</OwnershipControls>")
                .status,
            200);
  EXPECT_EQ(As(kOther, "PUT", "/bucket/given", "x", {{"x-amz-acl", "bucket-owner-full-control"}}).status,
            200);
  EXPECT_EQ(As(kOwner, "GET", "/bucket/given").body, "x");
}

TEST_F(S3AccessTest, EachKeyOfADeletionIsADecision) {
  EXPECT_EQ(As(kOwner, "PUT", "/bucket/free", "x").status, 200);
  Policy("Allow", "\"*\"", "s3:DeleteObject", "bucket/free");
  const std::string body = "<Delete><Object><Key>free</Key></Object><Object><Key>k</Key></Object></Delete>";
  const std::string md5 = protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, body).Base64();
  const Reply reply = As(kOther, "POST", "/bucket?delete", body, {{"Content-MD5", md5}});
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Element(reply.body, "Deleted"), "<Key>free</Key>");
  EXPECT_EQ(Element(reply.body, "Code"), "AccessDenied");
  EXPECT_EQ(As(kOwner, "GET", "/bucket/k").body, "old");
}

TEST_F(S3AccessTest, MalformedPoliciesAreRefused) {
  const auto put = [&](const std::string& statement) {
    return As(kOwner, "PUT", "/bucket?policy", R"({"Version":"2012-10-17","Statement":[)" + statement + "]}");
  };
  ExpectError(
      put(R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"})"),
      400, "MalformedPolicy");
  ExpectError(
      put(R"({"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"arn:aws:s3:::bucket"})"),
      400, "MalformedPolicy");
  ExpectError(put(R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"})"), 400,
              "MalformedPolicy");
  ExpectError(put(R"({"Effect":"Allow","NotPrincipal":{"AWS":"111111111111"},"Action":"s3:GetObject",)"
                  R"("Resource":"arn:aws:s3:::bucket/*"})"),
              400, "MalformedPolicy");
  ExpectError(As(kOwner, "PUT", "/bucket?policy", "nonsense"), 400, "MalformedPolicy");
  ExpectError(As(kOwner, "GET", "/bucket?policyStatus"), 404, "NoSuchBucketPolicy");
}

}  // namespace
}  // namespace cumulite::testing
