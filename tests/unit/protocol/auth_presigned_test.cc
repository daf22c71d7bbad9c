// Presigned URLs: of S3 in both versions, and of the RPC services.
#include "protocol/checksum.h"
#include "protocol/sigv2.h"
#include "tests/unit/protocol/auth_fixture.h"

namespace cumulite::protocol {
namespace {

using std::chrono::seconds;

TEST(AuthPresignedTest, ExpiryFollowsTheClockAlsoWhenPermissive) {
  AuthRequest request = Presigned(PresignedTarget("60"));
  EXPECT_EQ(Refused(Permissive(), request, Flavor::kS3, kNow + seconds(59)).code, "");
  const Refusal late = Refused(Permissive(), request, Flavor::kS3, kNow + seconds(60));
  EXPECT_EQ(late.code, "AccessDenied");
  EXPECT_EQ(late.status, 403);
  EXPECT_EQ(late.message, "Request has expired");
}

TEST(AuthPresignedTest, LifetimesOutOfRangeAreRefused) {
  const std::tuple<std::string_view, std::string_view, int> cases[] = {
      {"0", "AccessDenied", 403},
      {"-1", "AuthorizationQueryParametersError", 400},
      {"604801", "AuthorizationQueryParametersError", 400},
      {"undefined", "AuthorizationQueryParametersError", 400},
      {"", "AuthorizationQueryParametersError", 400},
      {"99999999999999999999", "AuthorizationQueryParametersError", 400},
      {"604800", "SignatureDoesNotMatch", 403},
  };
  for (const auto& [expires, code, status] : cases) {
    AuthRequest request = Presigned(PresignedTarget(expires));
    const Refusal refusal = Refused(Strict(), request, Flavor::kS3);
    EXPECT_EQ(refusal.code, code) << expires;
    EXPECT_EQ(refusal.status, status) << expires;
  }
}

TEST(AuthPresignedTest, OfTheFutureAreRefused) {
  const Signer signer{
      .timestamp = "20130524T001500Z", .signed_headers = "host", .payload_hash = "UNSIGNED-PAYLOAD"};
  AuthRequest request{
      .method = "GET", .target = PresignedTarget("60", signer.timestamp), .headers = {{"Host", "localhost"}}};
  request.target += "&X-Amz-Signature=" + signer.Sign(request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "") << "clocks differ";
  const auto earlier = kNow - seconds(1);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3, earlier).code, "AccessDenied");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3, earlier).message, "Request is not yet valid");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery, earlier).message,
            "Signature not yet current: 20130524T001500Z is still later than 20130524T001459Z "
            "(20130523T235959Z + 15 min.)");
}

TEST(AuthPresignedTest, AMissingOrMalformedParameterIsRefused) {
  const std::string whole = PresignedTarget() + "&X-Amz-Signature=00";
  for (const std::string_view name : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
                                      "X-Amz-SignedHeaders", "X-Amz-Signature"}) {
    AuthRequest request = Presigned("/");
    request.target = whole;
    request.target.replace(request.target.find(name), name.size(), "y");
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "AuthorizationQueryParametersError") << name;
  }
  AuthRequest algorithm = Presigned(PresignedTarget());
  algorithm.target.replace(algorithm.target.find("AWS4-HMAC-SHA256"), 16, "AWS4-FOO");
  EXPECT_EQ(Refused(Strict(), algorithm, Flavor::kS3).code, "AuthorizationQueryParametersError");
  AuthRequest date = Presigned(PresignedTarget("60", "yesterday"));
  EXPECT_EQ(Refused(Strict(), date, Flavor::kS3).code, "AuthorizationQueryParametersError");
}

TEST(AuthPresignedTest, StrictVerifiesTheSignature) {
  AuthRequest unsigned_request{
      .method = "GET", .target = PresignedTarget(), .headers = {{"Host", "localhost:4566"}}};
  const Signer signer{.signed_headers = "host", .payload_hash = "UNSIGNED-PAYLOAD"};
  const std::string signature = signer.Sign(unsigned_request);
  AuthRequest request = Presigned(PresignedTarget(), signature);
  const AuthResult result = Strict().Authenticate(request.View(), kNow, Flavor::kS3);
  EXPECT_EQ(result.identity.account, "111111111111");
  EXPECT_TRUE(result.presigned);
  AuthRequest other_key = Presigned(PresignedTarget(), signature);
  other_key.target.replace(other_key.target.find("/key"), 4, "/kay");
  EXPECT_EQ(Refused(Strict(), other_key, Flavor::kS3).code, "SignatureDoesNotMatch");
  request.Set("x-amz-acl", "public-read");
  const Refusal unsigned_header = Refused(Strict(), request, Flavor::kS3);
  EXPECT_EQ(unsigned_header.code, "AccessDenied");
  EXPECT_EQ(unsigned_header.message, "There were headers present in the request which were not signed");
}

