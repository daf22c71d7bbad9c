#include "protocol/auth.h"

#include <gtest/gtest.h>

#include "protocol/auth_errors.h"
#include "protocol/checksum.h"
#include "protocol/sigv2.h"
#include "tests/unit/protocol/auth_fixture.h"

namespace cumulite::protocol {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kAnySignature =
    "AWS4-HMAC-SHA256 Credential=test/20200101/us-west-2/sqs/aws4_request,SignedHeaders=host,Signature=00";

TEST(AuthTest, ConfiguredCredentialBelongsToItsAccountAndUser) {
  const Identity identity = Permissive().IdentityOf(kKey, "us-east-1");
  EXPECT_EQ(identity.account, "111111111111");
  EXPECT_EQ(identity.region, "us-east-1");
  EXPECT_EQ(identity.access_key, kKey);
  EXPECT_EQ(identity.principal, "arn:aws:iam::111111111111:user/alice");
  EXPECT_EQ(identity.display_name, "alice");
}

TEST(AuthTest, UnnamedCredentialIsTheRootOfItsAccount) {
  EXPECT_EQ(Permissive().IdentityOf("ROOTKEY", "").principal, "arn:aws:iam::222222222222:root");
  EXPECT_EQ(Permissive().IdentityOf("333333333333", "").account, "333333333333");
}

TEST(AuthTest, TwelveDigitsAreTheAccountAndAllElseIsTheDefault) {
  EXPECT_EQ(Permissive().IdentityOf("999999999999", "").account, "999999999999");
  EXPECT_EQ(Permissive().IdentityOf("99999999999", "").account, "000000000000");
  EXPECT_EQ(Permissive().IdentityOf("test", "").account, "000000000000");
  EXPECT_EQ(Permissive().IdentityOf("test", "").region, "eu-west-1");
}

TEST(AuthTest, PrincipalsAreInThePartitionOfTheRegionThatTheyCall) {
  EXPECT_EQ(Permissive().IdentityOf(kKey, "cn-north-1").principal, "arn:aws-cn:iam::111111111111:user/alice");
  EXPECT_EQ(Permissive().IdentityOf("test", "us-gov-west-1").principal,
            "arn:aws-us-gov:iam::000000000000:root");
  EXPECT_EQ(Permissive().IdentityOf("test", "eu-west-1").principal, "arn:aws:iam::000000000000:root");
}

TEST(AuthTest, UserIdsAreStableDistinctAndOfIamsForm) {
  const std::string id = Permissive().IdentityOf("test", "").user_id;
  EXPECT_EQ(id, Strict().IdentityOf("test", "").user_id);
  EXPECT_NE(id, Permissive().IdentityOf("test2", "").user_id);
  EXPECT_EQ(id.size(), 21u);
  EXPECT_TRUE(id.starts_with("AIDA")) << id;
  EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos) << id;
}

TEST(AuthPermissiveTest, AnySignatureGivesIdentityAndScope) {
  AuthRequest request = WithAuthorization(RpcPost(), kAnySignature);
  const AuthResult result = Permissive().Authenticate(request.View(), kNow, Flavor::kJson);
  EXPECT_EQ(result.identity.account, "000000000000");
  EXPECT_EQ(result.identity.region, "us-west-2");
  EXPECT_EQ(result.scope.service, "sqs");
  EXPECT_FALSE(result.presigned);
}

TEST(AuthPermissiveTest, AnonymousIsTheDefaultAccount) {
  AuthRequest request = RpcPost();
  const AuthResult result = Permissive().Authenticate(request.View(), kNow, Flavor::kQuery);
  EXPECT_EQ(result.identity.account, "000000000000");
  EXPECT_EQ(result.identity.region, "eu-west-1");
  EXPECT_EQ(result.identity.access_key, "");
}

