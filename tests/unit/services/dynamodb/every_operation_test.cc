#include <ostream>

#include "protocol/judge.h"
#include "tests/support/commit_watch.h"
#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using nlohmann::json;
using test::Promise;

constexpr const char* kTable = "arn:aws:dynamodb:us-east-1:000000000000:table/tab";
constexpr const char* kStranger = "111111111111";

class EveryDynamoDbOperationTest;

/// Whom an operation obeys in strict mode.
enum class Concerns : unsigned char {
  kOfTable,       // whoever may do it with that table, its stream or its backup
  kOfStatements,  // the same, told in the answer of each statement
  kOfAccount,     // everybody who has an account, in his own
};

/// A request of each operation that does something, on what the fixture has made.
struct OperationRow {
  std::string_view operation;
  Promise promise;
  Concerns concerns;
  json (*request)(EveryDynamoDbOperationTest&);
};

void PrintTo(const OperationRow& row, std::ostream* out) { *out << row.operation; }

std::string KinesisArn(const std::string& name) {
  return "arn:aws:kinesis:us-east-1:000000000000:stream/" + name;
}

json ExportOfTab() { return {{"TableArn", kTable}, {"S3Bucket", "files"}}; }

json ImportInto(const std::string& table) {
  return {{"S3BucketSource", {{"S3Bucket", "files"}}},
          {"InputFormat", "CSV"},
          {"TableCreationParameters",
           {{"TableName", table},
            {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
            {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
            {"BillingMode", "PAY_PER_REQUEST"}}}};
}

/// The table "tab" with a stream, point-in-time recovery, a policy, an item and a backup, on a disk that
/// obeys the test.
class EveryDynamoDbOperationTest : public DynamoDbServiceTest,
                                   public testing::WithParamInterface<OperationRow> {
 public:
  std::string stream;    // ARN
  std::string backup;    // ARN
  std::string exported;  // ARN
  std::string imported;  // likewise
  std::string iterator;  // at the beginning of the stream
  std::string shard;

 protected:
  EveryDynamoDbOperationTest() {
    options_.vfs = storage::kFailingVfs;
    Reopen();
    MakeTable("tab", {{"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "KEYS_ONLY"}}}});
    Call(
        "UpdateContinuousBackups",
        {{"TableName", "tab"}, {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}});
    Put("tab", "a", 1);
    Call("EnableKinesisStreamingDestination", {{"TableName", "tab"}, {"StreamArn", KinesisArn("first")}});
    stream = Call("DescribeTable", {{"TableName", "tab"}})["Table"]["LatestStreamArn"];
    shard = Call("DescribeStream", {{"StreamArn", stream}})["StreamDescription"]["Shards"][0]["ShardId"];
    iterator = Call(
        "GetShardIterator",
        {{"StreamArn", stream}, {"ShardId", shard}, {"ShardIteratorType", "TRIM_HORIZON"}})["ShardIterator"];
    backup =
        Call("CreateBackup", {{"TableName", "tab"}, {"BackupName", "first"}})["BackupDetails"]["BackupArn"];
    loop_.RunUntil([&] {
      return Call("DescribeBackup",
                  {{"BackupArn", backup}})["BackupDescription"]["BackupDetails"]["BackupStatus"] ==
             "AVAILABLE";
    });
    if (GetParam().operation == "DescribeExport") {
      exported = Call("ExportTableToPointInTime", ExportOfTab())["ExportDescription"]["ExportArn"];
    } else if (GetParam().operation == "DescribeImport") {
      imported = Call("ImportTable", ImportInto("begun"))["ImportTableDescription"]["ImportArn"];
    }
    Rest();
  }
  void TearDown() override {
    faults_.Release();
    DynamoDbServiceTest::TearDown();
  }

  test::RpcCall OwnCall() { return CallOf(GetParam().operation, GetParam().request(*this)); }
  test::CommitWatch Watch() { return {*dynamodb_, loop_, faults_}; }

  storage::Faults& faults_ = storage::InstallFailingVfs();
};
using Fixture = EveryDynamoDbOperationTest;

json Nothing(Fixture&) { return json::object(); }
json Table(Fixture&) { return {{"TableName", kTable}}; }
json Key(Fixture&) { return {{"TableName", kTable}, {"Key", {{"p", {{"S", "a"}}}}}}; }
json Resource(Fixture&) { return {{"ResourceArn", kTable}}; }
json Export(Fixture&) { return ExportOfTab(); }
json Import(Fixture&) { return ImportInto("made"); }
json Backup(Fixture& test) { return {{"BackupArn", test.backup}}; }

json Kinesis(Fixture&) { return {{"TableName", kTable}, {"StreamArn", KinesisArn("first")}}; }

std::string Insert() { return std::string("INSERT INTO \"") + kTable + "\" VALUE {'p':'n'}"; }

constexpr Promise kCommitted = Promise::kCommitted;
constexpr Promise kNothing = Promise::kNothing;

const OperationRow kRows[] = {
    {"BatchExecuteStatement", kCommitted, Concerns::kOfStatements,
     [](Fixture&) -> json {
       return {{"Statements", {{{"Statement", Insert()}}}}};
     }},
    {"BatchGetItem", kNothing, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"RequestItems", {{kTable, {{"Keys", {{{"p", {{"S", "a"}}}}}}}}}}};
     }},
    {"BatchWriteItem", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"RequestItems", {{kTable, {{{"PutRequest", {{"Item", {{"p", {{"S", "n"}}}}}}}}}}}}};
     }},
    {"CreateBackup", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable}, {"BackupName", "second"}};
     }},
    {"CreateTable", kCommitted, Concerns::kOfAccount,
     [](Fixture&) -> json {
       return {{"TableName", "new"},
               {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
               {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
               {"BillingMode", "PAY_PER_REQUEST"}};
     }},
    {"DeleteBackup", kCommitted, Concerns::kOfTable, Backup},
    {"DeleteItem", kCommitted, Concerns::kOfTable, Key},
    {"DeleteResourcePolicy", kCommitted, Concerns::kOfTable, Resource},
    {"DeleteTable", kCommitted, Concerns::kOfTable, Table},
    {"DescribeBackup", kNothing, Concerns::kOfTable, Backup},
    {"DescribeContinuousBackups", kNothing, Concerns::kOfTable, Table},
    {"DescribeContributorInsights", kNothing, Concerns::kOfTable, Table},
    {"DescribeEndpoints", kNothing, Concerns::kOfAccount, Nothing},
    {"DescribeExport", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"ExportArn", test.exported}};
     }},
    {"DescribeImport", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"ImportArn", test.imported}};
     }},
    {"DescribeKinesisStreamingDestination", kNothing, Concerns::kOfTable, Table},
    {"DescribeLimits", kNothing, Concerns::kOfAccount, Nothing},
    {"DescribeTable", kNothing, Concerns::kOfTable, Table},
    {"DescribeTableReplicaAutoScaling", kNothing, Concerns::kOfTable, Table},
    {"DescribeTimeToLive", kNothing, Concerns::kOfTable, Table},
    {"DisableKinesisStreamingDestination", kCommitted, Concerns::kOfTable, Kinesis},
    {"EnableKinesisStreamingDestination", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable}, {"StreamArn", KinesisArn("second")}};
     }},
    {"ExecuteStatement", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"Statement", Insert()}};
     }},
    {"ExecuteTransaction", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TransactStatements", {{{"Statement", Insert()}}}}};
     }},
    {"ExportTableToPointInTime", kCommitted, Concerns::kOfTable, Export},
    {"GetItem", kNothing, Concerns::kOfTable, Key},
    {"GetResourcePolicy", kNothing, Concerns::kOfTable, Resource},
    {"ImportTable", kCommitted, Concerns::kOfAccount, Import},
    {"ListBackups", kNothing, Concerns::kOfAccount, Nothing},
    {"ListContributorInsights", kNothing, Concerns::kOfAccount, Nothing},
    {"ListExports", kNothing, Concerns::kOfAccount, Nothing},
    {"ListGlobalTables", kNothing, Concerns::kOfAccount, Nothing},
    {"ListImports", kNothing, Concerns::kOfAccount, Nothing},
    {"ListTables", kNothing, Concerns::kOfAccount, Nothing},
    {"ListTagsOfResource", kNothing, Concerns::kOfTable, Resource},
    {"PutItem", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable}, {"Item", {{"p", {{"S", "n"}}}}}};
     }},
    {"PutResourcePolicy", kCommitted, Concerns::kOfTable,
     [](Fixture& test) -> json {
       json request = Resource(test);
       const json statement{{"Effect", "Allow"},
                            {"Principal", {{"AWS", "222222222222"}}},
                            {"Action", "dynamodb:GetItem"},
                            {"Resource", kTable}};
       request["Policy"] = json{{"Version", "2012-10-17"}, {"Statement", {statement}}}.dump();
       return request;
     }},
    {"Query", kNothing, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable},
               {"KeyConditionExpression", "p = :p"},
               {"ExpressionAttributeValues", {{":p", {{"S", "a"}}}}}};
     }},
    {"RestoreTableFromBackup", kCommitted, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"BackupArn", test.backup}, {"TargetTableName", "restored"}};
     }},
    {"RestoreTableToPointInTime", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {
           {"SourceTableArn", kTable}, {"TargetTableName", "restored"}, {"UseLatestRestorableTime", true}};
     }},
    {"Scan", kNothing, Concerns::kOfTable, Table},
    {"TagResource", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"ResourceArn", kTable}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}};
     }},
    {"TransactGetItems", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"TransactItems", {{{"Get", Key(test)}}}}};
     }},
    {"TransactWriteItems", kCommitted, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"TransactItems", {{{"Delete", Key(test)}}}}};
     }},
    {"UntagResource", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"ResourceArn", kTable}, {"TagKeys", {"k"}}};
     }},
    {"UpdateContinuousBackups", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable},
               {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", false}}}};
     }},
    {"UpdateContributorInsights", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable}, {"ContributorInsightsAction", "ENABLE"}};
     }},
    {"UpdateItem", kCommitted, Concerns::kOfTable,
     [](Fixture& test) -> json {
       json request = Key(test);
       request["UpdateExpression"] = "REMOVE n";
       return request;
     }},
    {"UpdateKinesisStreamingDestination", kCommitted, Concerns::kOfTable,
     [](Fixture& test) -> json {
       json request = Kinesis(test);
       request["UpdateKinesisStreamingConfiguration"] = {
           {"ApproximateCreationDateTimePrecision", "MICROSECOND"}};
       return request;
     }},
    {"UpdateTable", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable}, {"DeletionProtectionEnabled", true}};
     }},
    {"UpdateTableReplicaAutoScaling", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable},
               {"ProvisionedWriteCapacityAutoScalingUpdate", {{"MinimumUnits", 1}, {"MaximumUnits", 9}}}};
     }},
    {"UpdateTimeToLive", kCommitted, Concerns::kOfTable,
     [](Fixture&) -> json {
       return {{"TableName", kTable},
               {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "due"}}}};
     }},
};

