#include "services/s3/content.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "services/s3/errors.h"
#include "services/storage/error.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace {
std::atomic<std::thread::id> removed_by;
}

/// In the place of libc's, for who removes files.
extern "C" int unlink(const char* path) noexcept {
  removed_by = std::this_thread::get_id();
  return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

namespace cumulite::s3 {
namespace {

class S3ContentTest : public ::testing::Test {
 protected:
  std::string Store(std::string bytes) {
    BodyChecks checks(ChecksumAlgorithm::kCrc32);
    return loop_.Get(content_->Copy(std::move(bytes), checks, Placement::kFile)).blob;
  }
  std::filesystem::path PathOf(const std::string& blob) const {
    return directory_.path() / blob.substr(0, 2) / blob.substr(2, 2) / blob;
  }

  void Open() {
    content_.emplace(directory_.path(), storage::Durability::kProcess,
                     [this](std::string_view blob) { return known_(blob); });
  }
  void SetUp() override { Open(); }

  std::function<bool(std::string_view)> known_ = [](std::string_view) { return true; };
  base::Clock clock_;
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory directory_;
  std::optional<ContentStore> content_;
};

TEST_F(S3ContentTest, OnlyAFileThatIsGoneCountsAsDeleted) {
  const std::string blob = Store("hello");
  EXPECT_TRUE(content_->Open({blob, 0, 5}));
  std::filesystem::remove(PathOf(blob));
  EXPECT_FALSE(content_->Open({blob, 0, 5}));
  std::filesystem::create_symlink(PathOf(blob), PathOf(blob));  // ELOOP, as any other failure
  EXPECT_THROW(content_->Open({blob, 0, 5}), storage::StorageError);
}

TEST_F(S3ContentTest, AFileOfAFailedCommitStaysWhenARowReferencesIt) {
  const std::string referenced = Store("hello");
  const std::string orphan = Store("hello");
  known_ = [&](std::string_view blob) { return blob == referenced; };
  content_->AddDoubtful({orphan, referenced});
  content_->DiscardUnreferenced(content_->TakeDoubtful());
  EXPECT_TRUE(content_->TakeDoubtful().empty());
  content_.reset();  // finishes its background work
  EXPECT_TRUE(std::filesystem::exists(PathOf(referenced)));
  EXPECT_FALSE(std::filesystem::exists(PathOf(orphan)));
}

TEST_F(S3ContentTest, WhatIsRefusedIsRemovedByAWorker) {
  const std::string zeros(64, '0');
  const std::string blob = Store(std::string(600'000, 'x'));
  const auto refuse = [&](auto source) {
    BodyChecks checks(ChecksumAlgorithm::kCrc32);
    checks.RequirePayloadHash({.mode = protocol::PayloadSigning::Mode::kSha256, .sha256 = zeros});
    removed_by = std::thread::id();
    EXPECT_THROW(loop_.Get(content_->Copy(std::move(source), checks, Placement::kFile)), AwsError);
    content_.reset();  // finishes its background work
    EXPECT_NE(removed_by.load(), std::thread::id());
    EXPECT_NE(removed_by.load(), std::this_thread::get_id()) << "gigabytes would stall the loop";
    EXPECT_TRUE(std::filesystem::is_empty(directory_.path() / "temporary"));
    Open();
  };
  refuse(std::string("hello"));
  std::vector<protocol::FileSegment> source;
  source.push_back(*content_->Open({blob, 0, 600'000}));
  refuse(std::move(source));
}

}  // namespace
}  // namespace cumulite::s3