TEST(AuthPermissiveTest, PeekTellsTheScopeOfEveryForm) {
  AuthRequest header = WithAuthorization(RpcPost(), kAnySignature);
  const auto scope = PeekScope(header.View());
  ASSERT_TRUE(scope.has_value());
  EXPECT_EQ(scope->access_key, "test");
  EXPECT_EQ(scope->date, "20200101");
  EXPECT_EQ(scope->region, "us-west-2");
  EXPECT_EQ(scope->service, "sqs");

  AuthRequest query{
      .method = "GET", .target = "/?X-Amz-Credential=K%2F20200101%2fr1%2Fsts%2Faws4_request", .headers = {}};
  EXPECT_EQ(PeekScope(query.View())->service, "sts");
  EXPECT_EQ(PeekScope(query.View())->region, "r1");
  AuthRequest v2 = WithAuthorization(RpcPost(), "AWS KEY:sig");
  EXPECT_EQ(PeekScope(v2.View())->access_key, "KEY");
  AuthRequest v2_query{.method = "GET", .target = "/b/k?AWSAccessKeyId=KEY", .headers = {}};
  EXPECT_EQ(PeekScope(v2_query.View())->access_key, "KEY");
  for (const std::string_view bad :
       {"", "Bearer x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=", "AWS x"}) {
    AuthRequest request = WithAuthorization(RpcPost(), bad);
    EXPECT_FALSE(PeekScope(request.View()).has_value()) << bad;
  }
  AuthRequest none = RpcPost();
  EXPECT_FALSE(PeekScope(none.View()).has_value());
}

TEST(AuthPermissiveTest, MalformedS3HeadersAreNamedAsS3Does) {
  const std::tuple<std::string_view, std::string_view> cases[] = {
      {"AWS4-HMAC-SHA256 Credential=a/20200101/r/s3/aws4_request, SignedHeaders=host",
       "AuthorizationHeaderMalformed"},
      {"AWS4-HMAC-SHA256", "AuthorizationHeaderMalformed"},
      {"AWS4-HMAC-SHA256 Credential=a/r/s3/aws4_request, SignedHeaders=host, Signature=0",
       "AuthorizationHeaderMalformed"},
      {"AWS4-HMAC-SHA256 Credential=a/2020/r/s3/aws4_request, SignedHeaders=host, Signature=0",
       "AuthorizationHeaderMalformed"},
      {"AWS4-HMAC-SHA256 Credential=a/20200101/r/s3/aws3_request, SignedHeaders=host, Signature=0",
       "AuthorizationHeaderMalformed"},
      {"AWS4-HMAC-SHA256 Credential=/20200101/r/s3/aws4_request, SignedHeaders=host, Signature=0",
       "AuthorizationHeaderMalformed"},
      {"AWS nocolon", "InvalidArgument"},
      {"AWS :", "InvalidArgument"},
      {"Bearer token", "InvalidArgument"},
      {"", "InvalidArgument"},
  };
  for (const auto& [header, code] : cases) {
    AuthRequest request = WithAuthorization(S3Get(), header);
    const Refusal refusal = Refused(Strict(), request, Flavor::kS3);
    EXPECT_EQ(refusal.code, code) << header;
    EXPECT_EQ(refusal.status, 400) << header;
  }
}

TEST(AuthStrictTest, RpcHeadersNameAllThatIsMissing) {
  AuthRequest request{.method = "POST", .target = "/", .headers = {{"Authorization", "AWS4-HMAC-SHA256 "}}};
  const Refusal json = Refused(Strict(), request, Flavor::kJson);
  EXPECT_EQ(json.code, "IncompleteSignatureException");
  EXPECT_EQ(
      json.message,
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
      "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires "
      "existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 ");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery).code, "IncompleteSignature");
}