const OperationRow kStreamRows[] = {
    {"DescribeStream", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"StreamArn", test.stream}};
     }},
    {"GetRecords", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"ShardIterator", test.iterator}};
     }},
    {"GetShardIterator", kNothing, Concerns::kOfTable,
     [](Fixture& test) -> json {
       return {{"StreamArn", test.stream}, {"ShardId", test.shard}, {"ShardIteratorType", "LATEST"}};
     }},
    {"ListStreams", kNothing, Concerns::kOfAccount, Nothing},
};

// Those that are refused whatever is asked, for there are no global tables of the older version.
constexpr std::string_view kAlwaysRefused[] = {"DescribeGlobalTable", "DescribeGlobalTableSettings",
                                               "UpdateGlobalTable", "UpdateGlobalTableSettings"};

TEST(EveryDynamoDbOperation, HasARow) {
  std::vector<std::string_view> rows;
  for (const OperationRow& row : kRows) rows.push_back(row.operation);
  rows.insert(rows.end(), std::begin(kAlwaysRefused), std::end(kAlwaysRefused));
  EXPECT_THAT(test::OperationsWithoutRow(kModel, rows), testing::IsEmpty());
  rows.clear();
  for (const OperationRow& row : kStreamRows) rows.push_back(row.operation);
  EXPECT_THAT(test::OperationsWithoutRow(kStreamsModel, rows), testing::IsEmpty());
}

