#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using namespace std::chrono_literals;

/// Items with their indexes, counts, stream and costs.
class ItemsTest : public DynamoDbServiceTest {
 protected:
  /// A table with the key (p S, r N), a sparse global index by g, and a local one by l that has keys only.
  void MakeOrders() {
    const auto attribute = [](const char* name, const char* type) -> Json {
      return {{"AttributeName", name}, {"AttributeType", type}};
    };
    const auto key = [](const char* name, const char* type) -> Json {
      return {{"AttributeName", name}, {"KeyType", type}};
    };
    Json local{{"IndexName", "by_l"}, {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}};
    local["KeySchema"] = Json::array({key("p", "HASH"), key("l", "RANGE")});
    Json global{{"IndexName", "by_g"}, {"Projection", {{"ProjectionType", "ALL"}}}};
    global["KeySchema"] = Json::array({key("g", "HASH")});
    Json request{{"TableName", "orders"}, {"BillingMode", "PAY_PER_REQUEST"}};
    request["KeySchema"] = Json::array({key("p", "HASH"), key("r", "RANGE")});
    request["AttributeDefinitions"] =
        Json::array({attribute("p", "S"), attribute("r", "N"), attribute("g", "S"), attribute("l", "N")});
    request["LocalSecondaryIndexes"] = Json::array({local});
    request["GlobalSecondaryIndexes"] = Json::array({global});
    request["StreamSpecification"] = {{"StreamEnabled", true}, {"StreamViewType", "NEW_AND_OLD_IMAGES"}};
    Call("CreateTable", request);
  }
  static Json Order(const std::string& p, int r, Json more = Json::object()) {
    Json item{{"p", {{"S", p}}}, {"r", {{"N", std::to_string(r)}}}};
    item.update(more);
    return item;
  }
  Json PutOrder(const Json& item, Json more = Json::object()) {
    Json request{{"TableName", "orders"}, {"Item", item}};
    request.update(more);
    return Call("PutItem", request);
  }
  Json Describe() { return Call("DescribeTable", {{"TableName", "orders"}})["Table"]; }
  Json QueryBy(const std::string& condition, const Json& values, Json more = Json::object()) {
    Json request{{"TableName", "orders"},
                 {"KeyConditionExpression", condition},
                 {"ExpressionAttributeValues", values}};
    request.update(more);
    return Call("Query", request);
  }
  std::vector<Json> Records() {
    const std::string stream = Describe()["LatestStreamArn"];
    const Json shard = Call("DescribeStream", {{"StreamArn", stream}})["StreamDescription"]["Shards"][0];
    const Json iterator = Call("GetShardIterator", {{"StreamArn", stream},
                                                    {"ShardId", shard["ShardId"]},
                                                    {"ShardIteratorType", "TRIM_HORIZON"}})["ShardIterator"];
    return Call("GetRecords", {{"ShardIterator", iterator}})["Records"].get<std::vector<Json>>();
  }
  static Json S(const std::string& text) { return {{"S", text}}; }
  static Json N(int number) { return {{"N", std::to_string(number)}}; }
};

