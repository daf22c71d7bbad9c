#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class InPlaceTest : public ::testing::Test {
 protected:
  InPlaceTest() { notes_.writer.Wait(notes_.Put(1, "safe")); }

  /// Why a write is refused; empty when it is not.
  std::string Refusal(std::int64_t id) {
    try {
      notes_.writer.Wait(notes_.Put(id, "x"));
    } catch (const StorageError& error) {
      return error.what();
    }
    return "";
  }

  test_support::TemporaryDirectory directory_;
  fs::path data_ = directory_.path() / "data";
  bool made_ = fs::create_directory(data_);
  Notes notes_{data_ / "note.db", {}, {.probe_interval = std::chrono::milliseconds{0}}};
};

TEST_F(InPlaceTest, NothingIsPromisedOnceTheFolderIsDeleted) {
  EXPECT_EQ(notes_.writer.counters().refusal, "");
  EXPECT_EQ(notes_.Get(1), "safe");
  fs::remove_all(data_);
  EXPECT_THAT(Refusal(2), HasSubstr("was deleted"));
  EXPECT_THAT(Refusal(3), HasSubstr("was deleted"));
  EXPECT_THAT(notes_.writer.counters().refusal, HasSubstr("note.db was deleted"));
  EXPECT_FALSE(fs::exists(data_)) << "nothing is made anew";
  EXPECT_EQ(notes_.Get(1), "safe") << "what is open can be read";
}

TEST_F(InPlaceTest, NorOnceItsFilesAre) {
  for (const auto& entry : fs::directory_iterator(data_)) fs::remove(entry.path());
  EXPECT_THAT(Refusal(2), HasSubstr("was deleted"));
  EXPECT_THAT(Refusal(3), HasSubstr("was deleted"));
  EXPECT_TRUE(fs::is_empty(data_));
}

TEST_F(InPlaceTest, NorOnceTheLogIsGone) {
  fs::remove(data_ / "note.db-wal");
  EXPECT_THAT(Refusal(2), HasSubstr("note.db-wal was deleted"));
  EXPECT_THAT(Refusal(3), HasSubstr("note.db-wal was deleted"));
}

TEST_F(InPlaceTest, AnotherFileInItsPlaceIsNotWrittenTo) {
  fs::rename(data_, directory_.path() / "old");
  fs::create_directory(data_);
  { Notes another(data_ / "note.db"); }
  EXPECT_THAT(Refusal(2), HasSubstr("was replaced"));
  EXPECT_THAT(Refusal(3), HasSubstr("was replaced"));
}

TEST_F(InPlaceTest, AFolderThatWasMovedAwayMayComeBack) {
  fs::rename(data_, directory_.path() / "elsewhere");
  EXPECT_THAT(Refusal(2), HasSubstr("was deleted"));
  fs::rename(directory_.path() / "elsewhere", data_);
  EXPECT_EQ(Refusal(3), "");
  EXPECT_EQ(notes_.writer.counters().refusal, "");
  const auto ids = notes_.Ids();
  EXPECT_EQ(ids.front(), 1);
  EXPECT_EQ(ids.back(), 3);
}

}  // namespace
}  // namespace cumulite::storage