TEST_P(EveryDynamoDbOperationTest, AnswersWhenWhatItPromisesIsTrue) {
  if (GetParam().operation == "GetResourcePolicy") {
    Call("PutResourcePolicy", {{"ResourceArn", kTable}, {"Policy", R"({"Version":"2012-10-17","Statement":[{
      "Effect":"Allow","Principal":"*","Action":"dynamodb:Scan","Resource":"*"}]})"}});
  }
  Watch().ExpectPromise(OwnCall(), GetParam().promise);
}

TEST_P(EveryDynamoDbOperationTest, IsUnavailableWhenItsCommitFails) {
  if (GetParam().operation == "GetResourcePolicy") return;  // of the table that has none
  Watch().ExpectFullDiskAnswer(OwnCall(), GetParam().promise, 503);
}

TEST_P(EveryDynamoDbOperationTest, ServesAStrangerOnlyWhatIsHis) {
  auto call = OwnCall();
  call.strict = true;
  auto strange = call;
  strange.account = kStranger;
  const auto answer = Answer(strange);
  if (GetParam().concerns == Concerns::kOfAccount) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("000000000000")));
  } else if (GetParam().concerns == Concerns::kOfStatements) {
    EXPECT_THAT(answer.body, testing::HasSubstr("AccessDenied"));
  } else {
    EXPECT_EQ(answer.error_code, "AccessDeniedException") << answer.status << ' ' << answer.body;
    EXPECT_EQ(answer.status, 400);
  }
  EXPECT_EQ(Contents("tab"), "a=1") << "the stranger changed nothing";
}

