#include "services/storage/data_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "services/storage/error.h"
#include "tests/support/temporary_directory.h"
#include "tests/unit/storage/killed_process.h"

namespace cumulite::storage {
namespace {
using ::testing::EndsWith;

std::string Refusal(const std::filesystem::path& path) {
  try {
    const DataDirectory directory(path);
  } catch (const StorageError& error) {
    EXPECT_EQ(error.kind(), StorageError::Kind::kInUse);
    return error.what();
  }
  return "";
}

TEST(DataDirectoryTest, KeepsASecondProcessOutAndSaysWhoHoldsIt) {
  test_support::TemporaryDirectory parent;
  const auto path = parent.path() / "deep" / "data";
  {
    const DataDirectory directory(path);
    const std::string refusal = InKilledProcess([&] { return Refusal(path); });
    EXPECT_THAT(refusal, EndsWith("in use by another process " + std::to_string(::getpid())));
  }
  EXPECT_EQ(Refusal(path), "") << "free again";
}

TEST(DataDirectoryTest, AKilledProcessLeavesNoLock) {
  test_support::TemporaryDirectory parent;
  InKilledProcess([&] {
    new DataDirectory(parent.path());
    return "";
  });
  EXPECT_EQ(Refusal(parent.path()), "");
}

TEST(DataDirectoryTest, AnEphemeralFolderGoesWithItsProcess) {
  std::filesystem::path path;
  {
    const DataDirectory directory = DataDirectory::Ephemeral();
    path = directory.path();
    std::ofstream(path / "sqs.db") << "x";
    EXPECT_TRUE(directory.ephemeral());
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(DataDirectoryTest, TheNextStartRemovesWhatAKilledProcessLeft) {
  const DataDirectory living = DataDirectory::Ephemeral();
  const std::string left =
      InKilledProcess([] { return (new DataDirectory(DataDirectory::Ephemeral()))->path().string(); });
  ASSERT_TRUE(std::filesystem::exists(left));
  const DataDirectory next = DataDirectory::Ephemeral();
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(living.path())) << "of a living process";
}

}  // namespace
}  // namespace cumulite::storage
