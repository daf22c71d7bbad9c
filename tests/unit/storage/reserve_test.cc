#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/failing_vfs.h"
#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// A disk that is full for as long as the reserve lies on it.
class ReserveTest : public ::testing::Test {
 protected:
  void Open(std::chrono::milliseconds reserve_interval) {
    notes_.emplace(
        file_, DatabaseOptions{.vfs = kFailingVfs, .reserve_bytes = 1 << 20},
        WriterOptions{.probe_interval = std::chrono::milliseconds{0}, .reserve_interval = reserve_interval});
    notes_->writer.Wait(notes_->Put(1, "safe"));
    notes_->writer.Flush();
  }
  void FillDisk() { faults_.full_while = reserve_.c_str(); }

  std::string Outcome(const Ticket& ticket) {
    try {
      notes_->writer.Wait(ticket);
    } catch (const StorageError& error) {
      return error.what();
    }
    return "";
  }
  Ticket PutLarge(std::int64_t id, Room room = Room::kTakes) {
    const auto put = [this, id] { insert_->Run(id, std::string(100'000, 'x')); };
    return notes_->writer.Enqueue(put, Urgency::kAwaited, room);
  }
  Ticket Erase(std::int64_t id) {
    const auto erase = [this, id] { erase_->Run(id); };
    return notes_->writer.Enqueue(erase);
  }

  test_support::TemporaryDirectory directory_;
  Database unrelated_{directory_.path() / "other.db"};  // initialises SQLite
  Faults& faults_ = InstallFailingVfs();
  const fs::path file_ = directory_.path() / "note.db";
  const fs::path reserve_ = directory_.path() / "note.db-reserve";
  std::optional<Notes> notes_;
  std::optional<Statement> insert_;
  std::optional<Statement> erase_;

  void Prepare() {
    insert_.emplace(notes_->database, "INSERT INTO note (id, text) VALUES (?1, ?2)");
    erase_.emplace(notes_->database, "DELETE FROM note WHERE id = ?1");
  }
  void TearDown() override {
    if (notes_) notes_->writer.Stop();
    insert_.reset();
    erase_.reset();
  }
};

TEST_F(ReserveTest, IsSetAsideBehindTheFirstWrite) {
  Open(std::chrono::hours{1});
  EXPECT_EQ(fs::file_size(reserve_), 1u << 20);
}

TEST_F(ReserveTest, OnAFullDiskWhatMakesRoomIsDoneAndWhatTakesItIsRefused) {
  Open(std::chrono::hours{1});
  Prepare();
  ASSERT_EQ(Outcome(PutLarge(2)), "");
  FillDisk();
  EXPECT_EQ(Outcome(Erase(1)), "") << "the first to find the disk full is done, too";
  EXPECT_FALSE(fs::exists(reserve_));
  EXPECT_THAT(notes_->writer.counters().refusal, HasSubstr("disk is full"));
  EXPECT_THAT(Outcome(PutLarge(3)), HasSubstr("disk is full"));
  EXPECT_EQ(Outcome(PutLarge(4, Room::kMakes)), "");
  EXPECT_THAT(notes_->Ids(), ElementsAre(2, 4));
  EXPECT_EQ(Outcome(Erase(2)), "");
  EXPECT_EQ(Outcome(PutLarge(5)), "") << "in the room that was made";
  EXPECT_THAT(notes_->Ids(), ElementsAre(4, 5));
}

TEST_F(ReserveTest, OneOfAGroupIsRefusedAlone) {
  Open(std::chrono::hours{1});
  Prepare();
  Gate gate(notes_->writer);
  const Ticket small = notes_->Put(2, "fits into the page");
  const Ticket large = PutLarge(3);
  const Ticket erased = Erase(1);
  FillDisk();
  gate.Open();
  EXPECT_EQ(Outcome(small), "");
  EXPECT_THAT(Outcome(large), HasSubstr("disk is full"));
  EXPECT_EQ(Outcome(erased), "");
  EXPECT_THAT(notes_->Ids(), ElementsAre(2));
}

TEST_F(ReserveTest, IsTakenAgainOnceThereIsRoom) {
  Open(std::chrono::milliseconds{0});
  Prepare();
  faults_.full_writes = 1;
  EXPECT_EQ(Outcome(Erase(1)), "");
  notes_->writer.Flush();
  EXPECT_TRUE(fs::exists(reserve_));
  EXPECT_EQ(notes_->writer.counters().refusal, "");
  EXPECT_EQ(Outcome(PutLarge(2)), "");
}

TEST_F(ReserveTest, WithoutOneEverythingIsRefused) {
  notes_.emplace(file_, DatabaseOptions{.vfs = kFailingVfs},
                 WriterOptions{.probe_interval = std::chrono::milliseconds{0}});
  notes_->writer.Wait(notes_->Put(1, "safe"));
  Prepare();
  EXPECT_FALSE(fs::exists(reserve_));
  faults_.disk_full = true;
  EXPECT_NE(Outcome(Erase(1)), "");
  EXPECT_NE(notes_->writer.counters().refusal, "");
}

}  // namespace
}  // namespace cumulite::storage
