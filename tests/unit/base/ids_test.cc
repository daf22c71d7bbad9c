#include "base/ids.h"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <set>
#include <thread>

namespace cumulite::base {
namespace {

TEST(IdsTest, AUuidIsOfVersionFour) {
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_THAT(RandomUuid(),
                testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }
}

TEST(IdsTest, TextsHaveTheLengthAndAlphabetAskedFor) {
  for (const std::size_t length : {0u, 1u, 10u, 16u, 17u, 52u}) {
    const std::string hex = RandomHex(length);
    EXPECT_EQ(hex.size(), length);
    EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos) << hex;
    const std::string upper = RandomUpperAlphanumeric(length);
    EXPECT_EQ(upper.size(), length);
    EXPECT_EQ(upper.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos) << upper;
  }
}

TEST(IdsTest, EveryPlaceOfATextVaries) {
  std::vector<std::set<char>> hex(40), upper(40);
  for (int i = 0; i < 2'000; ++i) {
    const std::string a = RandomHex(hex.size()), b = RandomUpperAlphanumeric(upper.size());
    for (std::size_t at = 0; at < hex.size(); ++at) {
      hex[at].insert(a[at]);
      upper[at].insert(b[at]);
    }
  }
  for (std::size_t at = 0; at < hex.size(); ++at) {
    EXPECT_EQ(hex[at].size(), 16u) << at;
    EXPECT_EQ(upper[at].size(), 36u) << at;
  }
}

TEST(IdsTest, ThreadsNeverGetTheSameId) {
  std::mutex mutex;
  std::set<std::string> ids;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        std::string id = RandomUuid();
        const std::scoped_lock lock(mutex);
        ids.insert(std::move(id));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ids.size(), 20'000u);
}

TEST(IdsTest, SecureRandomFillsTheWholeOfIt) {
  std::array<std::byte, 4'096> bytes{};
  SecureRandom(bytes);
  const auto zeros = std::count(bytes.begin(), bytes.end(), std::byte{0});
  EXPECT_LT(zeros, 100) << "16 are to be expected";
  const auto tail = std::span(bytes).last(64);
  EXPECT_TRUE(std::any_of(tail.begin(), tail.end(), [](std::byte b) { return b != std::byte{0}; }));
}

}  // namespace
}  // namespace cumulite::base
