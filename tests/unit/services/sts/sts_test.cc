#include "protocol/temporary_key.h"
#include "tests/unit/services/sts/sts_fixture.h"

namespace cumulite::sts {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST_F(StsTest, TellsWhoCalls) {
  const auto reply = Send("GetCallerIdentity");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            "<?xml version=\"1.0\"?>\n"
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn><UserId>123456789012</UserId>"
            "<Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata>"
            "<RequestId>b25f48e8-84fd-11e6-80d9-574e0c4664cb</RequestId></ResponseMetadata>"
            "</GetCallerIdentityResponse>");
}

TEST_F(StsTest, SessionTokensLastTwelveHoursUnlessTold) {
  EXPECT_EQ(Element(Send("GetSessionToken").body, "Expiration"), "2023-11-15T10:13:20Z");
  EXPECT_EQ(Element(Send("GetSessionToken", "DurationSeconds=900").body, "Expiration"),
            "2023-11-14T22:28:20Z");
}

TEST_F(StsTest, TemporaryKeysCarryTheAccount) {
  const std::string key = Element(Send("GetSessionToken").body, "AccessKeyId");
  EXPECT_EQ(key.size(), 20u);
  EXPECT_EQ(protocol::AccountOfTemporaryKey(key), "123456789012");
  EXPECT_NE(key, Element(Send("GetSessionToken").body, "AccessKeyId"));
}

TEST_F(StsTest, AnAssumedRoleBelongsToTheRolesAccount) {
  const auto reply = Send("AssumeRole",
                          "RoleArn=arn%3Aaws%3Aiam%3A%3A999988887777%3Arole%2Fpath%2Fdeployer"
                          "&RoleSessionName=ci&SourceIdentity=alice");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Element(reply.body, "Arn"), "arn:aws:sts::999988887777:assumed-role/deployer/ci");
  EXPECT_THAT(Element(reply.body, "AssumedRoleId"), testing::MatchesRegex("AROA[A-Z2-7]+:ci"));
  EXPECT_EQ(Element(reply.body, "SourceIdentity"), "alice");
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-14T23:13:20Z");
  EXPECT_EQ(protocol::AccountOfTemporaryKey(Element(reply.body, "AccessKeyId")), "999988887777");
}

TEST_F(StsTest, RefusesWhatIsNoRole) {
  for (const std::string& role : std::initializer_list<std::string>{
           "arn:aws:iam::999988887777:user/bob", "arn:aws:iam::999988887777:role/",
           "arn:aws:iam::9999:role/deployer", "arn:aws:iam::999988887777:role/a:b",
           "arn:aws:iam::999988887777:role/p/" + std::string(65, 'r')}) {
    const auto reply = Send("AssumeRole", "RoleArn=" + role + "&RoleSessionName=ci");
    EXPECT_EQ(reply.status, 400) << role;
    EXPECT_EQ(Element(reply.body, "Code"), "ValidationError");
    EXPECT_EQ(Element(reply.body, "Message"), role + " is invalid");
  }
  const std::string longest = "arn:aws:iam::999988887777:role/p/" + std::string(64, 'r');
  EXPECT_EQ(Send("AssumeRole", "RoleArn=" + longest + "&RoleSessionName=ci").status, 200);
}

TEST_F(StsTest, ReportsAllConstraintsTogether) {
  const auto reply = Send("AssumeRole", "RoleSessionName=a%20b&DurationSeconds=5");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(Element(reply.body, "Code"), "ValidationError");
  EXPECT_EQ(
      Element(reply.body, "Message"),
      "3 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not "
      "be null; Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular "
      "expression pattern: [\\w+=,.@-]*; Value '5' at 'durationSeconds' failed to satisfy constraint: "
      "Member must have value greater than or equal to 900");
}

TEST_F(StsTest, NamesWhatIsNotBuilt) {
  const auto reply = Send("AssumeRoot", "TargetPrincipal=x");
  EXPECT_EQ(reply.status, 501);
  EXPECT_THAT(Element(reply.body, "Message"), HasSubstr("AssumeRoot"));
}

TEST_F(StsTest, AFederatedUserHasItsOwnName) {
  const auto reply = Send("GetFederationToken", "Name=bob&Policy=%7B%22Statement%22:[]%7D");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(Element(reply.body, "Arn"), "arn:aws:sts::123456789012:federated-user/bob");
  EXPECT_EQ(Element(reply.body, "FederatedUserId"), "123456789012:bob");
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-15T10:13:20Z");
  EXPECT_EQ(Element(reply.body, "PackedPolicySize"), "0");
  EXPECT_EQ(Element(Send("GetFederationToken", "Name=bob").body, "PackedPolicySize"), "");
}

