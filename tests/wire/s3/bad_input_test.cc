#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

class S3BadInputTest : public S3WireTest {
 protected:
  void SetUp() override {
    S3WireTest::SetUp();
    Put("/bucket/k", "old");
  }
  /// Whatever was refused left the object as it was, and the server answers.
  void TearDown() override { EXPECT_EQ(Get("/bucket/k").body, "old"); }

  static constexpr std::string_view kUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  Reply PutChunked(std::string_view body, int decoded_length,
                   std::string_view trailer = "x-amz-checksum-crc32",
                   const std::string& target = "/bucket/k") const {
    return Put(target, body,
               {{"x-amz-content-sha256", std::string(kUnsignedTrailer)},
                {"x-amz-decoded-content-length", std::to_string(decoded_length)},
                {"x-amz-trailer", std::string(trailer)},
                {"Content-Encoding", "gzip, aws-chunked"}});
  }
};

TEST_F(S3BadInputTest, ContentMd5) {
  ExpectError(Put("/bucket/k", "new", {{"Content-MD5", ""}}), 400, "InvalidDigest");
  ExpectError(Put("/bucket/k", "new", {{"Content-MD5", "rL0Y20zC+Fzt72VPzMSk2A="}}), 400, "InvalidDigest");
  ExpectError(Put("/bucket/k", "new", {{"Content-MD5", "AWS HAHAHA"}}), 400, "InvalidDigest");
  ExpectError(Put("/bucket/k", "new", {{"Content-MD5", "rL0Y20zC+Fzt72VPzMSk2A=="}}), 400, "BadDigest");
}

