#include <gtest/gtest.h>

#include "services/s3/errors.h"
#include "services/s3/multipart.h"

namespace cumulite::s3 {
namespace {

template <class F>
std::string Refusal(F&& call) {
  try {
    call();
    return "";
  } catch (const AwsError& error) {
    return std::string(error.kind().code);
  }
}

Part MakePart(std::int32_t number, std::string_view bytes, std::uint64_t size, ChecksumAlgorithm algorithm) {
  return {.number = number,
          .size = size,
          .etag = protocol::Checksum(ChecksumAlgorithm::kMd5, bytes).Hex(),
          .modified = {},
          .checksum = protocol::Checksum(algorithm, bytes).Base64(),
          .blob = {}};
}

TEST(S3CompletePartsTest, EtagAndCrcOfTheWhole) {
  const std::string first(kMinPartBytes, 'a');
  const std::string second = "tail";
  const std::vector<Part> uploaded{MakePart(2, first, first.size(), ChecksumAlgorithm::kCrc32),
                                   MakePart(7, second, second.size(), ChecksumAlgorithm::kCrc32)};
  const std::vector<NamedPart> named{{2, '"' + uploaded[0].etag + '"', {}}, {7, uploaded[1].etag, {}}};
  const Completion done =
      CompleteParts(named, uploaded, {ChecksumAlgorithm::kCrc32, ChecksumType::kFullObject, true});
  EXPECT_EQ(done.size, first.size() + 4);
  EXPECT_TRUE(done.etag.ends_with("-2"));
  EXPECT_EQ(done.checksum.value, protocol::Checksum(ChecksumAlgorithm::kCrc32, first + second).Base64());
}

TEST(S3PartNumberTest, OneToTenThousand) {
  EXPECT_EQ(ParsePartNumber("1"), 1);
  EXPECT_EQ(ParsePartNumber("10000"), 10'000);
  for (const char* text : {"0", "10001", "-1", "1x", "", "99999999999"}) {
    EXPECT_EQ(Refusal([&] { ParsePartNumber(text); }), "InvalidArgument") << text;
  }
}

TEST(S3CompletePartsTest, Refusals) {
  const std::vector<Part> uploaded{MakePart(1, "a", 1, ChecksumAlgorithm::kSha256),
                                   MakePart(2, "b", 1, ChecksumAlgorithm::kSha256)};
  const UploadChecksum sha{ChecksumAlgorithm::kSha256, ChecksumType::kComposite, true};
  const auto complete = [&](std::vector<NamedPart> named, UploadChecksum checksum = {}) {
    return Refusal([&] { CompleteParts(named, uploaded, checksum); });
  };
  const NamedPart one{1, uploaded[0].etag, {}};
  const NamedPart two{2, uploaded[1].etag, {}};
  EXPECT_EQ(complete({two, one}), "InvalidPartOrder");
  EXPECT_EQ(complete({one, one}), "InvalidPartOrder");
  EXPECT_EQ(complete({{3, one.etag, {}}}), "InvalidPart");
  EXPECT_EQ(complete({{1, two.etag, {}}}), "InvalidPart");
  EXPECT_EQ(complete({one, two}), "EntityTooSmall");
  EXPECT_EQ(complete({one}, sha), "InvalidRequest") << "the checksum is missing";
  EXPECT_EQ(complete({{1, one.etag, GivenChecksum{ChecksumAlgorithm::kSha256, "wrong"}}}, sha),
            "InvalidPart");
  EXPECT_EQ(complete({{1, one.etag, GivenChecksum{ChecksumAlgorithm::kSha256, uploaded[0].checksum}}}, sha),
            "");
}

TEST(S3UploadChecksumTest, PairsThatExist) {
  const auto type = [](std::string_view algorithm, std::optional<std::string_view> wanted) {
    return ToString(ChooseUploadChecksum(algorithm, wanted).type);
  };
  EXPECT_EQ(type("CRC32", std::nullopt), "COMPOSITE");
  EXPECT_EQ(type("CRC32", "FULL_OBJECT"), "FULL_OBJECT");
  EXPECT_EQ(type("CRC64NVME", std::nullopt), "FULL_OBJECT");
  EXPECT_EQ(type("SHA1", std::nullopt), "COMPOSITE");
  EXPECT_EQ(ToString(ChooseUploadChecksum(std::nullopt, std::nullopt).type), "FULL_OBJECT");
  EXPECT_EQ(Refusal([&] { type("SHA256", "FULL_OBJECT"); }), "InvalidRequest");
  EXPECT_EQ(Refusal([&] { type("CRC64NVME", "COMPOSITE"); }), "InvalidRequest");
  EXPECT_EQ(Refusal([&] { type("MD5", std::nullopt); }), "InvalidRequest");
  EXPECT_EQ(Refusal([&] { type("CRC32", "HALF"); }), "InvalidRequest");
}

}  // namespace
}  // namespace cumulite::s3
