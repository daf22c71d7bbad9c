#include <filesystem>
#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "tests/unit/services/sts/sts_fixture.h"

/// Credentials for a token of somebody else's, and tokens for others.
namespace cumulite::sts {
namespace {
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kRole = "RoleArn=arn:aws:iam::123456789012:role/web&";
const std::string kProvider = "arn:aws:iam::123456789012:saml-provider/Idp";

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
  return out;
}

class WebIdentityTest : public StsTest {
 protected:
  static Json Claims() {
    return {{"iss", "https://idp.example.com"},
            {"sub", "user-1"},
            {"aud", "client"},
            {"iat", kNow - 10},
            {"exp", kNow + 60}};
  }
  static std::string Token(const Json& claims, const Json& header = {{"alg", "RS256"}}) {
    return protocol::Base64UrlEncode(header.dump()) + "." + protocol::Base64UrlEncode(claims.dump()) + "." +
           protocol::Base64UrlEncode("signature");
  }
  test::RpcReply Assume(const std::string& token, const std::string& more = {}) {
    return Send("AssumeRoleWithWebIdentity", kRole + "RoleSessionName=ci&WebIdentityToken=" + token + more);
  }
  std::string CodeOf(const Json& claims) { return Element(Assume(Token(claims)).body, "Code"); }
};

TEST_F(WebIdentityTest, ATokenOpensARole) {
  const auto reply = Assume(Token(Claims()), "&DurationSeconds=900");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Element(reply.body, "Arn"), "arn:aws:sts::123456789012:assumed-role/web/ci");
  EXPECT_EQ(Element(reply.body, "SubjectFromWebIdentityToken"), "user-1");
  EXPECT_EQ(Element(reply.body, "Provider"), "https://idp.example.com");
  EXPECT_EQ(Element(reply.body, "Audience"), "client");
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-14T22:28:20Z");
  const auto session =
      sessions_.Open(Element(reply.body, "AccessKeyId"), Element(reply.body, "SessionToken"));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->identity.principal, "arn:aws:sts::123456789012:assumed-role/web/ci");
}