TEST_F(ItemsTest, IndexesHoldWhatHasTheirKeys) {
  MakeOrders();
  PutOrder(Order("a", 1, {{"g", S("x")}, {"l", N(5)}, {"more", S("m")}}));
  PutOrder(Order("a", 2));
  EXPECT_EQ(QueryBy("g = :g", {{":g", S("x")}}, {{"IndexName", "by_g"}})["Items"][0]["more"], S("m"));
  const Json local = QueryBy("p = :p", {{":p", S("a")}}, {{"IndexName", "by_l"}});
  ASSERT_EQ(local["Count"], 1) << "an item without the key is not in it";
  EXPECT_FALSE(local["Items"][0].contains("more")) << "it has keys only";
  Json table = Describe();
  EXPECT_EQ(table["ItemCount"], 2);
  EXPECT_EQ(table["GlobalSecondaryIndexes"][0]["ItemCount"], 1);
  EXPECT_EQ(table["LocalSecondaryIndexes"][0]["ItemCount"], 1);
  // The entry moves with its key, and goes with it.
  PutOrder(Order("a", 1, {{"g", S("y")}}));
  EXPECT_EQ(QueryBy("g = :g", {{":g", S("x")}}, {{"IndexName", "by_g"}})["Count"], 0);
  EXPECT_EQ(QueryBy("g = :g", {{":g", S("y")}}, {{"IndexName", "by_g"}})["Count"], 1);
  table = Describe();
  EXPECT_EQ(table["LocalSecondaryIndexes"][0]["ItemCount"], 0);
  Call("DeleteItem", {{"TableName", "orders"}, {"Key", Order("a", 1)}});
  table = Describe();
  EXPECT_EQ(table["ItemCount"], 1);
  EXPECT_EQ(table["GlobalSecondaryIndexes"][0]["ItemCount"], 0);
  EXPECT_EQ(table["GlobalSecondaryIndexes"][0]["IndexSizeBytes"], 0);
  EXPECT_THAT(Refusal("PutItem", {{"TableName", "orders"}, {"Item", Order("a", 3, {{"g", N(1)}})}}),
              testing::HasSubstr("Type mismatch for Index Key g Expected: S Actual: N IndexName: by_g"));
}

TEST_F(ItemsTest, TheStreamTellsEachChangeAndNoOther) {
  MakeOrders();
  PutOrder(Order("a", 1, {{"n", N(1)}}));
  PutOrder(Order("a", 1, {{"n", N(1)}}));
  PutOrder(Order("a", 1, {{"n", N(2)}}));
  Call("DeleteItem", {{"TableName", "orders"}, {"Key", Order("a", 9)}});
  Call("DeleteItem", {{"TableName", "orders"}, {"Key", Order("a", 1)}});
  const std::vector<Json> records = Records();
  ASSERT_EQ(records.size(), 3);
  EXPECT_EQ(records[0]["eventName"], "INSERT");
  EXPECT_FALSE(records[0]["dynamodb"].contains("OldImage"));
  EXPECT_EQ(records[1]["eventName"], "MODIFY");
  EXPECT_EQ(records[1]["dynamodb"]["OldImage"]["n"], N(1));
  EXPECT_EQ(records[1]["dynamodb"]["NewImage"]["n"], N(2));
  EXPECT_EQ(records[2]["eventName"], "REMOVE");
  EXPECT_FALSE(records[2]["dynamodb"].contains("NewImage"));
  EXPECT_EQ(records[2]["dynamodb"]["Keys"], Order("a", 1));
  EXPECT_LT(records[0]["dynamodb"]["SequenceNumber"], records[1]["dynamodb"]["SequenceNumber"]);
}

TEST_F(ItemsTest, RecordsAreReadableForADay) {
  MakeOrders();
  PutOrder(Order("a", 1));
  clock_.Advance(24h - 1s);
  PutOrder(Order("a", 2));
  EXPECT_EQ(Records().size(), 2);
  clock_.Advance(2s);
  EXPECT_EQ(Records().size(), 1);
}

TEST_F(ItemsTest, ReturnValuesShowWhatWasAndIs) {
  MakeOrders();
  PutOrder(Order("a", 1, {{"n", N(1)}, {"m", N(7)}}));
  const auto update = [this](const std::string& wanted) {
    const Json answer = Call("UpdateItem", {{"TableName", "orders"},
                                            {"Key", Order("a", 1)},
                                            {"UpdateExpression", "SET n = n + :one"},
                                            {"ExpressionAttributeValues", {{":one", N(1)}}},
                                            {"ReturnValues", wanted}});
    return answer.value("Attributes", Json());
  };
  EXPECT_EQ(update("NONE"), Json());
  EXPECT_EQ(update("UPDATED_OLD"), Json({{"n", N(2)}}));
  EXPECT_EQ(update("UPDATED_NEW"), Json({{"n", N(4)}}));
  EXPECT_EQ(update("ALL_OLD"), Order("a", 1, {{"n", N(4)}, {"m", N(7)}}));
  EXPECT_EQ(update("ALL_NEW"), Order("a", 1, {{"n", N(6)}, {"m", N(7)}}));
  EXPECT_EQ(PutOrder(Order("a", 1), {{"ReturnValues", "ALL_OLD"}})["Attributes"]["n"], N(6));
  EXPECT_FALSE(PutOrder(Order("b", 1), {{"ReturnValues", "ALL_OLD"}}).contains("Attributes"));
}