TEST(AuthStrictTest, RpcHeadersThatAreNoneAreNamedAsAwsDoes) {
  const std::tuple<std::string_view, std::string_view> cases[] = {
      {"AWS4-HMAC-SHA256 Credential=a/r/sqs/aws4_request, SignedHeaders=host, Signature=0",
       "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got "
       "'a/r/sqs/aws4_request'"},
      {"AWS4-HMAC-SHA256 Credential=a/20200101/r/sqs/aws5, SignedHeaders=host, Signature=0",
       "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'."},
      {"AWS4-HMAC-SHA256 Credential=, key",
       "'key' not a valid key=value pair (missing equal-sign) in Authorization "
       "header: 'AWS4-HMAC-SHA256 Credential=, key'."},
      {"AWS4-OTHER x=y", "Unsupported AWS 'algorithm': 'AWS4-OTHER'."},
  };
  for (const auto& [header, message] : cases) {
    AuthRequest request = WithAuthorization(RpcPost(), header);
    const Refusal refusal = Refused(Strict(), request, Flavor::kJson);
    EXPECT_EQ(refusal.code, "IncompleteSignatureException") << header;
    EXPECT_EQ(refusal.message, message);
  }
  AuthRequest blanks = WithAuthorization(
      RpcPost(), "AWS4-HMAC-SHA256 Credential=nobody/2/3/4/aws4_request SignedHeaders=host Signature=0");
  EXPECT_NE(Refused(Strict(), blanks, Flavor::kJson).code, "IncompleteSignatureException")
      << "blanks part it as commas do, and a date that is none is seen later";
  AuthRequest bearer = WithAuthorization(RpcPost(), "Bearer x");
  EXPECT_EQ(Refused(Strict(), bearer, Flavor::kJson).code, "MissingAuthenticationTokenException");
  EXPECT_EQ(Refused(Strict(), bearer, Flavor::kQuery).code, "MissingAuthenticationToken");
  EXPECT_EQ(Refused(Strict(), bearer, Flavor::kQuery).status, 403);
}

TEST(AuthStrictTest, TwoMechanismsAtOnceAreRefused) {
  AuthRequest request = WithAuthorization(RpcPost(), kAnySignature);
  request.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256";
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "InvalidArgument");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson).code, "InvalidSignatureException");
}

TEST(AuthStrictTest, GoodSignatureIsAcceptedAndAnyChangeRefused) {
  AuthRequest request = S3Get("/bucket/a%20key?versionId=1");
  Signer{}.SignHeader(request);
  EXPECT_EQ(Strict().Authenticate(request.View(), kNow, Flavor::kS3).identity.display_name, "alice");
  AuthRequest method = request;
  method.method = "DELETE";
  AuthRequest query = request;
  query.target += "&x=y";
  AuthRequest host = request;
  host.Set("Host", "elsewhere");
  for (AuthRequest* changed : {&method, &query, &host}) {
    const Refusal refusal = Refused(Strict(), *changed, Flavor::kS3);
    EXPECT_EQ(refusal.code, "SignatureDoesNotMatch");
    EXPECT_EQ(refusal.status, 403);
  }
}

TEST(AuthStrictTest, ASignatureThatIsCutShortIsNone) {
  AuthRequest request = S3Get();
  Signer{}.SignHeader(request);
  const std::string whole(request.View().Header("Authorization"));
  for (const std::size_t cut : {1u, 32u, 63u}) {
    request.Set("Authorization", whole.substr(0, whole.size() - cut));
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "SignatureDoesNotMatch") << cut;
  }
}

TEST(AuthStrictTest, WrongSecretAndUnknownKeyAreToldApart) {
  const std::tuple<Flavor, std::string_view, int, std::string_view, int> cases[] = {
      {Flavor::kS3, "SignatureDoesNotMatch", 403, "InvalidAccessKeyId", 403},
      {Flavor::kJson, "InvalidSignatureException", 400, "UnrecognizedClientException", 400},
      {Flavor::kQuery, "SignatureDoesNotMatch", 403, "InvalidClientTokenId", 403},
  };
  for (const auto& [flavor, wrong_code, wrong_status, unknown_code, unknown_status] : cases) {
    AuthRequest wrong = S3Get();
    Signer{.secret = "wrong"}.SignHeader(wrong);
    EXPECT_EQ(Refused(Strict(), wrong, flavor).code, wrong_code);
    EXPECT_EQ(Refused(Strict(), wrong, flavor).status, wrong_status);
    AuthRequest unknown = S3Get();
    Signer{.key = "NOBODY"}.SignHeader(unknown);
    EXPECT_EQ(Refused(Strict(), unknown, flavor).code, unknown_code);
    EXPECT_EQ(Refused(Strict(), unknown, flavor).status, unknown_status);
  }
}

