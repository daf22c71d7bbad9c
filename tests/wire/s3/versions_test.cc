// Versions of objects: what each request sees and leaves, in buckets with versioning on, suspended and never
// on.
#include "protocol/checksum.h"
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

class S3VersionsTest : public S3WireTest {
 protected:
  void SetUp() override {
    S3WireTest::SetUp();
    SetVersioning("Enabled");
  }
  void SetVersioning(const std::string& status) {
    ASSERT_EQ(Put("/bucket?versioning", Document(status)).status, 200);
  }
  static std::string Document(const std::string& status) {
    return "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
  }
  std::string PutVersion(const std::string& target, const std::string& body) {
    return Put(target, body).Header("x-amz-version-id");
  }
  static std::string Large(char c) { return std::string(100'000, c); }  // a content file
};

TEST_F(S3VersionsTest, EveryWriteIsAVersionThatStays) {
  const std::string first = PutVersion("/bucket/k", "first");
  const std::string second = PutVersion("/bucket/k", Large('2'));
  ASSERT_EQ(first.size(), 32u);
  EXPECT_NE(first, second);
  const Reply latest = Get("/bucket/k");
  EXPECT_EQ(latest.body, Large('2'));
  EXPECT_EQ(latest.Header("x-amz-version-id"), second);
  EXPECT_EQ(Get("/bucket/k?versionId=" + first).body, "first");
  EXPECT_EQ(Head("/bucket/k?versionId=" + first).Header("Content-Length"), "5");
  EXPECT_EQ(Delete("/bucket/k?versionId=" + second).Header("x-amz-version-id"), second);
  EXPECT_EQ(Get("/bucket/k").body, "first");
  ExpectError(Get("/bucket/k?versionId=" + second), 404, "NoSuchVersion");
}

TEST_F(S3VersionsTest, ADeleteMarkerHidesTheObjectUntilItIsDeleted) {
  const std::string version = PutVersion("/bucket/k", "kept");
  const Reply deleted = Delete("/bucket/k");
  EXPECT_EQ(deleted.status, 204);
  EXPECT_EQ(deleted.Header("x-amz-delete-marker"), "true");
  const std::string marker = deleted.Header("x-amz-version-id");
  const Reply hidden = Get("/bucket/k");
  ExpectError(hidden, 404, "NoSuchKey");
  EXPECT_EQ(hidden.Header("x-amz-delete-marker"), "true");
  EXPECT_EQ(hidden.Header("x-amz-version-id"), marker);
  EXPECT_EQ(Head("/bucket/k").Header("x-amz-delete-marker"), "true");
  const Reply named = Get("/bucket/k?versionId=" + marker);
  ExpectError(named, 405, "MethodNotAllowed");
  EXPECT_EQ(named.Header("Allow"), "DELETE");
  EXPECT_EQ(Element(Get("/bucket").body, "Key"), "");
  EXPECT_EQ(Get("/bucket/k?versionId=" + version).body, "kept");
  const Reply undone = Delete("/bucket/k?versionId=" + marker);
  EXPECT_EQ(undone.Header("x-amz-delete-marker"), "true");
  EXPECT_EQ(Get("/bucket/k").body, "kept");
  const Reply never = Get("/bucket/never");
  ExpectError(never, 404, "NoSuchKey");
  EXPECT_EQ(never.Header("x-amz-delete-marker"), "");
}

TEST_F(S3VersionsTest, SuspendedWritesReplaceTheNullVersionOnly) {
  const std::string version = PutVersion("/bucket/k", "version");
  SetVersioning("Suspended");
  EXPECT_EQ(PutVersion("/bucket/k", "null one"), "");
  EXPECT_EQ(PutVersion("/bucket/k", "null two"), "");
  EXPECT_EQ(Get("/bucket/k").Header("x-amz-version-id"), "null");
  EXPECT_EQ(Elements(Get("/bucket?versions").body, "VersionId"), (std::vector<std::string>{"null", version}));
  EXPECT_EQ(Delete("/bucket/k").Header("x-amz-version-id"), "null");
  EXPECT_EQ(Elements(Get("/bucket?versions").body, "VersionId"), (std::vector<std::string>{"null", version}));
  ExpectError(Get("/bucket/k"), 404, "NoSuchKey");
  EXPECT_EQ(Delete("/bucket/k?versionId=null").status, 204);
  EXPECT_EQ(Get("/bucket/k").body, "version");
}

TEST_F(S3VersionsTest, AnObjectFromBeforeIsTheNullVersion) {
  ASSERT_EQ(Put("/old", "").status, 200);
  ASSERT_EQ(Put("/old/k", "before").status, 200);
  EXPECT_EQ(Get("/old/k").Header("x-amz-version-id"), "");
  EXPECT_EQ(Get("/old/k?versionId=null").body, "before");
  ASSERT_EQ(Put("/old?versioning", Document("Enabled")).status, 200);
  const std::string version = PutVersion("/old/k", "after");
  EXPECT_EQ(Get("/old/k?versionId=null").body, "before");
  EXPECT_EQ(Delete("/old/k?versionId=null").status, 204);
  EXPECT_EQ(Get("/old/k").body, "after");
  ExpectError(Delete("/old"), 409, "BucketNotEmpty");
  Delete("/old/k?versionId=" + version);
  EXPECT_EQ(Delete("/old").status, 204);
}

TEST_F(S3VersionsTest, VersionsAreListedInPagesThatMissNone) {
  std::vector<std::string> expected;
  for (const char* key : {"a", "b/1", "b/2", "c"}) {
    std::vector<std::string> of_key;
    for (int i = 0; i < 3; ++i) of_key.insert(of_key.begin(), PutVersion(std::string("/bucket/") + key, "x"));
    of_key.insert(of_key.begin(), Delete(std::string("/bucket/") + key).Header("x-amz-version-id"));
    expected.insert(expected.end(), of_key.begin(), of_key.end());
  }
  for (const int size : {1, 3, 5, 1000}) {
    std::vector<std::string> seen;
    std::string markers;
    for (;;) {
      const std::string page = Get("/bucket?versions&max-keys=" + std::to_string(size) + markers).body;
      for (const std::string& id : Elements(page, "VersionId")) seen.push_back(id);
      if (Element(page, "IsTruncated") != "true") break;
      markers = "&key-marker=" + Element(page, "NextKeyMarker") +
                "&version-id-marker=" + Element(page, "NextVersionIdMarker");
    }
    EXPECT_EQ(seen, expected) << "in pages of " << size;
  }
  const std::string latest = Get("/bucket?versions&prefix=c").body;
  EXPECT_EQ(Elements(latest, "IsLatest"), (std::vector<std::string>{"true", "false", "false", "false"}));
  const std::string rolled = Get("/bucket?versions&delimiter=/").body;
  EXPECT_EQ(Elements(rolled, "VersionId").size(), 8u);
  EXPECT_NE(rolled.find("<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>"), std::string::npos);
}

TEST_F(S3VersionsTest, ManyVersionsOfOneKeyAreOneLineOfAListing) {
  for (int i = 0; i < 40; ++i) Put("/bucket/many", "x");
  Put("/bucket/next", "x");
  EXPECT_EQ(Elements(Get("/bucket?list-type=2").body, "Key"), (std::vector<std::string>{"many", "next"}));
}

TEST_F(S3VersionsTest, BadVersionIdsAndDocuments) {
  Put("/bucket/k", "x");
  for (const char* id : {"x", "0123456789012345678901234567890+", "0123456789012345678901234567890"}) {
    ExpectError(Get(std::string("/bucket/k?versionId=") + id), 400, "InvalidArgument");
  }
  ExpectError(Get("/bucket/k?versionId=01234567890123456789012345678901"), 404, "NoSuchVersion");
  ExpectError(Get("/bucket/k?versionId="), 400, "InvalidArgument");
  ExpectError(Put("/bucket?versioning", Document("enabled")), 400, "MalformedXML");
  ExpectError(Put("/bucket?versioning", "<VersioningConfiguration/>"), 400,
              "IllegalVersioningConfigurationException");
  ExpectError(Put("/bucket?versioning",
                  "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>"
                  "</VersioningConfiguration>"),
              501, "NotImplemented");
  EXPECT_EQ(Element(Get("/bucket?versioning").body, "Status"), "Enabled");
}

TEST_F(S3VersionsTest, DeleteObjectsMakesMarkersAndDeletesVersions) {
  const std::string version = PutVersion("/bucket/k", "x");
  const std::string body =
      "<Delete><Object><Key>k</Key></Object><Object><Key>new</Key></Object><Object><Key>k</Key>"
      "<VersionId>" +
      version + "</VersionId></Object></Delete>";
  const Reply reply =
      Post("/bucket?delete", body,
           {{"Content-MD5", protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, body).Base64()}});
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Elements(reply.body, "DeleteMarker"), (std::vector<std::string>{"true", "true"}));
  EXPECT_EQ(Elements(reply.body, "DeleteMarkerVersionId").size(), 2u);
  EXPECT_EQ(Element(reply.body, "VersionId"), version);
}

