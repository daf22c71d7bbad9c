#include "services/storage/blob_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <optional>

#include "services/storage/error.h"
#include "tests/support/sync_count.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::storage {
namespace {

class BlobStoreTest : public ::testing::Test {
 protected:
  std::string Put(std::string_view content, Durability durability = Durability::kProcess) {
    BlobWriter writer = store_.Create();
    writer.Append(content);
    writer.Commit(durability);
    return writer.id();
  }
  std::string Get(std::string_view id) {
    const FileDescriptor file = store_.Open(id);
    std::string content(4096, '\0');
    content.resize(static_cast<std::size_t>(::read(file.get(), content.data(), content.size())));
    return content;
  }
  std::size_t Files() const {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path())) {
      files += entry.is_regular_file() ? 1 : 0;
    }
    return files;
  }

  test_support::TemporaryDirectory directory_;
  BlobStore store_{directory_.path() / "blobs"};
};

TEST_F(BlobStoreTest, ContentComesBackByItsId) {
  BlobWriter writer = store_.Create();
  writer.Append("Hello, ");
  writer.Append("world");
  EXPECT_EQ(writer.size_bytes(), 12u);
  EXPECT_THROW(store_.Open(writer.id()), StorageError) << "not before it is committed";
  writer.Commit(Durability::kPower);
  EXPECT_EQ(Get(writer.id()), "Hello, world");
  EXPECT_NE(Put("x"), Put("x"));
}

TEST_F(BlobStoreTest, AnAbandonedWriterLeavesNothing) {
  std::optional<BlobWriter> writer = store_.Create();
  writer->Append("half an upload");
  EXPECT_EQ(Files(), 1u);
  writer.reset();
  EXPECT_EQ(Files(), 0u);
}

TEST_F(BlobStoreTest, WhoReadsReadsOnAfterTheRemoval) {
  const std::string id = Put("still here");
  const FileDescriptor file = store_.Open(id);
  EXPECT_TRUE(store_.Remove(id));
  EXPECT_FALSE(store_.Remove(id));
  std::string content(10, '\0');
  EXPECT_EQ(::read(file.get(), content.data(), content.size()), 10);
  EXPECT_EQ(content, "still here");
}

TEST_F(BlobStoreTest, TheSweepRemovesOrphansAndTemporaryFilesOnly) {
  const std::string known = Put("known");
  Put("orphan");
  std::ofstream(directory_.path() / "blobs" / "temporary" / "0123456789abcdef0123456789abcdef") << "cut off";
  EXPECT_EQ(store_.Sweep([&](std::string_view id) { return id == known; }), 2u);
  EXPECT_EQ(Files(), 1u);
  EXPECT_EQ(Get(known), "known");
}

TEST_F(BlobStoreTest, TheSweepEmptiesTheTemporaryFolderAndLeavesForeignFilesElsewhere) {
  const std::filesystem::path blobs = directory_.path() / "blobs";
  const std::string known = Put("known");
  std::ofstream(blobs / "temporary" / known) << "the same name, cut off";
  std::ofstream(blobs / "README") << "an administrator's";
  std::ofstream(blobs / known.substr(0, 2) / "notes.txt") << "likewise";
  EXPECT_EQ(store_.Sweep([&](std::string_view id) { return id == known; }), 1u);
  EXPECT_EQ(Get(known), "known");
  EXPECT_TRUE(std::filesystem::exists(blobs / "README"));
  EXPECT_TRUE(std::filesystem::exists(blobs / known.substr(0, 2) / "notes.txt"));
}

TEST_F(BlobStoreTest, DurabilityPowerSyncsTheFileAndThenTheFoldersOnItsWay) {
  const std::filesystem::path blobs = directory_.path() / "blobs";
  test_support::TakeSynced();
  const std::string id = Put("x", Durability::kPower);
  const std::filesystem::path outer = blobs / id.substr(0, 2);
  EXPECT_THAT(test_support::TakeSynced(),
              ::testing::ElementsAre(blobs / "temporary" / id, outer / id.substr(2, 2), outer, blobs));
  Put("x", Durability::kProcess);
  EXPECT_THAT(test_support::TakeSynced(), ::testing::IsEmpty());
}

TEST_F(BlobStoreTest, ContentIsReadableByTheServersUserOnly) {
  const ::mode_t before = ::umask(0);
  const std::string id = Put("private");
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::fstat(store_.Open(id).get(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(BlobStoreTest, NoPathIsMadeFromWhatIsNotAnId) {
  for (const char* id :
       {"", "../../../etc/passwd", "0123456789ABCDEF0123456789ABCDEF", "../456789abcdef0123456789abcdef01"}) {
    EXPECT_THROW(store_.Open(id), StorageError) << id;
    EXPECT_THROW(store_.Remove(id), StorageError) << id;
  }
}

TEST_F(BlobStoreTest, AWriteThatTheSystemRefusesIsAnErrorWithItsReason) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit tight{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &tight);
  std::string reason;
  try {
    Put(std::string(2000, 'x'));
  } catch (const StorageError& error) {
    reason = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(reason.ends_with(": File too large")) << reason;
  EXPECT_EQ(Files(), 0u);
}

TEST(StorageErrorTest, ADiskWithoutSpaceIsToldApart) {
  const StorageError error = StorageError::FromErrno("cannot write x", ENOSPC);
  EXPECT_EQ(error.kind(), StorageError::Kind::kFull);
  EXPECT_STREQ(error.what(), "cannot write x: No space left on device");
}

}  // namespace
}  // namespace cumulite::storage