TEST_F(StsTest, SessionsDoNotRenewThemselves) {
  const std::string key = Element(Send("GetSessionToken").body, "AccessKeyId");
  for (const char* operation : {"GetSessionToken", "GetFederationToken"}) {
    const auto reply = SendAs(key, operation, "Name=bob");
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(Element(reply.body, "Message"),
              "Cannot call " + std::string(operation) + " with session credentials");
  }
  const std::string role = "RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ci";
  EXPECT_EQ(SendAs(key, "AssumeRole", role + "&DurationSeconds=3600").status, 200);
  const auto reply = SendAs(key, "AssumeRole", role + "&DurationSeconds=3601");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(
      Element(reply.body, "Message"),
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  EXPECT_EQ(Send("AssumeRole", role + "&DurationSeconds=43200").status, 200);
}

TEST_F(StsTest, KeysTellTheirAccount) {
  const std::string key = protocol::MakeTemporaryKey("999988887777");
  EXPECT_EQ(Element(Send("GetAccessKeyInfo", "AccessKeyId=" + key).body, "Account"), "999988887777");
  EXPECT_EQ(
      Element(SendAs("AKIAIOSFODNN7EXAMPLE", "GetAccessKeyInfo", "AccessKeyId=AKIAIOSFODNN7EXAMPLE").body,
              "Account"),
      "123456789012");
  const auto reply = Send("GetAccessKeyInfo", "AccessKeyId=AKIAIOSFODNN7EXAMPLE");
  EXPECT_EQ(Element(reply.body, "Code"), "ValidationError");
}

TEST_F(StsTest, NoAuthorizationMessageIsValid) {
  const auto reply = Send("DecodeAuthorizationMessage", "EncodedMessage=abc");
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(Element(reply.body, "Code"), "InvalidAuthorizationMessageException");
}

TEST_F(StsTest, RolesKeepTheirPartition) {
  const auto reply = Send("AssumeRole", "RoleArn=arn:aws-cn:iam::123456789012:role/r&RoleSessionName=ci");
  EXPECT_EQ(Element(reply.body, "Arn"), "arn:aws-cn:sts::123456789012:assumed-role/r/ci");
}

TEST_F(StsTest, SessionPoliciesAndTagsAreChecked) {
  const std::string role = "RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ci";
  const auto code = [&](const std::string& more) {
    return Element(Send("AssumeRole", role + more).body, "Code");
  };
  EXPECT_EQ(code("&Policy=no"), "MalformedPolicyDocument");
  EXPECT_EQ(code("&Policy=%7B%7D"), "MalformedPolicyDocument") << "no statement";
  EXPECT_EQ(code("&Policy=%7B%22Statement%22:%7B%22Effect%22:%22Allow%22,%22Action%22:%22*%22,"
                 "%22Resource%22:%22*%22,%22Principal%22:%22*%22%7D%7D"),
            "MalformedPolicyDocument")
      << "whom it holds for is clear";
  EXPECT_EQ(code("&PolicyArns.member.1.arn=arn:aws:iam::123456789012:role/r"), "ValidationError");
  EXPECT_EQ(code("&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess"), "");
  const std::string tag = "&Tags.member.1.Key=k&Tags.member.1.Value=v";
  EXPECT_EQ(code(tag), "");
  EXPECT_EQ(code(tag + "&Tags.member.2.Key=K&Tags.member.2.Value=v"), "InvalidParameterValue");
  EXPECT_EQ(code("&Tags.member.1.Key=aws:k&Tags.member.1.Value=v"), "InvalidParameterValue");
  EXPECT_EQ(code("&Policy=%7B%22Statement%22:[],%22Id%22:%22" + std::string(2'048, 'x') + "%22%7D"),
            "ValidationError");
  EXPECT_EQ(code("&Policy=%7B%22Statement%22:[],%22Id%22:%22" + std::string(1'990, 'x') +
                 "%22%7D&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess-and-more-of-it"),
            "PackedPolicyTooLarge");
  EXPECT_EQ(code("&Tags.member.1.Key=%21&Tags.member.1.Value=v"), "ValidationError");
}

TEST(TemporaryKeyTest, OnlyItsOwnFormIsRead) {
  EXPECT_EQ(protocol::AccountOfTemporaryKey(protocol::MakeTemporaryKey("000000000000")), "000000000000");
  EXPECT_EQ(protocol::AccountOfTemporaryKey(protocol::MakeTemporaryKey("999999999999")), "999999999999");
  for (const char* key :
       {"", "ASIA", "AKIAIOSFODNN7EXAMPLE", "ASIA0000000000000000", "ASIA7777777777777777"}) {
    EXPECT_EQ(protocol::AccountOfTemporaryKey(key), std::nullopt) << key;
  }
}

}  // namespace
}  // namespace cumulite::sts
