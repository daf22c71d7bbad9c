#include "protocol/checksum.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "protocol/base64.h"
#include "protocol/crc.h"
#include "protocol/inflate.h"

namespace cumulite::protocol {
namespace {

constexpr ChecksumAlgorithm kAll[] = {ChecksumAlgorithm::kMd5,    ChecksumAlgorithm::kSha1,
                                      ChecksumAlgorithm::kSha256, ChecksumAlgorithm::kCrc32,
                                      ChecksumAlgorithm::kCrc32c, ChecksumAlgorithm::kCrc64Nvme};
constexpr ChecksumAlgorithm kCrcs[] = {ChecksumAlgorithm::kCrc32, ChecksumAlgorithm::kCrc32c,
                                       ChecksumAlgorithm::kCrc64Nvme};

/// Bytes without any period that a block size could hide.
std::string Noise(std::size_t size) {
  std::string text(size, '\0');
  std::uint64_t state = 0x9e3779b97f4a7c15;
  for (char& c : text) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    c = static_cast<char>(state >> 56);
  }
  return text;
}

/// The definition of a reflected CRC, bit by bit.
template <class Word>
Word SlowCrc(Word polynomial, std::string_view data) {
  Word state = static_cast<Word>(~Word{0});
  for (const char c : data) {
    state ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) {
      state = static_cast<Word>((state >> 1) ^ ((state & 1) != 0 ? polynomial : Word{0}));
    }
  }
  return static_cast<Word>(~state);
}

TEST(ChecksumTest, MatchesThePublishedCheckValues) {
  constexpr std::string_view kText = "123456789";
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kMd5, kText).Hex(), "25f9e794323b453885f5181f1b624d0b");
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kSha1, kText).Hex(), "f7c3bc1d808e04732adf679965ccc34ca7ae3441");
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kSha256, kText).Hex(),
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kCrc32, kText).Hex(), "cbf43926");
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kCrc32c, kText).Hex(), "e3069283");
  EXPECT_EQ(Checksum(ChecksumAlgorithm::kCrc64Nvme, kText).Hex(), "ae8b14860a799888");
}

TEST(ChecksumTest, FastCrcsAgreeWithTheDefinitionAtEveryLength) {
  const std::string noise = Noise(700);
  for (std::size_t size = 0; size < 600; ++size) {
    const std::string_view text = std::string_view(noise).substr(size % 17, size);  // and at any alignment
    ASSERT_EQ(Crc32(0, text), SlowCrc<std::uint32_t>(0xEDB88320, text)) << size;
    ASSERT_EQ(Crc32c(0, text), SlowCrc<std::uint32_t>(0x82F63B78, text)) << size;
    ASSERT_EQ(Crc64Nvme(0, text), SlowCrc<std::uint64_t>(0x9A6C9329AC4BC9B5, text)) << size;
  }
}