TEST(AuthStrictTest, SignedHeadersStandInOrderAndOnce) {
  for (const std::string_view names :
       {"x-amz-content-sha256;host;x-amz-date", "host;host;x-amz-content-sha256;x-amz-date",
        "host;x-amz-content-sha256;X-Amz-Content-SHA256;x-amz-date"}) {
    AuthRequest request = S3Get();
    Signer{.signed_headers = names}.SignHeader(request);
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "SignatureDoesNotMatch") << names;
  }
}

TEST(AuthStrictTest, AnonymousIsLetThroughToS3Only) {
  AuthRequest request{.method = "GET", .target = "/bucket/key", .headers = {}};
  const AuthResult result = Strict().Authenticate(request.View(), kNow, Flavor::kS3);
  EXPECT_EQ(result.identity.access_key, "");
  EXPECT_EQ(result.identity.account, "") << "a stranger owns nothing";
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson).code, "MissingAuthenticationTokenException");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery).code, "MissingAuthenticationToken");
  const AuthResult allowed =
      Strict().Authenticate(request.View(), kNow, Flavor::kQuery, std::nullopt, Anonymous::kAllow);
  EXPECT_EQ(allowed.identity.principal, "*");
}

TEST(AuthPermissiveTest, WhateverNamesServiceAndAccountIsTaken) {
  const std::tuple<std::string_view, std::string_view, std::string_view> cases[] = {
      {"AWS4-HMAC-SHA256 Credential=123456789012/20260102/eu-north-1/sqs/aws4_request", "123456789012",
       "eu-north-1"},
      {"AWS4-HMAC-SHA256 Credential=123456789012//eu-north-1/sqs/aws4_request, Signature=", "123456789012",
       "eu-north-1"},
      {"AWS4-HMAC-SHA256 Credential=123456789012/eu-north-1/sqs", "123456789012", "eu-north-1"},
      {"AWS4-HMAC-SHA256 Credential=123456789012/20260102/eu-north-1/sqs, nonsense", "123456789012",
       "eu-north-1"},
      {"AWS4-HMAC-SHA256 Credential=123456789012", "123456789012", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=123456789012/20260102/<script>/sqs/aws4_request", "123456789012",
       "eu-west-1"},
      {"Bearer x", "000000000000", "eu-west-1"},
      {"", "000000000000", "eu-west-1"},
  };
  for (const auto& [header, account, region] : cases) {
    for (const Flavor flavor : {Flavor::kS3, Flavor::kJson, Flavor::kQuery}) {
      AuthRequest request = WithAuthorization(RpcPost(), header);
      const Identity identity = Permissive().Authenticate(request.View(), kNow, flavor).identity;
      EXPECT_EQ(identity.account, account) << header;
      EXPECT_EQ(identity.region, region) << header;
    }
  }
}

