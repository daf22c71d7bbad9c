#include <gmock/gmock.h>

#include "protocol/checksum.h"
#include "protocol/http.h"
#include "tests/support/wire/s3_signer.h"
#include "tests/support/wire/signer.h"
#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;

const std::string kEmptyHash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, "").Hex();
const std::string kRole = "RoleArn=arn:aws:iam::111111111111:role/path/deployer&RoleSessionName=ci";

std::string Element(const std::string& xml, const std::string& name) {
  const std::size_t start = xml.find("<" + name + ">");
  if (start == std::string::npos) return {};
  const std::size_t text = start + name.size() + 2;
  return xml.substr(text, xml.find('<', text) - text);
}

/// Credentials of either kind, and calls that they sign.
struct Caller {
  std::string access_key;
  std::string secret;
  std::string token;  // empty: long-term credentials
};

class SessionTest : public WireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{"AKIAANN", "ann's secret", "111111111111", "ann"},
                           {"AKIABOB", "bob's secret", "222222222222", "bob"}};
  }

  static Headers WithToken(const Caller& caller, Headers headers) {
    if (!caller.token.empty()) headers.emplace_back("X-Amz-Security-Token", caller.token);
    return headers;
  }
  Reply Sts(const Caller& caller, const std::string& operation, const std::string& form = {}) const {
    const std::string body = "Action=" + operation + "&Version=2011-06-15&" + form;
    const Signer signer{caller.access_key, caller.secret, "sts"};
    return Request("POST", "/", body,
                   signer.Sign("POST", "/", body,
                               WithToken(caller, {{"Content-Type", "application/x-www-form-urlencoded"}})));
  }
  Reply ListQueues(const Caller& caller) const {
    const Signer signer{caller.access_key, caller.secret, "sqs"};
    return Request("POST", "/", "{}",
                   signer.Sign("POST", "/", "{}",
                               WithToken(caller, {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                                                  {"Content-Type", "application/x-amz-json-1.0"}})));
  }
  Reply ListBuckets(const Caller& caller) const {
    return Request(
        "GET", "/", {},
        S3Signer(caller.access_key, caller.secret).Sign("GET", "/", kEmptyHash, WithToken(caller, {})));
  }
  static Caller CredentialsIn(const Reply& reply) {
    return {Element(reply.body, "AccessKeyId"), Element(reply.body, "SecretAccessKey"),
            Element(reply.body, "SessionToken")};
  }
  Caller AssumeRole(const std::string& more = {}) const {
    return CredentialsIn(Sts(ann_, "AssumeRole", kRole + more));
  }
  /// In each of the three protocols that tell it differently.
  void ExpectRefused(const Caller& caller, const std::string& query, const std::string& json,
                     const std::string& s3) const {
    const Reply sts = Sts(caller, "GetCallerIdentity");
    EXPECT_EQ(sts.status, 403);
    EXPECT_EQ(Element(sts.body, "Code"), query);
    const Reply sqs = ListQueues(caller);
    EXPECT_EQ(sqs.status, 400);
    EXPECT_THAT(sqs.body, HasSubstr(json));
    const Reply bucket = ListBuckets(caller);
    EXPECT_EQ(Element(bucket.body, "Code"), s3) << bucket.body;
  }
  void ExpectAccepted(const Caller& caller) const {
    EXPECT_EQ(Sts(caller, "GetCallerIdentity").status, 200);
    EXPECT_EQ(ListQueues(caller).status, 200);
    EXPECT_EQ(ListBuckets(caller).status, 200);
  }

  const Caller ann_{"AKIAANN", "ann's secret", {}};
  const Caller bob_{"AKIABOB", "bob's secret", {}};
};

TEST_F(SessionTest, AnAssumedRoleWorksUntilItExpires) {
  const Caller role = AssumeRole("&DurationSeconds=900");
  const Reply identity = Sts(role, "GetCallerIdentity");
  EXPECT_EQ(Element(identity.body, "Arn"), "arn:aws:sts::111111111111:assumed-role/deployer/ci");
  EXPECT_EQ(Element(identity.body, "Account"), "111111111111");
  EXPECT_THAT(Element(identity.body, "UserId"), ::testing::MatchesRegex("AROA[A-Z2-7]+:ci"));
  ExpectAccepted(role);
  clock_.Advance(899s);
  ExpectAccepted(role);
  clock_.Advance(1s);
  ExpectRefused(role, "ExpiredToken", "ExpiredTokenException", "ExpiredToken");
  ExpectAccepted(ann_);
}

TEST_F(SessionTest, ASessionTokenKeepsItsCallersIdentity) {
  const Caller session = CredentialsIn(Sts(ann_, "GetSessionToken"));
  EXPECT_EQ(Element(Sts(session, "GetCallerIdentity").body, "Arn"), "arn:aws:iam::111111111111:user/ann");
  EXPECT_EQ(Element(Sts(session, "GetCallerIdentity").body, "UserId"),
            Element(Sts(ann_, "GetCallerIdentity").body, "UserId"));
  ExpectAccepted(session);
}

