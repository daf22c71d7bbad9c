#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/error.h"
#include "services/storage/writer.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::ElementsAre;

class FailedCommitTest : public ::testing::Test {
 protected:
  /// How the write ended; nullopt when it committed.
  std::optional<StorageError::Kind> Outcome(const Ticket& ticket) {
    try {
      notes_.writer.Wait(ticket);
      return std::nullopt;
    } catch (const StorageError& error) {
      return error.kind();
    }
  }

  test_support::TemporaryDirectory directory_;
  Database unrelated_{directory_.path() /
                      "other.db"};  // initialises SQLite before the file system is registered
  Faults& faults_ = InstallFailingVfs();
  Notes notes_{directory_.path() / "note.db",
               {.durability = Durability::kPower, .vfs = kFailingVfs},
               {.probe_interval = std::chrono::milliseconds{0}}};
};

TEST_F(FailedCommitTest, FailsEveryWriteOfItsGroup) {
  notes_.writer.Wait(notes_.Put(1, "safe"));
  Gate gate(notes_.writer);
  const Ticket first = notes_.Put(2, "x");
  const Ticket judging = notes_.writer.Enqueue(
      [] { throw protocol::AwsError(protocol::kThrottling, "judged by what its neighbour wrote"); });
  const Ticket last = notes_.Put(3, "x");
  faults_.sync_fails = true;
  gate.Open();
  for (const Ticket& ticket : {first, judging, last}) EXPECT_EQ(Outcome(ticket), StorageError::Kind::kIo);
  EXPECT_THAT(notes_.Ids(), ElementsAre(1)) << "reads go on, and see nothing that failed";
}

TEST_F(FailedCommitTest, AJobThatFindsTheDiskAtFaultFailsItsGroup) {
  for (const auto kind : {StorageError::Kind::kFull, StorageError::Kind::kIo, StorageError::Kind::kCorrupt}) {
    Gate gate(notes_.writer);
    const Ticket neighbour = notes_.Put(1, "x");
    const Ticket failing = notes_.writer.Enqueue([kind] { throw StorageError(kind, "found by a job"); });
    gate.Open();
    EXPECT_EQ(Outcome(neighbour), kind);
    EXPECT_EQ(Outcome(failing), kind);
    EXPECT_THAT(notes_.Ids(), ElementsAre());
  }
  EXPECT_EQ(Outcome(notes_.Put(1, "x")), std::nullopt);
}

TEST_F(FailedCommitTest, AJobMayNotDoWhatSqliteCannot) {
  Gate gate(notes_.writer);
  const Ticket neighbour = notes_.Put(1, "x");
  const Ticket failing = notes_.writer.Enqueue(
      [] { throw StorageError(StorageError::Kind::kSql, "a value beyond the limits"); });
  gate.Open();
  EXPECT_EQ(Outcome(failing), StorageError::Kind::kSql);
  EXPECT_EQ(Outcome(neighbour), std::nullopt);
}

TEST_F(FailedCommitTest, ADiskThatFillsUpBeforeTheCommitFailsTheGroup) {
  Gate gate(notes_.writer);
  const Ticket neighbour = notes_.Put(1, "x");
  const Ticket large = notes_.Put(2, std::string(16U << 20U, 'x'));  // more than SQLite keeps in memory
  faults_.full_writes = 1;
  gate.Open();
  EXPECT_EQ(Outcome(neighbour), StorageError::Kind::kFull);
  EXPECT_EQ(Outcome(large), StorageError::Kind::kFull);
  EXPECT_EQ(Outcome(notes_.Put(3, "x")), std::nullopt);
  EXPECT_THAT(notes_.Ids(), ElementsAre(3));
}

TEST_F(FailedCommitTest, ATransactionThatEndsWithinAJobFailsItsGroup) {
  Statement roll_back(notes_.database, "ROLLBACK");
  Gate gate(notes_.writer);
  const Ticket before = notes_.Put(1, "x");
  const Ticket ending = notes_.writer.Enqueue([&roll_back] { roll_back.Run(); });
  const Ticket after = notes_.Put(2, "x");
  gate.Open();
  EXPECT_EQ(Outcome(before), StorageError::Kind::kIo);
  EXPECT_EQ(Outcome(ending), StorageError::Kind::kIo);
  EXPECT_EQ(Outcome(after), std::nullopt) << "the next group, on a database proven sound";
  EXPECT_THAT(notes_.Ids(), ElementsAre(2));
}

TEST_F(FailedCommitTest, DurabilityPowerSyncsEveryGroupBeforeItIsPromised) {
  Notes lasting_a_process(directory_.path() / "process.db", {.vfs = kFailingVfs});
  for (const auto& [notes, syncs] : {std::pair(&notes_, 1), std::pair(&lasting_a_process, 0)}) {
    notes->writer.Wait(notes->Put(1, "x"));  // begins the log
    for (int id = 2; id <= 4; ++id) {
      const int before = faults_.syncs;
      notes->writer.Wait(notes->Put(id, "x"));
      EXPECT_EQ(faults_.syncs - before, syncs);
    }
  }
}

TEST_F(FailedCommitTest, LaterWritesAreRefusedUntilTheCauseIsGone) {
  notes_.writer.Wait(notes_.Put(1, "safe"));
  faults_.disk_full = true;
  EXPECT_EQ(Outcome(notes_.Put(2, "x")), StorageError::Kind::kFull);
  EXPECT_EQ(Outcome(notes_.Put(3, "x")), StorageError::Kind::kRefused);
  EXPECT_EQ(Outcome(notes_.Put(4, "x")), StorageError::Kind::kRefused);
  faults_.disk_full = false;
  EXPECT_EQ(Outcome(notes_.Put(5, "x")), std::nullopt);
  EXPECT_THAT(notes_.Ids(), ElementsAre(1, 5));
  EXPECT_EQ(notes_.writer.counters().failed_groups, 3u);
}

TEST_F(FailedCommitTest, WhatFailedDoesNotComeBackAfterARestart) {
  faults_.sync_fails = true;
  EXPECT_EQ(Outcome(notes_.Put(1, "x")), StorageError::Kind::kIo);
  faults_.sync_fails = false;
  EXPECT_EQ(Outcome(notes_.Put(2, "x")), std::nullopt);
  notes_.writer.Stop();
  const std::filesystem::path copy = directory_.path() / "copy.db";
  for (const char* suffix : {"", "-wal"}) {
    std::filesystem::copy_file(notes_.database.file().string() + suffix, copy.string() + suffix);
  }
  Notes restarted(copy);
  EXPECT_THAT(restarted.Ids(), ElementsAre(2));
}

TEST(ProbeIntervalTest, BetweenTwoProofsWritesAreRefusedWithoutOne) {
  test_support::TemporaryDirectory directory;
  { Database initialises_sqlite(directory.path() / "other.db"); }
  Faults& faults = InstallFailingVfs();
  Notes notes(directory.path() / "note.db", {.vfs = kFailingVfs}, {.probe_interval = std::chrono::hours{1}});
  faults.disk_full = true;
  EXPECT_THROW(notes.writer.Wait(notes.Put(1, "x")), StorageError);
  faults.disk_full = false;
  EXPECT_THROW(notes.writer.Wait(notes.Put(2, "x")), StorageError);
}

}  // namespace
}  // namespace cumulite::storage