TEST(AuthPresignedTest, HeaderSignedIntoTheUrlIsAccepted) {
  std::string target = PresignedTarget();
  target += "%3Bx-amz-acl";
  AuthRequest request{
      .method = "PUT", .target = target, .headers = {{"Host", "localhost"}, {"x-amz-acl", "private"}}};
  const Signer signer{.signed_headers = "host;x-amz-acl", .payload_hash = "UNSIGNED-PAYLOAD"};
  request.target += "&X-Amz-Signature=" + signer.Sign(request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "");
  request.Set("x-amz-acl", "public-read");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "SignatureDoesNotMatch");
}

TEST(AuthPresignedTest, AHashThatIsSignedAlongIsThePayloads) {
  const std::string hash = Checksum(ChecksumAlgorithm::kSha256, "hello").Hex();
  AuthRequest request{.method = "PUT",
                      .target = PresignedTarget() + "%3Bx-amz-content-sha256",
                      .headers = {{"Host", "localhost"}, {"x-amz-content-sha256", hash}}};
  const Signer signer{.signed_headers = "host;x-amz-content-sha256", .payload_hash = hash};
  request.target += "&X-Amz-Signature=" + signer.Sign(request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "");
}

AuthRequest PresignedV2(std::string_view key, std::string_view secret, std::int64_t expires) {
  AuthRequest request{.method = "GET", .target = "/bucket/key", .headers = {{"Host", "localhost"}}};
  const std::string end = std::to_string(expires);
  const std::string signature = SignatureV2(secret, StringToSignV2(request.View(), end, "/bucket/key"));
  request.target +=
      "?AWSAccessKeyId=" + std::string(key) + "&Expires=" + end + "&Signature=" + PercentEncode(signature);
  return request;
}

TEST(AuthPresignedTest, VersionTwo) {
  const std::int64_t now = kNow.time_since_epoch().count() / 1000;
  AuthRequest good = PresignedV2(kKey, kSecret, now + 10);
  EXPECT_EQ(Refused(Strict(), good, Flavor::kS3).code, "");
  EXPECT_EQ(Refused(Strict(), good, Flavor::kS3, kNow + seconds(10)).message, "Request has expired");
  EXPECT_EQ(Refused(Permissive(), good, Flavor::kS3, kNow + seconds(10)).code, "AccessDenied");
  AuthRequest wrong = PresignedV2(kKey, "wrong", now + 10);
  EXPECT_EQ(Refused(Strict(), wrong, Flavor::kS3).code, "SignatureDoesNotMatch");
  AuthRequest unknown = PresignedV2("NOBODY", kSecret, now + 10);
  EXPECT_EQ(Refused(Strict(), unknown, Flavor::kS3).code, "InvalidAccessKeyId");
  for (const std::string_view target :
       {"/b/k?AWSAccessKeyId=K&Signature=s", "/b/k?AWSAccessKeyId=K&Expires=99999999999",
        "/b/k?Signature=s&Expires=1", "/b/k?AWSAccessKeyId=K&Signature=s&Expires=soon",
        "/b/k?AWSAccessKeyId=K&Signature=s&Expires=-9223372036854775808"}) {
    AuthRequest request{.method = "GET", .target = std::string(target), .headers = {}};
    const Refusal refusal = Refused(Strict(), request, Flavor::kS3);
    EXPECT_EQ(refusal.code, "AccessDenied") << target;
    EXPECT_EQ(refusal.status, 403) << target;
  }
}

/// `expires`: "&X-Amz-Expires=60".
AuthRequest PresignedRpc(std::string_view expires) {
  return {.method = "GET",
          .target =
              "/?Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
              "k%2F20130524%2Fr%2Fsts%2Faws4_request&X-Amz-Date=20130524T000000Z"
              "&X-Amz-SignedHeaders=host&X-Amz-Signature=00" +
              std::string(expires),
          .headers = {}};
}

TEST(AuthPresignedTest, RpcUrlsLastFifteenMinutesUnlessToldOtherwiseAndAWeekAtMost) {
  AuthRequest untold = PresignedRpc("");
  EXPECT_EQ(Refused(Permissive(), untold, Flavor::kQuery, kNow + seconds(899)).code, "");
  EXPECT_EQ(Refused(Permissive(), untold, Flavor::kQuery, kNow + seconds(900)).code, "SignatureDoesNotMatch");
  AuthRequest week = PresignedRpc("&X-Amz-Expires=604800");
  EXPECT_EQ(Refused(Permissive(), week, Flavor::kQuery, kNow + seconds(604'799)).code, "");
  for (const std::string_view expires : {"604801", "-1", "soon"}) {
    AuthRequest request = PresignedRpc("&X-Amz-Expires=" + std::string(expires));
    EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery).code, "IncompleteSignature") << expires;
  }
}

TEST(AuthPresignedTest, RpcUrlsExpireToo) {
  AuthRequest request = PresignedRpc("&X-Amz-Expires=60");
  EXPECT_EQ(Refused(Permissive(), request, Flavor::kQuery).code, "");
  EXPECT_EQ(Refused(Permissive(), request, Flavor::kQuery, kNow + seconds(60)).code, "SignatureDoesNotMatch");
  EXPECT_EQ(Refused(Permissive(), request, Flavor::kJson, kNow + seconds(60)).code,
            "InvalidSignatureException");
  request.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256";
  EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery).message,
            "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must "
            "include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS "
            "query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.");
}

}  // namespace
}  // namespace cumulite::protocol
