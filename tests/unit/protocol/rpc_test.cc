#include "protocol/rpc.h"

#include "protocol/crc.h"
#include "protocol/error.h"
#include "protocol/inflate.h"
#include "tests/support/rpc_call.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

using example::kModel;
using test::RpcCall;
using test::RpcReply;
using testing::HasSubstr;

constexpr const char* kRequestId = "b25f48e8-84fd-11e6-80d9-574e0c4664cb";

class RpcTest : public testing::Test {
 protected:
  RpcReply Send(const RpcCall& call) { return call.Send(kModel, &service_); }
  RpcReply Get(std::string target, std::string accept = "*/*") {
    return Send({.method = "GET", .target = std::move(target), .headers = {{"Accept", std::move(accept)}}});
  }
  example::Service service_;
};

TEST_F(RpcTest, AnswersJsonInJson) {
  const auto reply = Send(RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u","DelaySeconds":7})"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"QueueUrl":"u","DelaySeconds":7,"Failed":[]})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(reply.Header("x-amzn-RequestId"), kRequestId);
  EXPECT_EQ(reply.operation, "Echo");
}

TEST_F(RpcTest, JsonAnswersEchoThePlainContentType) {
  RpcCall call = RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u"})");
  call.headers[1].second = "application/json; charset=UTF-8";
  EXPECT_EQ(Send(call).Header("Content-Type"), "application/json");
}