TEST_F(WebIdentityTest, WhatIsNoTokenIsRefused) {
  const std::string good = Token(Claims());
  for (const std::string& token :
       {std::string("abcd"), good.substr(0, good.rfind('.')), good.substr(0, good.rfind('.') + 1), "!" + good,
        Token(Json::array()), Token(Claims(), Json::object()), Token(Claims(), {{"alg", "none"}}),
        std::string(9'000, '[') + ".e30.AA"}) {
    const auto reply = Assume(token);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(Element(reply.body, "Code"), "InvalidIdentityToken") << token.substr(0, 60);
    EXPECT_THAT(Element(reply.body, "Message"), HasSubstr("not a valid JWT"));
  }
}

TEST_F(WebIdentityTest, EachClaimIsRequired) {
  for (const char* name : {"iss", "sub", "aud", "iat", "exp"}) {
    Json claims = Claims();
    claims.erase(name);
    EXPECT_EQ(Element(Assume(Token(claims)).body, "Message"),
              "Missing a required claim: " + std::string(name));
  }
}

TEST_F(WebIdentityTest, TokensEndOnTheClock) {
  const std::string token = Token(Claims());
  clock_.Advance(std::chrono::seconds(59));
  EXPECT_EQ(Assume(token).status, 200);
  clock_.Advance(std::chrono::seconds(1));
  const auto reply = Assume(token);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(Element(reply.body, "Code"), "ExpiredTokenException");
  EXPECT_EQ(Element(reply.body, "Message"),
            "Token expired: current date/time 1700000060 must be before the expiration date/time 1700000060");
  Json claims = Claims();
  claims["exp"] = -1e300;
  EXPECT_EQ(CodeOf(claims), "ExpiredTokenException");
  claims["exp"] = kNow + 600;
  claims["nbf"] = kNow + 61;
  EXPECT_EQ(CodeOf(claims), "InvalidIdentityToken");
}

TEST_F(WebIdentityTest, StrictBelievesNoSignatureThatItCannotVerify) {
  test::RpcCall call =
      Call("AssumeRoleWithWebIdentity", kRole + "RoleSessionName=ci&WebIdentityToken=" + Token(Claims()));
  call.strict = true;
  call.access_key = "";
  const auto reply = Finish(call);
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(Element(reply.body, "Message"),
            "No OpenIDConnect provider found in your account for https://idp.example.com");
}

TEST_F(WebIdentityTest, OthersAreNamed) {
  EXPECT_EQ(
      Element(Send("AssumeRoleWithWebIdentity",
                   "RoleArn=arn:aws:iam::123456789012:user/bob&RoleSessionName=ci&WebIdentityToken=abcd")
                  .body,
              "Message"),
      "Request ARN is invalid");
  const auto reply = Assume(Token(Claims()), "&ProviderId=www.amazon.com");
  EXPECT_EQ(reply.status, 501);
  EXPECT_THAT(Element(reply.body, "Message"), HasSubstr("ProviderId"));
}

TEST_F(WebIdentityTest, TagsAndSourceIdentityComeWithTheToken) {
  Json claims = Claims();
  claims["https://aws.amazon.com/tags"] = {{"principal_tags", {{"Project", {"x"}}, {"Cost", {"7"}}}},
                                           {"transitive_tag_keys", {"Project"}}};
  claims["https://aws.amazon.com/source_identity"] = "alice";
  const std::string made = Assume(Token(claims)).body;
  EXPECT_EQ(Element(made, "SourceIdentity"), "alice");
  // Whoever goes on from here keeps who it was, and the tag that is handed down; the other one may be set
  // anew.
  const std::string next = kRole + "RoleSessionName=two";
  const std::string second =
      SendWith(made, "AssumeRole", next + "&Tags.member.1.Key=cost&Tags.member.1.Value=8").body;
  EXPECT_EQ(Element(second, "SourceIdentity"), "alice");
  const auto session = sessions_.Open(Element(second, "AccessKeyId"), Element(second, "SessionToken"));
  ASSERT_TRUE(session);
  using Tags = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(session->identity.session->tags, (Tags{{"cost", "8"}, {"Project", "x"}}));
  EXPECT_EQ(session->identity.session->transitive_tag_keys, std::vector<std::string>{"Project"});
  const auto conflict =
      SendWith(made, "AssumeRole", next + "&Tags.member.1.Key=project&Tags.member.1.Value=y");
  EXPECT_EQ(Element(conflict.body, "Code"), "InvalidParameterValue");
  EXPECT_THAT(Element(conflict.body, "Message"), HasSubstr("conflicts with a transitive tag key"));
  const auto other = SendWith(second, "AssumeRole", next + "&SourceIdentity=bob");
  EXPECT_EQ(other.status, 403);
  EXPECT_THAT(Element(other.body, "Message"), HasSubstr("sts:SetSourceIdentity"));
  EXPECT_EQ(SendWith(second, "AssumeRole", next + "&SourceIdentity=alice").status, 200);
}

TEST_F(WebIdentityTest, WhatATokenPassesIsCheckedAsWhatARequestPasses) {
  Json claims = Claims();
  const auto code_of_tags = [&](const Json& tags) {
    claims["https://aws.amazon.com/tags"] = {{"principal_tags", tags}};
    return CodeOf(claims);
  };
  EXPECT_EQ(code_of_tags({{"k", {"v"}}}), "");
  EXPECT_EQ(code_of_tags({{"k", {std::string(256, 'v')}}}), "");
  EXPECT_EQ(code_of_tags({{"k", {std::string(257, 'v')}}}), "InvalidParameterValue");
  EXPECT_EQ(code_of_tags({{std::string(129, 'k'), {"v"}}}), "InvalidParameterValue");
  EXPECT_EQ(code_of_tags({{"k\"", {"v"}}}), "InvalidParameterValue");
  EXPECT_EQ(code_of_tags({{"aws:k", {"v"}}}), "InvalidParameterValue");
  Json many;
  for (int i = 0; i < 50; ++i) many["k" + std::to_string(i)] = {"v"};
  EXPECT_EQ(code_of_tags(many), "");
  many["one more"] = {"v"};
  EXPECT_EQ(code_of_tags(many), "InvalidParameterValue");
  claims = Claims();
  for (const char* bad : {"a", "a b", "aws:me"}) {
    claims["https://aws.amazon.com/source_identity"] = bad;
    EXPECT_EQ(CodeOf(claims), "InvalidIdentityToken") << bad;
  }
}

TEST_F(WebIdentityTest, ATransitiveTagMustBePassed) {
  const auto reply = Send("AssumeRole", kRole + "RoleSessionName=ci&TransitiveTagKeys.member.1=Project");
  EXPECT_EQ(Element(reply.body, "Code"), "InvalidParameterValue");
  EXPECT_EQ(Element(reply.body, "Message"),
            "The specified transitive tag key must be included in the requested tags.");
}

TEST_F(WebIdentityTest, PoliciesAreKeptWithTheSession) {
  const std::string made =
      Send("AssumeRole", kRole +
                             "RoleSessionName=ci&Policy=%7B%22Statement%22:[]%7D"
                             "&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/ReadOnlyAccess")
          .body;
  const auto session = sessions_.Open(Element(made, "AccessKeyId"), Element(made, "SessionToken"));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->identity.session->policy, R"({"Statement":[]})");
  EXPECT_EQ(session->identity.session->policy_arns,
            std::vector<std::string>{"arn:aws:iam::aws:policy/ReadOnlyAccess"});
  EXPECT_EQ(session->identity.session->role_arn, "arn:aws:iam::123456789012:role/web");
}

class SamlTest : public StsTest {
 protected:
  /// A response whose parts the tests replace.
  static std::string Response(const std::string& from = {}, const std::string& to = {}) {
    std::string xml =
        R"(<samlp:Response xmlns:samlp="p" xmlns="a"><samlp:Status><samlp:StatusCode )"
        R"(Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><Assertion>)"
        R"(<Issuer>https://example.com/saml</Issuer><Subject>)"
        R"(<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">bob@example.com</NameID>)"
        R"(<SubjectConfirmation><SubjectConfirmationData NotOnOrAfter="2023-11-14T22:18:20Z" )"
        R"(Recipient="https://signin.aws.amazon.com/saml"/></SubjectConfirmation></Subject>)"
        R"(<Conditions NotBefore="2023-11-14T22:13:20Z" NotOnOrAfter="2023-11-14T23:13:20Z"/>)"
        R"(<AuthnStatement SessionNotOnOrAfter="2023-11-15T22:13:20Z"/><AttributeStatement>)"
        R"(<Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><AttributeValue>)"
        R"(arn:aws:iam::123456789012:role/web, arn:aws:iam::123456789012:saml-provider/Idp)"
        R"(</AttributeValue></Attribute>)"
        R"(<Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName">)"
        R"(<AttributeValue>bob</AttributeValue></Attribute>)"
        R"(<Attribute Name="https://aws.amazon.com/SAML/Attributes/PrincipalTag:Project">)"
        R"(<AttributeValue>x</AttributeValue></Attribute>)"
        R"(</AttributeStatement></Assertion></samlp:Response>)";
    if (!from.empty()) xml.replace(xml.find(from), from.size(), to);
    return xml;
  }
  test::RpcReply AssumeBase64(const std::string& text, const std::string& more = {}) {
    return Send("AssumeRoleWithSAML",
                kRole + "PrincipalArn=" + kProvider + "&SAMLAssertion=" + Escaped(text) + more);
  }
  test::RpcReply Assume(const std::string& xml, const std::string& more = {}) {
    return AssumeBase64(protocol::Base64Encode(xml), more);
  }
};

