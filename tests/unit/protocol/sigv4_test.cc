#include "protocol/sigv4.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "protocol/hmac.h"
#include "protocol/sigv2.h"
#include "tests/unit/protocol/auth_request.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kS3Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kIamSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kEmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kTimestamp = "20130524T000000Z";

std::string SignS3(AuthRequest& request, std::string_view signed_headers, std::string_view payload_hash) {
  const std::string canonical =
      CanonicalRequest(request.View(), signed_headers, payload_hash, CanonicalStyle::kS3);
  return Signature(SigningKey(kS3Secret, "20130524", "us-east-1", "s3"),
                   StringToSign(kTimestamp, "20130524/us-east-1/s3/aws4_request", canonical));
}

AuthRequest ExampleBucket(std::string method, std::string target) {
  return {.method = std::move(method),
          .target = std::move(target),
          .headers = {{"Host", "examplebucket.s3.amazonaws.com"}, {"x-amz-date", std::string(kTimestamp)}}};
}

// S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in a Single
// Chunk", examples.
TEST(SigV4Test, S3GetObjectExample) {
  AuthRequest request = ExampleBucket("GET", "/test.txt");
  request.Set("Range", "bytes=0-9").Set("x-amz-content-sha256", kEmptyHash);
  EXPECT_EQ(SignS3(request, "host;range;x-amz-content-sha256;x-amz-date", kEmptyHash),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(SigV4Test, S3PutObjectExampleEncodesTheDollarOfTheKey) {
  const std::string hash = Checksum(ChecksumAlgorithm::kSha256, "Welcome to Amazon S3.").Hex();
  for (const std::string_view target : {"/test$file.text", "/test%24file.text"}) {
    AuthRequest request = ExampleBucket("PUT", std::string(target));
    request.Set("Date", "Fri, 24 May 2013 00:00:00 GMT")
        .Set("x-amz-storage-class", "REDUCED_REDUNDANCY")
        .Set("x-amz-content-sha256", hash);
    EXPECT_EQ(SignS3(request, "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", hash),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }
}

TEST(SigV4Test, S3GetBucketLifecycleExample) {
  AuthRequest request = ExampleBucket("GET", "/?lifecycle");
  request.Set("x-amz-content-sha256", kEmptyHash);
  EXPECT_EQ(SignS3(request, "host;x-amz-content-sha256;x-amz-date", kEmptyHash),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST(SigV4Test, S3ListObjectsExample) {
  AuthRequest request = ExampleBucket("GET", "/?prefix=J&max-keys=2");
  request.Set("x-amz-content-sha256", kEmptyHash);
  EXPECT_EQ(SignS3(request, "host;x-amz-content-sha256;x-amz-date", kEmptyHash),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

// S3 API Reference, "Authenticating Requests: Using Query Parameters", example.
TEST(SigV4Test, S3PresignedExample) {
  AuthRequest request{.method = "GET",
                      .target =
                          "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                          "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                          "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                          "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                      .headers = {{"Host", "examplebucket.s3.amazonaws.com"}}};
  EXPECT_EQ(SignS3(request, "host", "UNSIGNED-PAYLOAD"),
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

// IAM User Guide / General Reference, "Signature Version 4 signing process", the ListUsers example.
TEST(SigV4Test, IamListUsersExample) {
  AuthRequest request{.method = "GET",
                      .target = "/?Action=ListUsers&Version=2010-05-08",
                      .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                                  {"Host", "iam.amazonaws.com"},
                                  {"X-Amz-Date", "20150830T123600Z"}}};
  const std::string canonical =
      CanonicalRequest(request.View(), "content-type;host;x-amz-date", kEmptyHash, CanonicalStyle::kGeneral);
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kSha256, canonical).Hex(),
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
  const Sha256Digest key = SigningKey(kIamSecret, "20150830", "us-east-1", "iam");
  EXPECT_EQ(HexEncode(AsText(key)), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  EXPECT_EQ(
      Signature(key, StringToSign("20150830T123600Z", "20150830/us-east-1/iam/aws4_request", canonical)),
      "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

std::string PathOf(std::string_view path, CanonicalStyle style) {
  AuthRequest request{.method = "GET", .target = std::string(path), .headers = {}};
  const std::string canonical = CanonicalRequest(request.View(), "host", "", style);
  return canonical.substr(4, canonical.find('\n', 4) - 4);
}

TEST(SigV4Test, GeneralStyleNormalisesAndEncodesThePathTwice) {
  EXPECT_EQ(PathOf("/", CanonicalStyle::kGeneral), "/");
  EXPECT_EQ(PathOf("//a/./b/../c//d/", CanonicalStyle::kGeneral), "/a/c/d/");
  EXPECT_EQ(PathOf("/../..", CanonicalStyle::kGeneral), "/");
  EXPECT_EQ(PathOf("/example%20space", CanonicalStyle::kGeneral), "/example%2520space");
}

TEST(SigV4Test, S3StyleKeepsThePathAndEncodesItOnce) {
  EXPECT_EQ(PathOf("/b//a/../c", CanonicalStyle::kS3), "/b//a/../c");
  EXPECT_EQ(PathOf("/b/a%20b+c(1)", CanonicalStyle::kS3), "/b/a%20b%2Bc%281%29");
  EXPECT_EQ(PathOf("/b/%zz", CanonicalStyle::kS3), "/b/%25zz") << "a bad escape is taken as it stands";
}

TEST(SigV4Test, QueryIsSortedByEncodedNameThenValue) {
  AuthRequest request{.method = "GET", .target = "/?b=2&a=z&a=A&a-b=&c&%41=%7e", .headers = {}};
  const std::string canonical = CanonicalRequest(request.View(), "host", "", CanonicalStyle::kS3);
  EXPECT_TRUE(canonical.starts_with("GET\n/\nA=~&a=A&a=z&a-b=&b=2&c=\n")) << canonical;
}

TEST(SigV4Test, HeaderValuesAreTrimmedCollapsedAndJoined) {
  AuthRequest request{.method = "GET",
                      .target = "/",
                      .headers = {{"My-Header1", " a   b\t c "}, {"HOST", "h"}, {"my-header1", "d"}}};
  EXPECT_EQ(CanonicalRequest(request.View(), "host;my-header1;my-header2", "hash", CanonicalStyle::kGeneral),
            "GET\n/\n\nhost:h\nmy-header1:a b c,d\nmy-header2:\n\nhost;my-header1;my-header2\nhash");
}

TEST(SigV4Test, CacheGivesTheKeyOfItsInputs) {
  SigningKeyCache cache;
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 300; ++i) {
        const std::string region = "r" + std::to_string(i % 150);
        EXPECT_EQ(cache.Get("secret", "20130524", region, "s3"),
                  SigningKey("secret", "20130524", region, "s3"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(cache.Get("ab", "c", "r", "s"), cache.Get("a", "bc", "r", "s"));
}

// S3 User Guide, "Signing and authenticating REST requests (Signature Version 2)", examples.
TEST(SigV2Test, PublishedExamples) {
  AuthRequest get{
      .method = "GET",
      .target = "/photos/puppy.jpg",
      .headers = {{"Host", "johnsmith.s3.amazonaws.com"}, {"Date", "Tue, 27 Mar 2007 19:36:42 +0000"}}};
  EXPECT_EQ(ResourcePathV2(get.View()), "/johnsmith/photos/puppy.jpg");
  EXPECT_EQ(SignatureV2(kS3Secret,
                        StringToSignV2(get.View(), get.View().Header("date"), ResourcePathV2(get.View()))),
            "bWq2s1WEIj+Ydj0vQ697zp+IXMU=");

  AuthRequest put{.method = "PUT",
                  .target = "/photos/puppy.jpg",
                  .headers = {{"Host", "johnsmith.s3.amazonaws.com"},
                              {"Content-Type", "image/jpeg"},
                              {"Content-Length", "94328"},
                              {"Date", "Tue, 27 Mar 2007 21:15:45 +0000"}}};
  EXPECT_EQ(SignatureV2(kS3Secret,
                        StringToSignV2(put.View(), put.View().Header("date"), "/johnsmith/photos/puppy.jpg")),
            "MyyxeRY7whkBe+bq8fHCL/2kKUg=");

  AuthRequest acl{
      .method = "GET",
      .target = "/?acl",
      .headers = {{"Host", "johnsmith.s3.amazonaws.com"}, {"Date", "Tue, 27 Mar 2007 19:44:46 +0000"}}};
  EXPECT_EQ(SignatureV2(kS3Secret, StringToSignV2(acl.View(), acl.View().Header("date"), "/johnsmith/")),
            "c2WLPFtWHVgbEmeEG93a4cG37dM=");

  AuthRequest presigned{.method = "GET", .target = "/photos/puppy.jpg", .headers = {}};
  EXPECT_EQ(
      SignatureV2(kS3Secret, StringToSignV2(presigned.View(), "1175139620", "/johnsmith/photos/puppy.jpg")),
      "NpgCjnDzrM+WFzoENXmpNDUsSn8=");
}

TEST(SigV4Test, NamesOfSignedHeadersAreLowered) {
  AuthRequest request = ExampleBucket("GET", "/test.txt");
  EXPECT_EQ(CanonicalRequest(request.View(), "Host;X-Amz-Date", kEmptyHash, CanonicalStyle::kS3),
            CanonicalRequest(request.View(), "host;x-amz-date", kEmptyHash, CanonicalStyle::kS3));
}

TEST(SigV4Test, CacheTellsEachPartOfTheScopeApart) {
  SigningKeyCache cache;
  const std::array<std::string_view, 4> parts[] = {{"s", "20130524", "us-east-1", "s3"},
                                                   {"s", "20130525", "us-east-1", "s3"},
                                                   {"s", "20130524", "eu-west-1", "s3"},
                                                   {"s", "20130524", "us-east-1", "sqs"},
                                                   {"t", "20130524", "us-east-1", "s3"}};
  for (const auto& [secret, date, region, service] : parts) {
    EXPECT_EQ(cache.Get(secret, date, region, service), SigningKey(secret, date, region, service)) << date;
  }
}

TEST(SigV2Test, TheHostDecidesWhoseKeyAPathIs) {
  const auto path = [](std::string host) {
    AuthRequest request{.method = "GET", .target = "/a/b", .headers = {{"Host", std::move(host)}}};
    return ResourcePathV2(request.View());
  };
  EXPECT_EQ(path("localhost:4566"), "/a/b");
  EXPECT_EQ(path("uploads"), "/a/b") << "S3 would read bucket a, whatever the host";
  EXPECT_EQ(path("victim.s3.localhost:4566"), "/victim/a/b");
  EXPECT_EQ(path("Victim.localhost"), "/victim/a/b");
}

TEST(SigV2Test, AmzHeadersAreSortedAndSubresourcesChosen) {
  AuthRequest request{.method = "PUT",
                      .target = "/b/k?uploadId=x%2By&partNumber=1&prefix=no",
                      .headers = {{"X-Amz-Date", "now"},
                                  {"x-amz-meta-b", "2"},
                                  {"X-Amz-Meta-A", "1"},
                                  {"x-amz-meta-b", "3"},
                                  {"Content-MD5", "md5"}}};
  EXPECT_EQ(StringToSignV2(request.View(), "", "/b/k"),
            "PUT\nmd5\n\n\nx-amz-date:now\nx-amz-meta-a:1\nx-amz-meta-b:2,3\n/b/k?partNumber=1&uploadId=x+y");
}

}  // namespace
}  // namespace cumulite::protocol
