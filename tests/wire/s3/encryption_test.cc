// Server-side encryption: with the caller's key, and with the server's.
#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

Headers KeyHeaders(char c, const std::string& prefix = "x-amz-") {
  const std::string key(32, c);
  return {{prefix + "server-side-encryption-customer-algorithm", "AES256"},
          {prefix + "server-side-encryption-customer-key", protocol::Base64Encode(key)},
          {prefix + "server-side-encryption-customer-key-MD5",
           protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, key).Base64()}};
}

Headers Join(Headers a, const Headers& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

class S3EncryptionTest : public S3WireTest {
 protected:
  const std::string kLarge = std::string(100'000, 'x') + std::string(200'000, 'y');
};

TEST_F(S3EncryptionTest, ACustomersKeyOpensWhatItSealed) {
  for (const std::string& body : {std::string("small"), std::string(), kLarge}) {
    const Reply put = Put("/bucket/k", body, KeyHeaders('a'));
    ASSERT_EQ(put.status, 200) << put.body;
    EXPECT_EQ(put.Header("x-amz-server-side-encryption"), "");
    EXPECT_EQ(put.Header("x-amz-server-side-encryption-customer-algorithm"), "AES256");
    EXPECT_EQ(Get("/bucket/k", KeyHeaders('a')).body, body);
    ExpectError(Get("/bucket/k"), 400, "InvalidRequest");
    EXPECT_EQ(Head("/bucket/k").status, 400);
    ExpectError(Get("/bucket/k", KeyHeaders('b')), 403, "AccessDenied");
    EXPECT_EQ(Head("/bucket/k", KeyHeaders('a')).Header("Content-Length"), std::to_string(body.size()));
  }
  EXPECT_EQ(Get("/bucket/k", Join(KeyHeaders('a'), {{"Range", "bytes=99998-100001"}})).body, "xxyy");
  Put("/bucket/plain", "x");
  ExpectError(Get("/bucket/plain", KeyHeaders('a')), 400, "InvalidRequest");
}

TEST_F(S3EncryptionTest, HeadersThatDoNotFitAreRefused) {
  const Headers whole = KeyHeaders('a');
  for (std::size_t missing = 0; missing < whole.size(); ++missing) {
    Headers part = whole;
    part.erase(part.begin() + static_cast<std::ptrdiff_t>(missing));
    ExpectError(Put("/bucket/k", "x", part), 400, "InvalidArgument");
  }
  Headers other = whole;
  other[2] = KeyHeaders('b')[2];
  ExpectError(Put("/bucket/k", "x", other), 400, "InvalidArgument");
  other = whole;
  other[0].second = "AES128";
  ExpectError(Put("/bucket/k", "x", other), 400, "InvalidEncryptionAlgorithmError");
  ExpectError(Put("/bucket/k", "x", Join(whole, {{"x-amz-server-side-encryption", "AES256"}})), 400,
              "InvalidArgument");
  ExpectError(Put("/bucket/k", "x", {{"x-amz-server-side-encryption", "aes:kms"}}), 400, "InvalidArgument");
  const std::string id_header = "x-amz-server-side-encryption-aws-kms-key-id";
  ExpectError(Put("/bucket/k", "x", {{id_header, "key"}}), 400, "InvalidArgument");
  ExpectError(Put("/bucket/k", "x", {{"x-amz-server-side-encryption", "AES256"}, {id_header, "key"}}), 400,
              "InvalidArgument");
  EXPECT_EQ(Get("/bucket/k").status, 404);
}

TEST_F(S3EncryptionTest, ManagedKeysAreToldAndNeedNoHeaderToRead) {
  const std::string arn = "arn:aws:kms:us-east-1:000000000000:key/1";
  const Reply put = Put("/bucket/k", kLarge,
                        {{"x-amz-server-side-encryption", "aws:kms"},
                         {"x-amz-server-side-encryption-aws-kms-key-id", arn},
                         {"x-amz-server-side-encryption-bucket-key-enabled", "true"}});
  EXPECT_EQ(put.Header("x-amz-server-side-encryption"), "aws:kms");
  const Reply got = Get("/bucket/k");
  EXPECT_EQ(got.body, kLarge);
  EXPECT_EQ(got.Header("x-amz-server-side-encryption-aws-kms-key-id"), arn);
  EXPECT_EQ(got.Header("x-amz-server-side-encryption-bucket-key-enabled"), "true");
  EXPECT_EQ(Get("/bucket/k", {{"Range", "bytes=-3"}}).body, "yyy");
  EXPECT_EQ(Put("/bucket/s", "small", {{"x-amz-server-side-encryption", "aws:kms:dsse"}}).status, 200);
  EXPECT_EQ(Get("/bucket/s").body, "small");
  EXPECT_TRUE(
      Head("/bucket/s").Header("x-amz-server-side-encryption-aws-kms-key-id").starts_with("arn:aws:kms:"));
}

TEST_F(S3EncryptionTest, CopiesAreSealedAnew) {
  Put("/bucket/a", kLarge, KeyHeaders('a'));
  ExpectError(Put("/bucket/b", "", {{"x-amz-copy-source", "bucket/a"}}), 400, "InvalidRequest");
  const Headers source = Join({{"x-amz-copy-source", "bucket/a"}}, KeyHeaders('a', "x-amz-copy-source-"));
  EXPECT_EQ(Put("/bucket/b", "", Join(source, KeyHeaders('b'))).status, 200);
  EXPECT_EQ(Get("/bucket/b", KeyHeaders('b')).body, kLarge);
  EXPECT_EQ(Put("/bucket/c", "", source).status, 200);
  EXPECT_EQ(Get("/bucket/c").body, kLarge);
  EXPECT_EQ(
      Put("/bucket/d", "", {{"x-amz-copy-source", "bucket/c"}, {"x-amz-server-side-encryption", "AES256"}})
          .status,
      200);
  EXPECT_EQ(Put("/bucket/e", "", {{"x-amz-copy-source", "bucket/d"}}).status, 200);
  for (const char* key : {"d", "e"}) EXPECT_EQ(Get(std::string("/bucket/") + key).body, kLarge);
}

TEST_F(S3EncryptionTest, AKeyForASourceThatHasNoneIsRefused) {
  Put("/bucket/inline", "x");
  Put("/bucket/file", kLarge);
  const std::string id = Begin("/bucket/parts");
  for (const std::string source : {"inline", "file"}) {
    Headers headers = KeyHeaders('a', "x-amz-copy-source-");
    headers.emplace_back("x-amz-copy-source", "bucket/" + source);
    ExpectError(Put("/bucket/copy", "", headers), 400, "InvalidRequest");
    ExpectError(Put("/bucket/parts?partNumber=1&uploadId=" + id, "", headers), 400, "InvalidRequest");
  }
  EXPECT_EQ(Get("/bucket/copy").status, 404);
  EXPECT_EQ(Elements(Get("/bucket/parts?uploadId=" + id).body, "PartNumber").size(), 0u);
}

TEST_F(S3EncryptionTest, EveryPartHasTheKeyOfItsUpload) {
  const std::string id = Begin("/bucket/k", KeyHeaders('a'));
  const std::string part = "/bucket/k?partNumber=1&uploadId=" + id;
  ExpectError(Put(part, "x"), 400, "InvalidRequest");
  ExpectError(Put(part, "x", KeyHeaders('b')), 400, "InvalidRequest");
  const std::string first = std::string(5 << 20, 'p');
  const std::string etag = Put(part, first, KeyHeaders('a')).Header("ETag");
  Put("/bucket/source", kLarge);
  const Reply copied =
      Put("/bucket/k?partNumber=2&uploadId=" + id, "",
          Join({{"x-amz-copy-source", "bucket/source"}, {"x-amz-copy-source-range", "bytes=99999-100000"}},
               KeyHeaders('a')));
  ASSERT_EQ(copied.status, 200) << copied.body;
  const auto named = [](int number, const std::string& tag) {
    return "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" + tag + "</ETag></Part>";
  };
  const Reply completed = Post("/bucket/k?uploadId=" + id, "<CompleteMultipartUpload>" + named(1, etag) +
                                                               named(2, Element(copied.body, "ETag")) +
                                                               "</CompleteMultipartUpload>");
  ASSERT_EQ(completed.status, 200) << completed.body;
  EXPECT_EQ(Get("/bucket/k", KeyHeaders('a')).body, first + "xy");
  EXPECT_EQ(Get("/bucket/k", Join(KeyHeaders('a'), {{"Range", "bytes=5242878-5242881"}})).body, "ppxy");
}

}  // namespace
}  // namespace cumulite::testing
