#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

const std::string kFiveMiB(5 << 20, 'p');

class S3MultipartTest : public S3WireTest {
 protected:
  Reply PutPart(const std::string& target, const std::string& id, int number, std::string_view body,
                Headers headers = {}) const {
    return Put(target + "?partNumber=" + std::to_string(number) + "&uploadId=" + id, body,
               std::move(headers));
  }
  static std::string PartXml(int number, const std::string& etag) {
    return "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" + etag + "</ETag></Part>";
  }
  Reply Complete(const std::string& target, const std::string& id, const std::string& parts,
                 Headers headers = {}) const {
    return Post(target + "?uploadId=" + id,
                "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>", std::move(headers));
  }
};

TEST_F(S3MultipartTest, PartsBecomeTheObject) {
  const std::string id = Begin("/bucket/k", {{"Content-Type", "text/plain"}});
  const std::string second = PutPart("/bucket/k", id, 2, "tail").Header("ETag");
  const std::string first = PutPart("/bucket/k", id, 1, kFiveMiB).Header("ETag");
  PutPart("/bucket/k", id, 3, "not used");
  EXPECT_EQ(Get("/bucket/k").status, 404) << "nothing is visible before the end";
  EXPECT_EQ(Elements(Get("/bucket?uploads").body, "UploadId"), std::vector<std::string>{id});
  EXPECT_EQ(Elements(Get("/bucket/k?uploadId=" + id).body, "PartNumber"),
            (std::vector<std::string>{"1", "2", "3"}));
  const Reply completed = Complete("/bucket/k", id, PartXml(1, first) + PartXml(2, second));
  ASSERT_EQ(completed.status, 200) << completed.body;
  EXPECT_TRUE(Element(completed.body, "ETag").ends_with("-2\""));
  EXPECT_EQ(Element(completed.body, "ChecksumType"), "FULL_OBJECT");
  EXPECT_EQ(Element(completed.body, "Location"), "http://localhost/bucket/k");
  const Reply whole = Get("/bucket/k");
  EXPECT_EQ(whole.body.size(), kFiveMiB.size() + 4);
  EXPECT_TRUE(whole.body.ends_with("pptail"));
  EXPECT_EQ(whole.Header("Content-Type"), "text/plain");
  EXPECT_EQ(Get("/bucket/k", {{"Range", "bytes=5242878-5242881"}}).body, "ppta") << "a range across parts";
  const Reply part = Get("/bucket/k?partNumber=2");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "tail");
  EXPECT_EQ(part.Header("x-amz-mp-parts-count"), "2");
  const Reply beyond = Get("/bucket/k?partNumber=3");
  ExpectError(beyond, 416, "InvalidPartNumber");
  EXPECT_EQ(Element(beyond.body, "ActualPartCount"), "2");
  EXPECT_EQ(Complete("/bucket/k", id, PartXml(1, first) + PartXml(2, second)).body, completed.body)
      << "repeated";
  EXPECT_EQ(Elements(Get("/bucket?uploads").body, "UploadId").size(), 0u);
  // The whole checksum is that of the same bytes in one piece.
  Put("/bucket/plain", kFiveMiB + "tail");
  EXPECT_EQ(Head("/bucket/plain", {{"x-amz-checksum-mode", "ENABLED"}}).Header("x-amz-checksum-crc64nvme"),
            Element(completed.body, "ChecksumCRC64NVME"));
  const Reply copy = Put("/bucket/copy", "", {{"x-amz-copy-source", "bucket/k"}});
  EXPECT_EQ(Element(copy.body, "ETag"), Element(completed.body, "ETag")) << "a copy shares the parts";
  Delete("/bucket/k");
  EXPECT_EQ(Get("/bucket/copy").body, kFiveMiB + "tail") << "as long as anybody has them";
  ExpectError(Complete("/bucket/k", id, PartXml(1, first)), 404, "NoSuchUpload");
}

