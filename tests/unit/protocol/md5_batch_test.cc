#include "protocol/md5_batch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocol/base64.h"
#include "protocol/checksum.h"

namespace cumulite::protocol {
namespace {

std::vector<std::string> Md5sOf(const std::vector<std::string>& texts) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<Md5Digest> digests(texts.size());
  Md5Each(views, digests);
  std::vector<std::string> hex;
  for (const Md5Digest& digest : digests) hex.push_back(HexEncode({digest.data(), digest.size()}));
  return hex;
}

TEST(Md5BatchTest, GivesThePublishedDigests) {
  // RFC 1321, A.5.
  EXPECT_EQ(
      Md5sOf({"", "a", "abc", "message digest"}),
      (std::vector<std::string>{"d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661",
                                "900150983cd24fb0d6963f7d28e17f72", "f96b697d7cb7938d525a2f31aaf161d0"}));
}

TEST(Md5BatchTest, AgreesWithOpenSslAtEveryLengthAndInEveryLane) {
  for (std::size_t length = 0; length < 260; ++length) {
    std::vector<std::string> texts;
    for (std::size_t lane = 0; lane < 19; ++lane) {  // more than fit side by side
      texts.emplace_back(length + lane * 7 % 50, static_cast<char>(length * 31 + lane));
    }
    const auto digests = Md5sOf(texts);
    for (std::size_t lane = 0; lane < texts.size(); ++lane) {
      ASSERT_EQ(digests[lane], Checksum(ChecksumAlgorithm::kMd5, texts[lane]).Hex())
          << "length " << texts[lane].size() << " in lane " << lane;
    }
  }
}

TEST(Md5BatchTest, OneLongTextAmongShortOnesIsRightToo) {
  const std::vector<std::string> texts{"short", std::string(1 << 20, 'x'), "", "short as well"};
  const auto digests = Md5sOf(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(digests[i], Checksum(ChecksumAlgorithm::kMd5, texts[i]).Hex());
  }
}

TEST(Md5BatchTest, NoTextsAreNoDigests) { EXPECT_TRUE(Md5sOf({}).empty()); }

}  // namespace
}  // namespace cumulite::protocol