TEST(AuthPermissiveTest, UrlsWithoutTimesDoNotExpire) {
  for (const std::string_view query :
       {"X-Amz-Credential=k%2F20130524%2Fr%2Fs3%2Faws4_request", "X-Amz-Credential=k&X-Amz-Expires=60",
        "X-Amz-Credential=k&X-Amz-Expires=soon&X-Amz-Date=20130524T000000Z",
        "AWSAccessKeyId=k&Expires=soon"}) {
    AuthRequest request{.method = "GET", .target = "/b/k?" + std::string(query), .headers = {}};
    EXPECT_EQ(Refused(Permissive(), request, Flavor::kS3, kNow + minutes(10'000)).code, "") << query;
  }
}

TEST(AuthStrictTest, AHeaderThatSaysWhatToDoMustBeSigned) {
  const std::string hash = Checksum(ChecksumAlgorithm::kSha256, "{}").Hex();
  for (const Flavor flavor : {Flavor::kJson, Flavor::kQuery}) {
    AuthRequest request = RpcPost();
    request.headers.emplace_back("X-Amz-Target", "AmazonSQS.DeleteQueue");
    Signer{.service = "sqs", .signed_headers = "host;x-amz-date", .payload_hash = hash}.SignHeader(request);
    const Refusal refusal = Refused(Strict(), request, flavor, kNow, hash);
    EXPECT_EQ(refusal.code, flavor == Flavor::kJson ? "InvalidSignatureException" : "SignatureDoesNotMatch");
    EXPECT_EQ(refusal.message, "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
  }
  AuthRequest request = RpcPost();
  request.headers.emplace_back("X-Amz-Target", "AmazonSQS.DeleteQueue");
  request.headers.emplace_back("X-Amz-User-Agent", "browser");
  Signer{.service = "sqs", .signed_headers = "host;x-amz-date;x-amz-target", .payload_hash = hash}.SignHeader(
      request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson, kNow, hash).code, "");
}

TEST(AuthStrictTest, S3SaysWhatShouldHaveBeenSigned) {
  AuthRequest request = S3Get();
  Signer{.secret = "wrong"}.SignHeader(request);
  try {
    Strict().Authenticate(request.View(), kNow, Flavor::kS3);
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.message(), kS3SignatureDoesNotMatchMessage);
    const auto member = [&](std::string_view name) {
      for (const auto& [key, value] : error.extra()) {
        if (key == name) return value;
      }
      return std::string();
    };
    EXPECT_EQ(member("AWSAccessKeyId"), kKey);
    EXPECT_EQ(member("StringToSign").substr(0, 17), "AWS4-HMAC-SHA256\n");
    EXPECT_EQ(member("StringToSignBytes").substr(0, 23), "41 57 53 34 2d 48 4d 41");
    EXPECT_EQ(member("CanonicalRequest").substr(0, 4), "GET\n");
    EXPECT_EQ(member("CanonicalRequestBytes").substr(0, 11), "47 45 54 0a");
  }
}

TEST(AuthStrictTest, RpcSignaturesCoverTheBody) {
  const std::string hash = Checksum(ChecksumAlgorithm::kSha256, "{}").Hex();
  AuthRequest request = RpcPost();
  Signer{.service = "sqs", .signed_headers = "host;x-amz-date", .payload_hash = hash}.SignHeader(request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson, kNow, hash).code, "");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson, kNow, kEmptyHash).code, "InvalidSignatureException");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson).code, "InvalidSignatureException");
}

TEST(AuthStrictTest, RequestsMoreThanFifteenMinutesOffAreRefused) {
  AuthRequest request = S3Get();
  Signer{}.SignHeader(request);
  for (const auto by : {minutes(15), minutes(-15)}) {
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3, kNow + by).code, "");
    const auto more = kNow + by + (by.count() > 0 ? seconds(1) : seconds(-1));
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3, more).code, "RequestTimeTooSkewed");
    EXPECT_EQ(Refused(Strict(), request, Flavor::kJson, more).code, "InvalidSignatureException");
  }
  EXPECT_EQ(Refused(Strict(), request, Flavor::kJson, kNow + minutes(16)).message,
            "Signature expired: 20130524T000000Z is now earlier than 20130524T000100Z (20130524T001600Z - 15 "
            "min.)");
}

TEST(AuthStrictTest, AnAdvancedClockDoesNotRefuseClientsOfTheRealTime) {
  base::Clock clock(kNow);
  AuthSettings settings = Settings(AuthMode::kStrict);
  settings.clock = &clock;
  const Authenticator authenticator(settings);
  clock.Advance(std::chrono::hours(24));
  AuthRequest request = S3Get();
  Signer{}.SignHeader(request);
  EXPECT_EQ(Refused(authenticator, request, Flavor::kS3, clock.Now()).code, "");
  AuthRequest presigned = Presigned(PresignedTarget("60"));
  EXPECT_EQ(Refused(authenticator, presigned, Flavor::kS3, clock.Now()).message, "Request has expired");
}

