#include "services/storage/data_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "services/storage/error.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::storage {
namespace {
using ::testing::EndsWith;

/// Runs `work` in a forked process that dies without running destructors, as by kill -9; gives what it said.
template <class F>
std::string InKilledProcess(F work) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string said = work();
    const bool written = ::write(pipe[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
    ::_exit(written ? 0 : 1);
  }
  ::close(pipe[1]);
  std::string said(4096, '\0');
  const ssize_t count = ::read(pipe[0], said.data(), said.size());
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  said.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return said;
}

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
