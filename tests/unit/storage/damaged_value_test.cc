#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <stdexcept>

#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {
using ::testing::AllOf;
using ::testing::HasSubstr;

// Not STRICT: a table in which a column may hold anything, as after damage.
constexpr Migration kMigrations[] = {
    {1, "CREATE TABLE thing (id INTEGER PRIMARY KEY, value BLOB)"},
};

enum class Colour : std::uint8_t { kRed, kGreen, kBlue };

class DamagedValueTest : public ::testing::Test {
 protected:
  DamagedValueTest() { database_.Migrate(kMigrations); }

  /// What is said of a row with that value, read by `read`; empty when nothing is wrong with it.
  template <class T>
  std::string Complaint(const T& value, const std::function<void(const Cursor&)>& read) {
    put_.Run(value);
    Cursor row = find_.Query(7);
    EXPECT_TRUE(row.Next());
    try {
      read(row);
    } catch (const DamagedValue& damaged) {
      return damaged.what();
    }
    return "";
  }

  test_support::TemporaryDirectory directory_;
  Database database_{directory_.path() / "thing.db"};
  Statement put_{database_, "INSERT OR REPLACE INTO thing VALUES (7, ?1)"};
  ReadStatement find_{database_, "SELECT id, value FROM thing WHERE id = ?1"};
};

TEST_F(DamagedValueTest, ItsFileTableRowAndColumnAreNamed) {
  EXPECT_THAT(Complaint("red", [](const Cursor& row) { row.Int64(1); }),
              AllOf(HasSubstr("file=" + database_.file().string() + " "), HasSubstr("table=thing"),
                    HasSubstr("row=\"id=7\""), HasSubstr("column=value"), HasSubstr("value=\"red\"")));
  const std::string long_text(100'000, 'x');
  EXPECT_LT(Complaint(long_text, [](const Cursor& row) { row.Int64(1); }).size(), 500u);
}

TEST_F(DamagedValueTest, ARowWhoseKeyIsNotSelectedIsNamedByWhatWasAskedFor) {
  put_.Run("red");
  const ReadStatement alone(database_, "SELECT value FROM thing WHERE id = ?1");
  Cursor row = alone.Query(7);
  ASSERT_TRUE(row.Next());
  try {
    row.Int64(0);
    FAIL();
  } catch (const DamagedValue& damaged) {
    EXPECT_THAT(damaged.what(), AllOf(HasSubstr("table=thing"), HasSubstr("WHERE id = 7")));
  }
}

TEST_F(DamagedValueTest, TypesAreChecked) {
  EXPECT_NE(Complaint("12", [](const Cursor& row) { row.Int64(1); }), "");
  EXPECT_NE(Complaint(1.5, [](const Cursor& row) { row.Int64(1); }), "");
  EXPECT_NE(Complaint(BytesView{"12"}, [](const Cursor& row) { row.OptionalInt64(1); }), "");
  EXPECT_NE(Complaint("1.5", [](const Cursor& row) { row.Double(1); }), "");
  EXPECT_NE(Complaint(12, [](const Cursor& row) { row.Text(1); }), "");
  EXPECT_NE(Complaint(1.5, [](const Cursor& row) { row.Blob(1); }), "");
  EXPECT_NE(Complaint(12, [](const Cursor& row) { row.OptionalText(1); }), "");
  EXPECT_EQ(Complaint(12, [](const Cursor& row) { EXPECT_EQ(row.Int64(1), 12); }), "");
  EXPECT_EQ(Complaint(std::nullopt, [](const Cursor& row) { EXPECT_EQ(row.Int64(1), 0); }), "");
  EXPECT_EQ(Complaint(std::nullopt, [](const Cursor& row) { EXPECT_EQ(row.Text(1), ""); }), "");
}

TEST_F(DamagedValueTest, SoAreTheScalars) {
  put_.Run("red");
  const ReadStatement value(database_, "SELECT value FROM thing");
  EXPECT_THROW(value.Scalar<std::int64_t>(), DamagedValue);
  EXPECT_EQ(value.Scalar<std::string>(), "red");
}

TEST_F(DamagedValueTest, AnEnumerationEndsWithItsLast) {
  const auto read = [](const Cursor& row) { row.Enum(1, Colour::kBlue); };
  EXPECT_NE(Complaint(3, read), "");
  EXPECT_NE(Complaint(-1, read), "");
  EXPECT_NE(Complaint(256, read), "") << "which is 0 of eight bits";
  EXPECT_EQ(Complaint(Colour::kBlue,
                      [](const Cursor& row) { EXPECT_EQ(row.Enum(1, Colour::kBlue), Colour::kBlue); }),
            "");
}

TEST_F(DamagedValueTest, NumbersKeepTheirBounds) {
  const auto as_port = [](const Cursor& row) { row.Number<std::int32_t>(1, 1, 65'535); };
  EXPECT_NE(Complaint(0, as_port), "");
  EXPECT_NE(Complaint(65'536, as_port), "");
  EXPECT_EQ(Complaint(65'535, as_port), "");
  EXPECT_NE(Complaint(-1, [](const Cursor& row) { row.Number<std::uint64_t>(1); }), "");
  EXPECT_NE(Complaint(std::int64_t{1} << 32, [](const Cursor& row) { row.Number<std::uint32_t>(1); }), "");
}

TEST_F(DamagedValueTest, AMomentLiesInTheYearsThatCanBeShown) {
  const auto read = [](const Cursor& row) { row.Time(1); };
  EXPECT_EQ(
      Complaint(base::Clock::kEnd, [](const Cursor& row) { EXPECT_EQ(row.Time(1), base::Clock::kEnd); }), "");
  EXPECT_NE(Complaint(base::Clock::kEnd.time_since_epoch().count() + 1, read), "");
  EXPECT_NE(Complaint(std::numeric_limits<std::int64_t>::min(), read), "");
}

TEST_F(DamagedValueTest, BytesHaveTheirLength) {
  const auto read = [](const Cursor& row) { EXPECT_EQ(row.Bytes(1, 4), "abcd"); };
  EXPECT_EQ(Complaint(BytesView{"abcd"}, read), "");
  EXPECT_NE(Complaint(BytesView{"abc"}, [](const Cursor& row) { row.Bytes(1, 4); }), "");
  EXPECT_NE(Complaint(std::nullopt, [](const Cursor& row) { row.Bytes(1, 4); }), "");
}

TEST_F(DamagedValueTest, WhatAParserThrowsIsDamage) {
  const auto parse = [](std::string_view text) -> int {
    if (text == "good") return 1;
    throw std::invalid_argument("no JSON");
  };
  EXPECT_THAT(Complaint("bad", [&](const Cursor& row) { row.Parsed(1, parse); }), HasSubstr("no JSON"));
  EXPECT_EQ(Complaint("good", [&](const Cursor& row) { EXPECT_EQ(row.Parsed(1, parse), 1); }), "");
}

TEST_F(DamagedValueTest, AJobThatFindsItFailsAlone) {
  Notes notes(directory_.path() / "note.db");
  Gate gate(notes.writer);
  const Ticket neighbour = notes.Put(1, "x");
  const Ticket finder = notes.writer.Enqueue([] { throw DamagedValue("damaged"); });
  gate.Open();
  EXPECT_THROW(notes.writer.Wait(finder), DamagedValue);
  EXPECT_NO_THROW(notes.writer.Wait(neighbour));
}

}  // namespace
}  // namespace cumulite::storage