TEST_F(S3BadInputTest, Checksums) {
  ExpectError(Put("/bucket/k", "new", {{"x-amz-checksum-sha256", "bad"}}), 400, "InvalidRequest");
  ExpectError(Put("/bucket/k", "new", {{"x-amz-checksum-crc32", "AAAAAA=="}}), 400, "BadDigest");
  ExpectError(
      Put("/bucket/k", "new", {{"x-amz-checksum-crc32", "AAAAAA=="}, {"x-amz-checksum-crc32c", "AAAAAA=="}}),
      400, "InvalidRequest");
  ExpectError(Put("/bucket/k", "new", {{"x-amz-sdk-checksum-algorithm", "CRC32"}}), 400, "InvalidRequest");
  ExpectError(Put("/bucket/k", "new", {{"x-amz-content-sha256", std::string(64, '0')}}), 400,
              "XAmzContentSHA256Mismatch");
  const std::string big(600'000, 'x');
  ExpectError(Put("/bucket/k", big, {{"x-amz-checksum-crc32", "AAAAAA=="}}), 400, "BadDigest");
}

TEST_F(S3BadInputTest, ChunkedUploadsAreDecodedAndVerified) {
  const Reply good = PutChunked("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 5,
                                "x-amz-checksum-crc32", "/bucket/chunked");
  ASSERT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(good.Header("x-amz-checksum-crc32"), "NhCmhg==");
  const Reply stored = Get("/bucket/chunked");
  EXPECT_EQ(stored.body, "hello");
  EXPECT_EQ(stored.Header("Content-Encoding"), "gzip");
  ExpectError(PutChunked("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 5), 400, "BadDigest");
  ExpectError(PutChunked("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:nonsense\r\n\r\n", 5), 400,
              "InvalidRequest");
  ExpectError(PutChunked("5\r\nhello\r\n0\r\nx-amz-checksum-sha1:AAAA\r\n\r\n", 5), 400,
              "MalformedTrailerError");
  ExpectError(PutChunked("5\r\nhello\r\n0\r\n\r\n", 6), 400, "IncompleteBody");
  ExpectError(PutChunked("zz\r\nhello\r\n0\r\n\r\n", 5), 400, "IncompleteBody");
  ExpectError(PutChunked("5\r\nhello", 5), 400, "IncompleteBody");
  ExpectError(PutChunked("ffffffffffffffff\r\nhello\r\n0\r\n\r\n", 5), 400, "IncompleteBody");
  ExpectError(PutChunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", 5), 400, "InvalidChunkSizeError");
  ExpectError(
      Put("/bucket/k", "5\r\nhello\r\n0\r\n\r\n", {{"x-amz-content-sha256", std::string(kUnsignedTrailer)}}),
      411, "MissingContentLength");
}

TEST_F(S3BadInputTest, ABodyThatBreaksOffLeavesTheOldObject) {
  for (const std::string& body : {std::string("ne"), std::string(400'000, 'x')}) {
    Client client(port());
    client.Send("PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n" + body);
    client.HalfClose();
    client.Read();
    EXPECT_EQ(Get("/bucket/k").body, "old");
  }
}

TEST_F(S3BadInputTest, LengthsAndTransferEncodings) {
  const Reply chunked = Put("/bucket/k", "3\r\nnew\r\n0\r\n\r\n", {{"Transfer-Encoding", "chunked"}});
  ExpectError(chunked, 501, "NotImplemented");
  EXPECT_EQ(Element(chunked.body, "Header"), "Transfer-Encoding");
  ExpectError(Put("/bucket/k", "", {{"Content-Length", "5368709121"}, {"Expect", "100-continue"}}), 400,
              "EntityTooLarge");
  EXPECT_EQ(Put("/bucket/k", "", {{"Content-Length", "-1"}}).status, 400);
  EXPECT_EQ(Put("/bucket/k", "", {{"Content-Length", ""}}).status, 400);
  const Reply mismatch =
      Put("/bucket/k", "new", {{"Content-Length", "2"}, {"x-amz-checksum-crc32", "VDlCZw=="}});
  ExpectError(mismatch, 400, "BadDigest");
}

TEST_F(S3BadInputTest, TheRestOfABrokenBodyIsNoRequest) {
  const std::string put = "PUT /bucket/k HTTP/1.1\r\nHost: localhost\r\n";
  const std::string get = "GET /bucket/k HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto refused = [&](const std::string& request, const std::string& code) {
    Client client(port());
    client.Send(put + request + get);
    const auto answer = client.Read();
    ASSERT_TRUE(answer);
    ExpectError(*answer, 400, code);
    EXPECT_EQ(answer->Header("Connection"), "close");
    EXPECT_TRUE(client.Closed()) << code;
  };
  refused("Content-Length: 2\r\nx-amz-checksum-crc32: VDlCZw==\r\n\r\nnew", "BadDigest");
  refused("Content-Length: 3\r\nx-amz-content-sha256: " + std::string(64, '0') + "\r\n\r\nnew",
          "XAmzContentSHA256Mismatch");
  const std::string chunked =
      "x-amz-content-sha256: " + std::string(kUnsignedTrailer) +
      "\r\nx-amz-decoded-content-length: 5\r\nx-amz-trailer: x-amz-checksum-crc32\r\n";
  refused(chunked + "Content-Length: 9\r\n\r\n5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
          "IncompleteBody");
  refused(chunked + "Content-Length: 15\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "InvalidChunkSizeError");
  // Any other refusal leaves the connection usable.
  Client kept(port());
  kept.Send(put + "Content-Length: 3\r\nx-amz-checksum-crc32: bad\r\n\r\nnew" + get);
  EXPECT_EQ(kept.Read().value_or(Reply{}).status, 400);
  EXPECT_EQ(kept.Read().value_or(Reply{}).body, "old");
}

TEST_F(S3BadInputTest, ContinueIsSentOnlyWhenTheBodyIsWanted) {
  Client refused(port());
  refused.Send(
      "PUT /nowhere/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  const auto answer = refused.Read();
  ASSERT_TRUE(answer);
  ExpectError(*answer, 404, "NoSuchBucket");
  Client wanted(port());
  wanted.Send(
      "PUT /bucket/other HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_EQ(wanted.Read().value_or(Reply{}).status, 100);
  wanted.Send("new");
  EXPECT_EQ(wanted.Read().value_or(Reply{}).status, 200);
}

TEST_F(S3BadInputTest, NamesThatCannotBe) {
  ExpectError(Put("/bucket/%FF", "x"), 400, "InvalidURI");
  ExpectError(Put("/bucket/%zz", "x"), 400, "InvalidURI");
  ExpectError(Get("/bucket?prefix=%zz"), 400, "InvalidURI");
  ExpectError(Put("/bucket/" + std::string(1025, 'k'), "x"), 400, "KeyTooLongError");
  ExpectError(Get("/..%2F..%2Fetc/passwd"), 400, "InvalidBucketName");
  EXPECT_EQ(Put("/bucket/..%2F..%2Fetc%2Fpasswd", "x").status, 200) << "a key like any other";
  EXPECT_EQ(Get("/bucket/..%2F..%2Fetc%2Fpasswd").body, "x");
}

TEST_F(S3BadInputTest, HostileXml) {
  const auto remove = [&](const std::string& document) {
    return Post("/bucket?delete", document, {{"x-amz-checksum-sha256", "x"}});
  };
  ExpectError(remove("x"), 400, "InvalidRequest");
  const auto create = [&](const std::string& document) { return Put("/fresh-bucket", document); };
  ExpectError(create("<!DOCTYPE a [<!ENTITY b \"c\">]><CreateBucketConfiguration/>"), 400, "MalformedXML");
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  ExpectError(create(deep), 400, "MalformedXML");
  ExpectError(create("<CreateBucketConfiguration>\xFF</CreateBucketConfiguration>"), 400, "MalformedXML");
  ExpectError(create("<CreateBucketConfiguration/><more/>"), 400, "MalformedXML");
  ExpectError(create(std::string(70'000, ' ')), 400, "MalformedXML");
  EXPECT_EQ(Head("/fresh-bucket").status, 404);
}

}  // namespace
}  // namespace cumulite::testing
