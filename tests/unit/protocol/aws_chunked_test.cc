#include "protocol/aws_chunked.h"

#include <gtest/gtest.h>

#include <functional>

#include "protocol/base64.h"
#include "protocol/hmac.h"
#include "protocol/sigv4.h"
#include "tests/unit/protocol/auth_request.h"

namespace cumulite::protocol {
namespace {

using Mode = PayloadSigning::Mode;

/// A body that arrives in pieces of a given size, each at another address.
class PieceReader final : public BodyReader {
 public:
  PieceReader(std::string body, std::size_t piece) : body_(std::move(body)), piece_(piece) {}
  std::optional<std::uint64_t> content_length() const override { return body_.size(); }
  runtime::Task<std::string_view> Read() override {
    current_ = body_.substr(at_, piece_);
    at_ += current_.size();
    co_return std::string_view(current_);
  }
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t) override { co_return std::nullopt; }

 private:
  std::string body_;
  std::size_t piece_;
  std::size_t at_ = 0;
  std::string current_;
};

struct Upload {
  std::string body;
  std::string decoded_length;
  std::string trailer_name = {};
  PayloadSigning payload = {};
};

struct Outcome {
  std::string data;
  std::string error;  // the code, empty when it went well
  std::vector<Trailer> trailers;
};

Outcome Decode(const Upload& upload, std::size_t piece = 4096) {
  AuthRequest request{.method = "PUT", .target = "/b/k", .headers = {}};
  request.Set("X-Amz-Decoded-Content-Length", upload.decoded_length);
  if (!upload.trailer_name.empty()) request.Set("x-amz-trailer", upload.trailer_name);
  PieceReader raw(upload.body, piece);
  Outcome outcome;
  try {
    AwsChunkedReader reader(raw, request.View(), upload.payload);
    for (;;) {
      const std::string_view data = reader.Read().Get();
      if (data.empty()) break;
      outcome.data += data;
    }
    EXPECT_TRUE(reader.Read().Get().empty()) << "the end stays the end";
    outcome.trailers.assign(reader.trailers().begin(), reader.trailers().end());
  } catch (const AwsError& error) {
    outcome.error = error.kind().code;
  }
  return outcome;
}

Upload Unsigned(std::string body, std::uint64_t decoded_length, std::string trailer_name = {}) {
  return {.body = std::move(body),
          .decoded_length = std::to_string(decoded_length),
          .trailer_name = std::move(trailer_name),
          .payload = {.mode = Mode::kUnsignedTrailer, .sha256 = {}, .signing = std::nullopt}};
}

PayloadSigning ExampleSigning(Mode mode, std::string seed) {
  return {.mode = mode,
          .sha256 = {},
          .signing = ChunkSigning{
              .key = SigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "20130524", "us-east-1", "s3"),
              .timestamp = "20130524T000000Z",
              .scope = "20130524/us-east-1/s3/aws4_request",
              .seed = std::move(seed)}};
}

constexpr std::size_t kExampleSize = 66'560;

