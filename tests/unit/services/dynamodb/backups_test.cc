#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using namespace std::chrono_literals;

/// Backups, point-in-time recovery and what is restored from them.
class BackupsTest : public DynamoDbServiceTest {
 protected:
  std::string Backup(const std::string& table) {
    return Call("CreateBackup", {{"TableName", table}, {"BackupName", "kept"}})["BackupDetails"]["BackupArn"];
  }
  std::string BackupStatus(const std::string& arn) {
    return Call("DescribeBackup", {{"BackupArn", arn}})["BackupDescription"]["BackupDetails"]["BackupStatus"];
  }
  int ItemCount(const std::string& arn) {
    return Call("DescribeBackup",
                {{"BackupArn", arn}})["BackupDescription"]["SourceTableDetails"]["ItemCount"];
  }
  void WaitForBackup(const std::string& arn) {
    loop_.RunUntil([&] { return BackupStatus(arn) == "AVAILABLE"; });
  }
  void Recover(const std::string& table, bool on = true) {
    Call("UpdateContinuousBackups",
         {{"TableName", table}, {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", on}}}});
  }
  std::string RestoreAt(const std::string& table, base::TimePoint when) {
    const std::string name = "restored" + std::to_string(++restored_);
    const double seconds = static_cast<double>(when.time_since_epoch().count()) / 1000;
    Call("RestoreTableToPointInTime",
         {{"SourceTableName", table}, {"TargetTableName", name}, {"RestoreDateTime", seconds}});
    WaitUntilActive(name);
    return Contents(name);
  }
  int restored_ = 0;
};

TEST_F(BackupsTest, HoldsWhatTheTableWasWhenItBegan) {
  MakeTable("tab", {{"Tags", {{{"Key", "k"}, {"Value", "v"}}}}});
  for (int i = 0; i < 1000; ++i) Put("tab", "k" + std::to_string(i), i);
  const std::string arn = Backup("tab");
  EXPECT_EQ(Refusal("RestoreTableFromBackup", {{"BackupArn", arn}, {"TargetTableName", "early"}}),
            "BackupInUseException: Backup is being used by another control plane operation: " + arn);
  // While the items are still being copied.
  Put("tab", "k999", -1);
  Put("tab", "k0", -1);
  Call("DeleteItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "k1"}}}}}});
  Put("tab", "later", 7);
  WaitForBackup(arn);
  EXPECT_EQ(ItemCount(arn), 1000);
  Call("DeleteTable", {{"TableName", "tab"}});
  loop_.RunUntilIdle();
  Call("RestoreTableFromBackup", {{"BackupArn", arn}, {"TargetTableName", "again"}});
  EXPECT_EQ(Status("again"), "CREATING");
  EXPECT_EQ(Refusal("GetItem", {{"TableName", "again"}, {"Key", {{"p", {{"S", "k1"}}}}}}),
            "ResourceNotFoundException: Requested resource not found");
  WaitUntilActive("again");
  const Json table = Call("DescribeTable", {{"TableName", "again"}})["Table"];
  EXPECT_EQ(table["ItemCount"], 1000);
  EXPECT_EQ(table["RestoreSummary"]["RestoreInProgress"], false);
  const auto number = [this](const std::string& key) {
    return Call("GetItem", {{"TableName", "again"}, {"Key", {{"p", {{"S", key}}}}}})["Item"]["n"]["N"];
  };
  EXPECT_EQ(number("k0"), "0");
  EXPECT_EQ(number("k1"), "1");
  EXPECT_EQ(number("k999"), "999");
  EXPECT_TRUE(number("later").is_null());
  EXPECT_EQ(Call("ListTagsOfResource", {{"ResourceArn", table["TableArn"]}})["Tags"].size(), 0)
      << "tags are not restored";
}

TEST_F(BackupsTest, GoesOnAfterACrash) {
  MakeTable("tab");
  for (int i = 0; i < 700; ++i) Put("tab", "k" + std::to_string(i), i);
  const std::string arn = Backup("tab");
  Reopen();
  Call("ListTables", Json::object());  // whoever calls first wakes it
  WaitForBackup(arn);
  EXPECT_EQ(ItemCount(arn), 700);
}

TEST_F(BackupsTest, RestoresIndexes) {
  const Json index{{"IndexName", "by_n"},
                   {"KeySchema", {{{"AttributeName", "n"}, {"KeyType", "HASH"}}}},
                   {"Projection", {{"ProjectionType", "ALL"}}}};
  MakeTable(
      "tab",
      {{"AttributeDefinitions",
        {{{"AttributeName", "p"}, {"AttributeType", "S"}}, {{"AttributeName", "n"}, {"AttributeType", "N"}}}},
       {"GlobalSecondaryIndexes", {index}}});
  Put("tab", "a", 1);
  Put("tab", "b", 1);
  const std::string arn = Backup("tab");
  WaitForBackup(arn);
  Call("RestoreTableFromBackup", {{"BackupArn", arn}, {"TargetTableName", "again"}});
  WaitUntilActive("again");
  const Json found = Call("Query", {{"TableName", "again"},
                                    {"IndexName", "by_n"},
                                    {"KeyConditionExpression", "n = :n"},
                                    {"ExpressionAttributeValues", {{":n", {{"N", "1"}}}}}});
  EXPECT_EQ(found["Count"], 2);
  Call("RestoreTableFromBackup",
       {{"BackupArn", arn}, {"TargetTableName", "bare"}, {"GlobalSecondaryIndexOverride", Json::array()}});
  WaitUntilActive("bare");
  EXPECT_FALSE(Call("DescribeTable", {{"TableName", "bare"}})["Table"].contains("GlobalSecondaryIndexes"));
}

TEST_F(BackupsTest, ListsAndDeletes) {
  MakeTable("one");
  MakeTable("two");
  const std::string first = Backup("one");
  clock_.Advance(1s);
  const std::string second = Backup("two");
  WaitForBackup(first);
  WaitForBackup(second);
  Json page = Call("ListBackups", {{"Limit", 1}});
  EXPECT_EQ(page["BackupSummaries"][0]["BackupArn"], first);
  EXPECT_EQ(page["LastEvaluatedBackupArn"], first);
  page = Call("ListBackups", {{"ExclusiveStartBackupArn", first}});
  EXPECT_EQ(page["BackupSummaries"][0]["BackupArn"], second);
  EXPECT_FALSE(page.contains("LastEvaluatedBackupArn"));
  EXPECT_EQ(Call("ListBackups", {{"TableName", "two"}})["BackupSummaries"].size(), 1);
  EXPECT_EQ(Call("ListBackups", {{"TimeRangeUpperBound", 1'700'000'001}})["BackupSummaries"].size(), 1);
  const Json deleted = Call("DeleteBackup", {{"BackupArn", first}});
  EXPECT_EQ(deleted["BackupDescription"]["BackupDetails"]["BackupStatus"], "DELETED");
  EXPECT_EQ(Refusal("DescribeBackup", {{"BackupArn", first}}),
            "BackupNotFoundException: Backup not found: " + first);
  EXPECT_EQ(Refusal("CreateBackup", {{"TableName", "none"}, {"BackupName", "kept"}}),
            "TableNotFoundException: Table not found: none");
}

TEST_F(BackupsTest, RestoresAnyMomentOfTheRecoveryPeriod) {
  MakeTable("tab");
  Put("tab", "a", 1);
  EXPECT_EQ(
      Refusal("RestoreTableToPointInTime",
              {{"SourceTableName", "tab"}, {"TargetTableName", "again"}, {"UseLatestRestorableTime", true}}),
      "PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table 'tab'");
  Recover("tab");
  const auto begun = clock_.Now();
  clock_.Advance(1h);
  Put("tab", "a", 2);
  Put("tab", "b", 2);
  const auto second = clock_.Now();
  clock_.Advance(1h);
  Call("DeleteItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "a"}}}}}});
  Put("tab", "b", 3);
  const auto third = clock_.Now();
  clock_.Advance(1h);
  Put("tab", "a", 4);
  EXPECT_EQ(RestoreAt("tab", begun), "a=1");
  EXPECT_EQ(RestoreAt("tab", second - 1ms), "a=1");
  EXPECT_EQ(RestoreAt("tab", second), "a=2 b=2");
  EXPECT_EQ(RestoreAt("tab", third), "b=3");
  EXPECT_EQ(RestoreAt("tab", clock_.Now()), "a=4 b=3");
  EXPECT_THAT(
      Refusal("RestoreTableToPointInTime",
              {{"SourceTableName", "tab"}, {"TargetTableName", "early"}, {"RestoreDateTime", 1'699'999'999}}),
      testing::StartsWith("InvalidRestoreTimeException"));
  EXPECT_THAT(
      Refusal("RestoreTableToPointInTime",
              {{"SourceTableName", "tab"}, {"TargetTableName", "tab"}, {"UseLatestRestorableTime", true}}),
      "TableAlreadyExistsException: Table already exists: tab");
  const Json shown =
      Call("DescribeContinuousBackups", {{"TableName", "tab"}})["ContinuousBackupsDescription"];
  EXPECT_EQ(shown["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED");
  EXPECT_EQ(shown["PointInTimeRecoveryDescription"]["EarliestRestorableDateTime"], 1'700'000'000);
  EXPECT_EQ(shown["PointInTimeRecoveryDescription"]["RecoveryPeriodInDays"], 35);
}

TEST_F(BackupsTest, KeepsADeletedTableThatWasRecoverable) {
  MakeTable("tab");
  Put("tab", "a", 1);
  Recover("tab");
  Call("DeleteTable", {{"TableName", "tab"}});
  loop_.RunUntilIdle();
  EXPECT_EQ(Call("ListBackups", Json::object())["BackupSummaries"].size(), 0) << "the user made none";
  const Json backup = Call("ListBackups", {{"BackupType", "SYSTEM"}})["BackupSummaries"][0];
  EXPECT_EQ(backup["BackupName"], "tab$DeletedTableBackup");
  Call("RestoreTableFromBackup", {{"BackupArn", backup["BackupArn"]}, {"TargetTableName", "again"}});
  WaitUntilActive("again");
  EXPECT_EQ(Contents("again"), "a=1");
  clock_.Advance(24h * 35);
  EXPECT_EQ(Call("ListBackups", {{"BackupType", "ALL"}})["BackupSummaries"].size(), 0);
}

}  // namespace
}  // namespace cumulite::dynamodb
