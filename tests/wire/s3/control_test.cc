#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

class S3ControlTest : public S3WireTest {
 protected:
  Reply Control(const std::string& method, const std::string& path, std::string_view body = {}) const {
    return Request(method, "/v20180820/" + path, body,
                   {{"Host", "000000000000.s3-control.localhost"}, {"x-amz-account-id", "000000000000"}});
  }
};

TEST_F(S3ControlTest, TagsOfBucketsByTheirArns) {
  const std::string arn = "tags/arn%3Aaws%3As3%3A%3A%3Abucket";
  EXPECT_EQ(Control("GET", arn).status, 200);
  const auto tag = [](const std::string& key, const std::string& value) {
    return "<TagResourceRequest><Tags><Tag><Key>" + key + "</Key><Value>" + value +
           "</Value></Tag></Tags></TagResourceRequest>";
  };
  EXPECT_EQ(Control("POST", arn, tag("a", "1")).status, 204);
  EXPECT_EQ(Control("POST", arn, tag("b", "2")).status, 204);
  EXPECT_EQ(Control("POST", arn, tag("a", "3")).status, 204);
  EXPECT_EQ(Elements(Control("GET", arn).body, "Value"), (std::vector<std::string>{"2", "3"}));
  EXPECT_EQ(Elements(Get("/bucket?tagging").body, "Key"), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(Control("DELETE", arn + "?tagKeys=a&tagKeys=b").status, 204);
  EXPECT_EQ(Get("/bucket?tagging").status, 404);
  const Reply missing = Control("GET", "tags/arn%3Aaws%3As3%3A%3A%3Anothing");
  EXPECT_EQ(missing.status, 404);
  EXPECT_NE(missing.body.find("<ErrorResponse><Error><Code>NoSuchBucket</Code>"), std::string::npos)
      << missing.body;
}

TEST_F(S3ControlTest, TheBlockOfAnAccount) {
  EXPECT_EQ(Control("GET", "configuration/publicAccessBlock").status, 404);
  EXPECT_EQ(Control("PUT", "configuration/publicAccessBlock",
                    "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy>"
                    "</PublicAccessBlockConfiguration>")
                .status,
            200);
  EXPECT_EQ(Element(Control("GET", "configuration/publicAccessBlock").body, "BlockPublicPolicy"), "true");
  EXPECT_EQ(Delete("/bucket?publicAccessBlock").status, 204);
  const std::string open =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket"}})";
  ExpectError(Put("/bucket?policy", open), 403, "AccessDenied");
  EXPECT_EQ(Control("DELETE", "configuration/publicAccessBlock").status, 204);
  EXPECT_EQ(Put("/bucket?policy", open).status, 204);
}

TEST_F(S3ControlTest, AccessPointsLeadToTheirBuckets) {
  const std::string create =
      "<CreateAccessPointRequest "
      "xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><Bucket>bucket</Bucket>"
      "</CreateAccessPointRequest>";
  const Reply created = Control("PUT", "accesspoint/way-in", create);
  EXPECT_EQ(created.status, 200) << created.body;
  EXPECT_EQ(Element(created.body, "AccessPointArn"), "arn:aws:s3:us-east-1:000000000000:accesspoint/way-in");
  EXPECT_EQ(Control("PUT", "accesspoint/way-in", create).status, 409);
  EXPECT_EQ(Control("PUT", "accesspoint/BAD", create).status, 400);
  RestartServer();
  const Reply read = Control("GET", "accesspoint/way-in");
  EXPECT_EQ(Element(read.body, "Bucket"), "bucket");
  EXPECT_EQ(Element(read.body, "NetworkOrigin"), "Internet");
  const std::string alias = Element(read.body, "Alias");
  EXPECT_EQ(Elements(Control("GET", "accesspoint?bucket=bucket").body, "Name"),
            std::vector<std::string>{"way-in"});
  Put("/bucket/k", "x");
  EXPECT_EQ(Get("/" + alias + "/k").body, "x");
  EXPECT_EQ(Get("/k", {{"Host", "way-in-000000000000.localhost"}}).body, "x");
  EXPECT_EQ(Control("GET", "accesspoint/way-in/policy").status, 404);
  ExpectError(Delete("/bucket"), 400, "BucketHasAccessPointsAttached");
  EXPECT_EQ(Control("DELETE", "accesspoint/way-in").status, 204);
  EXPECT_EQ(Control("GET", "accesspoint/way-in").status, 404);
  ExpectError(Get("/" + alias + "/k"), 404, "NoSuchBucket");
}

TEST_F(S3ControlTest, TheAccountsBlockHoldsForItsBuckets) {
  Put("/acls", "", {{"x-amz-object-ownership", "ObjectWriter"}});
  Delete("/acls?publicAccessBlock");
  EXPECT_EQ(Put("/acls?acl", "", {{"x-amz-acl", "public-read"}}).status, 200);
  const auto other = Signed("s3", "us-east-1", "222222222222");
  EXPECT_EQ(Get("/acls", {other}).status, 200);
  EXPECT_EQ(Control("PUT", "configuration/publicAccessBlock",
                    "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls>"
                    "</PublicAccessBlockConfiguration>")
                .status,
            200);
  ExpectError(Get("/acls", {other}), 403, "AccessDenied");
}

TEST_F(S3ControlTest, AnAccessPointsPolicyIsAskedToo) {
  Put("/bucket/k", "x");
  Delete("/bucket?publicAccessBlock");
  const std::string open =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bucket/*"}})";
  EXPECT_EQ(Put("/bucket?policy", open).status, 204);
  Control("PUT", "accesspoint/way-in",
          "<CreateAccessPointRequest><Bucket>bucket</Bucket></CreateAccessPointRequest>");
  const auto other = Signed("s3", "us-east-1", "222222222222");
  EXPECT_EQ(Get("/bucket/k", {other}).body, "x");
  const std::string alias = Element(Control("GET", "accesspoint/way-in").body, "Alias");
  ExpectError(Get("/" + alias + "/k", {other}), 403, "AccessDenied");
}

TEST_F(S3ControlTest, CopiesComeFromAccessPoints) {
  Put("/bucket/a/b%20c", "hello");
  Control("PUT", "accesspoint/way-in",
          "<CreateAccessPointRequest><Bucket>bucket</Bucket></CreateAccessPointRequest>");
  const std::string arn = "arn:aws:s3:us-east-1:000000000000:accesspoint/way-in";
  const auto copy = [&](const std::string& source) {
    return Put("/bucket/copy", "", {{"x-amz-copy-source", source}});
  };
  EXPECT_EQ(copy(arn + "/object/a/b%20c").status, 200);
  EXPECT_EQ(Get("/bucket/copy").body, "hello");
  Put("/bucket/copy", "");
  EXPECT_EQ(
      copy("arn%3Aaws%3As3%3Aus-east-1%3A000000000000%3Aaccesspoint%2Fway-in%2Fobject%2Fa%2Fb%20c").status,
      200)
      << "SDKs encode it as they do any key";
  EXPECT_EQ(Get("/bucket/copy").body, "hello");
  ExpectError(copy(arn + "/object/none"), 404, "NoSuchKey");
  ExpectError(copy(arn), 400, "InvalidArgument");
  ExpectError(copy("arn:aws:s3:us-east-1:000000000000:accesspoint/other/object/k"), 404, "NoSuchBucket");
  ExpectError(copy("arn:aws:sqs:us-east-1:000000000000:accesspoint/way-in/object/k"), 400, "InvalidArgument");
}

TEST_F(S3ControlTest, WhatIsNotBuiltSaysSo) {
  EXPECT_EQ(Control("GET", "jobs").status, 501);
  EXPECT_EQ(Control("GET", "nonsense").status, 405);
}

}  // namespace
}  // namespace cumulite::testing
