#include <gmock/gmock.h>

#include <map>
#include <ostream>
#include <set>

#include "services/s3/operations.h"
#include "services/s3/router.h"
#include "tests/support/commit_watch.h"
#include "tests/unit/services/s3/s3_service_test.h"

/// Every operation of S3 that is built, held to its promise: nothing is answered with success before it is
/// committed.
namespace cumulite::s3 {
namespace {

constexpr auto kCommitted = test::Promise::kCommitted;
constexpr auto kNothing = test::Promise::kNothing;

/// A request that succeeds on what the fixture has made. Method and sub-resource follow from the operation;
/// "$upload" stands for the id of an upload of "/bucket/parts" with one part, "$etag" for that part's.
struct OperationRow {
  std::string_view operation;
  test::Promise promise;
  std::string_view path;
  std::string_view body = {};
  std::string_view more_query = {};
};

void PrintTo(const OperationRow& row, std::ostream* out) { *out << row.operation; }

constexpr std::string_view kBucket = "/bucket";
constexpr std::string_view kKey = "/bucket/k";
constexpr std::string_view kLocked = "/locked/k";
constexpr std::string_view kParts = "/bucket/parts";

constexpr std::string_view kTags =
    "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
constexpr std::string_view kLifecycle =
    "<LifecycleConfiguration><Rule><ID>a</ID><Filter><Prefix>x</Prefix></Filter><Status>Enabled</Status>"
    "<Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>";
constexpr std::string_view kTiering =
    "<IntelligentTieringConfiguration><Id>t</Id><Status>Enabled</Status><Tiering><Days>90</Days>"
    "<AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>";
constexpr std::string_view kInventory =
    "<InventoryConfiguration><Id>i</Id><IsEnabled>true</IsEnabled><IncludedObjectVersions>All"
    "</IncludedObjectVersions><Destination><S3BucketDestination><Bucket>arn:aws:s3:::bucket</Bucket>"
    "<Format>CSV</Format></S3BucketDestination></Destination><Schedule><Frequency>Daily</Frequency>"
    "</Schedule></InventoryConfiguration>";
constexpr std::string_view kPolicy =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)"
    R"("Resource":"arn:aws:s3:::bucket/x"}})";
constexpr std::string_view kOwnership =
    "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
constexpr std::string_view kReplication =
    "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/r</Role><Rule><ID>r</ID><Prefix></Prefix>"
    "<Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::locked</Bucket></Destination></Rule>"
    "</ReplicationConfiguration>";
constexpr std::string_view kMetadata =
    "<MetadataConfiguration><JournalTableConfiguration><RecordExpiration><Expiration>ENABLED</Expiration>"
    "<Days>10</Days></RecordExpiration></JournalTableConfiguration></MetadataConfiguration>";
constexpr std::string_view kMetadataTable =
    "<MetadataTableConfiguration><S3TablesDestination><TableBucketArn>arn:aws:s3tables:us-east-1:"
    "000000000000:bucket/b</TableBucketArn><TableName>t</TableName></S3TablesDestination>"
    "</MetadataTableConfiguration>";
constexpr std::string_view kSelect =
    "<SelectObjectContentRequest><Expression>SELECT * FROM S3Object</Expression><ExpressionType>SQL"
    "</ExpressionType><InputSerialization><CSV/></InputSerialization><OutputSerialization><CSV/>"
    "</OutputSerialization></SelectObjectContentRequest>";

constexpr OperationRow kRows[] = {
    {"AbortMultipartUpload", kCommitted, kParts},
    {"CompleteMultipartUpload", kCommitted, kParts,
     "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>$etag</ETag></Part>"
     "</CompleteMultipartUpload>"},
    {"CopyObject", kCommitted, "/bucket/copy"},
    {"CreateBucket", kCommitted, "/another-bucket"},
    {"CreateBucketMetadataConfiguration", kCommitted, kBucket, kMetadata},
    {"CreateBucketMetadataTableConfiguration", kCommitted, kBucket, kMetadataTable},
    {"CreateMultipartUpload", kCommitted, kKey},
    {"DeleteBucket", kCommitted, "/empty-bucket"},
    {"DeleteBucketAnalyticsConfiguration", kCommitted, kBucket, {}, "id=a"},
    {"DeleteBucketCors", kCommitted, kBucket},
    {"DeleteBucketEncryption", kCommitted, kBucket},
    {"DeleteBucketIntelligentTieringConfiguration", kCommitted, kBucket, {}, "id=t"},
    {"DeleteBucketInventoryConfiguration", kCommitted, kBucket, {}, "id=i"},
    {"DeleteBucketLifecycle", kCommitted, kBucket},
    {"DeleteBucketMetadataConfiguration", kCommitted, "/journaled"},
    {"DeleteBucketMetadataTableConfiguration", kCommitted, "/tabled"},
    {"DeleteBucketMetricsConfiguration", kCommitted, kBucket, {}, "id=m"},
    {"DeleteBucketOwnershipControls", kCommitted, kBucket},
    {"DeleteBucketPolicy", kCommitted, kBucket},
    {"DeleteBucketReplication", kCommitted, "/versioned"},
    {"DeleteBucketTagging", kCommitted, kBucket},
    {"DeleteBucketWebsite", kCommitted, kBucket},
    {"DeleteObject", kCommitted, kKey},
    {"DeleteObjectTagging", kCommitted, kKey},
    {"DeleteObjects", kCommitted, kBucket, "<Delete><Object><Key>k</Key></Object></Delete>"},
    {"DeletePublicAccessBlock", kCommitted, kBucket},
    {"GetBucketAbac", kNothing, kBucket},
    {"GetBucketAccelerateConfiguration", kNothing, kBucket},
    {"GetBucketAcl", kNothing, kBucket},
    {"GetBucketAnalyticsConfiguration", kNothing, kBucket, {}, "id=a"},
    {"GetBucketCors", kNothing, kBucket},
    {"GetBucketEncryption", kNothing, kBucket},
    {"GetBucketIntelligentTieringConfiguration", kNothing, kBucket, {}, "id=t"},
    {"GetBucketInventoryConfiguration", kNothing, kBucket, {}, "id=i"},
    {"GetBucketLifecycleConfiguration", kNothing, kBucket},
    {"GetBucketLocation", kNothing, kBucket},
    {"GetBucketLogging", kNothing, kBucket},
    {"GetBucketMetadataConfiguration", kNothing, "/journaled"},
    {"GetBucketMetadataTableConfiguration", kNothing, "/tabled"},
    {"GetBucketMetricsConfiguration", kNothing, kBucket, {}, "id=m"},
    {"GetBucketNotificationConfiguration", kNothing, kBucket},
    {"GetBucketOwnershipControls", kNothing, kBucket},
    {"GetBucketPolicy", kNothing, kBucket},
    {"GetBucketPolicyStatus", kNothing, kBucket},
    {"GetBucketReplication", kNothing, "/versioned"},
    {"GetBucketRequestPayment", kNothing, kBucket},
    {"GetBucketTagging", kNothing, kBucket},
    {"GetBucketVersioning", kNothing, kBucket},
    {"GetBucketWebsite", kNothing, kBucket},
    {"GetObject", kNothing, kKey},
    {"GetObjectAcl", kNothing, kKey},
    {"GetObjectAttributes", kNothing, kKey},
    {"GetObjectLegalHold", kNothing, kLocked},
    {"GetObjectLockConfiguration", kNothing, "/locked"},
    {"GetObjectRetention", kNothing, kLocked},
    {"GetObjectTagging", kNothing, kKey},
    {"GetPublicAccessBlock", kNothing, kBucket},
    {"HeadBucket", kNothing, kBucket},
    {"HeadObject", kNothing, kKey},
    {"ListBucketAnalyticsConfigurations", kNothing, kBucket},
    {"ListBucketIntelligentTieringConfigurations", kNothing, kBucket},
    {"ListBucketInventoryConfigurations", kNothing, kBucket},
    {"ListBucketMetricsConfigurations", kNothing, kBucket},
    {"ListBuckets", kNothing, "/"},
    {"ListMultipartUploads", kNothing, kBucket},
    {"ListObjectVersions", kNothing, kBucket},
    {"ListObjects", kNothing, kBucket},
    {"ListObjectsV2", kNothing, kBucket},
    {"ListParts", kNothing, kParts},
    {"PutBucketAbac", kCommitted, kBucket, "<AbacStatus><Status>Enabled</Status></AbacStatus>"},
    {"PutBucketAccelerateConfiguration", kCommitted, kBucket,
     "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>"},
    {"PutBucketAcl", kCommitted, kBucket},
    {"PutBucketAnalyticsConfiguration", kCommitted, kBucket,
     "<AnalyticsConfiguration><Id>a</Id><StorageClassAnalysis></StorageClassAnalysis></"
     "AnalyticsConfiguration>",
     "id=a"},
    {"PutBucketCors", kCommitted, kBucket,
     "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></"
     "CORSRule>"
     "</CORSConfiguration>"},
    {"PutBucketEncryption", kCommitted, kBucket,
     "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256"
     "</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"},
    {"PutBucketIntelligentTieringConfiguration", kCommitted, kBucket, kTiering, "id=t"},
    {"PutBucketInventoryConfiguration", kCommitted, kBucket, kInventory, "id=i"},
    {"PutBucketLifecycleConfiguration", kCommitted, kBucket, kLifecycle},
    {"PutBucketLogging", kCommitted, kBucket, "<BucketLoggingStatus></BucketLoggingStatus>"},
    {"PutBucketMetricsConfiguration", kCommitted, kBucket,
     "<MetricsConfiguration><Id>m</Id></MetricsConfiguration>", "id=m"},
    {"PutBucketNotificationConfiguration", kCommitted, kBucket,
     "<NotificationConfiguration></NotificationConfiguration>"},
    {"PutBucketOwnershipControls", kCommitted, kBucket,
     "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></"
     "OwnershipControls>"},
    {"PutBucketPolicy", kCommitted, kBucket, kPolicy},
    {"PutBucketReplication", kCommitted, "/versioned", kReplication},
    {"PutBucketRequestPayment", kCommitted, kBucket,
     "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>"},
    {"PutBucketTagging", kCommitted, kBucket, kTags},
    {"PutBucketVersioning", kCommitted, kBucket,
     "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"},
    {"PutBucketWebsite", kCommitted, kBucket,
     "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></"
     "WebsiteConfiguration>"},
    {"PutObject", kCommitted, kKey, "new"},
    {"PutObjectAcl", kCommitted, kKey},
    {"PutObjectLegalHold", kCommitted, kLocked, "<LegalHold><Status>ON</Status></LegalHold>"},
    {"PutObjectLockConfiguration", kCommitted, "/locked",
     "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>"},
    {"PutObjectRetention", kCommitted, kLocked,
     "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate></Retention>"},
    {"PutObjectTagging", kCommitted, kKey, kTags},
    {"PutPublicAccessBlock", kCommitted, kBucket,
     "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></"
     "PublicAccessBlockConfiguration>"},
    {"RestoreObject", kCommitted, "/bucket/cold", "<RestoreRequest><Days>1</Days></RestoreRequest>"},
    {"SelectObjectContent", kNothing, kKey, kSelect, "select-type=2"},
    {"UpdateBucketMetadataInventoryTableConfiguration", kCommitted, "/journaled",
     "<InventoryTableConfiguration><ConfigurationState>ENABLED</ConfigurationState>"
     "</InventoryTableConfiguration>"},
    {"UpdateBucketMetadataJournalTableConfiguration", kCommitted, "/journaled",
     "<JournalTableConfiguration><RecordExpiration><Expiration>DISABLED</Expiration></RecordExpiration>"
     "</JournalTableConfiguration>"},
    {"UploadPart", kCommitted, kParts, "part", "partNumber=2"},
    {"UploadPartCopy", kCommitted, kParts, {}, "partNumber=2"},
};

/// Their own tests hold these: a form, a preflight request, one that is refused whatever it names.
const std::set<std::string_view> kElsewhere{"GetObjectTorrent", "OptionsObject", "PostObject"};

class EveryS3OperationTest : public S3ServiceTest, public ::testing::WithParamInterface<OperationRow> {
 protected:
  void SetUp() override {
    S3ServiceTest::SetUp();
    Done("PUT", "/empty-bucket");
    Done("PUT", "/locked", {}, {}, {{"x-amz-bucket-object-lock-enabled", "true"}});
    Done("PUT", "/versioned");
    Done("PUT", "/versioned", "versioning",
         "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    Done("PUT", kLocked, {}, "old");
    Done("PUT", kLocked, "legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>");
    Done("PUT", kLocked, "retention",
         "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2098-01-01T00:00:00Z</RetainUntilDate></"
         "Retention>");
    Done("PUT", kKey, {}, "old", {{"x-amz-tagging", "a=0"}});
    Done("PUT", "/bucket/cold", {}, "old", {{"x-amz-storage-class", "GLACIER"}});
    Done("PUT", kBucket, "policy", std::string(kPolicy) + " ");  // what changes nothing is not written
    Done("DELETE", kBucket, "publicAccessBlock");
    Done("PUT", kBucket, "ownershipControls", std::string(kOwnership));
    Done("PUT", "/journaled");
    Done("POST", "/journaled", "metadataConfiguration", std::string(kMetadata));
    Done("PUT", "/tabled");
    Done("POST", "/tabled", "metadataTable", std::string(kMetadataTable));
    upload_ = Begin(kParts);
    Done("PUT", kParts, "partNumber=1&uploadId=" + upload_, "part");
    // What is deleted or read must be there, as the operation that puts it leaves it.
    for (const OperationRow& row : kRows) {
      const std::string_view kind = MarkerOf(row);
      if (!row.operation.starts_with("Put") || kind.empty() || kind != MarkerOf(GetParam())) continue;
      if (GetParam().operation.starts_with("Put")) continue;
      Finish(CallOf(row));
    }
  }

  static const Route& RouteOf(const OperationRow& row) {
    for (const Route& route : Routes()) {
      if (route.operation == row.operation) return route;
    }
    throw std::logic_error("no such operation");
  }
  static std::string_view MarkerOf(const OperationRow& row) { return RouteOf(row).marker; }

  std::string Filled(std::string_view text) const {
    std::string filled(text);
    if (const auto at = filled.find("$etag"); at != std::string::npos) {
      filled.replace(at, 5, protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, "part").Hex());
    }
    return filled;
  }

