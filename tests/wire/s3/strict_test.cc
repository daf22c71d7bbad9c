#include <gmock/gmock.h>

#include "protocol/checksum.h"
#include "tests/support/wire/s3_signer.h"
#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

const S3Signer kOwner("AKIAOWNER", "owner's secret");
const S3Signer kOther("AKIAOTHER", "other's secret");
const S3Signer kForger("AKIAOWNER", "not the owner's secret");

std::string Hash(std::string_view body) {
  return protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, body).Hex();
}

class S3StrictTest : public WireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{"AKIAOWNER", "owner's secret", "111111111111", "ann"},
                           {"AKIAOTHER", "other's secret", "222222222222", "bob"}};
  }
  void SetUp() override {
    WireTest::SetUp();
    ASSERT_EQ(PutAs(kOwner, "/bucket", "").status, 200);
    ASSERT_EQ(PutAs(kOwner, "/bucket/k", "old").status, 200);
  }
  Reply PutAs(const S3Signer& caller, const std::string& target, std::string_view body) const {
    return Request("PUT", target, body, caller.Sign("PUT", target, Hash(body)));
  }
  Reply GetAs(const S3Signer& caller, const std::string& target) const {
    return Request("GET", target, {}, caller.Sign("GET", target, Hash("")));
  }
  Reply Fetch(const std::string& url) const { return Request("GET", url, {}, {{"Host", "localhost"}}); }

  /// PUTs "hello" as one signed chunk with a signed trailer, to which `spoil` may do something.
  template <class Spoil>
  Reply PutChunked(Spoil spoil) const {
    const auto headers = kOwner.Sign("PUT", "/bucket/k", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                                     {{"x-amz-decoded-content-length", "5"},
                                      {"x-amz-trailer", "x-amz-checksum-crc32"},
                                      {"Content-Encoding", "aws-chunked"}});
    const std::string chunk = kOwner.ChunkSignature(S3Signer::Seed(headers), "hello");
    const std::string last = kOwner.ChunkSignature(chunk, "");
    std::string body = "5;chunk-signature=" + chunk + "\r\nhello\r\n0;chunk-signature=" + last +
                       "\r\nx-amz-checksum-crc32:NhCmhg==\r\nx-amz-trailer-signature:" +
                       kOwner.TrailerSignature(last, "x-amz-checksum-crc32:NhCmhg==\n") + "\r\n\r\n";
    spoil(body);
    return Request("PUT", "/bucket/k", body, headers);
  }
  /// Puts another hex digit at `at`.
  static void Alter(std::string& text, std::size_t at) { text.at(at) = text.at(at) == '0' ? '1' : '0'; }

  void ExpectRefused(const Reply& reply, int status, const std::string& code) const {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_THAT(reply.body, ::testing::HasSubstr("<Code>" + code + "</Code>"));
    EXPECT_EQ(GetAs(kOwner, "/bucket/k").body, "old");
  }
};

TEST_F(S3StrictTest, OnlyTheOwnerWithTheRightSecretReadsAndWrites) {
  EXPECT_EQ(GetAs(kOwner, "/bucket/k").body, "old");
  ExpectRefused(GetAs(kForger, "/bucket/k"), 403, "SignatureDoesNotMatch");
  ExpectRefused(PutAs(kForger, "/bucket/k", "new"), 403, "SignatureDoesNotMatch");
  ExpectRefused(GetAs(kOther, "/bucket/k"), 403, "AccessDenied");
  ExpectRefused(PutAs(kOther, "/bucket/k", "new"), 403, "AccessDenied");
  ExpectRefused(GetAs(S3Signer("AKIANOBODY", "x"), "/bucket/k"), 403, "InvalidAccessKeyId");
}