TEST(AuthStrictTest, SignsOverDateWhereAmzDateIsAbsentOrOfAnotherForm) {
  for (const std::string_view zone : {"GMT", "-0000", "+0000"}) {
    AuthRequest request = S3Get();
    request.headers.erase(request.headers.begin() + 1);
    request.Set("Date", "Fri, 24 May 2013 00:00:00 " + std::string(zone));
    Signer{.signed_headers = "date;host;x-amz-content-sha256"}.SignHeader(request);
    EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "") << zone;
  }
  AuthRequest both = S3Get();
  both.Set("x-amz-date", "Fri, 24 May 2013 00:00:01 GMT").Set("Date", "Fri, 24 May 2013 00:00:00 -0000");
  Signer{.signed_headers = "date;host;x-amz-content-sha256;x-amz-date"}.SignHeader(both);
  EXPECT_EQ(Refused(Strict(), both, Flavor::kS3).code, "");
  AuthRequest amz_date = S3Get();
  amz_date.Set("x-amz-date", "Fri, 24 May 2013 00:00:00 GMT");
  Signer{}.SignHeader(amz_date);
  EXPECT_EQ(Refused(Strict(), amz_date, Flavor::kS3).code, "") << "no Date at all";
  AuthRequest neither = S3Get();
  Signer{}.SignHeader(neither);
  neither.headers.erase(neither.headers.begin() + 1);
  EXPECT_EQ(Refused(Strict(), neither, Flavor::kS3).code, "AccessDenied");
}

TEST(AuthStrictTest, ScopeOfAnotherDayIsRefused) {
  AuthRequest request = S3Get();
  request.Set("x-amz-date", "20130523T235959Z");
  Signer{}.SignHeader(request);
  EXPECT_EQ(Refused(Strict(), request, Flavor::kS3).code, "AuthorizationHeaderMalformed");
  EXPECT_EQ(Refused(Strict(), request, Flavor::kQuery).code, "SignatureDoesNotMatch");
}

TEST(AuthStrictTest, HostAndAmzHeadersMustBeSigned) {
  AuthRequest no_host = S3Get();
  Signer{.signed_headers = "x-amz-content-sha256;x-amz-date"}.SignHeader(no_host);
  EXPECT_EQ(Refused(Strict(), no_host, Flavor::kS3).code, "AccessDenied");
  EXPECT_EQ(Refused(Strict(), no_host, Flavor::kJson).code, "InvalidSignatureException");
  AuthRequest extra = S3Get();
  Signer{}.SignHeader(extra);
  extra.Set("X-Amz-Copy-Source", "/other/secret");
  EXPECT_EQ(Refused(Strict(), extra, Flavor::kS3).code, "AccessDenied");
}

TEST(AuthStrictTest, VersionTwoHeader) {
  const auto signed_request = [](std::string_view secret, std::string_view date, std::string_view amz_date) {
    AuthRequest request{.method = "PUT", .target = "/bucket/key", .headers = {{"Host", "localhost"}}};
    if (!date.empty()) request.Set("Date", date);
    if (!amz_date.empty()) request.Set("x-amz-date", amz_date);
    const std::string text = StringToSignV2(request.View(), amz_date.empty() ? date : "", "/bucket/key");
    request.Set("Authorization", "AWS " + std::string(kKey) + ":" + SignatureV2(secret, text));
    return request;
  };
  constexpr std::string_view kDate = "Fri, 24 May 2013 00:00:00 GMT";
  AuthRequest by_date = signed_request(kSecret, kDate, "");
  EXPECT_EQ(Refused(Strict(), by_date, Flavor::kS3).code, "");
  AuthRequest by_amz_date = signed_request(kSecret, "some other day", kDate);
  EXPECT_EQ(Refused(Strict(), by_amz_date, Flavor::kS3).code, "");
  const auto of_bucket = [&](std::string_view signed_path) {
    AuthRequest request{.method = "PUT",
                        .target = "/bucket",
                        .headers = {{"Host", "localhost"}, {"Date", std::string(kDate)}}};
    const std::string text = StringToSignV2(request.View(), kDate, signed_path);
    request.Set("Authorization", "AWS " + std::string(kKey) + ":" + SignatureV2(kSecret, text));
    return Refused(Strict(), request, Flavor::kS3).code;
  };
  EXPECT_EQ(of_bucket("/bucket"), "");
  EXPECT_EQ(of_bucket("/bucket/"), "") << "as boto3 signs it";
  EXPECT_EQ(of_bucket("/bucket/k"), "SignatureDoesNotMatch");
  AuthRequest wrong = signed_request("wrong", kDate, "");
  EXPECT_EQ(Refused(Strict(), wrong, Flavor::kS3).code, "SignatureDoesNotMatch");
  const std::tuple<std::string_view, std::string_view> dates[] = {
      {"Bad Date", "AccessDenied"},
      {"Tue, 07 Jul 1950 21:53:04 GMT", "AccessDenied"},
      {"Tue, 07 Jul 2010 21:53:04 GMT", "RequestTimeTooSkewed"},
      {"Tue, 07 Jul 2030 21:53:04 GMT", "RequestTimeTooSkewed"},
      {"Tue, 07 Jul 9999 21:53:04 GMT", "RequestTimeTooSkewed"},
  };
  for (const auto& [date, code] : dates) {
    AuthRequest request = signed_request(kSecret, "", date);
    const Refusal refusal = Refused(Strict(), request, Flavor::kS3);
    EXPECT_EQ(refusal.code, code) << date;
    EXPECT_EQ(refusal.status, 403) << date;
  }
  AuthRequest empty = signed_request(kSecret, kDate, "");
  empty.Set("x-amz-date", "");
  EXPECT_EQ(Refused(Strict(), empty, Flavor::kS3).code, "AccessDenied");
}

