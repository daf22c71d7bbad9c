#include <map>
#include <memory>
#include <set>
#include <string>

#include "protocol/inflate.h"
#include "protocol/memory_body.h"
#include "services/dynamodb/transfers/item_lines.h"
#include "services/object_delivery.h"
#include "services/object_source.h"
#include "tests/unit/services/dynamodb/dynamodb_fixture.h"

namespace cumulite::dynamodb {
namespace {
using namespace std::chrono_literals;
using protocol::Packing;

std::string Unpacked(const std::string& packed) {
  std::string text;
  EXPECT_EQ(protocol::Inflate(Packing::kGzip, packed, 64U << 20U, text), protocol::InflateResult::kOk);
  return text;
}

/// The bucket "files" in memory, as S3 would answer.
class FakeBucket final : public services::ObjectDelivery, public services::ObjectSource {
 public:
  runtime::Task<services::ObjectDelivery::Outcome> Put(Name name, std::string bytes, std::string) override {
    using Outcome = services::ObjectDelivery::Outcome;
    if (name.bucket != "files") co_return Outcome::kNoBucket;
    if (fails) co_return Outcome::kFailed;
    objects_by_key[name.key] = std::move(bytes);
    co_return Outcome::kStored;
  }
  runtime::Task<std::optional<std::string>> Read(Name name, std::size_t) override {
    co_return objects_by_key.at(name.key);
  }
  runtime::Task<Listing> ListObjects(services::BucketReader, std::string bucket, std::string prefix,
                                     std::string after) override {
    Listing listing{.outcome = bucket == "files" ? services::ObjectSource::Outcome::kDone
                                                 : services::ObjectSource::Outcome::kNoBucket};
    if (bucket != "files") co_return listing;
    for (const auto& [key, bytes] : objects_by_key) {
      if (!key.starts_with(prefix) || key <= after) continue;
      if (listing.objects.size() == 2) listing.more = true;  // pages of two
      if (listing.more) break;
      listing.objects.push_back({key, bytes.size()});
    }
    co_return listing;
  }
  runtime::Task<Opened> OpenObject(services::BucketReader, std::string, std::string key) override {
    Opened opened;
    opened.outcome = services::ObjectSource::Outcome::kDone;
    opened.size = objects_by_key.at(key).size();
    opened.bytes = std::make_unique<protocol::MemoryBody>(objects_by_key.at(key));
    co_return opened;
  }

