#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using namespace std::chrono_literals;

constexpr const char* kEurope = "arn:aws:dynamodb:eu-west-1:000000000000:table/tab";
constexpr const char* kAsia = "arn:aws:dynamodb:ap-south-1:000000000000:table/tab";

/// A table in us-east-1 with replicas elsewhere.
class ReplicasTest : public DynamoDbServiceTest {
 protected:
  Json AddReplica(const std::string& region) {
    return Call("UpdateTable",
                {{"TableName", "tab"}, {"ReplicaUpdates", {{{"Create", {{"RegionName", region}}}}}}});
  }
  std::string Regions(const std::string& table) {
    std::string text;
    const Json described = Call("DescribeTable", {{"TableName", table}});
    for (const Json& replica : described["Table"].value("Replicas", Json::array())) {
      text += replica["RegionName"].get<std::string>() + " ";
    }
    return text;
  }
  std::vector<std::string> Events(const std::string& table) {
    const std::string stream = Call("DescribeTable", {{"TableName", table}})["Table"]["LatestStreamArn"];
    const Json described = Call("DescribeStream", {{"StreamArn", stream}})["StreamDescription"];
    const Json iterator = Call("GetShardIterator", {{"StreamArn", stream},
                                                    {"ShardId", described["Shards"][0]["ShardId"]},
                                                    {"ShardIteratorType", "TRIM_HORIZON"}});
    std::vector<std::string> events;
    const Json records = Call("GetRecords", {{"ShardIterator", iterator["ShardIterator"]}});
    for (const Json& record : records["Records"]) {
      events.push_back(record["eventName"].get<std::string>() + " " + record["awsRegion"].get<std::string>());
    }
    return events;
  }
};

TEST_F(ReplicasTest, HaveEachOthersItems) {
  MakeTable("tab");
  Put("tab", "old", 1);
  const Json answer = AddReplica("eu-west-1")["TableDescription"];
  EXPECT_EQ(answer["TableStatus"], "UPDATING");
  EXPECT_EQ(answer["Replicas"][0]["ReplicaStatus"], "CREATING");
  Put("tab", "meanwhile", 2);
  WaitUntilActive(kEurope);
  EXPECT_EQ(Contents(kEurope), "meanwhile=2 old=1");
  EXPECT_EQ(Call("DescribeTable", {{"TableName", kEurope}})["Table"]["ItemCount"], 2);
  AddReplica("ap-south-1");
  WaitUntilActive(kAsia);
  EXPECT_EQ(Regions("tab"), "eu-west-1 ap-south-1 ");
  EXPECT_EQ(Regions(kEurope), "us-east-1 ap-south-1 ");
  EXPECT_EQ(Regions(kAsia), "eu-west-1 us-east-1 ");
  Put(kAsia, "new", 3);
  Call("DeleteItem", {{"TableName", kEurope}, {"Key", {{"p", {{"S", "old"}}}}}});
  for (const char* table : {"tab", kEurope, kAsia}) EXPECT_EQ(Contents(table), "meanwhile=2 new=3") << table;
  EXPECT_THAT(Events(kAsia), testing::ElementsAre("INSERT ap-south-1", "REMOVE ap-south-1"));
}

TEST_F(ReplicasTest, ShareIndexesAndTimeToLive) {
  MakeTable("tab");
  AddReplica("eu-west-1");
  WaitUntilActive(kEurope);
  const Json index{{"IndexName", "by_n"},
                   {"KeySchema", {{{"AttributeName", "n"}, {"KeyType", "HASH"}}}},
                   {"Projection", {{"ProjectionType", "ALL"}}}};
  Put("tab", "a", 1);
  Call("UpdateTable", {{"TableName", "tab"},
                       {"AttributeDefinitions", {{{"AttributeName", "n"}, {"AttributeType", "N"}}}},
                       {"GlobalSecondaryIndexUpdates", {{{"Create", index}}}}});
  const Json query{{"TableName", kEurope},
                   {"IndexName", "by_n"},
                   {"KeyConditionExpression", "n = :n"},
                   {"ExpressionAttributeValues", {{":n", {{"N", "1"}}}}}};
  loop_.RunUntil([&] { return Send("Query", query).status == 200; });
  EXPECT_EQ(Call("Query", query)["Count"], 1);
  Call("UpdateTimeToLive",
       {{"TableName", kEurope}, {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "n"}}}});
  EXPECT_EQ(Call("DescribeTimeToLive", {{"TableName", "tab"}})["TimeToLiveDescription"]["AttributeName"],
            "n");
}

TEST_F(ReplicasTest, LeaveAgain) {
  MakeTable("tab");
  AddReplica("eu-west-1");
  AddReplica("ap-south-1");
  WaitUntilActive(kEurope);
  WaitUntilActive(kAsia);
  Call("UpdateTable",
       {{"TableName", "tab"}, {"ReplicaUpdates", {{{"Delete", {{"RegionName", "eu-west-1"}}}}}}});
  EXPECT_EQ(Status(kEurope), "ResourceNotFoundException");
  EXPECT_EQ(Regions(kAsia), "us-east-1 ");
  Call("DeleteTable", {{"TableName", kAsia}});
  EXPECT_EQ(Regions("tab"), "");
  Put("tab", "a", 1);
}

TEST_F(ReplicasTest, AreRefusedWhereAwsDoes) {
  MakeTable("tab");
  const auto create = [](const char* region) -> Json {
    return {{"TableName", "tab"}, {"ReplicaUpdates", {{{"Create", {{"RegionName", region}}}}}}};
  };
  EXPECT_THAT(Refusal("UpdateTable", create("us-east-1")),
              testing::HasSubstr("Cannot add, delete, or update the local region through ReplicaUpdates"));
  AddReplica("eu-west-1");
  EXPECT_THAT(Refusal("UpdateTable", create("eu-west-1")),
              testing::HasSubstr("because one or more replicas already existed as tables."));
  Call("UpdateTable", {{"TableName", "tab"},
                       {"BillingMode", "PROVISIONED"},
                       {"ProvisionedThroughput", {{"ReadCapacityUnits", 1}, {"WriteCapacityUnits", 1}}}});
  EXPECT_THAT(Refusal("UpdateTable", create("ap-south-1")),
              testing::HasSubstr("Table write capacity should either be Pay-Per-Request or AutoScaled."));
}

}  // namespace
}  // namespace cumulite::dynamodb