TEST_F(S3StrictTest, ARefusedSignatureTellsWhatShouldHaveBeenSigned) {
  const std::string body = GetAs(kForger, "/bucket/k").body;
  EXPECT_THAT(body, ::testing::HasSubstr("<Message>The request signature we calculated does not match"));
  EXPECT_THAT(body, ::testing::HasSubstr("<StringToSign>AWS4-HMAC-SHA256\n"));
  EXPECT_THAT(body, ::testing::HasSubstr("<StringToSignBytes>41 57 53 34 2d "));
  EXPECT_THAT(body, ::testing::HasSubstr("<CanonicalRequest>GET\n/bucket/k\n"));
  EXPECT_THAT(body, ::testing::HasSubstr("<CanonicalRequestBytes>47 45 54 0a "));
}

TEST_F(S3StrictTest, AnonymousCallersAreRefused) {
  ExpectRefused(Request("GET", "/bucket/k"), 403, "AccessDenied");
  ExpectRefused(Request("PUT", "/bucket/k", "new"), 403, "AccessDenied");
}

TEST_F(S3StrictTest, AnotherBodyThanTheSignedOneIsRefused) {
  ExpectRefused(Request("PUT", "/bucket/k", "evil", kOwner.Sign("PUT", "/bucket/k", Hash("good"))), 400,
                "XAmzContentSHA256Mismatch");
  const std::string big(300'000, 'x');
  ExpectRefused(Request("PUT", "/bucket/k", big, kOwner.Sign("PUT", "/bucket/k", Hash("good"))), 400,
                "XAmzContentSHA256Mismatch");
}

TEST_F(S3StrictTest, SignedChunksAreVerified) {
  ExpectRefused(PutChunked([](std::string& body) { Alter(body, body.find("signature=") + 10); }), 403,
                "SignatureDoesNotMatch");
  ExpectRefused(PutChunked([](std::string& body) { Alter(body, body.find("hello")); }), 403,
                "SignatureDoesNotMatch");
  ExpectRefused(PutChunked([](std::string& body) { Alter(body, body.rfind("chunk-signature=") + 16); }), 403,
                "SignatureDoesNotMatch");
  ExpectRefused(PutChunked([](std::string& body) { Alter(body, body.rfind("trailer-signature:") + 18); }),
                403, "SignatureDoesNotMatch");
  ExpectRefused(PutChunked([](std::string& body) { Alter(body, body.find("NhCmhg")); }), 403,
                "SignatureDoesNotMatch");
  const Reply good = PutChunked([](std::string&) {});
  EXPECT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(GetAs(kOwner, "/bucket/k").body, "hello");
}

TEST_F(S3StrictTest, PresignedUrlsServeUntilTheyExpire) {
  const std::string get = kOwner.Presign("GET", "/bucket/k", 60);
  EXPECT_EQ(Fetch(get).body, "old");
  std::string altered = get;
  Alter(altered, altered.size() - 1);
  ExpectRefused(Fetch(altered), 403, "SignatureDoesNotMatch");
  std::string longer = get;
  longer.replace(longer.find("Expires=60"), 10, "Expires=99");
  ExpectRefused(Fetch(longer), 403, "SignatureDoesNotMatch");
  ExpectRefused(Fetch("/bucket/other" + get.substr(get.find('?'))), 403, "SignatureDoesNotMatch");
  ExpectRefused(Request("PUT", get, "new", {{"Host", "localhost"}}), 403, "SignatureDoesNotMatch");
  const std::string put = kOwner.Presign("PUT", "/bucket/new", 60);
  EXPECT_EQ(Request("PUT", put, "uploaded", {{"Host", "localhost"}}).status, 200);
  EXPECT_EQ(GetAs(kOwner, "/bucket/new").body, "uploaded");
  clock_.Advance(std::chrono::seconds(61));
  const Reply expired = Fetch(get);
  EXPECT_EQ(expired.status, 403);
  EXPECT_THAT(expired.body, ::testing::HasSubstr("Request has expired"));
}

}  // namespace
}  // namespace cumulite::testing
