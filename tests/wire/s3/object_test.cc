#include "protocol/checksum.h"
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

TEST_F(S3WireTest, AnObjectComesBackAsItWasPut) {
  const Reply put =
      Put("/bucket/a%20b/c%2Bd", "hello",
          {{"Content-Type", "text/plain"}, {"x-amz-meta-Colour", "blue"}, {"Cache-Control", "no-cache"}});
  EXPECT_EQ(put.status, 200);
  EXPECT_EQ(put.Header("ETag"), "\"5d41402abc4b2a76b9719d911017c592\"");
  EXPECT_EQ(put.Header("x-amz-checksum-crc64nvme"), "M3eFcAZSQlc=");
  EXPECT_EQ(put.Header("x-amz-checksum-type"), "FULL_OBJECT");
  const Reply get = Get("/bucket/a%20b/c%2Bd");
  EXPECT_EQ(get.status, 200);
  EXPECT_EQ(get.body, "hello");
  EXPECT_EQ(get.Header("Content-Type"), "text/plain");
  EXPECT_EQ(get.Header("x-amz-meta-colour"), "blue");
  EXPECT_EQ(get.Header("Cache-Control"), "no-cache");
  EXPECT_EQ(get.Header("Last-Modified"), "Fri, 02 Jan 2026 03:04:05 GMT");
  EXPECT_EQ(get.Header("Accept-Ranges"), "bytes");
  EXPECT_EQ(get.Header("Server"), "AmazonS3");
  EXPECT_FALSE(get.Has("x-amz-checksum-crc64nvme")) << "only with x-amz-checksum-mode";
  const Reply head = Head("/bucket/a%20b/c%2Bd", {{"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(head.Header("Content-Length"), "5");
  EXPECT_EQ(head.Header("x-amz-checksum-crc64nvme"), "M3eFcAZSQlc=");
  EXPECT_EQ(head.body, "");
}

TEST_F(S3WireTest, ObjectsSurviveARestart) {
  const std::string big(100'000, 'b');
  ASSERT_EQ(Put("/bucket/small", "s").status, 200);
  ASSERT_EQ(Put("/bucket/big", big).status, 200);
  RestartServer();
  EXPECT_EQ(Get("/bucket/small").body, "s");
  EXPECT_EQ(Get("/bucket/big").body, big);
  ASSERT_EQ(Put("/bucket/second", big).status, 200) << "the sweep of orphans runs before the first file";
  EXPECT_EQ(Get("/bucket/big").body, big);
}

TEST_F(S3WireTest, AnOverwriteReplacesAndADeleteRemoves) {
  const std::string big(40'000, 'x');
  Put("/bucket/k", big);
  Put("/bucket/k", "small");
  EXPECT_EQ(Get("/bucket/k").body, "small");
  Put("/bucket/k", big);
  EXPECT_EQ(Get("/bucket/k").body, big);
  EXPECT_EQ(Delete("/bucket/k").status, 204);
  ExpectError(Get("/bucket/k"), 404, "NoSuchKey");
  EXPECT_EQ(Head("/bucket/k").status, 404);
  EXPECT_EQ(Delete("/bucket/k").status, 204) << "a key that holds nothing is no error";
}

TEST_F(S3WireTest, Ranges) {
  const std::string big = std::string(50'000, 'a') + std::string(50'000, 'b');
  Put("/bucket/small", "0123456789");
  Put("/bucket/big", big);
  const Reply middle = Get("/bucket/small", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.body, "234");
  EXPECT_EQ(middle.Header("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(Get("/bucket/small", {{"Range", "bytes=-3"}}).body, "789");
  EXPECT_EQ(Get("/bucket/small", {{"Range", "bytes=7-"}}).body, "789");
  EXPECT_EQ(Get("/bucket/small", {{"Range", "bytes=7-100"}}).body, "789");
  EXPECT_EQ(Get("/bucket/small", {{"Range", "bytes=0-1,3-4"}}).status, 200) << "several ranges: the whole";
  EXPECT_EQ(Get("/bucket/small", {{"Range", "lines=0-1"}}).status, 200);
  ExpectError(Get("/bucket/small", {{"Range", "bytes=10-"}}), 416, "InvalidRange");
  EXPECT_EQ(Get("/bucket/big", {{"Range", "bytes=49999-50000"}}).body, "ab");
  EXPECT_EQ(Head("/bucket/big", {{"Range", "bytes=0-9"}}).Header("Content-Length"), "10");
}

TEST_F(S3WireTest, ConditionalReads) {
  Put("/bucket/k", "hello");
  const std::string etag = "\"5d41402abc4b2a76b9719d911017c592\"";
  const Reply not_modified = Get("/bucket/k", {{"If-None-Match", etag}});
  EXPECT_EQ(not_modified.status, 304);
  EXPECT_EQ(not_modified.Header("ETag"), etag);
  EXPECT_EQ(not_modified.body, "");
  EXPECT_EQ(Get("/bucket/k", {{"If-Match", etag.substr(1, 32)}}).status, 200) << "also without quotes";
  ExpectError(Get("/bucket/k", {{"If-Match", "\"other\""}}), 412, "PreconditionFailed");
  EXPECT_EQ(Get("/bucket/k", {{"If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT"}}).status, 304);
  EXPECT_EQ(Get("/bucket/k", {{"If-Modified-Since", "Fri, 02 Jan 2026 03:04:04 GMT"}}).status, 200);
  ExpectError(Get("/bucket/k", {{"If-Unmodified-Since", "Fri, 02 Jan 2026 03:04:04 GMT"}}), 412,
              "PreconditionFailed");
  EXPECT_EQ(
      Get("/bucket/k", {{"If-Match", etag}, {"If-Unmodified-Since", "Fri, 02 Jan 2026 03:04:04 GMT"}}).status,
      200);
}

TEST_F(S3WireTest, ConditionalWrites) {
  ExpectError(Put("/bucket/k", "1", {{"If-Match", "\"x\""}}), 404, "NoSuchKey");
  EXPECT_EQ(Put("/bucket/k", "1", {{"If-None-Match", "*"}}).status, 200);
  const Reply exists = Put("/bucket/k", "2", {{"If-None-Match", "*"}});
  ExpectError(exists, 412, "PreconditionFailed");
  EXPECT_EQ(Element(exists.body, "Condition"), "If-None-Match");
  ExpectError(Put("/bucket/k", "2", {{"If-Match", "\"x\""}}), 412, "PreconditionFailed");
  ExpectError(Put("/bucket/k", "2", {{"If-Match", "*"}}), 501, "NotImplemented");
  ExpectError(Put("/bucket/k", "2", {{"If-None-Match", "\"x\""}}), 501, "NotImplemented");
  ExpectError(Delete("/bucket/k", {{"If-Match", "\"x\""}}), 412, "PreconditionFailed");
  EXPECT_EQ(Get("/bucket/k").body, "1");
  EXPECT_EQ(Put("/bucket/k", "2", {{"If-Match", "c4ca4238a0b923820dcc509a6f75849b"}}).status, 200);
}

TEST_F(S3WireTest, ResponseHeadersCanBeOverridden) {
  Put("/bucket/k", "hello", {{"Content-Type", "text/plain"}, {"x-amz-meta-a", "1"}});
  const Reply reply =
      Get("/bucket/k?response-content-type=a%2Fb&response-content-language=de", {Signed("s3")});
  EXPECT_EQ(reply.Header("Content-Type"), "a/b");
  EXPECT_EQ(reply.Header("Content-Language"), "de");
  EXPECT_EQ(reply.Header("x-amz-meta-a"), "1");
  const Reply forged = Get("/bucket/k?response-content-type=a%0D%0AX-Evil:1", {Signed("s3")});
  EXPECT_FALSE(forged.Has("X-Evil"));
  ExpectError(Get("/bucket/k?response-content-type=a"), 400, "InvalidRequest");
}

TEST_F(S3WireTest, UserMetadataIsBounded) {
  EXPECT_EQ(Put("/bucket/k", "", {{"x-amz-meta-a", std::string(2047, 'v')}}).status, 200);
  ExpectError(Put("/bucket/k", "", {{"x-amz-meta-a", std::string(2048, 'v')}}), 400, "MetadataTooLarge");
  Put("/bucket/u", "", {{"x-amz-meta-a", "gr\xC3\xBC\xC3\x9F"}});
  EXPECT_EQ(Head("/bucket/u").Header("x-amz-meta-a"), "=?UTF-8?B?Z3LDvMOf?=");
}

TEST_F(S3WireTest, HeadersOfFeaturesThatAreNotBuiltAreRefused) {
  for (const auto& [name, value] : Headers{{"x-amz-mfa", "device 123456"},
                                           {"x-amz-write-offset-bytes", "1"},
                                           {"x-amz-checksum-sha512", "x"}}) {
    const Reply reply = Put("/bucket/k", "x", {{name, value}});
    ExpectError(reply, 501, "NotImplemented");
    EXPECT_EQ(Element(reply.body, "Header"), name);
  }
  ExpectError(Put("/bucket/k", "x", {{"x-amz-acl", "nonsense"}}), 400, "InvalidArgument");
  ExpectError(Put("/bucket/k", "x", {{"x-amz-acl", "private"}}), 400, "AccessControlListNotSupported");
  ExpectError(Put("/bucket/k", "x", {{"x-amz-storage-class", "COLD"}}), 400, "InvalidStorageClass");
  ExpectError(Get("/bucket/k", {{"x-amz-server-side-encryption", "AES256"}}), 400, "InvalidArgument");
  EXPECT_EQ(Get("/bucket/k").status, 404);
  EXPECT_EQ(Put("/bucket/k", "x",
                {{"x-amz-acl", "bucket-owner-full-control"},
                 {"x-amz-server-side-encryption", "AES256"},
                 {"x-amz-storage-class", "STANDARD"}})
                .status,
            200);
}

TEST_F(S3WireTest, SubResourcesThatAreNotBuiltHarmNothing) {
  Put("/bucket/k", "precious");
  for (const auto& [method, target] :
       Headers{{"PUT", "/bucket/k?encryption"}, {"PUT", "/bucket/k?renameObject"}}) {
    Put("/empty", "");
    const Reply reply = Request(method, target, method == "PUT" ? "x" : "");
    ExpectError(reply, 501, "NotImplemented");
    EXPECT_FALSE(Element(reply.body, "Operation").empty());
  }
  ExpectError(Delete("/empty?metrics&id=x"), 404, "NoSuchConfiguration");
  ExpectError(Delete("/empty?metadataTable"), 404, "MetadataConfigurationNotFound");
  EXPECT_EQ(Delete("/empty?lifecycle").status, 204);
  ExpectError(Delete("/empty?versioning"), 405, "MethodNotAllowed");
  ExpectError(Put("/bucket/k?policy", "x"), 405, "MethodNotAllowed");
  ExpectError(Put("/bucket/k?partNumber=1", "x"), 400, "InvalidArgument");
  EXPECT_EQ(Get("/bucket/k").body, "precious");
  EXPECT_EQ(Head("/empty").status, 200);
}

TEST_F(S3WireTest, CopiesAreObjectsOfTheirOwn) {
  Put("/bucket/s%3Fx", "hello", {{"Content-Type", "text/plain"}, {"x-amz-meta-a", "1"}});
  const Reply copy = Put("/bucket/copy", "", {{"x-amz-copy-source", "/bucket/s%3Fx"}});
  EXPECT_EQ(copy.status, 200);
  EXPECT_EQ(Element(copy.body, "ETag"), "\"5d41402abc4b2a76b9719d911017c592\"");
  EXPECT_EQ(Get("/bucket/copy").body, "hello");
  EXPECT_EQ(Head("/bucket/copy").Header("x-amz-meta-a"), "1");
  Put("/bucket/replaced", "",
      {{"x-amz-copy-source", "bucket/s%3Fx"},
       {"x-amz-metadata-directive", "REPLACE"},
       {"x-amz-meta-b", "2"}});
  EXPECT_FALSE(Head("/bucket/replaced").Has("x-amz-meta-a"));
  EXPECT_EQ(Head("/bucket/replaced").Header("x-amz-meta-b"), "2");
  ExpectError(Put("/bucket/copy", "", {{"x-amz-copy-source", "bucket/copy"}}), 400, "InvalidRequest");
  ExpectError(Put("/bucket/c", "", {{"x-amz-copy-source", "bucket/none"}}), 404, "NoSuchKey");
  ExpectError(Put("/bucket/c", "", {{"x-amz-copy-source", "nowhere/none"}}), 404, "NoSuchBucket");
  ExpectError(Put("/bucket/c", "", {{"x-amz-copy-source", "bucket"}}), 400, "InvalidArgument");
  ExpectError(
      Put("/bucket/c", "", {{"x-amz-copy-source", "bucket/copy"}, {"x-amz-copy-source-if-none-match", "*"}}),
      412, "PreconditionFailed");
  const std::string big(300'000, 'q');
  Put("/bucket/big", big);
  EXPECT_EQ(Put("/bucket/big2", "", {{"x-amz-copy-source", "bucket/big"}}).status, 200);
  Delete("/bucket/big");
  EXPECT_EQ(Get("/bucket/big2").body, big);
}

TEST_F(S3WireTest, DeleteObjectsDeletesTogether) {
  Put("/bucket/a", "1");
  Put("/bucket/b", "2");
  const std::string document =
      "<Delete><Object><Key>a</Key></Object><Object><Key>missing</Key></Object></Delete>";
  ExpectError(Post("/bucket?delete", document), 400, "InvalidRequest");
  const Headers digest{{"x-amz-checksum-crc32", "AAAAAA=="}};
  ExpectError(Post("/bucket?delete", document, digest), 400, "BadDigest");
  EXPECT_EQ(Get("/bucket/a").status, 200);
  const Reply reply = Post("/bucket?delete", document, {{"Content-MD5", "IuzKy8MY3jEPey8xLBlcsg=="}});
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Elements(reply.body, "Key"), (std::vector<std::string>{"a", "missing"}));
  EXPECT_EQ(Get("/bucket/a").status, 404);
  EXPECT_EQ(Get("/bucket/b").status, 200);
}

TEST_F(S3WireTest, DeleteObjectsRefusesOneEntryAlone) {
  Put("/bucket/a", "1");
  Put("/bucket/b", "2");
  const Reply reply = Post("/bucket?delete",
                           "<Delete><Object><Key>a</Key><VersionId>null</VersionId></Object>"
                           "<Object><Key>b</Key><VersionId>never</VersionId></Object></Delete>",
                           {{"Content-MD5", "1X0hbeRVfVxFxZaUInsvDQ=="}});
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(Element(reply.body, "Deleted"), "<Key>a</Key><VersionId>null</VersionId>");
  EXPECT_EQ(Element(reply.body, "Code"), "NoSuchVersion");
  EXPECT_EQ(Get("/bucket/a").status, 404);
  EXPECT_EQ(Get("/bucket/b").status, 200);
}

TEST_F(S3WireTest, GetObjectAttributesGivesWhatIsAskedFor) {
  Put("/bucket/k", "hello");
  const Reply reply =
      Get("/bucket/k?attributes", {{"x-amz-object-attributes", "ETag,ObjectSize,ObjectParts"}});
  EXPECT_EQ(Element(reply.body, "ETag"), "5d41402abc4b2a76b9719d911017c592");
  EXPECT_EQ(Element(reply.body, "ObjectSize"), "5");
  EXPECT_EQ(reply.body.find("ObjectParts"), std::string::npos);
  EXPECT_EQ(reply.body.find("Checksum"), std::string::npos);
  ExpectError(Get("/bucket/k?attributes"), 400, "InvalidArgument");
}

TEST_F(S3WireTest, AThousandKeysAreDeletedAtOnceAndErrorsAlwaysTold) {
  const auto remove = [&](std::size_t keys, const std::string& more) {
    std::string body = "<Delete>" + more;
    for (std::size_t i = 0; i < keys; ++i) body += "<Object><Key>k</Key></Object>";
    body += "</Delete>";
    const std::string md5 = protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, body).Base64();
    return Post("/bucket?delete", body, {{"Content-MD5", md5}});
  };
  EXPECT_EQ(Elements(remove(1000, "").body, "Key").size(), 1000u);
  ExpectError(remove(1001, ""), 400, "MalformedXML");
  const std::string refused = "<Quiet>true</Quiet><Object><Key>v</Key><VersionId>none</VersionId></Object>";
  EXPECT_EQ(Elements(remove(1, refused).body, "Key"), std::vector<std::string>{"v"});
}

}  // namespace
}  // namespace cumulite::testing
