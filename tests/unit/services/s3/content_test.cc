#include "services/s3/content.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "services/storage/error.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::s3 {
namespace {

class S3ContentTest : public ::testing::Test {
 protected:
  std::string Store(std::string bytes) {
    BodyChecks checks(ChecksumAlgorithm::kCrc32);
    return loop_.Get(content_.Copy(std::move(bytes), checks, Placement::kFile)).blob;
  }
  std::filesystem::path PathOf(const std::string& blob) const {
    return directory_.path() / blob.substr(0, 2) / blob.substr(2, 2) / blob;
  }

  config::Clock clock_;
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory directory_;
  ContentStore content_{directory_.path(), storage::Durability::kProcess,
                        [](std::string_view) { return true; }};
};

TEST_F(S3ContentTest, OnlyAFileThatIsGoneCountsAsDeleted) {
  const std::string blob = Store("hello");
  EXPECT_TRUE(content_.Open({blob, 0, 5}));
  std::filesystem::remove(PathOf(blob));
  EXPECT_FALSE(content_.Open({blob, 0, 5}));
  std::filesystem::create_symlink(PathOf(blob), PathOf(blob));  // ELOOP, as any other failure
  EXPECT_THROW(content_.Open({blob, 0, 5}), storage::StorageError);
}

}  // namespace
}  // namespace cumulite::s3
