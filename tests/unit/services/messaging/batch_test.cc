#include "services/messaging/batch.h"

#include <gtest/gtest.h>

#include <vector>

namespace cumulite::messaging {
namespace {
using enum BatchFault::Kind;

std::optional<BatchFault::Kind> FaultOf(const std::vector<std::string_view>& ids) {
  const auto fault = FindBatchFault(ids);
  return fault ? std::optional(fault->kind) : std::nullopt;
}

TEST(BatchTest, TheFirstFaultIsFound) {
  EXPECT_EQ(FaultOf({}), kEmpty);
  EXPECT_EQ(FaultOf({"a", "B-2", "_"}), std::nullopt);
  EXPECT_EQ(FaultOf({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}), std::nullopt);
  EXPECT_EQ(FaultOf({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}), kTooMany);
  EXPECT_EQ(FaultOf({"a", ""}), kIdLength);
  EXPECT_EQ(FaultOf({std::string(80, 'x')}), std::nullopt);
  EXPECT_EQ(FaultOf({std::string(81, 'x')}), kIdLength);
  EXPECT_EQ(FaultOf({"a b"}), kIdCharacter);
  EXPECT_EQ(FaultOf({"a", "b", "a"}), kRepeatedId);
  const std::vector<std::string_view> ids{"a", "b", "a"};
  EXPECT_EQ(FindBatchFault(ids)->entry, 2U);
}

}  // namespace
}  // namespace cumulite::messaging