TEST_F(S3MultipartTest, CompleteRefusesWhatDoesNotFit) {
  const std::string id = Begin("/bucket/k");
  const std::string one = PutPart("/bucket/k", id, 1, "short").Header("ETag");
  const std::string two = PutPart("/bucket/k", id, 2, "tail").Header("ETag");
  ExpectError(Complete("/bucket/k", id, PartXml(1, one) + PartXml(2, two)), 400, "EntityTooSmall");
  ExpectError(Complete("/bucket/k", id, PartXml(2, two) + PartXml(1, one)), 400, "InvalidPartOrder");
  ExpectError(Complete("/bucket/k", id, PartXml(9, one)), 400, "InvalidPart");
  ExpectError(Complete("/bucket/k", id, PartXml(1, two)), 400, "InvalidPart");
  ExpectError(Complete("/bucket/k", id, ""), 400, "InvalidRequest");
  ExpectError(Post("/bucket/k?uploadId=" + id, ""), 400, "InvalidRequest");
  ExpectError(Post("/bucket/k?uploadId=" + id, "<!DOCTYPE x><CompleteMultipartUpload/>"), 400,
              "MalformedXML");
  ExpectError(Complete("/bucket/k", "nothing", PartXml(1, one)), 404, "NoSuchUpload");
  ExpectError(Complete("/bucket/other", id, PartXml(1, one)), 404, "NoSuchUpload");
  ExpectError(Put("/bucket/k?partNumber=0&uploadId=" + id, "x"), 400, "InvalidArgument");
  ExpectError(Put("/bucket/k?partNumber=10001&uploadId=" + id, "x"), 400, "InvalidArgument");
  ExpectError(PutPart("/bucket/k", id, 1, "x", {{"x-amz-server-side-encryption", "AES256"}}), 400,
              "InvalidArgument");
  ExpectError(Complete("/bucket/k", id, PartXml(1, one), {{"x-amz-content-sha256", std::string(64, '0')}}),
              400, "XAmzContentSHA256Mismatch");
  EXPECT_EQ(Complete("/bucket/k", id, PartXml(1, one)).status, 200) << "all refusals left it as it was";
}

TEST_F(S3MultipartTest, ALaterPartOfTheSameNumberReplaces) {
  const std::string id = Begin("/bucket/k");
  PutPart("/bucket/k", id, 1, "old");
  const std::string etag = PutPart("/bucket/k", id, 1, "new").Header("ETag");
  EXPECT_EQ(Complete("/bucket/k", id, PartXml(1, etag)).status, 200);
  EXPECT_EQ(Get("/bucket/k").body, "new");
}

TEST_F(S3MultipartTest, AbortForgetsTheUpload) {
  const std::string id = Begin("/bucket/k");
  PutPart("/bucket/k", id, 1, "x");
  EXPECT_EQ(Delete("/bucket/k?uploadId=" + id).status, 204);
  ExpectError(PutPart("/bucket/k", id, 1, "x"), 404, "NoSuchUpload");
  ExpectError(Delete("/bucket/k?uploadId=" + id), 404, "NoSuchUpload");
  ExpectError(Get("/bucket/k?uploadId=" + id), 404, "NoSuchUpload");
}

TEST_F(S3MultipartTest, ACompletedUploadCannotBeAbortedOrChanged) {
  const std::string id = Begin("/bucket/k");
  const std::string etag = PutPart("/bucket/k", id, 1, kFiveMiB).Header("ETag");
  Client late(port());
  late.Send(MakeRequest("PUT", "/bucket/k?partNumber=1&uploadId=" + id, {},
                        {{"Content-Length", "4"}, {"Expect", "100-continue"}}));
  const auto begun = late.Read();
  ASSERT_TRUE(begun && begun->status == 100) << "the upload is there when the part begins";
  ASSERT_EQ(Complete("/bucket/k", id, PartXml(1, etag)).status, 200);
  late.Send("late");
  const auto refused = late.Read();
  ASSERT_TRUE(refused);
  ExpectError(*refused, 404, "NoSuchUpload");
  ExpectError(Delete("/bucket/k?uploadId=" + id), 404, "NoSuchUpload");
  EXPECT_EQ(Get("/bucket/k").body, kFiveMiB);
}