TEST_F(SamlTest, AResponseOpensARole) {
  const auto reply = Assume(Response());
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Element(reply.body, "Arn"), "arn:aws:sts::123456789012:assumed-role/web/bob");
  EXPECT_EQ(Element(reply.body, "Subject"), "bob@example.com");
  EXPECT_EQ(Element(reply.body, "SubjectType"), "persistent");
  EXPECT_EQ(Element(reply.body, "Issuer"), "https://example.com/saml");
  EXPECT_EQ(Element(reply.body, "Audience"), "https://signin.aws.amazon.com/saml");
  // printf 'https://example.com/saml123456789012/Idp' | openssl sha1 -binary | base64
  EXPECT_EQ(Element(reply.body, "NameQualifier"), "5ZNYbUChy7kLl+miSxwybzZXX2Q=");
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-14T23:13:20Z");
  const auto session =
      sessions_.Open(Element(reply.body, "AccessKeyId"), Element(reply.body, "SessionToken"));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->identity.session->tags.front(), std::pair(std::string("Project"), std::string("x")));
}

TEST_F(SamlTest, RoleAndProviderStandInEitherOrder) {
  const std::string role = "arn:aws:iam::123456789012:role/web";
  EXPECT_EQ(Assume(Response(role + ", " + kProvider, kProvider + "," + role)).status, 200);
}

TEST_F(SamlTest, TheSessionEndsWithTheProvidersOwn) {
  const auto reply = Assume(Response("SessionNotOnOrAfter=\"2023-11-15T22:13:20Z\"",
                                     "SessionNotOnOrAfter=\"2023-11-14T22:30:00Z\""));
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-14T22:30:00Z");
}

