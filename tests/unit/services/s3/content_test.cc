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
#include "services/s3/seal.h"
#include "services/s3/stored_bytes.h"
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
                     std::make_shared<runtime::WorkerPool>(2),
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
  const auto refuse = [&](auto copy) {
    BodyChecks checks(ChecksumAlgorithm::kCrc32);
    checks.RequirePayloadHash({.mode = protocol::PayloadSigning::Mode::kSha256, .sha256 = zeros});
    removed_by = std::thread::id();
    EXPECT_THROW(copy(checks), AwsError);
    content_.reset();  // finishes its background work
    EXPECT_NE(removed_by.load(), std::thread::id());
    EXPECT_NE(removed_by.load(), std::this_thread::get_id()) << "gigabytes would stall the loop";
    EXPECT_TRUE(std::filesystem::is_empty(directory_.path() / "temporary"));
    Open();
  };
  refuse([&](BodyChecks& checks) { loop_.Get(content_->Copy("hello", checks, Placement::kFile)); });
  refuse([&](BodyChecks& checks) {
    StoredBytes source(*content_, {{blob, 0, 600'000}}, std::nullopt);
    loop_.Get(content_->Copy(source, 600'000, checks, Placement::kFile));
  });
}

TEST_F(S3ContentTest, AFileThatIsReadIsDeletedAfterwards) {
  const std::string blob = Store(std::string(600'000, 'x'));
  {
    StoredBytes reader(*content_, {{blob, 10, 500'000}}, std::nullopt);
    content_->Discard({blob});
    std::size_t size = 0;
    for (;;) {
      const std::string_view piece = loop_.Get(reader.Read());
      if (piece.empty()) break;
      size += piece.size();
    }
    EXPECT_EQ(size, 500'000u);
    EXPECT_TRUE(std::filesystem::exists(PathOf(blob)));
  }
  content_.reset();
  EXPECT_FALSE(std::filesystem::exists(PathOf(blob)));
}

TEST_F(S3ContentTest, SealedBytesAreNotThoseOnDiskAndCanBeReadFromAnywhere) {
  const SealKey key(std::string(32, 'k'));
  std::string plain;
  for (int i = 0; i < 700'000; ++i) plain += static_cast<char>('a' + i % 26);
  BodyChecks checks(ChecksumAlgorithm::kCrc32);
  const std::string blob = loop_.Get(content_->Copy(plain, checks, Placement::kFile, &key)).blob;
  const auto read = [&](std::optional<SealKey> with, std::uint64_t first, std::uint64_t size) {
    StoredBytes reader(*content_, {{blob, first, size}}, std::move(with));
    std::string bytes;
    for (;;) {
      const std::string_view piece = loop_.Get(reader.Read());
      if (piece.empty()) return bytes;
      bytes += piece;
    }
  };
  EXPECT_EQ(read(key, 0, plain.size()), plain);
  EXPECT_EQ(read(key, 300'001, 7), plain.substr(300'001, 7));
  EXPECT_NE(read(std::nullopt, 0, 100), plain.substr(0, 100));
  EXPECT_NE(read(SealKey(std::string(32, 'x')), 0, 100), plain.substr(0, 100));
  const std::string sealed = key.SealInline("small");
  EXPECT_EQ(key.OpenInline(sealed), "small");
  EXPECT_EQ(sealed.find("small"), std::string::npos);
  EXPECT_NE(key.SealInline("small"), sealed) << "the same bytes never look the same";
}

TEST_F(S3ContentTest, TheServersOwnKeyStays) {
  const std::filesystem::path file = directory_.path() / "own.key";
  std::string sealed;
  {
    LocalKey key(file);
    EXPECT_FALSE(std::filesystem::exists(file)) << "not before it is needed";
    sealed = key.Get().SealInline("kept");
  }
  LocalKey again(file);
  EXPECT_EQ(again.Get().OpenInline(sealed), "kept");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace cumulite::s3
