#include "services/sqs/receipt_handle.h"

#include <gtest/gtest.h>

namespace cumulite::sqs {
namespace {
using namespace std::chrono_literals;

constexpr ReceiptHandle kHandle{FirstKeyOf(3) + 17, TimePoint{1'700'000'000s}, TimePoint{1'700'000'001s}, 2};

TEST(ReceiptHandleTest, DecodesWhatItEncoded) { EXPECT_EQ(ReceiptHandle::Decode(kHandle.Encode()), kHandle); }

TEST(ReceiptHandleTest, EachReceiveHasItsOwn) {
  ReceiptHandle next = kHandle;
  ++next.receive_count;
  EXPECT_NE(next.Encode(), kHandle.Encode());
  EXPECT_EQ(kHandle.Encode().substr(0, 4), "AQEB");
}

TEST(ReceiptHandleTest, RefusesWhatItDidNotWrite) {
  EXPECT_FALSE(ReceiptHandle::Decode(""));
  EXPECT_FALSE(ReceiptHandle::Decode("garbage"));
  const std::string good = kHandle.Encode();
  EXPECT_FALSE(ReceiptHandle::Decode(good.substr(4)));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(ReceiptHandle::Decode(changed)) << "at " << i;
  }
}

}  // namespace
}  // namespace cumulite::sqs
