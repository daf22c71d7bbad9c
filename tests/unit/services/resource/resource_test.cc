#include <gtest/gtest.h>

#include "services/resource/page_token.h"
#include "services/resource/tags.h"

namespace cumulite::resource {
namespace {

TEST(TagsTest, Faults) {
  EXPECT_EQ(FindTagFault("Cost center", "a/b=c+d-e@f:g_h."), std::nullopt);
  EXPECT_EQ(FindTagFault(std::string(128, 'k'), std::string(256, 'v')), std::nullopt);
  EXPECT_EQ(FindTagFault("", ""), TagFault::kKeyLength);
  EXPECT_EQ(FindTagFault(std::string(129, 'k'), ""), TagFault::kKeyLength);
  EXPECT_EQ(FindTagFault("k", std::string(257, 'v')), TagFault::kValueLength);
  EXPECT_EQ(FindTagFault("AWS:k", ""), TagFault::kReserved);
  EXPECT_EQ(FindTagFault("k", "aws:v"), TagFault::kReserved);
  EXPECT_EQ(FindTagFault("k!", ""), TagFault::kKeyCharacter);
  EXPECT_EQ(FindTagFault("k", "v\n"), TagFault::kValueCharacter);
}

TEST(PageTokenTest, IsReadByTheListThatGaveIt) {
  const std::string token = EncodePageToken("ListQueues", "queue-7");
  EXPECT_EQ(DecodePageToken("ListQueues", token), "queue-7");
  EXPECT_EQ(DecodePageToken("ListTopics", token), std::nullopt);
  EXPECT_EQ(DecodePageToken("ListQueues", ""), std::nullopt);
  EXPECT_EQ(DecodePageToken("ListQueues", "no token!"), std::nullopt);
  std::string changed = token;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(DecodePageToken("ListQueues", changed), std::nullopt);
  EXPECT_EQ(DecodePageToken("", EncodePageToken("", "")), "");
}

}  // namespace
}  // namespace cumulite::resource