TEST(AuthPayloadTest, ContentSha256TellsTheMode) {
  using Mode = PayloadSigning::Mode;
  const std::tuple<std::string_view, Mode, bool, bool> cases[] = {
      {kEmptyHash, Mode::kSha256, false, false},
      {"UNSIGNED-PAYLOAD", Mode::kUnsigned, false, false},
      {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", Mode::kUnsignedTrailer, true, true},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Mode::kStreaming, true, false},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", Mode::kStreamingTrailer, true, true},
  };
  for (const auto& [value, mode, chunked, trailer] : cases) {
    AuthRequest request = S3Get();
    request.Set("x-amz-content-sha256", value);
    Signer{.payload_hash = value}.SignHeader(request);
    const AuthResult permissive = Permissive().Authenticate(request.View(), kNow, Flavor::kS3);
    EXPECT_EQ(permissive.payload.mode, mode) << value;
    EXPECT_EQ(permissive.payload.chunked(), chunked) << value;
    EXPECT_EQ(permissive.payload.has_trailer(), trailer) << value;
    EXPECT_FALSE(permissive.payload.signing.has_value());
    const AuthResult strict = Strict().Authenticate(request.View(), kNow, Flavor::kS3);
    EXPECT_EQ(strict.payload.signing.has_value(), strict.payload.chunks_signed()) << value;
  }
}

TEST(AuthPayloadTest, StrictHandsOverWhatChunksAreVerifiedWith) {
  constexpr std::string_view kStreaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  AuthRequest request = S3Get();
  request.Set("x-amz-content-sha256", kStreaming);
  const Signer signer{.payload_hash = kStreaming};
  const std::string seed = signer.Sign(request);
  signer.SignHeader(request);
  const AuthResult result = Strict().Authenticate(request.View(), kNow, Flavor::kS3);
  ASSERT_TRUE(result.payload.signing.has_value());
  EXPECT_EQ(result.payload.signing->seed, seed);
  EXPECT_EQ(result.payload.signing->scope, "20130524/us-east-1/s3/aws4_request");
  EXPECT_EQ(result.payload.signing->timestamp, "20130524T000000Z");
  EXPECT_EQ(result.payload.signing->key, SigningKey(kSecret, "20130524", "us-east-1", "s3"));
}

TEST(AuthPayloadTest, UnknownContentSha256IsRefusedAndAMissingOneInStrict) {
  AuthRequest request = S3Get();
  request.Set("x-amz-content-sha256", "STREAMING-SOMETHING");
  EXPECT_EQ(Refused(Permissive(), request, Flavor::kS3).code, "InvalidArgument");
  AuthRequest missing = S3Get();
  missing.headers.pop_back();
  Signer{.signed_headers = "host;x-amz-date"}.SignHeader(missing);
  EXPECT_EQ(Refused(Strict(), missing, Flavor::kS3).code, "InvalidRequest");
  EXPECT_EQ(Refused(Permissive(), missing, Flavor::kS3).code, "");
}

}  // namespace
}  // namespace cumulite::protocol