std::string ExampleBody(const std::array<std::string_view, 3>& signatures) {
  const auto line = [](std::string_view size, std::string_view signature) {
    return std::string(size) + ";chunk-signature=" + std::string(signature) + "\r\n";
  };
  return line("10000", signatures[0]) + std::string(65'536, 'a') + "\r\n" + line("400", signatures[1]) +
         std::string(1024, 'a') + "\r\n" + line("0", signatures[2]);
}

/// S3 API Reference, "Transferring Payload in Multiple Chunks (Chunked Upload)", the example PUT.
Upload SignedExample() {
  return {.body = ExampleBody({"ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                               "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                               "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"}) +
                  "\r\n",
          .decoded_length = std::to_string(kExampleSize),
          .trailer_name = {},
          .payload = ExampleSigning(Mode::kStreaming,
                                    "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")};
}

/// "Signature calculations for trailing headers (chunked uploads)", the example PUT.
Upload TrailerExample(std::string_view newline = "\r\n") {
  return {.body = ExampleBody({"b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                               "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                               "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"}) +
                  "x-amz-checksum-crc32c:sOO8/Q==" + std::string(newline) +
                  "x-amz-trailer-signature:"
                  "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
          .decoded_length = std::to_string(kExampleSize),
          .trailer_name = "x-amz-checksum-crc32c",
          .payload = ExampleSigning(Mode::kStreamingTrailer,
                                    "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")};
}

const Upload kTwoChunks = Unsigned(
    "2000\r\n" + std::string(8192, 'x') + "\r\n5\r\nhello\r\n0\r\nX-Amz-Checksum-CRC32: abc= \r\n\r\n", 8197,
    "x-amz-checksum-crc32");

TEST(AwsChunkedTest, SignedExampleOfAwsVerifiesInPiecesOfAnySize) {
  for (const std::size_t piece : {1u, 2u, 7u, 4096u, 1'000'000u}) {
    const Outcome outcome = Decode(SignedExample(), piece);
    EXPECT_EQ(outcome.error, "") << piece;
    EXPECT_EQ(outcome.data, std::string(kExampleSize, 'a')) << piece;
  }
}

TEST(AwsChunkedTest, SignedTrailerExampleOfAwsVerifies) {
  for (const std::string_view newline : {"\r\n", "\n", "\n\r\n"}) {
    const Outcome outcome = Decode(TrailerExample(newline), 7);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.data.size(), kExampleSize);
    ASSERT_EQ(outcome.trailers.size(), 1u);
    EXPECT_EQ(outcome.trailers[0].name, "x-amz-checksum-crc32c");
    EXPECT_EQ(outcome.trailers[0].value, "sOO8/Q==");
  }
}

TEST(AwsChunkedTest, AnyChangedByteOfASignedBodyIsRefused) {
  for (const Upload& upload : {SignedExample(), TrailerExample()}) {
    // Within data, signatures and sizes; every position would take minutes under the sanitizers.
    const auto next = [](std::size_t at) {
      return at < 120 || at >= 66'600 ? at + 1 : std::min<std::size_t>(at + 2111, 66'600);
    };
    for (std::size_t at = 0; at < upload.body.size(); at = next(at)) {
      Upload changed = upload;
      changed.body[at] = static_cast<char>(changed.body[at] ^ 0x01);
      EXPECT_NE(Decode(changed).error, "") << at;
    }
  }
}

TEST(AwsChunkedTest, WrongSignaturesAreNamedAsSuch) {
  Upload data = SignedExample();
  data.body[200] = 'b';
  EXPECT_EQ(Decode(data).error, "SignatureDoesNotMatch");
  Upload trailer = TrailerExample();
  trailer.body.replace(trailer.body.find("sOO8"), 4, "tOO8");
  EXPECT_EQ(Decode(trailer).error, "SignatureDoesNotMatch");
  Upload none = TrailerExample();
  none.body.erase(none.body.find("x-amz-trailer-signature"), 24 + 64 + 2);
  EXPECT_EQ(Decode(none).error, "SignatureDoesNotMatch");
}

TEST(AwsChunkedTest, PermissiveTakesSignedFramingWithoutVerifying) {
  for (Upload upload : {SignedExample(), TrailerExample()}) {
    upload.payload.signing.reset();
    upload.body[200] = 'b';
    EXPECT_EQ(Decode(upload).error, "");
  }
}

TEST(AwsChunkedTest, UnsignedTrailerArrivesInLowerCaseAndTrimmed) {
  for (const std::size_t piece : {1u, 2u, 7u, 4096u}) {
    const Outcome outcome = Decode(kTwoChunks, piece);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.data, std::string(8192, 'x') + "hello");
    ASSERT_EQ(outcome.trailers.size(), 1u);
    EXPECT_EQ(outcome.trailers[0].name, "x-amz-checksum-crc32");
    EXPECT_EQ(outcome.trailers[0].value, "abc=");
  }
}

TEST(AwsChunkedTest, EmptyBodyAndNoTrailerAreFine) {
  EXPECT_EQ(Decode(Unsigned("0\r\n\r\n", 0)).error, "");
  EXPECT_EQ(Decode(Unsigned("1\r\nx\r\n0\r\n\r\n", 1)).data, "x");
}

