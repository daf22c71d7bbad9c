#include "services/sqs/content_cache.h"

#include <gtest/gtest.h>

namespace cumulite::sqs {
namespace {

std::shared_ptr<const MessageContent> ContentOf(std::size_t bytes) {
  auto content = std::make_shared<MessageContent>();
  content->body.assign(bytes, 'x');
  return content;
}

TEST(ContentCacheTest, GivesWhatWasPutUntilItIsRemoved) {
  ContentCache cache(1 << 20);
  const auto content = ContentOf(10);
  EXPECT_EQ(cache.Get(7), nullptr);
  cache.Put(7, content);
  EXPECT_EQ(cache.Get(7), content);
  EXPECT_EQ(cache.Get(8), nullptr);
  cache.Remove(8);
  EXPECT_EQ(cache.Get(7), content);
  cache.Remove(7);
  EXPECT_EQ(cache.Get(7), nullptr);
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(ContentCacheTest, KeepsTheNewestOfAQueueWithinItsBytes) {
  constexpr std::size_t kMaxBytes = 1 << 20;
  ContentCache cache(kMaxBytes);
  const MessageKey first = FirstKeyOf(3);
  constexpr MessageKey kSent = 10'000;
  for (MessageKey key = first; key < first + kSent; ++key) {
    cache.Put(key, ContentOf(1024));
    ASSERT_LE(cache.bytes(), kMaxBytes);
  }
  EXPECT_EQ(cache.Get(first), nullptr);
  for (MessageKey key = first + kSent - 500; key < first + kSent; ++key) ASSERT_NE(cache.Get(key), nullptr);
}

TEST(ContentCacheTest, DoesNotTakeOneMessageForAnotherInItsPlace) {
  ContentCache cache(64 << 20);
  for (MessageKey queue = 1; queue <= 50; ++queue) {
    for (MessageKey i = 0; i < 200; ++i)
      cache.Put(FirstKeyOf(queue) + i, ContentOf(static_cast<std::size_t>(queue)));
  }
  std::size_t found = 0;
  for (MessageKey queue = 1; queue <= 50; ++queue) {
    for (MessageKey i = 0; i < 200; ++i) {
      const auto content = cache.Get(FirstKeyOf(queue) + i);
      if (!content) continue;
      ++found;
      ASSERT_EQ(content->body.size(), static_cast<std::size_t>(queue));
    }
  }
  EXPECT_GT(found, 1'000u);
}

TEST(ContentCacheTest, AContentThatIsTooLongIsNotKept) {
  ContentCache cache(10'000);
  cache.Put(1, ContentOf(100));
  cache.Put(2, ContentOf(20'000));
  EXPECT_EQ(cache.Get(2), nullptr);
  EXPECT_LE(cache.bytes(), 10'000u);
}

}  // namespace
}  // namespace cumulite::sqs