TEST_F(RpcTest, AnswersQueryInXml) {
  const auto reply = Send(RpcCall::Query(kModel, "Echo", "QueueUrl=u&DelaySeconds=7&Name.1=a&Name.2=b%0D"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            "<?xml version=\"1.0\"?>\n"
            "<EchoResponse xmlns=\"http://example.amazonaws.com/doc/2012-11-05/\"><EchoResult>"
            "<QueueUrl>u</QueueUrl><DelaySeconds>7</DelaySeconds><Name>a</Name><Name>b&#xD;</Name><Failed/>"
            "</EchoResult><ResponseMetadata><RequestId>b25f48e8-84fd-11e6-80d9-574e0c4664cb</RequestId>"
            "</ResponseMetadata></EchoResponse>");
  EXPECT_EQ(reply.Header("Content-Type"), "text/xml");
  EXPECT_EQ(reply.Header("x-amzn-RequestId"), kRequestId);
}

TEST_F(RpcTest, AnOperationWithoutResultAnswersAnEmptyOne) {
  EXPECT_EQ(Send(RpcCall::Json(kModel, "Constrained", R"({"TableName":"abc"})")).body, "{}");
  EXPECT_THAT(Send(RpcCall::Query(kModel, "Constrained", "TableName=abc")).body,
              HasSubstr("<ConstrainedResult/>"));
  RpcModel sqs_like = kModel;
  sqs_like.omit_empty_result = true;
  const auto reply = RpcCall::Query(kModel, "Constrained", "TableName=abc").Send(sqs_like, &service_);
  EXPECT_THAT(reply.body, testing::Not(HasSubstr("Result")));
}

TEST_F(RpcTest, QueryComesByGetOrByQueryStringOfAPost) {
  EXPECT_THAT(Get("/000000000000/q?Action=Echo&QueueUrl=u").body, HasSubstr("<QueueUrl>u</QueueUrl>"));
  EXPECT_THAT(Send({.target = "/?Action=Echo&Version=2012-11-05&QueueUrl=u"}).body,
              HasSubstr("<QueueUrl>u</QueueUrl>"));
}

TEST_F(RpcTest, AcceptTurnsAQueryAnswerIntoJson) {
  const auto reply = Get("/?Action=Echo&QueueUrl=u", "application/json");
  EXPECT_EQ(reply.body, R"({"EchoResponse":{"EchoResult":{"QueueUrl":"u","Failed":[]},)"
                        R"("ResponseMetadata":{"RequestId":"b25f48e8-84fd-11e6-80d9-574e0c4664cb"}}})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  const auto error = Get("/?Action=Echo", "application/json");
  EXPECT_EQ(error.status, 400);
  EXPECT_THAT(error.body,
              testing::StartsWith(R"({"Error":{"Type":"Sender","Code":"ValidationError","Message":")"));
}

TEST_F(RpcTest, JsonErrorsCarryTypeAndQueryError) {
  const auto reply = Send(RpcCall::Json(kModel, "Echo", "{}"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(
      reply.body,
      R"({"__type":"com.amazon.coral.validate#ValidationException","message":"1 validation error detected: )"
      R"(Value null at 'queueUrl' failed to satisfy constraint: Member must not be null"})");
  EXPECT_EQ(reply.Header("x-amzn-query-error"), "ValidationError;Sender");
  EXPECT_EQ(reply.error_code, "ValidationException");
  EXPECT_FALSE(service_.last.has_value()) << "the operation did not run";
}

TEST_F(RpcTest, QueryErrorsAreErrorResponses) {
  const auto reply = Send(RpcCall::Query(kModel, "Echo", "QueueUrl=u&DelaySeconds=x"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body,
            "<?xml version=\"1.0\"?>\n"
            "<ErrorResponse xmlns=\"http://example.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>"
            "<Code>MalformedInput</Code><Message>'x' is not a valid integer</Message><Detail/></Error>"
            "<RequestId>b25f48e8-84fd-11e6-80d9-574e0c4664cb</RequestId></ErrorResponse>");
  EXPECT_EQ(reply.Header("Content-Type"), "text/xml");
}

TEST_F(RpcTest, SerializationErrorsSpellMessageWithACapital) {
  EXPECT_EQ(Send(RpcCall::Json(kModel, "Echo", R"({"QueueUrl":1})")).body,
            R"({"__type":"com.amazon.coral.service#SerializationException",)"
            R"("Message":"NUMBER_VALUE cannot be converted to String"})");
  EXPECT_EQ(Send(RpcCall::Json(kModel, "Echo", "{")).body,
            R"({"__type":"com.amazon.coral.service#SerializationException"})");
}

TEST_F(RpcTest, UnknownJsonOperations) {
  for (const char* target : {"Example.Nope", "Example.", "Example", "Other.Echo", "", "example.Echo"}) {
    RpcCall call = RpcCall::Json(kModel, "Echo", "{}");
    call.headers[0].second = target;
    const auto reply = Send(call);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_EQ(reply.body, R"({"__type":"com.amazon.coral.service#UnknownOperationException"})") << target;
  }
}

TEST_F(RpcTest, UnknownQueryActions) {
  const auto reply = Get("/?Action=Nope&Version=2012-11-05");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body,
              HasSubstr("<Code>InvalidAction</Code><Message>Could not find operation Nope for version "
                        "2012-11-05</Message>"));
  EXPECT_THAT(Get("/?Action=Echo&Version=1999-01-01&QueueUrl=u").body,
              HasSubstr("<Code>InvalidAction</Code>"));
}

TEST_F(RpcTest, AServiceMayRefuseActionsInItsOwnWords) {
  RpcModel model = kModel;
  model.refuse_action = [](std::string_view action, bool known, const HttpRequest& request) {
    const bool refused = !known || (action == "Echo" && request.path != "/");
    return refused ? std::optional("The action " + std::string(action) + " is not valid for this endpoint.")
                   : std::nullopt;
  };
  const auto get = [&](std::string target) {
    return RpcCall{.method = "GET", .target = std::move(target)}.Send(model, &service_);
  };
  EXPECT_THAT(get("/?Action=Nope").body,
              HasSubstr("<Message>The action Nope is not valid for this endpoint."));
  EXPECT_THAT(get("/0/q?Action=Echo&QueueUrl=u").body,
              HasSubstr("The action Echo is not valid for this endpoint."));
  EXPECT_EQ(get("/?Action=Echo&QueueUrl=u").status, 200);
}

TEST_F(RpcTest, WhatIsNoRequestOfTheServiceIsUnknown) {
  const RpcCall calls[] = {
      {.method = "GET", .target = "/000000000000/q", .headers = {{"Accept", "application/json"}}},
      {.method = "GET", .target = "/?Action="},
      {.method = "POST", .body = "no form"},
      {.method = "PUT", .target = "/?Action=Echo&QueueUrl=u"},
      {.method = "DELETE"},
      {.method = "POST",
       .headers = {{"X-Amz-Target", "Example.Echo"}, {"Content-Type", "application/x-amz-json-1.1"}},
       .body = "{}"},
  };
  for (const RpcCall& call : calls) {
    const auto reply = Send(call);
    EXPECT_EQ(reply.status, 404) << call.method << call.target;
    EXPECT_EQ(reply.body, "<UnknownOperationException/>\n");
    EXPECT_EQ(reply.Header("Content-Type"), "text/xml");
    EXPECT_EQ(reply.Header("x-amzn-RequestId"), kRequestId);
  }
}

TEST_F(RpcTest, WhatIsNotBuiltIsNamed) {
  const auto json = Send(RpcCall::Json(kModel, "DeleteEverything", "{}"));
  EXPECT_EQ(json.status, 501);
  EXPECT_THAT(json.body, HasSubstr("DeleteEverything"));
  EXPECT_EQ(json.operation, "DeleteEverything");
  const auto query = Send(RpcCall::Query(kModel, "DeleteEverything"));
  EXPECT_EQ(query.status, 501);
  EXPECT_THAT(query.body, HasSubstr("<Code>NotImplemented</Code><Message>The operation DeleteEverything"));
}

TEST_F(RpcTest, BodiesOverTheLimitAreRefused) {
  const std::string big(kModel.body_limit + 1, ' ');
  EXPECT_EQ(Send(RpcCall::Json(kModel, "Echo", big)).status, 413);
  EXPECT_EQ(Send(RpcCall::Query(kModel, "Echo", big)).status, 413);
}

TEST_F(RpcTest, UnpacksGzip) {
  // {"QueueUrl":"u"} by Python's gzip.compress(..., mtime=0)
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x0a\x2c\x4d\x2d\x4d\x0d\x2d\xca\x51\xb2\x52\x2a\x55"
      "\xaa\x05\x00\xef\xa5\x84\xb6\x10\x00\x00\x00",
      36);
  RpcCall call = RpcCall::Json(kModel, "Echo", packed);
  call.headers.emplace_back("Content-Encoding", "gzip");
  EXPECT_EQ(Send(call).body, R"({"QueueUrl":"u","Failed":[]})");
  call.body.resize(20);
  EXPECT_EQ(Send(call).status, 500);
  call.headers.back().second = "br";
  EXPECT_EQ(Send(call).status, 500);
}

TEST_F(RpcTest, ConstraintsAreReportedTogether) {
  const auto message = [&](std::string body) {
    return Send(RpcCall::Json(kModel, "Constrained", std::move(body))).body;
  };
  EXPECT_THAT(
      message(
          R"({"TableName":"AB","Count":11,"Colour":"blue","Colours":["red","pink","red"],"Entries":[{}]})"),
      HasSubstr(
          "7 validation errors detected: "
          "Value 'AB' at 'tableName' failed to satisfy constraint: Member must satisfy regular "
          "expression pattern: [a-z]+; "
          "Value 'AB' at 'tableName' failed to satisfy constraint: Member must have length greater than "
          "or equal to 3; "
          "Value '11' at 'count' failed to satisfy constraint: Member must have value less than or "
          "equal to 10; "
          "Value 'blue' at 'colour' failed to satisfy constraint: Member must satisfy enum value set: "
          "[red, green]; "
          "Value '[red, pink, red]' at 'colours' failed to satisfy constraint: Member must have length "
          "less than or equal to 2; "
          "Value '[red, pink, red]' at 'colours' failed to satisfy constraint: Member must satisfy "
          "constraint: [Member must satisfy enum value set: [red, green]]; "
          "Value null at 'entries.1.member.id' failed to satisfy constraint: Member must not be null"));
  EXPECT_EQ(message(R"({"TableName":"abcde","Count":10,"Colour":"red","Colours":["red","green"]})"), "{}");
}

TEST_F(RpcTest, WhatAContainerHoldsIsReportedWithAllThatItMustSatisfy) {
  const auto message = [&](std::string parts) {
    return Send(RpcCall::Json(kModel, "Constrained", R"({"TableName":"abc",)" + parts + "}")).body;
  };
  EXPECT_THAT(message(R"("Titles":{"A":["b"]})"),
              HasSubstr("1 validation error detected: Value '{A=[b]}' at 'titles' failed to satisfy "
                        "constraint: Map keys must satisfy constraint: [Member must have length less than or "
                        "equal to 4, Member must have length greater than or equal to 1, Member must satisfy "
                        "regular expression pattern: [a-z]+]"));
  EXPECT_THAT(message(R"("Titles":{"a":[]})"),
              HasSubstr("Value '{a=[]}' at 'titles' failed to satisfy constraint: Map value must satisfy "
                        "constraint: [Member must have length less than or equal to 2, Member must have "
                        "length greater than or equal to 1, Member must satisfy constraint: [Member must"));
  EXPECT_THAT(message(R"("Titles":{"a":["ok","no!"]})"), HasSubstr("Map value must satisfy constraint"));
  EXPECT_EQ(message(R"("Titles":{"a":["ok","yes"]},"Share":0.5)"), "{}");
  EXPECT_THAT(
      message(R"("Share":1.5)"),
      HasSubstr("Value '1.5' at 'share' failed to satisfy constraint: Member must have value less than "
                "or equal to 1"));
}

TEST_F(RpcTest, AnswersMayCarryTheirChecksum) {
  RpcModel model = kModel;
  model.crc32 = true;
  const auto answer = RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u"})").Send(model, &service_);
  EXPECT_EQ(answer.Header("x-amz-crc32"), std::to_string(Crc32(0, answer.body)));
  const auto error = RpcCall::Json(kModel, "Echo", "{").Send(model, &service_);
  EXPECT_EQ(error.Header("x-amz-crc32"), std::to_string(Crc32(0, error.body)));
  EXPECT_EQ(Send(RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u"})")).Header("x-amz-crc32"), "");
}

TEST_F(RpcTest, LongAnswersArePackedForClientsThatAskForIt) {
  RpcModel model = kModel;
  model.crc32 = true;
  model.pack_from = 1'000;
  const std::string request = R"({"QueueUrl":")" + std::string(2'000, 'u') + R"("})";
  const auto answer = [&](std::string accept, std::string body) {
    RpcCall call = RpcCall::Json(kModel, "Echo", std::move(body));
    call.headers.emplace_back("Accept-Encoding", std::move(accept));
    return call.Send(model, &service_);
  };
  const std::string plain = answer("identity", request).body;
  for (const char* accept : {"gzip", "deflate;q=0.2, GZIP;q=0.5", "identity,gzip", "deflate, gzip;q=0.5"}) {
    const auto packed = answer(accept, request);
    const bool deflated = std::string_view(accept).starts_with("deflate,");
    EXPECT_EQ(packed.Header("Content-Encoding"), deflated ? "deflate" : "gzip") << accept;
    EXPECT_LT(packed.body.size(), 200U);
    EXPECT_EQ(packed.Header("x-amz-crc32"), std::to_string(Crc32(0, packed.body))) << "of what is sent";
    std::string unpacked;
    EXPECT_EQ(Inflate(deflated ? Packing::kDeflate : Packing::kGzip, packed.body, 10'000, unpacked),
              InflateResult::kOk);
    EXPECT_EQ(unpacked, plain);
  }
  for (const char* accept : {"", "identity", "gzip;q=0", "xgzip"}) {
    EXPECT_EQ(answer(accept, request).Header("Content-Encoding"), "") << accept;
  }
  EXPECT_EQ(answer("gzip", R"({"QueueUrl":"u"})").Header("Content-Encoding"), "") << "short";
}

TEST_F(RpcTest, LengthsCountCharacters) {
  const auto reply = Send(RpcCall::Json(kModel, "Constrained", "{\"TableName\":\"\xC3\xA4\xC3\xA4\"}"));
  EXPECT_THAT(reply.body, HasSubstr("length greater than or equal to 3"));
}

constexpr ErrorKind kOwnMissing{.code = "MissingRequiredParameterException",
                                .query_code = "MissingParameter"};
constexpr ErrorKind kOwnInvalid{.code = "InvalidParameterValueException",
                                .query_code = "InvalidParameterValue"};

TEST_F(RpcTest, AServiceMayExplainWhatIsNoAwsError) {
  RpcModel model = kModel;
  model.missing = [](const Member&, std::string_view path) { throw std::out_of_range(std::string(path)); };
  const RpcCall call = RpcCall::Json(kModel, "Echo", "{}");
  EXPECT_THROW(call.Send(model, &service_), std::out_of_range) << "for the server to log";
  model.explain = [](const std::exception& failure) -> std::optional<AwsError> {
    if (dynamic_cast<const std::out_of_range*>(&failure) == nullptr) return std::nullopt;
    return AwsError(kOwnInvalid, std::string("Out of range: ") + failure.what());
  };
  EXPECT_EQ(call.Send(model, &service_).body,
            R"({"__type":"com.amazonaws.example#InvalidParameterValueException",)"
            R"("message":"Out of range: QueueUrl"})");
}

TEST_F(RpcTest, AServiceMayUseItsOwnWords) {
  RpcModel model = kModel;
  model.missing = [](const Member&, std::string_view path) {
    throw AwsError(kOwnMissing, "The request must contain the parameter " + std::string(path) + ".");
  };
  model.invalid = [](const Member&, std::string_view path, std::string_view value) {
    throw AwsError(kOwnInvalid, "Value " + std::string(value) + " for parameter " + std::string(path) + ".");
  };
  const auto missing = RpcCall::Json(kModel, "Echo", R"({"Entries":[{}]})").Send(model, &service_);
  EXPECT_EQ(missing.body, R"({"__type":"com.amazonaws.example#MissingRequiredParameterException",)"
                          R"("message":"The request must contain the parameter QueueUrl."})");
  EXPECT_EQ(missing.Header("x-amzn-query-error"), "MissingParameter;Sender");
  EXPECT_THAT(RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u","Entries":[{}]})").Send(model, &service_).body,
              HasSubstr("parameter Entries.1.Id."));
  EXPECT_THAT(RpcCall::Query(kModel, "Constrained", "TableName=abc&Count=0").Send(model, &service_).body,
              HasSubstr("<Code>InvalidParameterValue</Code><Message>Value 0 for parameter Count.</Message>"));
}

}  // namespace
}  // namespace cumulite::protocol