  test::RpcCall CallOf(const OperationRow& row) const {
    const Route& route = RouteOf(row);
    std::string query(route.marker);
    if (query == "uploadId") query += "=" + upload_;
    if (query == "list-type") query += "=2";
    if (!row.more_query.empty()) query += (query.empty() ? "" : "&") + std::string(row.more_query);
    test::RpcCall call;
    call.method = route.method;
    call.target = std::string(row.path) + (query.empty() ? "" : "?" + query);
    call.body = Filled(row.body);
    if (!route.with_header.empty()) call.headers.emplace_back(route.with_header, kKey);
    if (row.operation == "PutBucketAcl") call.headers.emplace_back("x-amz-acl", "private");
    if (row.operation == "PutObjectAcl") call.headers.emplace_back("x-amz-acl", "public-read");
    if (row.operation == "GetObjectAttributes") call.headers.emplace_back("x-amz-object-attributes", "ETag");
    if (row.operation == "DeleteObjects") {
      call.headers.emplace_back("Content-MD5",
                                protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, call.body).Base64());
    }
    call.clock = &clock_;
    return call;
  }

  void Finish(const test::RpcCall& call) {
    const auto pending = call.Begin(*service_);
    loop_.RunUntil([&pending] { return pending->done(); });
    const test::RpcReply reply = pending->Reply();
    EXPECT_EQ(reply.status / 100, 2) << call.method << ' ' << call.target << ' ' << reply.body;
  }
  void Done(std::string_view method, std::string_view path, std::string_view query = {},
            std::string body = {}, std::vector<std::pair<std::string, std::string>> headers = {}) {
    test::RpcCall call;
    call.method = method;
    call.target = std::string(path) + (query.empty() ? "" : "?" + std::string(query));
    call.body = std::move(body);
    call.headers = std::move(headers);
    call.clock = &clock_;
    Finish(call);
  }

  std::string upload_;
};

TEST(EveryS3OperationTableTest, HasEachOperationThatIsBuilt) {
  std::map<std::string_view, int> rows;
  for (const OperationRow& row : kRows) ++rows[row.operation];
  for (const Operation& operation : Operations()) {
    EXPECT_EQ(rows[operation.name], kElsewhere.contains(operation.name) ? 0 : 1) << operation.name;
  }
  EXPECT_EQ(rows.size(), Operations().size());
}

TEST_P(EveryS3OperationTest, AnswersWhenItsCommitIsThrough) {
  test::CommitWatch(*service_, loop_, faults_).ExpectPromise(CallOf(GetParam()), GetParam().promise);
}

TEST_P(EveryS3OperationTest, FailsWhenItsCommitFails) {
  test::CommitWatch(*service_, loop_, faults_)
      .ExpectFullDiskAnswer(CallOf(GetParam()), GetParam().promise, 500);
}

INSTANTIATE_TEST_SUITE_P(S3, EveryS3OperationTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.operation); });

}  // namespace
}  // namespace cumulite::s3