TEST_F(SamlTest, WhatIsNoResponseIsRefused) {
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "<a>";
  for (const std::string& xml :
       {std::string("<Response>"), std::string("<Response/>"), std::string("<Assertion/>"), deep,
        R"(<!DOCTYPE r [<!ENTITY a "b">]><Response>&a;</Response>)" + std::string(),
        Response("<NameID", "<NoName").replace(0, 0, ""), Response("Recipient=", "To="),
        Response("2023-11-14T22:18:20Z", "soon")}) {
    const auto reply = Assume(xml);
    EXPECT_EQ(reply.status, 400) << xml.substr(0, 80);
    EXPECT_EQ(Element(reply.body, "Code"), "InvalidIdentityToken") << xml.substr(0, 80);
  }
  EXPECT_EQ(Element(AssumeBase64("no-base64").body, "Message"), "Invalid base64 SAMLResponse");
}

TEST_F(SamlTest, ItIsToBeUsedSoon) {
  const auto early =
      Assume(Response("NotBefore=\"2023-11-14T22:13:20Z\"", "NotBefore=\"2023-11-14T22:13:21Z\""));
  EXPECT_EQ(Element(early.body, "Code"), "InvalidIdentityToken");
  EXPECT_EQ(Element(early.body, "Message"), "Invalid SAML response: the assertion is not valid yet");
  clock_.Advance(std::chrono::seconds(299));
  EXPECT_EQ(Assume(Response()).status, 200);
  clock_.Advance(std::chrono::seconds(1));
  const auto reply = Assume(Response());
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(Element(reply.body, "Code"), "ExpiredTokenException");
  EXPECT_EQ(
      Element(
          Assume(Response("NotBefore=\"2023-11-14T22:13:20Z\"", "NotBefore=\"2024-11-14T22:13:20Z\"")).body,
          "Code"),
      "ExpiredTokenException");
}

TEST_F(SamlTest, FailuresAndForeignRolesAreRefused) {
  const auto failed = Assume(Response("status:Success", "status:Responder"));
  EXPECT_EQ(failed.status, 403);
  EXPECT_EQ(Element(failed.body, "Code"), "IDPRejectedClaim");
  const auto other = Assume(Response("role/web", "role/other"));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(Element(other.body, "Message"), "Not authorized to perform sts:AssumeRoleWithSAML");
  const auto encrypted = Assume(Response("<Assertion>", "<EncryptedAssertion/><Assertion>"));
  EXPECT_EQ(encrypted.status, 501);
  EXPECT_EQ(Element(Assume(Response(">bob<", "><")).body, "Message"),
            "RoleSessionName is required in AuthnResponse");
  EXPECT_EQ(Element(Assume(Response(">bob<", ">b b<")).body, "Message"),
            "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
}

TEST_F(SamlTest, StrictKnowsNoProvider) {
  test::RpcCall call = Call("AssumeRoleWithSAML", kRole + "PrincipalArn=" + kProvider + "&SAMLAssertion=" +
                                                      Escaped(protocol::Base64Encode(Response())));
  call.strict = true;
  call.access_key = "";
  EXPECT_EQ(Element(Finish(call).body, "Message"), "Specified provider doesn't exist");
}

class IdentityTokenTest : public StsTest {
 protected:
  static Json Payload(const std::string& reply) {
    const std::string token = Element(reply, "WebIdentityToken");
    const std::size_t first = token.find('.');
    return Json::parse(
        protocol::Base64UrlDecode(token.substr(first + 1, token.rfind('.') - first - 1)).value_or("{}"));
  }
  std::string Get(const std::string& path) {
    test::RpcCall call;
    call.method = "GET";
    call.target = path;
    call.clock = &clock_;
    return Finish(call).body;
  }
};

TEST_F(IdentityTokenTest, TellsWhoTheCallerIs) {
  const auto reply = Send("GetWebIdentityToken",
                          "Audience.member.1=https://api.example.com&SigningAlgorithm=ES384"
                          "&Tags.member.1.Key=job&Tags.member.1.Value=7");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Element(reply.body, "Expiration"), "2023-11-14T22:18:20Z");
  const Json payload = Payload(reply.body);
  EXPECT_EQ(payload["iss"], "http://localhost:4566/_sts/123456789012");
  EXPECT_EQ(payload["aud"], "https://api.example.com");
  EXPECT_EQ(payload["sub"], "arn:aws:iam::123456789012:root");
  EXPECT_EQ(payload["iat"], kNow);
  EXPECT_EQ(payload["exp"], kNow + 300);
  const Json& aws = payload["https://sts.amazonaws.com/"];
  EXPECT_EQ(aws["aws_account"], "123456789012");
  EXPECT_EQ(aws["source_region"], "us-east-1");
  EXPECT_EQ(aws["request_tags"], Json({{"job", "7"}}));
}