TEST_F(S3VersionsTest, CopiesOfVersionsShareBytesUntilTheLastOwnerGoes) {
  const std::string first = PutVersion("/bucket/k", Large('1'));
  PutVersion("/bucket/k", Large('2'));
  const Reply copied = Put("/bucket/copy", "", {{"x-amz-copy-source", "/bucket/k?versionId=" + first}});
  ASSERT_EQ(copied.status, 200) << copied.body;
  EXPECT_EQ(copied.Header("x-amz-copy-source-version-id"), first);
  EXPECT_EQ(copied.Header("x-amz-version-id").size(), 32u);
  Delete("/bucket/k?versionId=" + first);
  EXPECT_EQ(Get("/bucket/copy").body, Large('1'));
  const std::string marker = Delete("/bucket/k").Header("x-amz-version-id");
  ExpectError(Put("/bucket/x", "", {{"x-amz-copy-source", "/bucket/k"}}), 404, "NoSuchKey");
  ExpectError(Put("/bucket/x", "", {{"x-amz-copy-source", "/bucket/k?versionId=" + marker}}), 400,
              "InvalidRequest");
}

TEST_F(S3VersionsTest, ACopyOntoItselfKeepsItsSharedBytes) {
  ASSERT_EQ(Put("/plain", "").status, 200);
  ASSERT_EQ(Put("/plain/k", Large('1')).status, 200);
  const Reply copied = Put(
      "/plain/k", "",
      {{"x-amz-copy-source", "/plain/k"}, {"x-amz-metadata-directive", "REPLACE"}, {"x-amz-meta-a", "b"}});
  ASSERT_EQ(copied.status, 200) << copied.body;
  EXPECT_EQ(Get("/plain/k").body, Large('1'));
  EXPECT_EQ(Head("/plain/k").Header("x-amz-meta-a"), "b");
}

