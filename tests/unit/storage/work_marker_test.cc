#include "services/storage/work_marker.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace cumulite::storage {
namespace {

TEST(WorkMarkerTest, IsSeenByTheNextStartUntilItIsLowered) {
  const test_support::TemporaryDirectory directory;
  WorkMarker marker(directory.path(), "sqs");
  EXPECT_FALSE(WorkMarker::IsRaised(directory.path(), "sqs"));
  marker.Raise();
  marker.Raise();
  EXPECT_TRUE(WorkMarker::IsRaised(directory.path(), "sqs"));
  EXPECT_FALSE(WorkMarker::IsRaised(directory.path(), "sns"));
  WorkMarker after_restart(directory.path(), "sqs");
  after_restart.Lower();
  EXPECT_FALSE(WorkMarker::IsRaised(directory.path(), "sqs"));
  after_restart.Raise();
  EXPECT_TRUE(WorkMarker::IsRaised(directory.path(), "sqs"));
}

}  // namespace
}  // namespace cumulite::storage