TEST_F(ItemsTest, ARefusedConditionChangesNothing) {
  MakeOrders();
  PutOrder(Order("a", 1, {{"n", N(1)}}));
  const Json request{{"TableName", "orders"},
                     {"Item", Order("a", 1, {{"n", N(2)}})},
                     {"ConditionExpression", "n = :n"},
                     {"ExpressionAttributeValues", {{":n", N(5)}}},
                     {"ReturnValuesOnConditionCheckFailure", "ALL_OLD"}};
  const test::RpcReply refused = Send("PutItem", request);
  EXPECT_EQ(refused.error_code, "ConditionalCheckFailedException");
  EXPECT_EQ(Json::parse(refused.body)["Item"]["n"], N(1));
  EXPECT_EQ(Records().size(), 1);
}

TEST_F(ItemsTest, WritesCostTheLargerSizeAndEachIndex) {
  MakeOrders();
  const auto cost = [this](const Json& item) {
    return PutOrder(item, {{"ReturnConsumedCapacity", "INDEXES"}})["ConsumedCapacity"];
  };
  Json units = cost(Order("a", 1, {{"text", S(std::string(2000, 'x'))}, {"g", S("x")}}));
  EXPECT_EQ(units["Table"]["CapacityUnits"], 2.0);
  EXPECT_EQ(units["GlobalSecondaryIndexes"]["by_g"]["CapacityUnits"], 2.0);
  EXPECT_EQ(units["CapacityUnits"], 4.0);
  units = cost(Order("a", 1, {{"g", S("y")}}));
  EXPECT_EQ(units["Table"]["CapacityUnits"], 2.0) << "the old item was larger";
  EXPECT_EQ(units["GlobalSecondaryIndexes"]["by_g"]["CapacityUnits"], 3.0) << "an entry goes, another comes";
  units = cost(Order("a", 2));
  EXPECT_EQ(units["CapacityUnits"], 1.0);
  EXPECT_FALSE(units.contains("GlobalSecondaryIndexes")) << "a sparse miss costs nothing";
  const Json read = Call(
      "GetItem", {{"TableName", "orders"}, {"Key", Order("none", 1)}, {"ReturnConsumedCapacity", "TOTAL"}});
  EXPECT_EQ(read["ConsumedCapacity"]["CapacityUnits"], 0.5);
}