TEST_F(IdentityTokenTest, ARolesTokenNamesTheRoleAndEndsWithItsSession) {
  const std::string made =
      Send("AssumeRole",
           "RoleArn=arn:aws:iam::123456789012:role/path/r&RoleSessionName=ci&DurationSeconds=900"
           "&Tags.member.1.Key=team&Tags.member.1.Value=t")
          .body;
  const std::string wanted =
      "Audience.member.1=a&Audience.member.2=b&SigningAlgorithm=RS256&DurationSeconds=";
  const Json payload = Payload(SendWith(made, "GetWebIdentityToken", wanted + "900").body);
  EXPECT_EQ(payload["sub"], "arn:aws:iam::123456789012:role/path/r");
  EXPECT_EQ(payload["aud"], Json({"a", "b"}));
  EXPECT_EQ(payload["https://sts.amazonaws.com/"]["principal_tags"], Json({{"team", "t"}}));
  EXPECT_EQ(payload["https://sts.amazonaws.com/"]["original_session_exp"], "2023-11-14T22:28:20Z");
  const auto longer = SendWith(made, "GetWebIdentityToken", wanted + "901");
  EXPECT_EQ(longer.status, 403);
  EXPECT_EQ(Element(longer.body, "Code"), "SessionDurationEscalation");
}

TEST_F(IdentityTokenTest, ItsLimitsAreChecked) {
  const auto code = [&](const std::string& form) {
    return Element(Send("GetWebIdentityToken", form).body, "Code");
  };
  EXPECT_EQ(code("SigningAlgorithm=RS256"), "ValidationError");
  EXPECT_EQ(code("Audience.member.1=a"), "ValidationError");
  EXPECT_EQ(code("Audience.member.1=a&SigningAlgorithm=HS256"), "ValidationError");
  EXPECT_EQ(code("Audience.member.1=a&SigningAlgorithm=RS256&DurationSeconds=59"), "ValidationError");
  EXPECT_EQ(code("Audience.member.1=&SigningAlgorithm=RS256"), "ValidationError");
  EXPECT_THAT(std::filesystem::directory_iterator(directory_.path()) == std::filesystem::directory_iterator(),
              true)
      << "a refusal makes no key";
}

TEST_F(IdentityTokenTest, TheIssuerTellsItsKeysAndKeepsThem) {
  const std::string issuer = "/_sts/123456789012";
  const Json configuration = Json::parse(Get(issuer + "/.well-known/openid-configuration"));
  EXPECT_EQ(configuration["issuer"], "http://localhost:4566/_sts/123456789012");
  EXPECT_EQ(configuration["jwks_uri"], "http://localhost:4566/_sts/123456789012/.well-known/jwks.json");
  const std::string keys = Get(issuer + "/.well-known/jwks.json");
  EXPECT_EQ(Json::parse(keys)["keys"].size(), 2u);
  EXPECT_THAT(keys, testing::Not(HasSubstr("\"d\"")));
  StsService again(sessions_, directory_.path(), workers_);
  loop_.Get(again.keys().Prepare());
  EXPECT_EQ(again.keys().KeySet(), keys);
  for (const auto& file : std::filesystem::directory_iterator(directory_.path())) {
    EXPECT_EQ(file.status().permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << file.path();
  }
  EXPECT_THAT(Get("/_sts/1234/.well-known/jwks.json"), testing::Not(HasSubstr("keys")));
}

TEST_F(IdentityTokenTest, ItsOwnTokensOpenNoRole) {
  const std::string token = Element(
      Send("GetWebIdentityToken", "Audience.member.1=a&SigningAlgorithm=RS256").body, "WebIdentityToken");
  const auto reply =
      Send("AssumeRoleWithWebIdentity", kRole + "RoleSessionName=ci&WebIdentityToken=" + token);
  EXPECT_EQ(Element(reply.body, "Message"),
            "No OpenIDConnect provider found in your account for http://localhost:4566/_sts/123456789012");
}

}  // namespace
}  // namespace cumulite::sts
