#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {

constexpr const char* kTable = "arn:aws:dynamodb:us-east-1:000000000000:table/tab";

class ResourcePoliciesTest : public DynamoDbServiceTest {
 protected:
  static std::string PolicyFor(const std::string& effect, const std::string& action,
                               const std::string& resource, const std::string& account = "111111111111") {
    const Json statement{
        {"Effect", effect}, {"Principal", {{"AWS", account}}}, {"Action", action}, {"Resource", resource}};
    return Json{{"Version", "2012-10-17"}, {"Statement", {statement}}}.dump();
  }
  std::string Put(const std::string& policy) {
    return Call("PutResourcePolicy", {{"ResourceArn", kTable}, {"Policy", policy}})["RevisionId"];
  }
  /// What another account gets in strict mode.
  std::string As(const std::string& account, std::string_view operation, const Json& request) {
    auto call = CallOf(operation, request);
    call.strict = true;
    call.account = account;
    const auto reply = Answer(call);
    return reply.status == 200 ? "" : reply.error_code;
  }
  const Json get_{{"TableName", kTable}, {"Key", {{"p", {{"S", "a"}}}}}};
};

TEST_F(ResourcePoliciesTest, DecideInStrictMode) {
  MakeTable("tab");
  EXPECT_EQ(As("111111111111", "GetItem", get_), "AccessDeniedException");
  Put(PolicyFor("Allow", "dynamodb:GetItem", kTable));
  EXPECT_EQ(As("111111111111", "GetItem", get_), "");
  EXPECT_EQ(As("222222222222", "GetItem", get_), "AccessDeniedException");
  EXPECT_EQ(As("111111111111", "DeleteItem", get_), "AccessDeniedException");
  const Json transaction{{"TransactItems", {{{"Get", get_}}}}};
  EXPECT_EQ(As("111111111111", "TransactGetItems", transaction), "") << "which is a GetItem to IAM";
  Put(PolicyFor("Deny", "dynamodb:Get*", kTable, "000000000000"));
  EXPECT_EQ(As("000000000000", "GetItem", get_), "AccessDeniedException");
  EXPECT_EQ(Send("GetItem", get_).status, 200) << "only strict mode asks";
}

TEST_F(ResourcePoliciesTest, NameAnIndexByItsArn) {
  const Json index{{"IndexName", "by_n"},
                   {"KeySchema", {{{"AttributeName", "n"}, {"KeyType", "HASH"}}}},
                   {"Projection", {{"ProjectionType", "ALL"}}}};
  MakeTable(
      "tab",
      {{"AttributeDefinitions",
        {{{"AttributeName", "p"}, {"AttributeType", "S"}}, {{"AttributeName", "n"}, {"AttributeType", "N"}}}},
       {"GlobalSecondaryIndexes", {index}},
       {"ResourcePolicy", PolicyFor("Allow", "dynamodb:Scan", std::string(kTable) + "/index/*")}});
  EXPECT_EQ(As("111111111111", "Scan", {{"TableName", kTable}, {"IndexName", "by_n"}}), "");
  EXPECT_EQ(As("111111111111", "Scan", {{"TableName", kTable}}), "AccessDeniedException");
}

TEST_F(ResourcePoliciesTest, AreKeptByRevision) {
  MakeTable("tab");
  EXPECT_EQ(Refusal("GetResourcePolicy", {{"ResourceArn", kTable}}).substr(0, 24),
            "PolicyNotFoundException:");
  const std::string allow = PolicyFor("Allow", "dynamodb:GetItem", kTable);
  const std::string first = Put(allow);
  EXPECT_EQ(Put(allow), first) << "the same policy is the same revision";
  const Json shown = Call("GetResourcePolicy", {{"ResourceArn", kTable}});
  EXPECT_EQ(shown["Policy"], allow);
  EXPECT_EQ(shown["RevisionId"], first);
  const std::string other = PolicyFor("Allow", "dynamodb:PutItem", kTable);
  const auto put = [&](const char* revision) -> Json {
    return {{"ResourceArn", kTable}, {"Policy", other}, {"ExpectedRevisionId", revision}};
  };
  EXPECT_EQ(Send("PutResourcePolicy", put("NO_POLICY")).error_code, "PolicyNotFoundException");
  EXPECT_EQ(Send("PutResourcePolicy", put("1234")).error_code, "PolicyNotFoundException");
  EXPECT_EQ(Send("PutResourcePolicy", put(first.c_str())).status, 200);
  EXPECT_EQ(Send("DeleteResourcePolicy", {{"ResourceArn", kTable}, {"ExpectedRevisionId", first}}).error_code,
            "PolicyNotFoundException");
  EXPECT_TRUE(Call("DeleteResourcePolicy", {{"ResourceArn", kTable}}).contains("RevisionId"));
  EXPECT_FALSE(Call("DeleteResourcePolicy", {{"ResourceArn", kTable}}).contains("RevisionId"));
  EXPECT_EQ(Send("PutResourcePolicy", {{"ResourceArn", kTable}, {"Policy", "{}"}}).error_code,
            "ValidationException");
}