TEST(ChecksumTest, PiecesGiveTheSameAsTheWhole) {
  const std::string noise = Noise(100'000);
  for (const ChecksumAlgorithm algorithm : kAll) {
    const Digest whole = Checksum(algorithm, noise);
    for (const std::size_t piece : {1u, 7u, 63u, 64u, 1000u, 65'536u}) {
      Hasher hasher(algorithm);
      for (std::size_t at = 0; at < noise.size(); at += piece) {
        hasher.Update(std::string_view(noise).substr(at, piece));
      }
      EXPECT_EQ(hasher.Finish().Hex(), whole.Hex()) << ChecksumName(algorithm) << " by " << piece;
    }
  }
}

TEST(ChecksumTest, FinishedHasherStartsAnew) {
  for (const ChecksumAlgorithm algorithm : kAll) {
    Hasher hasher(algorithm);
    hasher.Update("first");
    hasher.Finish();
    hasher.Update("second");
    EXPECT_EQ(hasher.Finish(), Checksum(algorithm, "second")) << ChecksumName(algorithm);
  }
}

TEST(ChecksumTest, SetRunsEveryAlgorithmOverOneStream) {
  const std::string noise = Noise(50'000);
  HasherSet set;
  for (const ChecksumAlgorithm algorithm : kAll) set.Add(algorithm);
  set.Add(ChecksumAlgorithm::kMd5);
  set.Update(noise);
  set.Update("tail");
  set.Finish();
  EXPECT_EQ(set.size(), 50'004u);
  for (const ChecksumAlgorithm algorithm : kAll) {
    EXPECT_EQ(set.Get(algorithm), Checksum(algorithm, noise + "tail")) << ChecksumName(algorithm);
  }
  EXPECT_EQ(HasherSet().Get(ChecksumAlgorithm::kMd5), std::nullopt);
}

TEST(ChecksumTest, CombinedCrcIsTheCrcOfTheConcatenation) {
  const std::string noise = Noise(5000);
  const std::string_view text = noise;
  for (const ChecksumAlgorithm algorithm : kCrcs) {
    for (const std::size_t cut : {0u, 1u, 8u, 63u, 2500u, 4999u, 5000u}) {
      const Digest combined = CombineCrc(algorithm, Checksum(algorithm, text.substr(0, cut)),
                                         Checksum(algorithm, text.substr(cut)), text.size() - cut);
      EXPECT_EQ(combined, Checksum(algorithm, text)) << ChecksumName(algorithm) << " cut at " << cut;
    }
  }
  EXPECT_THROW(CombineCrc(ChecksumAlgorithm::kSha1, {}, {}, 1), std::invalid_argument);
}

TEST(ChecksumTest, CombinesLengthsWhoseBitsOverflow64) {
  // Appending 2^62 bytes twice is appending 2^63.
  const std::uint64_t quarter = std::uint64_t{1} << 62;
  for (const ChecksumAlgorithm algorithm : kCrcs) {
    const Digest a = Checksum(algorithm, "a");
    const Digest zero(std::string(DigestSize(algorithm), '\0'));
    const Digest twice = CombineCrc(algorithm, CombineCrc(algorithm, a, zero, quarter), zero, quarter);
    EXPECT_EQ(twice, CombineCrc(algorithm, a, zero, 2 * quarter)) << ChecksumName(algorithm);
  }
}

TEST(ChecksumTest, CompositeIsTheChecksumOfTheRawDigests) {
  const Digest parts[] = {Checksum(ChecksumAlgorithm::kSha1, "a"), Checksum(ChecksumAlgorithm::kSha1, "b")};
  const std::string raw = std::string(parts[0].bytes()) + std::string(parts[1].bytes());
  EXPECT_EQ(CompositeChecksum(ChecksumAlgorithm::kSha1, parts), Checksum(ChecksumAlgorithm::kSha1, raw));
}

TEST(ChecksumTest, ParsesOnlyDigestsOfTheRightLength) {
  const Digest crc = Checksum(ChecksumAlgorithm::kCrc32, "x");
  EXPECT_EQ(ParseDigest(ChecksumAlgorithm::kCrc32, crc.Base64()), crc);
  for (const std::string_view bad : {"", "AAAA", "AAAAAA", "AAAAAA=", "AAAAA===", "AAAAAB==", "AA AAA==",
                                     "AAAAAAAAAAA=", "-_AAAA==", "=AAAAA=="}) {
    EXPECT_EQ(ParseDigest(ChecksumAlgorithm::kCrc32, bad), std::nullopt) << bad;
  }
}

TEST(ChecksumTest, NamesAreReadInAnyCase) {
  EXPECT_EQ(ParseChecksumName("crc64nvme"), ChecksumAlgorithm::kCrc64Nvme);
  EXPECT_EQ(ParseChecksumName("SHA256"), ChecksumAlgorithm::kSha256);
  EXPECT_EQ(ParseChecksumName("SHA512"), std::nullopt);
}

TEST(ChecksumBase64Test, AgreesWithRfc4648) {
  const std::pair<std::string_view, std::string_view> kVectors[] = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : kVectors) {
    EXPECT_EQ(Base64Encode(plain), encoded);
    EXPECT_EQ(Base64Decode(encoded), plain);
  }
  const std::string noise = Noise(256);
  EXPECT_EQ(Base64Decode(Base64Encode(noise)), noise);
  for (const std::string_view bad : {"Zg", "Zg=", "Zh==", "Z===", "====", "Zm9v\n", "Zm 9v===", "Zg==Zg=="}) {
    EXPECT_EQ(Base64Decode(bad), std::nullopt) << bad;
  }
}

TEST(ChecksumBase64Test, HexIsReadInEitherCase) {
  EXPECT_EQ(HexEncode(std::string_view("\x00\xff\x1a", 3)), "00ff1a");
  EXPECT_EQ(HexDecode("00fF1A"), std::string("\x00\xff\x1a", 3));
  EXPECT_EQ(HexDecode("0"), std::nullopt);
  EXPECT_EQ(HexDecode("0g"), std::nullopt);
}

}  // namespace
}  // namespace cumulite::protocol