  std::map<std::string, std::string> objects_by_key;
  bool fails = false;
};

/// Exports to S3 and imports from there.
class TransfersTest : public DynamoDbServiceTest {
 protected:
  TransfersTest() {
    buckets_ = {&fake_, &fake_};
    Reopen();
  }
  void MakeRecoverable(const std::string& table) {
    MakeTable(table);
    Call(
        "UpdateContinuousBackups",
        {{"TableName", table}, {"PointInTimeRecoverySpecification", {{"PointInTimeRecoveryEnabled", true}}}});
  }
  static std::string ArnOf(const std::string& table) {
    return "arn:aws:dynamodb:us-east-1:000000000000:table/" + table;
  }
  double Seconds() const { return static_cast<double>(clock_.Now().time_since_epoch().count()) / 1000; }
  Json Export(Json more) {
    Json request{{"TableArn", ArnOf("tab")}, {"S3Bucket", "files"}, {"S3Prefix", "out"}};
    request.update(more);
    const std::string arn =
        Call("ExportTableToPointInTime", request)["ExportDescription"]["ExportArn"].get<std::string>();
    return WaitFor("DescribeExport", "ExportArn", arn, "ExportDescription", "ExportStatus");
  }
  Json Import(Json more) {
    Json request{{"S3BucketSource", {{"S3Bucket", "files"}, {"S3KeyPrefix", "in/"}}},
                 {"InputFormat", "DYNAMODB_JSON"},
                 {"TableCreationParameters",
                  {{"TableName", "made"},
                   {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
                   {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
                   {"BillingMode", "PAY_PER_REQUEST"}}}};
    request.update(more);
    const Json begun = Call("ImportTable", request)["ImportTableDescription"];
    EXPECT_EQ(begun["ImportStatus"], "IN_PROGRESS");
    return WaitFor("DescribeImport", "ImportArn", begun["ImportArn"], "ImportTableDescription",
                   "ImportStatus");
  }
  Json WaitFor(const std::string& operation, const std::string& member, const std::string& arn,
               const std::string& of, const std::string& status) {
    Json description;
    loop_.RunUntil([&] {
      description = Call(operation, {{member, arn}})[of];
      return description[status] != "IN_PROGRESS";
    });
    return description;
  }
  /// The lines of all data files of an export.
  std::set<std::string> Lines(const std::string& folder) {
    std::set<std::string> lines;
    for (const auto& [key, bytes] : fake_.objects_by_key) {
      if (!key.starts_with(folder) || !key.ends_with(".json.gz")) continue;
      std::istringstream text(Unpacked(bytes));
      for (std::string line; std::getline(text, line);) lines.insert(line);
    }
    return lines;
  }
  FakeBucket fake_;
};

TEST_F(TransfersTest, AnExportHoldsTheTableAtItsMoment) {
  MakeRecoverable("tab");
  clock_.Advance(1h);
  Put("tab", "a", 1);
  Put("tab", "b", 2);
  const double then = Seconds();
  clock_.Advance(1h);
  Put("tab", "b", 3);
  Put("tab", "c", 4);
  const Json done = Export({{"ExportTime", then}});
  ASSERT_EQ(done["ExportStatus"], "COMPLETED") << done;
  EXPECT_EQ(done["ItemCount"], 2);
  const std::string manifest = done["ExportManifest"];
  const std::string folder = manifest.substr(0, manifest.rfind('/') + 1);
  EXPECT_TRUE(folder.starts_with("out/AWSDynamoDB/")) << folder;
  EXPECT_EQ(Lines(folder + "data/"), (std::set<std::string>{R"({"Item":{"n":{"N":"1"},"p":{"S":"a"}}})",
                                                            R"({"Item":{"n":{"N":"2"},"p":{"S":"b"}}})"}));
  EXPECT_TRUE(fake_.objects_by_key.contains(folder + "_started"));
  const Json summary = Json::parse(fake_.objects_by_key.at(manifest));
  EXPECT_EQ(summary["itemCount"], 2);
  EXPECT_EQ(summary["s3SseKmsKeyId"], nullptr);
  EXPECT_EQ(summary["exportType"], "FULL_EXPORT");
  const Json file = Json::parse(fake_.objects_by_key.at(summary["manifestFilesS3Key"].get<std::string>()));
  EXPECT_TRUE(fake_.objects_by_key.contains(file["dataFileS3Key"].get<std::string>()));
  EXPECT_TRUE(fake_.objects_by_key.contains(folder + "manifest-summary.checksum"));
  // The copy that it read is nobody's backup.
  EXPECT_TRUE(Call("ListBackups", {{"BackupType", "ALL"}})["BackupSummaries"].empty());
}

TEST_F(TransfersTest, AnIncrementalExportHoldsWhatChanged) {
  MakeRecoverable("tab");
  clock_.Advance(1h);
  Put("tab", "kept", 0);
  Put("tab", "changed", 1);
  Put("tab", "gone", 2);
  clock_.Advance(1h);
  const double from = Seconds();
  Put("tab", "changed", 10);
  Put("tab", "changed", 11);
  Put("tab", "made", 12);
  Put("tab", "fleeting", 13);
  Call("DeleteItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "gone"}}}}}});
  Call("DeleteItem", {{"TableName", "tab"}, {"Key", {{"p", {{"S", "fleeting"}}}}}});
  clock_.Advance(1h);
  const double to = Seconds();
  Put("tab", "changed", 99);
  const Json done =
      Export({{"ExportType", "INCREMENTAL_EXPORT"},
              {"IncrementalExportSpecification", {{"ExportFromTime", from}, {"ExportToTime", to}}}});
  ASSERT_EQ(done["ExportStatus"], "COMPLETED") << done;
  std::map<std::string, Json> found;
  for (const std::string& line : Lines("out/AWSDynamoDB/data/")) {
    const Json change = Json::parse(line);
    found[change["Keys"]["p"]["S"].get<std::string>()] = change;
  }
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found["changed"]["OldImage"]["n"]["N"], "1");
  EXPECT_EQ(found["changed"]["NewImage"]["n"]["N"], "11");
  EXPECT_FALSE(found["made"].contains("OldImage"));
  EXPECT_FALSE(found["gone"].contains("NewImage"));
  EXPECT_TRUE(found["gone"]["Metadata"]["WriteTimestampMicros"].contains("N"));
}

TEST_F(TransfersTest, AnExportTellsWhyItFailed) {
  MakeRecoverable("tab");
  const Json failed = Export({{"S3Bucket", "nowhere"}});
  EXPECT_EQ(failed["ExportStatus"], "FAILED");
  EXPECT_EQ(failed["FailureCode"], "S3NoSuchBucket");
}

TEST_F(TransfersTest, AnExportIsRefusedWithoutRecoveryAndOutsideItsTime) {
  MakeTable("tab");
  const Json request{{"TableArn", ArnOf("tab")}, {"S3Bucket", "files"}};
  EXPECT_TRUE(Refusal("ExportTableToPointInTime", request).starts_with("PointInTimeRecoveryUnavailable"));
  MakeRecoverable("other");
  EXPECT_TRUE(Refusal("ExportTableToPointInTime",
                      {{"TableArn", ArnOf("other")}, {"S3Bucket", "files"}, {"ExportTime", 1000}})
                  .starts_with("InvalidExportTimeException"));
  EXPECT_TRUE(Refusal("ExportTableToPointInTime", {{"TableArn", ArnOf("none")}, {"S3Bucket", "files"}})
                  .starts_with("TableNotFoundException"));
}

TEST_F(TransfersTest, ATokenMeansOneExport) {
  MakeRecoverable("tab");
  const Json first = Export({{"ClientToken", "once"}});
  const Json again = Export({{"ClientToken", "once"}});
  EXPECT_EQ(first["ExportArn"], again["ExportArn"]);
  EXPECT_TRUE(Refusal("ExportTableToPointInTime",
                      {{"TableArn", ArnOf("tab")}, {"S3Bucket", "files"}, {"ClientToken", "once"}})
                  .starts_with("ExportConflictException"));
  EXPECT_EQ(Call("ListExports", {{"TableArn", ArnOf("tab")}})["ExportSummaries"].size(), 1u);
}

TEST_F(TransfersTest, ListsAreInPagesTheLatestFirst) {
  MakeRecoverable("tab");
  std::vector<std::string> made;
  for (int i = 0; i < 3; ++i) made.push_back(Export(Json::object())["ExportArn"]);
  std::vector<std::string> listed;
  Json request{{"MaxResults", 2}};
  for (int page = 0; page < 2; ++page) {
    const Json answer = Call("ListExports", request);
    for (const Json& one : answer["ExportSummaries"]) listed.push_back(one["ExportArn"]);
    EXPECT_EQ(answer.contains("NextToken"), page == 0);
    request["NextToken"] = answer.value("NextToken", "");
  }
  EXPECT_EQ(listed, (std::vector<std::string>{made[2], made[1], made[0]}));
  EXPECT_EQ(Refusal("ListImports", {{"NextToken", "nonsense"}}),
            "ValidationException: The provided NextToken is invalid");
}

TEST_F(TransfersTest, WhatIsExportedCanBeImported) {
  MakeRecoverable("tab");
  for (int i = 0; i < 700; ++i) Put("tab", "k" + std::to_string(i), i);
  const std::string manifest = Export(Json::object())["ExportManifest"];
  const Json done = Import(
      {{"InputCompressionType", "GZIP"},
       {"S3BucketSource",
        {{"S3Bucket", "files"}, {"S3KeyPrefix", manifest.substr(0, manifest.rfind('/') + 1) + "data/"}}}});
  ASSERT_EQ(done["ImportStatus"], "COMPLETED") << done;
  EXPECT_EQ(done["ImportedItemCount"], 700);
  EXPECT_EQ(Status("made"), "ACTIVE");
  EXPECT_EQ(Contents("made"), Contents("tab"));
  EXPECT_EQ(Call("DescribeTable", {{"TableName", "made"}})["Table"]["ItemCount"], 700);
}

TEST_F(TransfersTest, CsvIsReadWithItsKeysTypes) {
  fake_.objects_by_key["in/a.csv"] = "p,n,note\n1,2,\"a, \"\"b\"\"\nc\"\n2,3,\n";
  fake_.objects_by_key["in/b.csv"] = "p,n,note\r\n3,4,x";
  fake_.objects_by_key["in/c.csv"] = "note,p\nlast,4\n";
  const Json done = Import({{"InputFormat", "CSV"},
                            {"TableCreationParameters",
                             {{"TableName", "made"},
                              {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
                              {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "N"}}}},
                              {"BillingMode", "PAY_PER_REQUEST"}}}});
  ASSERT_EQ(done["ImportStatus"], "COMPLETED") << done;
  EXPECT_EQ(done["ImportedItemCount"], 4);
  const Json first = Call("GetItem", {{"TableName", "made"}, {"Key", {{"p", {{"N", "1"}}}}}})["Item"];
  EXPECT_EQ(first["n"]["S"], "2") << "only keys have types";
  EXPECT_EQ(first["note"]["S"], "a, \"b\"\nc");
}

TEST_F(TransfersTest, InvalidItemsAreCountedAndLeftOut) {
  fake_.objects_by_key["in/a"] = R"({"Item":{"p":{"S":"good"},"n":{"N":"1"}}})"
                                 "\n"
                                 R"({"Item":{"n":{"N":"1"}}})"
                                 "\n"
                                 "no JSON\n"
                                 R"({"Item":{"p":{"S":""}}})"
                                 "\n";
  const Json done = Import(Json::object());
  EXPECT_EQ(done["ImportStatus"], "FAILED");
  EXPECT_EQ(done["FailureCode"], "ItemValidationError");
  EXPECT_EQ(done["ErrorCount"], 3);
  EXPECT_EQ(done["ProcessedItemCount"], 4);
  EXPECT_EQ(Contents("made"), "good=1");
}

TEST_F(TransfersTest, AnImportFromNowhereLeavesNoTable) {
  const Json done = Import({{"S3BucketSource", {{"S3Bucket", "nowhere"}}}});
  EXPECT_EQ(done["ImportStatus"], "FAILED");
  EXPECT_EQ(done["FailureCode"], "S3NoSuchBucket");
  EXPECT_EQ(Status("made"), "ResourceNotFoundException");
  fake_.objects_by_key["in/a"] = "this is no GZIP file";
  EXPECT_EQ(Import({{"InputCompressionType", "GZIP"}})["FailureCode"], "InvalidInput");
}

TEST_F(TransfersTest, AnExportGoesOnAfterARestart) {
  MakeRecoverable("tab");
  for (int i = 0; i < 300; ++i) Put("tab", "k" + std::to_string(i), i);
  const std::string arn =
      Call("ExportTableToPointInTime",
           {{"TableArn", ArnOf("tab")}, {"S3Bucket", "files"}})["ExportDescription"]["ExportArn"];
  Reopen();
  const Json done = WaitFor("DescribeExport", "ExportArn", arn, "ExportDescription", "ExportStatus");
  EXPECT_EQ(done["ExportStatus"], "COMPLETED");
  EXPECT_EQ(done["ItemCount"], 300);
}

TEST(GunzipStreamTest, TakesMembersInPiecesOfAnySize) {
  const std::string text = std::string(100'000, 'x') + "end";
  const std::string packed =
      protocol::Deflate(Packing::kGzip, text) + protocol::Deflate(Packing::kGzip, "more");
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}, packed.size()}) {
    protocol::GunzipStream stream;
    std::string out;
    for (std::size_t at = 0; at < packed.size(); at += step) {
      std::string_view piece = std::string_view(packed).substr(at, step);
      while (!piece.empty()) ASSERT_TRUE(stream.Feed(piece, 1000, out));
    }
    EXPECT_TRUE(stream.AtEnd());
    EXPECT_EQ(out, text + "more");
  }
}

TEST(GunzipStreamTest, TellsCorruptAndCutOffInput) {
  const std::string packed = protocol::Deflate(Packing::kGzip, "text");
  protocol::GunzipStream cut;
  std::string out;
  std::string_view half = std::string_view(packed).substr(0, packed.size() - 4);
  ASSERT_TRUE(cut.Feed(half, 1000, out));
  EXPECT_FALSE(cut.AtEnd());
  protocol::GunzipStream corrupt;
  std::string_view noise = "this is no gzip";
  EXPECT_FALSE(corrupt.Feed(noise, 1000, out));
}

TEST(ItemLinesTest, CsvFieldsFollowTheirQuotes) {
  EXPECT_EQ(CsvFields("a,b", ','), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(CsvFields(R"("a;b";"c""d";)", ';'), (std::vector<std::string>{"a;b", "c\"d", ""}));
  EXPECT_EQ(CsvFields(R"("open)", ','), std::nullopt);
}

}  // namespace
}  // namespace cumulite::dynamodb
