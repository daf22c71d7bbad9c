#include <map>
#include <set>

#include "services/storage/work_marker.h"
#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using namespace std::chrono_literals;

/// Throughput that is enforced, tables with phases, streams with several shards: what settings switch on.
class DynamoDbSettingsTest : public DynamoDbServiceTest {
 protected:
  void With(DynamoDbSettings settings) {
    settings_ = std::move(settings);
    Reopen();
  }
  void MakeProvisioned(const std::string& name, int reads, int writes) {
    MakeTable(name,
              {{"BillingMode", "PROVISIONED"},
               {"ProvisionedThroughput", {{"ReadCapacityUnits", reads}, {"WriteCapacityUnits", writes}}}});
  }
  /// How many puts of 1 KB go through before one does not; no more than `max`.
  int PutsUntilRefused(const std::string& table, int max) {
    for (int i = 0; i < max; ++i) {
      if (Send("PutItem", {{"TableName", table}, {"Item", Item("k", i)}}).status != 200) return i;
    }
    return max;
  }
};

TEST_F(DynamoDbSettingsTest, ThroughputIsNotEnforcedUnlessWanted) {
  MakeProvisioned("tab", 1, 1);
  EXPECT_EQ(PutsUntilRefused("tab", 400), 400);
}

TEST_F(DynamoDbSettingsTest, WritesBeyondTheBurstAreThrottled) {
  With({.enforce_throughput = true});
  MakeProvisioned("tab", 1, 1);
  EXPECT_EQ(PutsUntilRefused("tab", 1000), 300) << "300 seconds of one unit";
  const test::RpcReply refused = Send("PutItem", {{"TableName", "tab"}, {"Item", Item("k", 0)}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.error_code, "ProvisionedThroughputExceededException");
  const Json error = Json::parse(refused.body);
  EXPECT_EQ(error["ThrottlingReasons"][0]["reason"], "TableWriteProvisionedThroughputExceeded");
  EXPECT_EQ(error["ThrottlingReasons"][0]["resource"], "arn:aws:dynamodb:us-east-1:000000000000:table/tab");
  EXPECT_EQ(Send("GetItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "k"}}}}}}).status, 200)
      << "reads have their own";
  clock_.Advance(5s);
  EXPECT_EQ(PutsUntilRefused("tab", 1000), 5);
}

TEST_F(DynamoDbSettingsTest, BatchesLeaveWhatIsThrottled) {
  With({.enforce_throughput = true});
  MakeProvisioned("full", 1, 1);
  MakeProvisioned("empty", 1, 1);
  PutsUntilRefused("empty", 1000);
  const auto put = [](const char* key) -> Json { return {{{"PutRequest", {{"Item", Item(key, 1)}}}}}; };
  const Json answer = Call("BatchWriteItem", {{"RequestItems", {{"full", put("a")}, {"empty", put("b")}}}});
  EXPECT_EQ(answer["UnprocessedItems"], Json({{"empty", put("b")}}));
  EXPECT_EQ(Contents("full"), "a=1");
  EXPECT_EQ(Send("BatchWriteItem", {{"RequestItems", {{"empty", put("b")}}}}).error_code,
            "ProvisionedThroughputExceededException")
      << "nothing at all was done";
  const test::RpcReply cancelled =
      Send("TransactWriteItems", {{"TransactItems",
                                   {{{"Put", {{"TableName", "full"}, {"Item", Item("c", 1)}}}},
                                    {{"Put", {{"TableName", "empty"}, {"Item", Item("c", 1)}}}}}}});
  EXPECT_EQ(cancelled.error_code, "TransactionCanceledException");
  EXPECT_EQ(Json::parse(cancelled.body)["CancellationReasons"][1]["Code"], "ProvisionedThroughputExceeded");
  EXPECT_EQ(Contents("full"), "a=1");
}

TEST_F(DynamoDbSettingsTest, AMaximumOnDemandIsEnforced) {
  With({.enforce_throughput = true});
  MakeTable("tab", {{"OnDemandThroughput", {{"MaxReadRequestUnits", 1}, {"MaxWriteRequestUnits", -1}}}});
  EXPECT_EQ(PutsUntilRefused("tab", 400), 400) << "writes have no maximum";
  int reads = 0;
  const Json get{{"TableName", "tab"}, {"Key", {{"p", {{"S", "k"}}}}}, {"ConsistentRead", true}};
  while (reads < 1000 && Send("GetItem", get).status == 200) ++reads;
  EXPECT_EQ(reads, 300);
  const test::RpcReply refused = Send("GetItem", get);
  EXPECT_EQ(refused.error_code, "ThrottlingException");
  EXPECT_EQ(Json::parse(refused.body)["throttlingReasons"][0]["reason"],
            "TableReadMaxOnDemandThroughputExceeded");
}

TEST_F(DynamoDbSettingsTest, TablesHavePhases) {
  With({.phase_time = 10s});
  MakeTable("tab");
  EXPECT_EQ(Status("tab"), "CREATING");
  EXPECT_EQ(Refusal("PutItem", {{"TableName", "tab"}, {"Item", Item("a", 1)}}),
            "ResourceNotFoundException: Requested resource not found");
  EXPECT_EQ(
      Refusal("DeleteTable", {{"TableName", "tab"}}),
      "ResourceInUseException: Attempt to change a resource which is still in use: Table is being created: "
      "tab");
  clock_.Advance(10s);
  EXPECT_EQ(Status("tab"), "ACTIVE");
  Put("tab", "a", 1);
  Call("UpdateTable", {{"TableName", "tab"}, {"TableClass", "STANDARD_INFREQUENT_ACCESS"}});
  EXPECT_EQ(Status("tab"), "UPDATING");
  Put("tab", "a", 2);
  clock_.Advance(10s);
  Call("DeleteTable", {{"TableName", "tab"}});
  EXPECT_EQ(Status("tab"), "DELETING");
  EXPECT_EQ(Call("ListTables", Json::object())["TableNames"].size(), 1);
  EXPECT_EQ(Send("GetItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "a"}}}}}}).error_code,
            "ResourceNotFoundException");
  Reopen();
  EXPECT_EQ(Status("tab"), "DELETING") << "also after a start";
  clock_.Advance(10s);
  EXPECT_TRUE(loop_.Get(dynamodb_->Settle())) << "POST /_cumulite/clock waits for it";
  EXPECT_EQ(Status("tab"), "ResourceNotFoundException");
}

TEST_F(DynamoDbSettingsTest, StreamsHaveSeveralShards) {
  With({.stream_shards = 3});
  MakeTable("tab", {{"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "KEYS_ONLY"}}}});
  for (int i = 0; i < 30; ++i) Put("tab", "k" + std::to_string(i), i);
  for (int i = 0; i < 30; ++i) Put("tab", "k" + std::to_string(i), i + 1);
  const std::string stream = Call("DescribeTable", {{"TableName", "tab"}})["Table"]["LatestStreamArn"];
  const Json shards = Call("DescribeStream", {{"StreamArn", stream}})["StreamDescription"]["Shards"];
  ASSERT_EQ(shards.size(), 3);
  std::map<std::string, std::string> shard_of;
  std::size_t records = 0;
  for (const Json& shard : shards) {
    const Json iterator = Call("GetShardIterator", {{"StreamArn", stream},
                                                    {"ShardId", shard["ShardId"]},
                                                    {"ShardIteratorType", "TRIM_HORIZON"}})["ShardIterator"];
    const Json read = Call("GetRecords", {{"ShardIterator", iterator}});
    for (const Json& record : read["Records"]) {
      const std::string key = record["dynamodb"]["Keys"]["p"]["S"];
      const auto [entry, is_new] = shard_of.try_emplace(key, shard["ShardId"]);
      EXPECT_EQ(entry->second, shard["ShardId"]) << "all changes of an item are in one shard";
      EXPECT_EQ(record["eventName"], is_new ? "INSERT" : "MODIFY");
      ++records;
    }
  }
  EXPECT_EQ(records, 60);
  std::set<std::string> used;
  for (const auto& [key, shard] : shard_of) used.insert(shard);
  EXPECT_EQ(used.size(), 3);
  const Json page = Call("DescribeStream", {{"StreamArn", stream}, {"Limit", 2}})["StreamDescription"];
  EXPECT_EQ(page["LastEvaluatedShardId"], shards[1]["ShardId"]);
}

TEST_F(DynamoDbSettingsTest, ExpiredItemsAreGoneWhenTheClockHasSettled) {
  MakeTable("tab");
  Call("UpdateTimeToLive",
       {{"TableName", "tab"}, {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "n"}}}});
  Put("tab", "a", 1'700'000'060);
  Put("tab", "b", 1'700'003'600);
  EXPECT_FALSE(loop_.Get(dynamodb_->Settle())) << "nothing is due";
  clock_.Advance(2min);
  EXPECT_TRUE(loop_.Get(dynamodb_->Settle()));
  EXPECT_EQ(Contents("tab"), "b=1700003600");
}

TEST_F(DynamoDbSettingsTest, AStartOpensItOnlyForWorkThatWaits) {
  const auto raised = [this] { return storage::WorkMarker::IsRaised(temporary_.path(), "dynamodb"); };
  MakeTable("tab");
  Put("tab", "a", 1);
  EXPECT_FALSE(raised());
  Call("UpdateTimeToLive",
       {{"TableName", "tab"}, {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "n"}}}});
  EXPECT_TRUE(raised());
  Call("DeleteTable", {{"TableName", "tab"}});
  loop_.RunUntilIdle();
  Reopen();
  Call("ListTables", Json::object());
  EXPECT_FALSE(raised()) << "the start found nothing to wait for";
}

}  // namespace
}  // namespace cumulite::dynamodb
