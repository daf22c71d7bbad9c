#include "services/sqs/fifo_groups.h"

#include <gtest/gtest.h>

namespace cumulite::sqs {
namespace {

TEST(FifoGroupsTest, AGroupEndsWithItsLastMessage) {
  FifoGroups groups;
  Message first;
  Message second;
  groups.Add(first, "g");
  groups.Add(second, "g");
  groups.Remove(first);
  EXPECT_EQ(groups.size(), 1u);
  second.place = Place::kInFlight;
  groups.Update(*second.group);
  groups.Remove(second);
  EXPECT_EQ(groups.size(), 0u) << "else each name that was ever used costs memory";
  EXPECT_EQ(groups.ready_count(), 0u);
  EXPECT_EQ(groups.TakeNext(), nullptr);
}

}  // namespace
}  // namespace cumulite::sqs
