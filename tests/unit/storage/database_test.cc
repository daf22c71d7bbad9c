#include "services/storage/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/storage/killed_process.h"
#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Migration kTwoMigrations[] = {
    kNoteMigrations[0],
    {2, "ALTER TABLE note ADD COLUMN colour TEXT; CREATE INDEX note_by_colour ON note (colour)"},
};

std::string Bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the constructor and Migrate say against `file`.
std::string Refusal(const std::filesystem::path& file, std::span<const Migration> migrations) {
  try {
    Database(file).Migrate(migrations);
  } catch (const StorageError& error) {
    EXPECT_EQ(error.kind(), StorageError::Kind::kSchema);
    return error.what();
  }
  return "";
}

class DatabaseTest : public ::testing::Test {
 protected:
  test_support::TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_.path() / "note.db";
};

TEST_F(DatabaseTest, KeepsEverythingWhenReopened) {
  {
    Notes notes(file_);
    notes.writer.Wait(notes.Put(1, "buy milk"));
  }
  Notes notes(file_);
  EXPECT_EQ(notes.Get(1), "buy milk");
  EXPECT_EQ(notes.Get(2), std::nullopt);
}

TEST_F(DatabaseTest, WhatAKilledProcessWasPromisedIsThere) {
  const std::string promised = InKilledProcess([&] {
    auto* const notes = new Notes(file_);
    notes->writer.Wait(notes->Put(1, "acknowledged"));
    return "acknowledged";
  });
  EXPECT_EQ(Notes(file_).Get(1), promised);
}

TEST_F(DatabaseTest, AppliesOnlyTheMigrationsThatTheFileHasNotSeen) {
  {
    Notes notes(file_);
    notes.writer.Wait(notes.Put(1, "old"));
  }
  Database database(file_);
  database.Migrate(kTwoMigrations);
  Statement colours(database, "SELECT count(*) FROM note WHERE colour IS NULL");
  EXPECT_EQ(colours.Scalar<std::int64_t>(), 1);
}

TEST_F(DatabaseTest, AFailingMigrationLeavesTheSchemaAsItWas) {
  { Notes notes(file_); }
  constexpr Migration kBroken[] = {
      kTwoMigrations[0], kTwoMigrations[1], {3, "CREATE TABLE note (id INTEGER) STRICT"}};
  EXPECT_THROW(Database(file_).Migrate(kBroken), StorageError);
  Database database(file_);
  EXPECT_NO_THROW(database.Migrate(kNoteMigrations)) << "still version 1";
}

TEST_F(DatabaseTest, RefusesANewerSchemaAndLeavesTheFileAlone) {
  { Database(file_).Migrate(kTwoMigrations); }
  const std::string before = Bytes(file_);
  EXPECT_THAT(Refusal(file_, kNoteMigrations),
              HasSubstr("schema version 2, newer than the 1 of this program"));
  EXPECT_EQ(Bytes(file_), before);
}

TEST_F(DatabaseTest, RefusesWhatIsNotADatabaseAndLeavesItAlone) {
  std::ofstream(file_)
      << "Dear diary, this is certainly longer than a header of SQLite, which has 100 bytes...";
  const std::string before = Bytes(file_);
  EXPECT_THAT(Refusal(file_, kNoteMigrations), HasSubstr("is not a Cumulite database"));
  EXPECT_EQ(Bytes(file_), before);
}

TEST_F(DatabaseTest, RefusesADatabaseOfAnotherApplication) {
  sqlite3* theirs = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &theirs), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(theirs, "CREATE TABLE theirs (x)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(theirs);
  const std::string before = Bytes(file_);
  EXPECT_THAT(Refusal(file_, kNoteMigrations), HasSubstr("is not a Cumulite database"));
  EXPECT_EQ(Bytes(file_), before);
}

TEST_F(DatabaseTest, SetsWhatTheDurabilityAsksFor) {
  for (const auto& [durability, synchronous] :
       {std::pair{Durability::kProcess, 1}, {Durability::kPower, 2}}) {
    Database database(directory_.path() / std::to_string(synchronous), {.durability = durability});
    const auto pragma = [&](const std::string& name) {
      return Statement(database, "PRAGMA " + name).Scalar<std::int64_t>();
    };
    EXPECT_EQ(pragma("synchronous"), synchronous);
    EXPECT_EQ(Statement(database, "PRAGMA journal_mode").Scalar<std::string>(), "wal");
    EXPECT_EQ(pragma("foreign_keys"), 1);
    EXPECT_EQ(pragma("application_id"), 0x434D4C54);
  }
}

TEST_F(DatabaseTest, EachThreadReadsOverItsOwnConnectionWhatWasAcknowledged) {
  Notes notes(file_);
  for (int id = 1; id <= 20; ++id) {
    notes.writer.Wait(notes.Put(id, "note " + std::to_string(id)));
    std::jthread([&] { EXPECT_EQ(notes.Get(id), "note " + std::to_string(id)); });
    EXPECT_EQ(notes.Get(id), "note " + std::to_string(id));
  }
}

TEST_F(DatabaseTest, AThreadMayOutliveTheDatabasesThatItRead) {
  for (int round = 0; round < 3; ++round) {
    Notes notes(directory_.path() / std::to_string(round));
    notes.writer.Wait(notes.Put(round, "here"));
    EXPECT_THAT(notes.Ids(), ElementsAre(round));
  }
}

TEST_F(DatabaseTest, AReadTransactionSeesOneState) {
  Notes notes(file_);
  const ReadTransaction transaction(notes.database);
  EXPECT_THAT(notes.Ids(), ElementsAre());
  notes.writer.Wait(notes.Put(1, "too late"));
  EXPECT_THAT(notes.Ids(), ElementsAre());
}

TEST_F(DatabaseTest, TheLogDoesNotGrowWithAllThatIsWritten) {
  constexpr int kNotes = 2'000;
  constexpr std::size_t kNoteBytes = 100'000;
  Notes notes(directory_.path() / "note.db");
  for (int id = 1; id <= kNotes; ++id) {
    const Ticket ticket = notes.Put(id, std::string(kNoteBytes, 'x'));
    if (id % 50 == 0) notes.writer.Wait(ticket);
  }
  notes.writer.Flush();
  EXPECT_LT(std::filesystem::file_size(directory_.path() / "note.db-wal"), kNotes * kNoteBytes / 2);
  EXPECT_EQ(notes.Get(1), std::string(kNoteBytes, 'x'));
  EXPECT_EQ(notes.Get(kNotes), std::string(kNoteBytes, 'x'));
}

TEST_F(DatabaseTest, WorkOnAWorkerComesBackToTheLoop) {
  Notes notes(file_);
  notes.writer.Wait(notes.Put(7, "seven"));
  base::Clock clock;
  test_support::ManualLoop loop(clock);
  const auto home = std::this_thread::get_id();
  std::thread::id worker;
  auto load = [&] {
    worker = std::this_thread::get_id();
    return notes.Ids();
  };
  EXPECT_THAT(loop.Get(notes.database.RunOnWorker(load)), ElementsAre(7));
  EXPECT_NE(worker, home);
  auto fail = []() -> int { throw std::runtime_error("cannot load"); };
  EXPECT_THROW(loop.Get(notes.database.RunOnWorker(fail)), std::runtime_error);
}

}  // namespace
}  // namespace cumulite::storage