TEST_F(S3VersionsTest, TagsBelongToAVersion) {
  const Reply put = Put("/bucket/k", "x", {{"x-amz-tagging", "b=2&a=1%20x"}});
  const std::string first = put.Header("x-amz-version-id");
  PutVersion("/bucket/k", "y");
  EXPECT_EQ(Head("/bucket/k?versionId=" + first).Header("x-amz-tagging-count"), "2");
  EXPECT_EQ(Elements(Get("/bucket/k?tagging&versionId=" + first).body, "Value"),
            (std::vector<std::string>{"1 x", "2"}));
  EXPECT_EQ(Elements(Get("/bucket/k?tagging").body, "Value").size(), 0u);
  const std::string document = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
  EXPECT_EQ(Put("/bucket/k?tagging", document).status, 200);
  EXPECT_EQ(Element(Get("/bucket/k?tagging").body, "Value"), "v");
  EXPECT_EQ(Delete("/bucket/k?tagging&versionId=" + first).Header("x-amz-version-id"), first);
  EXPECT_EQ(Head("/bucket/k?versionId=" + first).Header("x-amz-tagging-count"), "");
  ExpectError(Put("/bucket/t", "x", {{"x-amz-tagging", "a=1&a=2"}}), 400, "InvalidArgument");
  ExpectError(Put("/bucket/t", "x", {{"x-amz-tagging", "a=1&b&c&d&e&f&g&h&i&j&k"}}), 400, "BadRequest");
  ExpectError(Put("/bucket/t", "x", {{"x-amz-tagging", std::string(129, 'k') + "=v"}}), 400, "InvalidTag");
  ExpectError(Get("/bucket/t"), 404, "NoSuchKey");
  Delete("/bucket/k");
  ExpectError(Get("/bucket/k?tagging"), 405, "MethodNotAllowed");
}

}  // namespace
}  // namespace cumulite::testing
