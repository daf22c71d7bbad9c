#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

TEST_F(S3WireTest, BucketsAreMadeListedAndDeleted) {
  EXPECT_EQ(Put("/bucket", "").status, 200) << "one's own again, in us-east-1";
  Put("/another", "");
  const Reply list = Get("/");
  EXPECT_EQ(Elements(list.body, "Name"), (std::vector<std::string>{"another", "bucket"}));
  EXPECT_EQ(Element(list.body, "CreationDate"), "2026-01-02T03:04:05.000Z");
  const Reply first = Get("/?max-buckets=1");
  EXPECT_EQ(Elements(first.body, "Name"), (std::vector<std::string>{"another"}));
  const Reply second = Get("/?max-buckets=1&continuation-token=" + Element(first.body, "ContinuationToken"));
  EXPECT_EQ(Elements(second.body, "Name"), (std::vector<std::string>{"bucket"}));
  EXPECT_EQ(Element(second.body, "ContinuationToken"), "");
  Put("/bucket/k", "x");
  ExpectError(Delete("/bucket"), 409, "BucketNotEmpty");
  Delete("/bucket/k");
  EXPECT_EQ(Delete("/bucket").status, 204);
  EXPECT_EQ(Head("/bucket").status, 404);
  ExpectError(Put("/bucket/k", "x"), 404, "NoSuchBucket");
  ExpectError(Delete("/bucket"), 404, "NoSuchBucket");
}

TEST_F(S3WireTest, BucketNamesAndLocations) {
  ExpectError(Put("/Bad_Name", ""), 400, "InvalidBucketName");
  ExpectError(Put("/ab", ""), 400, "InvalidBucketName");
  const auto create = [&](const std::string& name, const std::string& constraint, const std::string& region) {
    return Put("/" + name,
               "<CreateBucketConfiguration><LocationConstraint>" + constraint +
                   "</LocationConstraint></CreateBucketConfiguration>",
               {Signed("s3", region)});
  };
  EXPECT_EQ(create("west", "us-west-2", "us-east-1").status, 200);
  EXPECT_NE(Get("/west?location").body.find(">us-west-2<"), std::string::npos);
  EXPECT_EQ(Head("/west").Header("x-amz-bucket-region"), "us-west-2");
  ExpectError(create("east", "us-east-1", "us-east-1"), 400, "InvalidLocationConstraint");
  ExpectError(create("mars", "mars-1", "us-east-1"), 400, "InvalidLocationConstraint");
  ExpectError(create("wrong", "us-west-2", "eu-west-1"), 400, "IllegalLocationConstraintException");
  ExpectError(Put("/none", "", {Signed("s3", "eu-west-1")}), 400, "IllegalLocationConstraintException");
  ExpectError(create("west", "us-west-2", "us-west-2"), 409, "BucketAlreadyOwnedByYou");
  ExpectError(Put("/malformed", "<CreateBucketConfiguration>"), 400, "MalformedXML");
}

TEST_F(S3WireTest, OtherAccountsAreRefused) {
  const Headers other{Signed("s3", "us-east-1", "111122223333")};
  Put("/bucket/k", "x");
  ExpectError(Get("/bucket/k", other), 403, "AccessDenied");
  ExpectError(Put("/bucket/k", "y", other), 403, "AccessDenied");
  ExpectError(Get("/bucket", other), 403, "AccessDenied");
  EXPECT_EQ(Head("/bucket", other).status, 403);
  ExpectError(Put("/bucket", "", other), 409, "BucketAlreadyExists");
  ExpectError(Get("/nothing/k", other), 404, "NoSuchBucket");
  EXPECT_EQ(Elements(Get("/", other).body, "Name").size(), 0u);
  EXPECT_EQ(Get("/bucket/k").body, "x");
}

TEST_F(S3WireTest, ExpectedBucketOwner) {
  EXPECT_EQ(Get("/bucket", {{"x-amz-expected-bucket-owner", "000000000000"}}).status, 200);
  ExpectError(Get("/bucket", {{"x-amz-expected-bucket-owner", "111122223333"}}), 403, "AccessDenied");
  ExpectError(Get("/bucket", {{"x-amz-expected-bucket-owner", "me"}}), 400, "InvalidBucketOwnerAWSAccountID");
}

