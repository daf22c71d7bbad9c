#include <nlohmann/json.hpp>

#include "protocol/crc.h"
#include "protocol/inflate.h"
#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {
using nlohmann::json;

/// What clients see of DynamoDB's front end, beside what its operations answer.
class DynamoDbWireTest : public WireTest {
 protected:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  Reply Call(const std::string& operation, const json& request) const {
    return Json("DynamoDB_20120810." + operation, request.dump());
  }
  json Do(const std::string& operation, const json& request) const {
    const Reply reply = Call(operation, request);
    EXPECT_EQ(reply.status, 200) << operation << ": " << reply.body;
    return reply.body.empty() ? json::object() : reply.Json();
  }
  Reply Post(const std::string& operation, std::string_view body, Headers more = {},
             const std::string& type = "application/x-amz-json-1.0") const {
    Headers headers{
        {"X-Amz-Target", "DynamoDB_20120810." + operation}, {"Content-Type", type}, Signed("dynamodb")};
    headers.insert(headers.end(), more.begin(), more.end());
    return Request("POST", "/", body, headers);
  }
  void MakeTable(const json& more = json::object()) const {
    json request{{"TableName", "tab"},
                 {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
                 {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}};
    request.update(more);
    Do("CreateTable", request);
  }
  void Put(const std::string& key, const json& attributes = json::object()) const {
    json item{{"p", {{"S", key}}}};
    item.update(attributes);
    Do("PutItem", {{"TableName", "tab"}, {"Item", item}});
  }
  static void ExpectCrc(const Reply& reply) {
    EXPECT_EQ(reply.Header("x-amz-crc32"), std::to_string(protocol::Crc32(0, reply.body)));
  }
};

TEST_F(DynamoDbWireTest, AnswersCarryTheirCrcAndTheRequestsContentType) {
  MakeTable();
  const Reply plain = Post("ListTables", "{}");
  EXPECT_EQ(plain.body, R"({"TableNames":["tab"]})");
  EXPECT_EQ(plain.Header("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(plain.Header("Server"), "Server");
  ExpectCrc(plain);
  EXPECT_EQ(Post("ListTables", "{}", {}, "application/json; charset=utf-8").Header("Content-Type"),
            "application/json");
  const Reply error = Call("DescribeTable", {{"TableName", "none"}});
  EXPECT_EQ(error.status, 400);
  EXPECT_EQ(error.Json()["__type"], "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
  EXPECT_EQ(error.Json()["message"], "Requested resource not found: Table: none not found");
  ExpectCrc(error);
}

TEST_F(DynamoDbWireTest, ErrorsAreNamedByWhoeverFindsThem) {
  EXPECT_EQ(Call("PutItem", json::object()).Json()["__type"],
            "com.amazon.coral.validate#ValidationException");
  EXPECT_EQ(Call("PutItem", {{"TableName", 1}}).Json()["__type"],
            "com.amazon.coral.service#SerializationException");
  const Reply unknown = Call("PutThing", json::object());
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.Json()["__type"], "com.amazon.coral.service#UnknownOperationException");
  const Reply foreign = Post("ListTables", "{}", {}, "text/plain");
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.body, "<UnknownOperationException/>\n");
  const Reply legacy = Call("CreateGlobalTable", {{"GlobalTableName", "tab"}});
  EXPECT_EQ(legacy.status, 501);
  EXPECT_NE(legacy.body.find("CreateGlobalTable"), std::string::npos);
}

TEST_F(DynamoDbWireTest, OperationsThatReturnNothingHaveNoBody) {
  MakeTable();
  const std::string arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab";
  const Reply tagged =
      Call("TagResource", {{"ResourceArn", arn}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}});
  EXPECT_EQ(tagged.status, 200);
  EXPECT_EQ(tagged.body, "");
  EXPECT_EQ(Call("PutItem", {{"TableName", "tab"}, {"Item", {{"p", {{"S", "a"}}}}}}).body, "{}");
}

TEST_F(DynamoDbWireTest, LongAnswersArePackedAsTheClientWantsIt) {
  MakeTable();
  Put("long", {{"text", {{"S", std::string(5000, 'x')}}}});
  Put("short");
  const std::string get = R"({"TableName":"tab","Key":{"p":{"S":"long"}}})";
  const auto encoding = [&](const std::string& accept) {
    return Post("GetItem", get, {{"Accept-Encoding", accept}}).Header("Content-Encoding");
  };
  EXPECT_EQ(Post("GetItem", get).Header("Content-Encoding"), "");
  EXPECT_EQ(encoding("identity"), "");
  EXPECT_EQ(encoding("gzip, deflate"), "gzip");
  EXPECT_EQ(encoding("deflate, gzip"), "deflate");
  EXPECT_EQ(encoding("gzip;q=0.5, deflate;q=0.8"), "deflate");
  EXPECT_EQ(encoding("gzip;q=0, deflate;q=0"), "");
  EXPECT_EQ(encoding("deflate;q=0.5, gzip;q=0.x"), "gzip") << "what cannot be read counts as one";
  EXPECT_EQ(encoding("deflate;q=-0.5, gzip;q=0.2"), "gzip");
  EXPECT_EQ(encoding("gzip;q=0;q=1"), "") << "the first weight counts";
  EXPECT_EQ(encoding("gzip;q=0, gzip;q=1, gzip;q=0"), "gzip");
  EXPECT_EQ(encoding("br, gzip;q=0.0001"), "gzip");
  EXPECT_EQ(encoding("*"), "gzip");
  EXPECT_EQ(encoding("*, deflate"), "deflate");
  EXPECT_EQ(encoding("gzip;q=0, *"), "deflate");
  EXPECT_EQ(encoding("*;q=0"), "");
  const Reply packed = Post("GetItem", get, {{"Accept-Encoding", "gzip"}});
  ExpectCrc(packed);
  std::string text;
  ASSERT_EQ(protocol::Inflate(protocol::Packing::kGzip, packed.body, 100'000, text),
            protocol::InflateResult::kOk);
  EXPECT_EQ(json::parse(text)["Item"]["text"]["S"], std::string(5000, 'x'));
  EXPECT_EQ(Post("GetItem", R"({"TableName":"tab","Key":{"p":{"S":"short"}}})", {{"Accept-Encoding", "gzip"}})
                .Header("Content-Encoding"),
            "");
}

TEST_F(DynamoDbWireTest, PackedRequestsAreUnpacked) {
  const std::string request = R"({"TableName":"none"})";
  const auto answer = [&](protocol::Packing packing, const std::string& name) {
    return Post("DescribeTable", protocol::Deflate(packing, request), {{"Content-Encoding", name}});
  };
  EXPECT_EQ(answer(protocol::Packing::kGzip, "gzip").status, 400);
  EXPECT_EQ(answer(protocol::Packing::kDeflate, "deflate").status, 400);
  const std::string halves = protocol::Deflate(protocol::Packing::kGzip, request.substr(0, 5)) +
                             protocol::Deflate(protocol::Packing::kGzip, request.substr(5));
  EXPECT_EQ(Post("DescribeTable", halves, {{"Content-Encoding", "gzip"}}).status, 400)
      << "several members, one after the other";
  EXPECT_EQ(Post("DescribeTable", request, {{"Content-Encoding", "gzip"}}).status, 500);
  EXPECT_EQ(Post("DescribeTable", request, {{"Content-Encoding", "br"}}).status, 500);
}

TEST_F(DynamoDbWireTest, SaysThatItIsHealthy) {
  const Reply health = Request("GET", "/", {}, {{"Host", "dynamodb.us-east-1.localhost:4566"}});
  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(health.body, "healthy: dynamodb.us-east-1.localhost:4566 ");
  EXPECT_EQ(Request("GET", "/abc", {}, {{"Host", "dynamodb.us-east-1.localhost:4566"}}).status, 404);
}

TEST_F(DynamoDbWireTest, ShowsTablesAndItems) {
  MakeTable();
  for (const char* key : {"a", "b", "c"}) Put(key);
  const json tables = Request("GET", "/_cumulite/dynamodb/tables").Json();
  EXPECT_EQ(tables["Tables"][0]["TableName"], "tab");
  EXPECT_EQ(tables["Tables"][0]["ItemCount"], 3);
  const json first = Request("GET", "/_cumulite/dynamodb/items?table=tab&limit=2").Json();
  EXPECT_EQ(first["Items"].size(), 2);
  const std::string next = first["Next"];
  const json second = Request("GET", "/_cumulite/dynamodb/items?table=tab&limit=2&after=" + next).Json();
  EXPECT_EQ(second["Items"].size(), 1);
  EXPECT_FALSE(second.contains("Next"));
  EXPECT_EQ(Request("GET", "/_cumulite/dynamodb/items?table=none").status, 404);
  EXPECT_EQ(Request("GET", "/_cumulite/dynamodb/items").status, 400);
  EXPECT_EQ(Request("GET", "/_cumulite/dynamodb/tables?region=eu-west-1").Json()["Tables"].size(), 0);
}

TEST_F(DynamoDbWireTest, ExpiredItemsAreGoneWhenTheClockHasAnswered) {
  MakeTable();
  Do("UpdateTimeToLive",
     {{"TableName", "tab"}, {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "due"}}}});
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_.Now().time_since_epoch()).count();
  for (int i = 0; i < 500; ++i) {
    Put("k" + std::to_string(i), {{"due", {{"N", std::to_string(now + 60 + i % 7)}}}});
  }
  Put("stays", {{"due", {{"N", std::to_string(now + 3600)}}}});
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"5m"})").status, 200);
  EXPECT_EQ(Do("Scan", {{"TableName", "tab"}, {"Select", "COUNT"}})["Count"], 1);
}

class StrictDynamoDbWireTest : public DynamoDbWireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{"test", "secret", "", ""}};
  }
};

TEST_F(StrictDynamoDbWireTest, ATooLongChunkedBodyIsSaidToBeTooLong) {
  const std::string piece(1 << 20, ' ');
  std::string request =
      "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
      "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20260102T030405Z\r\n"
      "Transfer-Encoding: chunked\r\n" +
      Signed("dynamodb").first + ": " + Signed("dynamodb").second + "\r\n\r\n";
  for (int i = 0; i < 17; ++i) request += "100000\r\n" + piece + "\r\n";
  EXPECT_EQ(Send(request + "0\r\n\r\n").status, 413) << "not that the signature is of another body";
}

}  // namespace
}  // namespace cumulite::testing