TEST_F(S3MultipartTest, TheObjectIsOfTheTimeAndTheSizeThatWereAnnounced) {
  const std::string id = Begin("/bucket/k");
  const std::string etag = PutPart("/bucket/k", id, 1, "hello").Header("ETag");
  clock_.Advance(std::chrono::hours(1));
  ExpectError(Complete("/bucket/k", id, PartXml(1, etag), {{"x-amz-mp-object-size", "4"}}), 400,
              "InvalidRequest");
  EXPECT_EQ(Get("/bucket/k").status, 404);
  EXPECT_EQ(Complete("/bucket/k", id, PartXml(1, etag), {{"x-amz-mp-object-size", "5"}}).status, 200);
  EXPECT_EQ(Head("/bucket/k").Header("Last-Modified"), "Fri, 02 Jan 2026 03:04:05 GMT")
      << "when the upload began";
}

TEST_F(S3MultipartTest, PartsAndNumbersOutliveARestart) {
  const std::string id = Begin("/bucket/k");
  const std::string etag = PutPart("/bucket/k", id, 1, kFiveMiB).Header("ETag");
  ASSERT_EQ(Complete("/bucket/k", id, PartXml(1, etag)).status, 200);
  for (const std::string key : {"/bucket/a", "/bucket/b"}) {
    RestartServer();
    ASSERT_EQ(Put(key, key).status, 200);
    ASSERT_EQ(Put(key + "-large", std::string(100'000, 'l')).status, 200) << "sweeps what no row names";
  }
  RestartServer();
  EXPECT_EQ(Get("/bucket/k").body, kFiveMiB);
  EXPECT_EQ(Get("/bucket/a").body, "/bucket/a");
  EXPECT_EQ(Get("/bucket/b").body, "/bucket/b");
}

TEST_F(S3MultipartTest, ConditionsLookAtWhatHappenedSinceTheUploadBegan) {
  Headers none{{"If-None-Match", "*"}};
  const auto complete = [&](const std::string& key, const std::string& id, const Headers& conditions) {
    return Complete(key, id, PartXml(1, PutPart(key, id, 1, "x").Header("ETag")), conditions);
  };
  Put("/bucket/a", "old");
  std::string id = Begin("/bucket/a");
  const std::string sibling = Begin("/bucket/ab");
  Delete("/bucket/a");
  const Reply conflict = complete("/bucket/a", id, none);
  ExpectError(conflict, 409, "ConditionalRequestConflict");
  EXPECT_EQ(Element(conflict.body, "Condition"), "If-None-Match");
  ExpectError(complete("/bucket/a", id, {{"If-Match", "\"abc\""}}), 404, "NoSuchKey");
  Put("/bucket/a", "new");
  ExpectError(complete("/bucket/a", id, none), 412, "PreconditionFailed");
  ExpectError(complete("/bucket/a", id, {{"If-Match", Head("/bucket/a").Header("ETag")}}), 409,
              "ConditionalRequestConflict");
  EXPECT_EQ(complete("/bucket/ab", sibling, none).status, 200) << "another key";

  Delete("/bucket/a");
  EXPECT_EQ(complete("/bucket/a", Begin("/bucket/a"), none).status, 200) << "deleted before";
  id = Begin("/bucket/c");
  Delete("/bucket/c");
  EXPECT_EQ(complete("/bucket/c", id, none).status, 200) << "there was nothing to delete";
  id = Begin("/bucket/d");
  Delete("/bucket/d");
  Put("/bucket/d", "x");
  Post("/bucket?delete", "<Delete><Object><Key>d</Key></Object></Delete>",
       {{"Content-MD5", "RGNDODNAdZnm1l9JHGlmjQ=="}});
  ExpectError(complete("/bucket/d", id, none), 409, "ConditionalRequestConflict");
  EXPECT_EQ(complete("/bucket/d", id, {}).status, 200) << "without a condition";
}

TEST_F(S3MultipartTest, CompositeChecksums) {
  const std::string id = Begin("/bucket/k", {{"x-amz-checksum-algorithm", "SHA256"}});
  const std::string sum = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";  // of "hello"
  ExpectError(PutPart("/bucket/k", id, 1, "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}}), 400,
              "InvalidRequest");
  const Reply part = PutPart("/bucket/k", id, 1, "hello", {{"x-amz-checksum-sha256", sum}});
  ASSERT_EQ(part.status, 200) << part.body;
  const std::string etag = part.Header("ETag");
  ExpectError(Complete("/bucket/k", id, PartXml(1, etag)), 400, "InvalidRequest");
  const std::string named = "<Part><PartNumber>1</PartNumber><ETag>" + etag + "</ETag><ChecksumSHA256>" +
                            sum + "</ChecksumSHA256></Part>";
  ExpectError(Complete("/bucket/k", id, named, {{"x-amz-checksum-type", "FULL_OBJECT"}}), 400,
              "InvalidRequest");
  const Reply completed = Complete("/bucket/k", id, named);
  ASSERT_EQ(completed.status, 200) << completed.body;
  EXPECT_TRUE(Element(completed.body, "ChecksumSHA256").ends_with("=-1"));
  EXPECT_EQ(Element(completed.body, "ChecksumType"), "COMPOSITE");
  EXPECT_EQ(
      Get("/bucket/k?partNumber=1", {{"x-amz-checksum-mode", "ENABLED"}}).Header("x-amz-checksum-sha256"),
      sum);
  ExpectError(Post("/bucket/k?uploads", "",
                   {{"x-amz-checksum-algorithm", "SHA256"}, {"x-amz-checksum-type", "FULL_OBJECT"}}),
              400, "InvalidRequest");
}

TEST_F(S3MultipartTest, AnUploadWithoutAnAlgorithmTakesPartsWithAnyChecksum) {
  const std::string id = Begin("/bucket/k");
  ExpectError(PutPart("/bucket/k", id, 1, "hello", {{"x-amz-checksum-crc32", "AAAAAA=="}}), 400, "BadDigest");
  const Reply part = PutPart("/bucket/k", id, 1, "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  ASSERT_EQ(part.status, 200) << part.body;
  EXPECT_EQ(part.Header("x-amz-checksum-crc32"), "NhCmhg==");
  const auto named = [&](const std::string& checksum) {
    return "<Part><PartNumber>1</PartNumber><ETag>" + part.Header("ETag") + "</ETag>" + checksum + "</Part>";
  };
  ExpectError(Complete("/bucket/k", id, named("<ChecksumCRC32>NhCmhg==</ChecksumCRC32>")), 400,
              "InvalidPart");
  const Reply completed = Complete("/bucket/k", id, named(""));
  ASSERT_EQ(completed.status, 200) << completed.body;
  EXPECT_EQ(Element(completed.body, "ChecksumType"), "FULL_OBJECT");
  EXPECT_FALSE(Element(completed.body, "ChecksumCRC64NVME").empty());
}

TEST_F(S3MultipartTest, PartsCopiedFromObjects) {
  Put("/bucket/source", "0123456789");
  const std::string id = Begin("/bucket/k");
  const auto copy = [&](const std::string& range) {
    return PutPart("/bucket/k", id, 1, "",
                   {{"x-amz-copy-source", "bucket/source"}, {"x-amz-copy-source-range", range}});
  };
  for (const char* bad : {"0-2", "bytes=0", "bytes=hello-world", "bytes=0-bar", "bytes=hello-",
                          "bytes=0-2,3-5", "bytes=0-10"}) {
    ExpectError(copy(bad), 400, "InvalidArgument");
  }
  ExpectError(copy("bytes=10-11"), 400, "InvalidRequest");
  const Reply good = copy("bytes=2-5");
  ASSERT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(Complete("/bucket/k", id, PartXml(1, Element(good.body, "ETag"))).status, 200);
  EXPECT_EQ(Get("/bucket/k").body, "2345");
}

TEST_F(S3MultipartTest, PartsShareTheFilesOfTheirSourceForAsLongAsTheyNeedThem) {
  const std::string other(5 << 20, 'q');
  Put("/bucket/plain", kFiveMiB);
  const std::string source = Begin("/bucket/parts");
  const std::string first = PutPart("/bucket/parts", source, 1, kFiveMiB).Header("ETag");
  const std::string second = PutPart("/bucket/parts", source, 2, other).Header("ETag");
  Complete("/bucket/parts", source, PartXml(1, first) + PartXml(2, second));
  const std::string id = Begin("/bucket/k");
  const auto copy = [&](int number, const std::string& key, const std::string& range) {
    Headers headers{{"x-amz-copy-source", "bucket/" + key}};
    if (!range.empty()) headers.emplace_back("x-amz-copy-source-range", range);
    return Element(PutPart("/bucket/k", id, number, "", headers).body, "ETag");
  };
  const std::string plain = copy(1, "plain", "");
  EXPECT_EQ(plain, first) << "the same bytes have the same MD5";
  const std::string whole = copy(2, "parts", "bytes=5242880-10485759");
  EXPECT_EQ(whole, second);
  EXPECT_EQ(copy(3, "plain", "bytes=0-5242879"), first);
  const std::string across = copy(3, "parts", "bytes=1-5242880");
  EXPECT_NE(across, first) << "a range that is no part is read";
  EXPECT_EQ(copy(4, "plain", "bytes=0-9"), Put("/bucket/ten", "pppppppppp").Header("ETag"));
  ASSERT_EQ(Complete("/bucket/k", id, PartXml(1, plain) + PartXml(2, whole) + PartXml(3, across)).status,
            200);
  Delete("/bucket/plain");
  Delete("/bucket/parts");
  RestartServer();
  EXPECT_EQ(Get("/bucket/k").body, kFiveMiB + other + kFiveMiB.substr(1) + "q");
  // What is sealed otherwise than the upload is sealed anew.
  Put("/bucket/sealed", kFiveMiB, {{"x-amz-server-side-encryption", "AES256"}});
  const std::string sealed = Begin("/bucket/again");
  PutPart("/bucket/again", sealed, 1, "", {{"x-amz-copy-source", "bucket/sealed"}});
  ASSERT_EQ(Complete("/bucket/again", sealed, PartXml(1, first)).status, 200);
  EXPECT_EQ(Get("/bucket/again").body, kFiveMiB);
}

TEST_F(S3MultipartTest, UploadsAreListedByKey) {
  const std::string b = Begin("/bucket/b");
  const std::string a1 = Begin("/bucket/a");
  const std::string a2 = Begin("/bucket/a");
  Begin("/bucket/dir/x");
  const Reply page = Get("/bucket?uploads&max-uploads=1");
  EXPECT_EQ(Elements(page.body, "UploadId"), std::vector<std::string>{a1});
  const Reply next = Get("/bucket?uploads&delimiter=%2F&key-marker=a&upload-id-marker=" +
                         Element(page.body, "NextUploadIdMarker"));
  EXPECT_EQ(Elements(next.body, "UploadId"), (std::vector<std::string>{a2, b}));
  EXPECT_EQ(Element(Element(next.body, "CommonPrefixes"), "Prefix"), "dir/");
  EXPECT_EQ(Elements(Get("/bucket?uploads&key-marker=a").body, "Key"),
            (std::vector<std::string>{"b", "dir/x"}));
}

}  // namespace
}  // namespace cumulite::testing