TEST_F(S3WireTest, VirtualHosts) {
  Put("/k", "by host", {{"Host", "bucket.s3.localhost:4566"}});
  EXPECT_EQ(Get("/bucket/k").body, "by host");
  EXPECT_EQ(Get("/k", {{"Host", "bucket.s3.us-east-1.amazonaws.com"}}).body, "by host");
  EXPECT_EQ(Elements(Get("/", {{"Host", "bucket.localhost"}}).body, "Key").size(), 1u);
}

TEST_F(S3WireTest, FixedAnswersThatAreTrue) {
  EXPECT_EQ(Get("/bucket?versioning").status, 200);
  EXPECT_EQ(Element(Get("/bucket?encryption").body, "SSEAlgorithm"), "AES256");
  ExpectError(Get("/nothing?versioning"), 404, "NoSuchBucket");
}

TEST_F(S3WireTest, AccountsAreResetAlone) {
  Put("/bucket/k", std::string(50'000, 'x'));
  Put("/theirs", "", {Signed("s3", "us-east-1", "111122223333")});
  EXPECT_EQ(Post("/_cumulite/reset?service=s3&account=000000000000", "").status, 200);
  ExpectError(Get("/bucket/k"), 404, "NoSuchBucket");
  EXPECT_EQ(Head("/theirs", {Signed("s3", "us-east-1", "111122223333")}).status, 200);
}

TEST_F(S3WireTest, TagsAreKeptUntilTheyAreDeleted) {
  ExpectError(Get("/bucket?tagging"), 404, "NoSuchTagSet");
  const std::string tags =
      "<TagSet><Tag><Key>team</Key><Value>a "
      "b</Value></Tag><Tag><Key>empty</Key><Value></Value></Tag></TagSet>";
  EXPECT_EQ(Put("/bucket?tagging", "<Tagging>" + tags + "</Tagging>").status, 204);
  RestartServer();
  EXPECT_EQ(Elements(Get("/bucket?tagging").body, "Key"), (std::vector<std::string>{"team", "empty"}));
  EXPECT_EQ(Elements(Get("/bucket?tagging").body, "Value"), (std::vector<std::string>{"a b", ""}));
  EXPECT_EQ(Delete("/bucket?tagging").status, 204);
  ExpectError(Get("/bucket?tagging"), 404, "NoSuchTagSet");
  ExpectError(Put("/missing?tagging", "<Tagging>" + tags + "</Tagging>"), 404, "NoSuchBucket");
}

TEST_F(S3WireTest, BadTagsChangeNothing) {
  const auto put = [&](const std::string& tags) {
    return Put("/bucket?tagging", "<Tagging><TagSet>" + tags + "</TagSet></Tagging>");
  };
  const auto tag = [](const std::string& key, const std::string& value) {
    return "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>";
  };
  EXPECT_EQ(put(tag("old", "1")).status, 204);
  ExpectError(put(tag("", "1")), 400, "InvalidTag");
  ExpectError(put(tag("aws:x", "1")), 400, "InvalidTag");
  ExpectError(put(tag("what?", "1")), 400, "InvalidTag");
  ExpectError(put(tag(std::string(129, 'k'), "1")), 400, "InvalidTag");
  ExpectError(put(tag("k", std::string(257, 'v'))), 400, "InvalidTag");
  ExpectError(put(tag("k", "1") + tag("k", "2")), 400, "InvalidTag");
  std::string many;
  for (int i = 0; i < 51; ++i) many += tag(std::to_string(i), "");
  ExpectError(put(many), 400, "BadRequest");
  ExpectError(put("<Tag><Key>k</Key></Tag>"), 400, "MalformedXML");
  ExpectError(Put("/bucket?tagging", "<Tagging/>"), 400, "MalformedXML");
  EXPECT_EQ(Elements(Get("/bucket?tagging").body, "Key"), std::vector<std::string>{"old"});
}

TEST_F(S3WireTest, BucketsAreCreatedWithTags) {
  const std::string tags = "<Tags><Tag><Key>team</Key><Value>x</Value></Tag></Tags>";
  const std::string document = "<CreateBucketConfiguration>" + tags + "</CreateBucketConfiguration>";
  EXPECT_EQ(Put("/tagged", document, {{"x-amz-object-ownership", "BucketOwnerEnforced"}}).status, 200);
  EXPECT_EQ(Element(Get("/tagged?tagging").body, "Value"), "x");
  ExpectError(Put("/other", document, {{"x-amz-object-ownership", "Mine"}}), 400, "InvalidArgument");
  EXPECT_EQ(Head("/other").status, 404);
}

}  // namespace
}  // namespace cumulite::testing