TEST_F(ResourcePoliciesTest, ContributorInsightsAreStored) {
  MakeTable("tab");
  EXPECT_EQ(Call("DescribeContributorInsights", {{"TableName", "tab"}})["ContributorInsightsStatus"],
            "DISABLED");
  Call("UpdateContributorInsights", {{"TableName", "tab"}, {"ContributorInsightsAction", "ENABLE"}});
  const Json on = Call("DescribeContributorInsights", {{"TableName", "tab"}});
  EXPECT_EQ(on["ContributorInsightsStatus"], "ENABLED");
  EXPECT_EQ(on["ContributorInsightsRuleList"].size(), 2);
  EXPECT_EQ(Call("ListContributorInsights", Json::object())["ContributorInsightsSummaries"].size(), 1);
  Call("UpdateContributorInsights", {{"TableName", "tab"}, {"ContributorInsightsAction", "DISABLE"}});
  EXPECT_EQ(Call("ListContributorInsights", Json::object())["ContributorInsightsSummaries"].size(), 0);
  EXPECT_EQ(
      Call("DescribeKinesisStreamingDestination", {{"TableName", "tab"}})["KinesisDataStreamDestinations"],
      Json::array());
}

TEST_F(ResourcePoliciesTest, KinesisDestinationsAreKeptAndDescribed) {
  MakeTable("tab");
  const Json orders{{"TableName", "tab"},
                    {"StreamArn", "arn:aws:kinesis:us-east-1:000000000000:stream/orders"}};
  const auto described = [&] {
    return Call("DescribeKinesisStreamingDestination",
                {{"TableName", "tab"}})["KinesisDataStreamDestinations"][0];
  };
  EXPECT_EQ(Call("EnableKinesisStreamingDestination", orders)["DestinationStatus"], "ENABLING");
  EXPECT_EQ(described()["DestinationStatus"], "ACTIVE");
  EXPECT_EQ(described()["ApproximateCreationDateTimePrecision"], "MILLISECOND");
  EXPECT_EQ(Refusal("EnableKinesisStreamingDestination", orders).substr(0, 20), "ValidationException:")
      << "twice";
  Json exact = orders;
  exact["UpdateKinesisStreamingConfiguration"] = {{"ApproximateCreationDateTimePrecision", "MICROSECOND"}};
  EXPECT_EQ(Call("UpdateKinesisStreamingDestination", exact)["DestinationStatus"], "UPDATING");
  EXPECT_EQ(described()["ApproximateCreationDateTimePrecision"], "MICROSECOND");
  EXPECT_EQ(Call("DisableKinesisStreamingDestination", orders)["DestinationStatus"], "DISABLING");
  EXPECT_EQ(described()["DestinationStatus"], "DISABLED");
  EXPECT_EQ(Refusal("DisableKinesisStreamingDestination", orders).substr(0, 20), "ValidationException:")
      << "twice";
}

TEST_F(ResourcePoliciesTest, ScalingOfReplicasIsKeptAndDescribed) {
  MakeTable("tab");
  const auto read = [&] {
    return Call("DescribeTableReplicaAutoScaling",
                {{"TableName", "tab"}})["TableAutoScalingDescription"]["Replicas"][0]
                                       ["ReplicaProvisionedReadCapacityAutoScalingSettings"];
  };
  const auto update = [](int least, int most, std::string_view region) -> Json {
    return {{"TableName", "tab"},
            {"ReplicaUpdates",
             {{{"RegionName", region},
               {"ReplicaProvisionedReadCapacityAutoScalingUpdate",
                {{"MinimumUnits", least},
                 {"MaximumUnits", most},
                 {"ScalingPolicyUpdate",
                  {{"TargetTrackingScalingPolicyConfiguration", {{"TargetValue", 70.0}}}}}}}}}}};
  };
  Call("UpdateTableReplicaAutoScaling", update(5, 50, "us-east-1"));
  EXPECT_EQ(read()["MaximumUnits"], 50);
  EXPECT_EQ(read()["ScalingPolicies"][0]["TargetTrackingScalingPolicyConfiguration"]["TargetValue"], 70.0);
  EXPECT_EQ(Refusal("UpdateTableReplicaAutoScaling", update(60, 50, "us-east-1")).substr(0, 20),
            "ValidationException:");
  EXPECT_EQ(Refusal("UpdateTableReplicaAutoScaling", update(5, 50, "eu-west-1")).substr(0, 20),
            "ValidationException:")
      << "no replica there";
  EXPECT_EQ(read()["MinimumUnits"], 5) << "what was refused changed nothing";
}

}  // namespace
}  // namespace cumulite::dynamodb