TEST_F(SessionTest, TheTokenMustBeTheOneThatCameWithTheKey) {
  const Caller role = AssumeRole();
  const Caller other = AssumeRole();
  ExpectRefused({role.access_key, role.secret, {}}, "InvalidClientTokenId", "UnrecognizedClientException",
                "InvalidAccessKeyId");
  ExpectRefused({role.access_key, role.secret, other.token}, "InvalidClientTokenId",
                "UnrecognizedClientException", "InvalidToken");
  std::string changed = role.token;
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  ExpectRefused({role.access_key, role.secret, changed}, "InvalidClientTokenId",
                "UnrecognizedClientException", "InvalidToken");
  ExpectRefused({role.access_key, other.secret, role.token}, "SignatureDoesNotMatch",
                "InvalidSignatureException", "SignatureDoesNotMatch");
}

TEST_F(SessionTest, SessionsOutliveARestart) {
  const Caller role = AssumeRole();
  RestartServer();
  ExpectAccepted(role);
  const auto key = std::filesystem::status(directory_.path() / "data" / "session.key");
  EXPECT_EQ(key.permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SessionTest, WithoutTheKeyOfTheLastStartSessionsEnd) {
  const Caller role = AssumeRole();
  StopServer();
  std::filesystem::resize_file(directory_.path() / "data" / "session.key",
                               5);  // a first start that was cut short
  StartServer();
  ExpectRefused(role, "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken");
  ExpectAccepted(AssumeRole());
}

TEST_F(SessionTest, PresignedUrlsOfARoleCarryItsToken) {
  const Caller role = AssumeRole();
  const S3Signer signer(role.access_key, role.secret);
  const auto put = signer.Sign("PUT", "/bucket", kEmptyHash, WithToken(role, {}));
  ASSERT_EQ(Request("PUT", "/bucket", {}, put).status, 200);
  const Headers host = {{"Host", "localhost"}};
  EXPECT_EQ(Request("GET", signer.Presign("GET", "/bucket", 60, role.token), {}, host).status, 200);
  const Reply bare = Request("GET", signer.Presign("GET", "/bucket", 60), {}, host);
  EXPECT_EQ(Element(bare.body, "Code"), "InvalidAccessKeyId");
}

TEST_F(SessionTest, RolesOfOtherAccountsStayClosed) {
  const Reply reply = Sts(bob_, "AssumeRole", kRole);
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(Element(reply.body, "Code"), "AccessDenied");
  EXPECT_EQ(Element(reply.body, "Message"),
            "User: arn:aws:iam::222222222222:user/bob is not authorized to perform: sts:AssumeRole on "
            "resource: arn:aws:iam::111111111111:role/path/deployer");
}

class PermissiveSessionTest : public SessionTest {
 protected:
  void Configure(config::Settings&) override {}
};

TEST_F(PermissiveSessionTest, TheTokenStillTellsWhoCalls) {
  const Caller role = AssumeRole();
  const std::string arn = "arn:aws:sts::111111111111:assumed-role/deployer/ci";
  EXPECT_EQ(Element(Sts(role, "GetCallerIdentity").body, "Arn"), arn);
  clock_.Advance(24h);
  EXPECT_EQ(Element(Sts(role, "GetCallerIdentity").body, "Arn"), arn) << "the caller's word is taken";
  EXPECT_EQ(Element(Sts({role.access_key, role.secret, {}}, "GetCallerIdentity").body, "Arn"),
            "arn:aws:iam::111111111111:root");
}

TEST_F(SessionTest, WebIdentitiesNeedNoSignatureAndOpenNothingHere) {
  // {"alg":"RS256"} . {"iss":"https://idp.example.com","sub":"u","aud":"a","iat":1,"exp":99999999999} . s
  const std::string token =
      "eyJhbGciOiJSUzI1NiJ9."
      "eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlLmNvbSIsInN1YiI6InUiLCJhdWQiOiJhIiwiaWF0IjoxLCJl"
      "eHAiOjk5OTk5OTk5OTk5fQ.cw";
  const Reply reply =
      Request("POST", "/",
              "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=" + token + "&" + kRole,
              {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(reply.status, 400) << reply.body;
  EXPECT_EQ(Element(reply.body, "Code"), "InvalidIdentityToken");
  EXPECT_EQ(Element(reply.body, "Message"),
            "No OpenIDConnect provider found in your account for https://idp.example.com");
}

TEST_F(SessionTest, AnIssuersKeysAreForEverybody) {
  const std::string issuer = "/_sts/111111111111/.well-known/";
  const Reply configuration = Request("GET", issuer + "openid-configuration");
  EXPECT_EQ(configuration.status, 200) << configuration.body;
  EXPECT_EQ(configuration.Header("Content-Type"), "application/json");
  EXPECT_THAT(configuration.body, HasSubstr("/_sts/111111111111/.well-known/jwks.json"));
  EXPECT_THAT(Request("GET", issuer + "jwks.json").body, HasSubstr("\"kty\":\"RSA\""));
  EXPECT_EQ(Request("GET", "/_sts/111111111111/secret").status, 404);
  EXPECT_EQ(Request("POST", issuer + "jwks.json", "Action=GetSessionToken&Version=2011-06-15",
                    {{"Content-Type", "application/x-www-form-urlencoded"}})
                .status,
            403)
      << "its operations are not";
}

}  // namespace
}  // namespace cumulite::testing