class DenyAll final : public protocol::Judge {
 public:
  protocol::Judgement Decide(const protocol::RequestContext&, const protocol::AccessRequest&) const override {
    return {protocol::Judgement::Reason::kNothingAllows};
  }
};

TEST_P(EveryDynamoDbOperationTest, AsksTheJudge) {
  const DenyAll deny_all;
  auto call = OwnCall();
  call.strict = true;
  call.judge = &deny_all;
  EXPECT_THAT(Answer(call).body, testing::HasSubstr("AccessDenied"));
}

std::string NameOf(const testing::TestParamInfo<OperationRow>& row) {
  return std::string(row.param.operation);
}
INSTANTIATE_TEST_SUITE_P(DynamoDb, EveryDynamoDbOperationTest, testing::ValuesIn(kRows), NameOf);
INSTANTIATE_TEST_SUITE_P(Streams, EveryDynamoDbOperationTest, testing::ValuesIn(kStreamRows), NameOf);

TEST_F(DynamoDbServiceTest, GlobalTablesOfTheOlderVersionAreNone) {
  for (const std::string_view operation : {"DescribeGlobalTable", "DescribeGlobalTableSettings"}) {
    EXPECT_EQ(Refusal(operation, {{"GlobalTableName", "none"}}),
              "GlobalTableNotFoundException: Global table not found: Global table with name: 'none' does not "
              "exist.");
  }
}

}  // namespace
}  // namespace cumulite::dynamodb
