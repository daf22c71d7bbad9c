// Object Lock and archived objects over the wire.
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

class S3ObjectLockTest : public S3WireTest {
 protected:
  void SetUp() override {
    S3WireTest::SetUp();
    ASSERT_EQ(Put("/locked", "", {{"x-amz-bucket-object-lock-enabled", "true"}}).status, 200);
  }
  static std::string Retention(const std::string& mode, const std::string& until) {
    return "<Retention><Mode>" + mode + "</Mode><RetainUntilDate>" + until + "</RetainUntilDate></Retention>";
  }
};

TEST_F(S3ObjectLockTest, RetentionKeepsAVersionUntilItEnds) {
  const std::string version = Put("/locked/k", "x").Header("x-amz-version-id");
  ExpectError(Get("/locked/k?retention"), 404, "NoSuchObjectLockConfiguration");
  EXPECT_EQ(Put("/locked/k?retention", Retention("GOVERNANCE", "2099-01-02T00:00:00Z")).status, 200);
  EXPECT_EQ(Element(Get("/locked/k?retention").body, "RetainUntilDate"), "2099-01-02T00:00:00Z");
  EXPECT_EQ(Head("/locked/k").Header("x-amz-object-lock-mode"), "GOVERNANCE");
  ExpectError(Delete("/locked/k?versionId=" + version), 403, "AccessDenied");
  ExpectError(Put("/locked/k?retention", Retention("GOVERNANCE", "2098-01-02T00:00:00Z")), 403, "AccessDenied");
  EXPECT_EQ(Put("/locked/k?retention", Retention("GOVERNANCE", "2099-01-03T00:00:00Z")).status, 200);
  const std::string marker = Delete("/locked/k").Header("x-amz-version-id");
  EXPECT_EQ(Delete("/locked/k?versionId=" + marker).status, 204) << "markers are not locked";
  EXPECT_EQ(Delete("/locked/k?versionId=" + version, {{"x-amz-bypass-governance-retention", "true"}}).status, 204);
}

TEST_F(S3ObjectLockTest, ComplianceYieldsToNobody) {
  const Reply put = Put("/locked/k", "x",
                        {{"x-amz-object-lock-mode", "COMPLIANCE"},
                         {"x-amz-object-lock-retain-until-date", "2099-01-02T00:00:00Z"},
                         {"Content-MD5", "nd1Y0g9Kh4Vmi1mYyGbQDg=="}});
  ExpectError(put, 400, "BadDigest");
  const std::string version = Put("/locked/k", "x").Header("x-amz-version-id");
  ASSERT_EQ(Put("/locked/k?retention", Retention("COMPLIANCE", "2099-01-02T00:00:00Z")).status, 200);
  const Headers bypass{{"x-amz-bypass-governance-retention", "true"}};
  ExpectError(Delete("/locked/k?versionId=" + version, bypass), 403, "AccessDenied");
  ExpectError(Put("/locked/k?retention", "<Retention/>", bypass), 403, "AccessDenied");
}

TEST_F(S3ObjectLockTest, ALegalHoldKeepsAVersionUntilItIsTakenOff) {
  const std::string version = Put("/locked/k", "x").Header("x-amz-version-id");
  ExpectError(Get("/locked/k?legal-hold"), 404, "NoSuchObjectLockConfiguration");
  EXPECT_EQ(Put("/locked/k?legal-hold", "<LegalHold><Status>ON</Status></LegalHold>").status, 200);
  ExpectError(Delete("/locked/k?versionId=" + version, {{"x-amz-bypass-governance-retention", "true"}}), 403,
              "AccessDenied");
  EXPECT_EQ(Put("/locked/k?legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>").status, 200);
  EXPECT_EQ(Element(Get("/locked/k?legal-hold").body, "Status"), "OFF");
  EXPECT_EQ(Delete("/locked/k?versionId=" + version).status, 204);
}

TEST_F(S3ObjectLockTest, WhatDoesNotFitIsRefused) {
  Put("/bucket/k", "x");
  Put("/locked/k", "x");
  for (const char* what : {"retention", "legal-hold"}) {
    ExpectError(Get(std::string("/bucket/k?") + what), 400, "InvalidRequest");
    ExpectError(Put(std::string("/locked/k?") + what, "<Nothing/>"), 400, "MalformedXML");
  }
  ExpectError(Put("/locked/k?retention", Retention("governance", "2099-01-02T00:00:00Z")), 400, "MalformedXML");
  ExpectError(Put("/locked/k?retention", Retention("GOVERNANCE", "2001-01-02T00:00:00Z")), 400, "InvalidArgument");
  ExpectError(Put("/locked/k?legal-hold", "<LegalHold><Status>on</Status></LegalHold>"), 400, "MalformedXML");
  ExpectError(Delete("/bucket/k", {{"x-amz-bypass-governance-retention", "true"}}), 400, "InvalidArgument");
  ExpectError(Put("/locked/k", "x", {{"x-amz-object-lock-mode", "GOVERNANCE"}}), 400, "InvalidArgument");
  ExpectError(Put("/locked/k", "x", {{"x-amz-object-lock-legal-hold", "ON"}}), 400, "InvalidRequest");
  ExpectError(Put("/bucket/k", "x", {{"x-amz-object-lock-legal-hold", "ON"}}), 400, "InvalidRequest");
  ExpectError(Put("/locked?versioning",
                  "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"),
              409, "InvalidBucketState");
}

TEST_F(S3WireTest, ArchivedObjectsAreReadAfterTheyAreRestored) {
  const std::string request = "<RestoreRequest><Days>2</Days></RestoreRequest>";
  ASSERT_EQ(Put("/bucket/k", "cold", {{"x-amz-storage-class", "GLACIER"}}).status, 200);
  Put("/bucket/warm", "x");
  ExpectError(Get("/bucket/k"), 403, "InvalidObjectState");
  EXPECT_EQ(Head("/bucket/k").Header("x-amz-storage-class"), "GLACIER");
  ExpectError(Put("/bucket/c", "", {{"x-amz-copy-source", "bucket/k"}}), 403, "InvalidObjectState");
  ExpectError(Post("/bucket/warm?restore", request), 403, "InvalidObjectState");
  ExpectError(Post("/bucket/k?restore", "<RestoreRequest><Days>0</Days></RestoreRequest>"), 400, "InvalidArgument");
  EXPECT_EQ(Post("/bucket/k?restore", request).status, 202);
  EXPECT_EQ(Get("/bucket/k").body, "cold");
  EXPECT_TRUE(Head("/bucket/k").Header("x-amz-restore").starts_with("ongoing-request=\"false\""));
  EXPECT_EQ(Post("/bucket/k?restore", request).status, 200);
  EXPECT_EQ(Element(Get("/bucket?list-type=2").body, "StorageClass"), "GLACIER");
  ExpectError(Get("/bucket/k?torrent"), 405, "MethodNotAllowed");
}

}  // namespace
}  // namespace cumulite::testing