TEST_F(ItemsTest, PagesEndAtTheLimitOrAtAMegabyte) {
  MakeOrders();
  for (int i = 0; i < 12; ++i) PutOrder(Order("a", i, {{"text", S(std::string(100'000, 'x'))}}));
  Json page = QueryBy("p = :p", {{":p", S("a")}});
  EXPECT_EQ(page["Count"], 11) << "the item that reaches 1 MB is the last";
  EXPECT_EQ(page["LastEvaluatedKey"], Order("a", 10));
  page = QueryBy("p = :p", {{":p", S("a")}}, {{"ExclusiveStartKey", Order("a", 10)}});
  EXPECT_EQ(page["Count"], 1);
  EXPECT_FALSE(page.contains("LastEvaluatedKey"));
  page =
      QueryBy("p = :p", {{":p", S("a")}}, {{"Limit", 12}, {"ScanIndexForward", false}, {"Select", "COUNT"}});
  EXPECT_EQ(page["LastEvaluatedKey"], Order("a", 1)) << "read backwards";
  page = QueryBy("p = :p AND r < :r", {{":p", S("a")}, {":r", N(3)}}, {{"Limit", 3}, {"Select", "COUNT"}});
  EXPECT_EQ(page["LastEvaluatedKey"], Order("a", 2)) << "as many as the limit, though nothing follows";
}

TEST_F(ItemsTest, KeyConditionsAreReadAsExpressionsAre) {
  MakeOrders();
  for (int i = 0; i < 5; ++i) PutOrder(Order("a", i, {{"n", N(i)}}));
  const auto condition = [](const char* op, std::vector<Json> values) -> Json {
    return {{"ComparisonOperator", op}, {"AttributeValueList", std::move(values)}};
  };
  const Json found =
      Call("Query",
           {{"TableName", "orders"},
            {"KeyConditions", {{"p", condition("EQ", {S("a")})}, {"r", condition("BETWEEN", {N(1), N(3)})}}},
            {"QueryFilter", {{"n", condition("NE", {N(2)})}}}});
  EXPECT_EQ(found["Count"], 2);
  EXPECT_EQ(found["ScannedCount"], 3);
  const Json with_projection = Call("Query", {{"TableName", "orders"},
                                              {"KeyConditions", {{"p", condition("EQ", {S("a")})}}},
                                              {"ProjectionExpression", "n"}});
  EXPECT_EQ(with_projection["Items"][0], Json({{"n", N(0)}}));
  EXPECT_THAT(Refusal("Query", {{"TableName", "orders"},
                                {"KeyConditions", {{"p", condition("EQ", {S("a")})}}},
                                {"KeyConditionExpression", "p = :p"},
                                {"ExpressionAttributeValues", {{":p", S("a")}}}}),
              testing::HasSubstr("Non-expression parameters: {KeyConditions} Expression parameters: "
                                 "{KeyConditionExpression}"));
}

TEST_F(ItemsTest, ATransactionIsAllOrNothingAndDoneOnceAToken) {
  MakeOrders();
  const auto put = [](const Json& item, Json more = Json::object()) -> Json {
    Json action{{"TableName", "orders"}, {"Item", item}};
    action.update(more);
    return {{"Put", action}};
  };
  const test::RpcReply cancelled = Send(
      "TransactWriteItems",
      {{"TransactItems", Json::array({put(Order("a", 1)), put(Order("a", 2), {{"ConditionExpression",
                                                                               "attribute_exists(p)"}})})}});
  EXPECT_EQ(cancelled.error_code, "TransactionCanceledException");
  EXPECT_EQ(Json::parse(cancelled.body)["CancellationReasons"][0]["Code"], "None");
  EXPECT_EQ(Describe()["ItemCount"], 0);
  const auto add = [](const char* token, int number) -> Json {
    const Json update{{"TableName", "orders"},
                      {"Key", Order("a", 1)},
                      {"UpdateExpression", "ADD n :n"},
                      {"ExpressionAttributeValues", {{":n", N(number)}}}};
    return {{"TransactItems", Json::array({{{"Update", update}}})}, {"ClientRequestToken", token}};
  };
  Call("TransactWriteItems", add("t", 1));
  Call("TransactWriteItems", add("t", 1));
  EXPECT_EQ(Send("TransactWriteItems", add("t", 2)).error_code, "IdempotentParameterMismatchException");
  clock_.Advance(10min + 1s);
  Call("TransactWriteItems", add("t", 1));
  EXPECT_EQ(Call("GetItem", {{"TableName", "orders"}, {"Key", Order("a", 1)}})["Item"]["n"], N(2));
}

TEST_F(ItemsTest, AnIndexMadeLaterIsFilled) {
  MakeTable("tab");
  for (int i = 0; i < 500; ++i) Put("tab", "k" + std::to_string(i), i % 2);
  const Json index{{"IndexName", "by_n"},
                   {"KeySchema", Json::array({{{"AttributeName", "n"}, {"KeyType", "HASH"}}})},
                   {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}};
  Call("UpdateTable",
       {{"TableName", "tab"},
        {"AttributeDefinitions", Json::array({{{"AttributeName", "n"}, {"AttributeType", "N"}}})},
        {"GlobalSecondaryIndexUpdates", Json::array({{{"Create", index}}})}});
  Put("tab", "k0", 7);
  const auto table = [this] { return Call("DescribeTable", {{"TableName", "tab"}})["Table"]; };
  loop_.RunUntil([&] { return table()["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"; });
  EXPECT_EQ(table()["GlobalSecondaryIndexes"][0]["ItemCount"], 500);
  const Json query{{"TableName", "tab"},
                   {"IndexName", "by_n"},
                   {"KeyConditionExpression", "n = :n"},
                   {"ExpressionAttributeValues", {{":n", N(1)}}}};
  EXPECT_EQ(Call("Query", query)["Count"], 250);
}

TEST_F(ItemsTest, BadNamesAreRefused) {
  MakeTable("tab");
  const std::string longest(65'535, 'x');
  Json item = Item("a", 1);
  item[longest] = N(1);
  Call("PutItem", {{"TableName", "tab"}, {"Item", item}});
  for (const std::string& name : {std::string(), longest + "x"}) {
    const std::string why = name.empty() ? "Empty attribute name" : "must be less than 65536 bytes";
    item = Item("a", 1);
    item[name] = N(1);
    EXPECT_THAT(Refusal("PutItem", {{"TableName", "tab"}, {"Item", item}}), testing::HasSubstr(why));
    const Json key{{"p", S("a")}};
    EXPECT_THAT(Refusal("GetItem", {{"TableName", "tab"}, {"Key", key}, {"AttributesToGet", {name}}}),
                testing::HasSubstr(why));
    EXPECT_THAT(Refusal("GetItem", {{"TableName", "tab"},
                                    {"Key", key},
                                    {"ProjectionExpression", "#n"},
                                    {"ExpressionAttributeNames", {{"#n", name}}}}),
                testing::HasSubstr(why));
  }
}

// Long bodies lie apart from their keys: whatever an item was and becomes, one row of each is left, and none
// after.
TEST_F(ItemsTest, BodiesGrowAndShrinkAndLeaveNothing) {
  MakeTable("tab");
  const auto apart = [&] {
    const storage::ReadStatement bodies(dynamodb_->database(), "SELECT count(*) FROM item_body");
    return bodies.Scalar<std::int64_t>();
  };
  const auto put = [&](const std::string& key, std::size_t length) {
    Json item = Item(key, 1);
    item["text"] = {{"S", std::string(length, 'x')}};
    Call("PutItem", {{"TableName", "tab"}, {"Item", item}});
    const Json got = Call("GetItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", key}}}}}});
    EXPECT_EQ(got["Item"], item);
    EXPECT_EQ(Call("Scan", {{"TableName", "tab"}})["Items"].back()["text"]["S"].get<std::string>().size(),
              length);
  };
  for (const std::size_t length : {10, 2000, 3000, 2000, 10, 600}) put("a", length);
  EXPECT_EQ(apart(), 1);
  Call("UpdateItem", {{"TableName", "tab"},
                      {"Key", {{"p", {{"S", "a"}}}}},
                      {"UpdateExpression", "REMOVE #t"},
                      {"ExpressionAttributeNames", {{"#t", "text"}}}});
  EXPECT_EQ(apart(), 0);
  EXPECT_EQ(Contents("tab"), "a=1");
  put("a", 600);
  Reopen();
  Call("DeleteItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "a"}}}}}});
  EXPECT_EQ(apart(), 0);
  put("b", 600);
  EXPECT_EQ(apart(), 1);
  Call("DeleteTable", {{"TableName", "tab"}});
  Rest();
  EXPECT_EQ(apart(), 0);
}

}  // namespace
}  // namespace cumulite::dynamodb