TEST(AwsChunkedTest, TruncatedAnywhereIsIncomplete) {
  for (std::size_t size = 0; size < kTwoChunks.body.size(); size += size < 20 || size > 8180 ? 1 : 97) {
    Upload cut = kTwoChunks;
    cut.body.resize(size);
    for (const std::size_t piece : {3u, 100'000u}) {
      EXPECT_EQ(Decode(cut, piece).error, "IncompleteBody") << size;
    }
  }
}

TEST(AwsChunkedTest, BrokenFramingIsIncomplete) {
  const std::string_view bodies[] = {"\r\n",
                                     "x\r\n",
                                     "-1\r\nx\r\n",
                                     "+1\r\nx\r\n0\r\n\r\n",
                                     " 1\r\nx\r\n0\r\n\r\n",
                                     "0x1\r\nx\r\n0\r\n\r\n",
                                     "1 \r\nx\r\n0\r\n\r\n",
                                     "1;a=b\r\nx\r\n0\r\n\r\n",
                                     "1\nx\r\n0\r\n\r\n",
                                     "1\r\nx0\r\n\r\n",
                                     "1\r\nx\n0\r\n\r\n",
                                     "1\r\nxy\r\n0\r\n\r\n",
                                     "1\r\nx\r\n\r\n0\r\n\r\n",
                                     "1\r\nx\r\n0\r\n\r\nmore",
                                     "ffffffffffffffff\r\nx",
                                     "10000000000000001\r\nx\r\n0\r\n\r\n",
                                     "FFFFFFFFFFFFFFFFF\r\nx",
                                     "2\r\nxx\r\n0\r\n\r\n",
                                     "0\r\n\r\n",
                                     "1\r\r\nx\r\n0\r\n\r\n"};
  for (const std::string_view body : bodies) {
    for (const std::size_t piece : {1u, 4096u}) {
      EXPECT_EQ(Decode(Unsigned(std::string(body), 1), piece).error, "IncompleteBody") << body;
    }
  }
}

TEST(AwsChunkedTest, SizesThatAddUpToAnOverflowAreIncomplete) {
  const std::string first = "2000\r\n" + std::string(8192, 'x') + "\r\n";
  EXPECT_EQ(Decode(Unsigned(first + "ffffffffffffe001\r\ny", 8193)).error, "IncompleteBody");
}

TEST(AwsChunkedTest, SignedChunksNeedTheirSignature) {
  Upload upload = SignedExample();
  for (const std::string_view body :
       {"0\r\n\r\n", "0;chunk-signature=\r\n\r\n", "0;chunk-signature=ab\r\n\r\n", "0;other=ab\r\n\r\n"}) {
    upload.body = body;
    upload.decoded_length = "0";
    EXPECT_EQ(Decode(upload).error, "IncompleteBody") << body;
  }
}

TEST(AwsChunkedTest, EndlessLinesEndSoon) {
  Upload upload = Unsigned("1;" + std::string(10'000'000, 'e'), 1);
  EXPECT_EQ(Decode(upload).error, "IncompleteBody");
  upload = Unsigned("0\r\n" + std::string(10'000'000, 't'), 0, "t");
  EXPECT_EQ(Decode(upload).error, "MalformedTrailerError");
  upload = Unsigned(std::string(10'000'000, '0') + "1\r\nx\r\n0\r\n\r\n", 1);
  EXPECT_EQ(Decode(upload).error, "IncompleteBody");
}

TEST(AwsChunkedTest, ShortChunkMustBeTheLast) {
  const std::string small = "1fff\r\n" + std::string(8191, 'x') + "\r\n";
  EXPECT_EQ(Decode(Unsigned(small + "0\r\n\r\n", 8191)).error, "");
  EXPECT_EQ(Decode(Unsigned(small + "1\r\ny\r\n0\r\n\r\n", 8192)).error, "InvalidChunkSizeError");
}

TEST(AwsChunkedTest, TrailersMustBeThoseThatWereAnnounced) {
  const auto with = [](std::string trailers, std::string announced) {
    return Decode(Unsigned("0\r\n" + trailers + "\r\n", 0, std::move(announced))).error;
  };
  EXPECT_EQ(with("x-amz-checksum-crc32:a\r\n", "x-amz-checksum-crc32"), "");
  EXPECT_EQ(with("", "x-amz-checksum-crc32"), "MalformedTrailerError") << "missing";
  EXPECT_EQ(with("x-amz-checksum-sha1:a\r\n", "x-amz-checksum-crc32"), "MalformedTrailerError");
  EXPECT_EQ(with("x-amz-checksum-crc32:a\r\n", ""), "MalformedTrailerError");
  EXPECT_EQ(with("x-amz-checksum-crc32:a\r\nx-amz-checksum-crc32:a\r\n", "x-amz-checksum-crc32"),
            "MalformedTrailerError");
  EXPECT_EQ(with("no colon\r\n", "no colon"), "MalformedTrailerError");
  EXPECT_EQ(with(":a\r\n", ""), "MalformedTrailerError");
  EXPECT_EQ(with("a:1\r\nb:2\r\n", "a, b"), "");
  std::string flood;
  std::string names;
  for (int i = 0; i < 100; ++i) {
    flood += "t" + std::to_string(i) + ":x\r\n";
    names += "t" + std::to_string(i) + ",";
  }
  EXPECT_EQ(with(flood, names), "MalformedTrailerError");
}

TEST(AwsChunkedTest, NoTrailerStandsBehindTheSignatureThatCoversThem) {
  Upload upload = TrailerExample();
  upload.payload.signing.reset();  // or it would be the signature that is refused
  upload.trailer_name += ", a";
  Upload behind = upload;
  behind.body.insert(behind.body.size() - 2, "a:1\r\n");
  EXPECT_EQ(Decode(behind).error, "MalformedTrailerError");
  upload.body.insert(upload.body.find("x-amz-checksum-crc32c"), "a:1\r\n");
  EXPECT_EQ(Decode(upload).error, "");
}

TEST(AwsChunkedTest, DecodedLengthIsRequiredAndANumber) {
  AuthRequest request{.method = "PUT", .target = "/b/k", .headers = {}};
  PieceReader raw("0\r\n\r\n", 10);
  try {
    AwsChunkedReader reader(raw, request.View(), {});
    FAIL() << "accepted without a length";
  } catch (const AwsError& error) {
    EXPECT_EQ(error.kind().code, "MissingContentLength");
    EXPECT_EQ(error.kind().status, 411);
  }
  for (const std::string_view length : {"", "-1", "1x", "0x1", " 1", "18446744073709551616"}) {
    EXPECT_EQ(Decode({.body = "0\r\n\r\n", .decoded_length = std::string(length)}).error, "InvalidArgument")
        << length;
  }
}

TEST(AwsChunkedTest, ReadAllGivesTheWholeBodyWithinItsLimit) {
  AuthRequest request{.method = "PUT", .target = "/b/k", .headers = {}};
  request.Set("x-amz-decoded-content-length", "8197").Set("x-amz-trailer", "x-amz-checksum-crc32");
  PieceReader raw(kTwoChunks.body, 100);
  AwsChunkedReader reader(raw, request.View(), kTwoChunks.payload);
  EXPECT_EQ(reader.content_length(), 8197u);
  EXPECT_FALSE(reader.ReadAll(8196).Get().has_value());
  const auto whole = reader.ReadAll(8197).Get();
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(*whole, std::string(8192, 'x') + "hello");
}

TEST(AwsChunkedTest, HandsOutViewsIntoTheInput) {
  const Upload upload = SignedExample();
  AwsChunkedDecoder decoder(upload.payload, kExampleSize, "");
  std::string_view input = upload.body;
  const std::string_view first = decoder.Next(input);
  EXPECT_EQ(first.size(), 65'536u);
  EXPECT_GE(first.data(), upload.body.data());
  EXPECT_LT(first.data(), upload.body.data() + upload.body.size());
}

}  // namespace
}  // namespace cumulite::protocol
