#include "services/storage/statement.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/unit/storage/notes_fixture.h"

namespace cumulite::storage {
namespace {

constexpr Migration kMigrations[] = {
    {1,
     "CREATE TABLE item (i INTEGER, r REAL, t TEXT, b BLOB) STRICT;"
     "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES child (id)) STRICT"},
};

class StatementTest : public ::testing::Test {
 protected:
  StatementTest() { database_.Migrate(kMigrations); }

  test_support::TemporaryDirectory directory_;
  Database database_{directory_.path() / "item.db"};
  Statement insert_{database_, "INSERT INTO item (i, r, t, b) VALUES (?1, ?2, ?3, ?4)"};
  Statement select_{database_, "SELECT i, r, t, b FROM item"};
};

TEST_F(StatementTest, ValuesOfEveryTypeComeBackAsTheyWere) {
  const std::string text("a\0b\xC3\xA9", 5);
  const std::string blob("\0\xFF\x00", 3);
  EXPECT_EQ(insert_.Run(std::int64_t{-1} << 62, 0.1, text, BytesView{blob}), 1);
  Cursor rows = select_.Query();
  ASSERT_TRUE(rows.Next());
  EXPECT_EQ(rows.Int64(0), std::int64_t{-1} << 62);
  EXPECT_EQ(rows.Double(1), 0.1);
  EXPECT_EQ(rows.Text(2), text);
  EXPECT_EQ(rows.Blob(3).bytes, blob);
  EXPECT_FALSE(rows.Next());
}

TEST_F(StatementTest, EmptyIsNotNull) {
  insert_.Run(0, 0.0, std::string_view(), BytesView{});
  insert_.Run(std::nullopt, std::optional<double>(), std::optional<std::string>(), std::nullopt);
  Cursor rows = select_.Query();
  ASSERT_TRUE(rows.Next());
  for (int column = 0; column < 4; ++column) EXPECT_FALSE(rows.IsNull(column)) << column;
  ASSERT_TRUE(rows.Next());
  for (int column = 0; column < 4; ++column) EXPECT_TRUE(rows.IsNull(column)) << column;
  EXPECT_EQ(rows.OptionalInt64(0), std::nullopt);
  EXPECT_EQ(rows.OptionalText(2), std::nullopt);
}

TEST_F(StatementTest, ScalarTellsNoRowAndNullFromAValue) {
  Statement text(database_, "SELECT t FROM item WHERE i = ?1");
  EXPECT_EQ(text.Scalar<std::string>(1), std::nullopt);
  insert_.Run(1, 1.5, "one", BytesView{"x"});
  EXPECT_EQ(text.Scalar<std::string>(1), "one");
  Statement real(database_, "SELECT r FROM item WHERE t = ?1");
  EXPECT_EQ(real.Scalar<double>("one"), 1.5);
}

TEST_F(StatementTest, AQueryOutlivesTheValuesThatItWasGiven) {
  insert_.Run(1, 1.5, "one", std::nullopt);
  Statement by_text(database_, "SELECT i FROM item WHERE t = ?1 OR t = ?1 || 'x'");
  Cursor rows = [&] { return by_text.Query(std::string("on") + "e"); }();
  EXPECT_TRUE(rows.Next());
}

TEST_F(StatementTest, DefectsOfTheCallerAreReported) {
  EXPECT_THROW(insert_.Run(1, 2.0), std::logic_error) << "two values of four";
  EXPECT_THROW(Statement(database_, "SELEC 1").Run(), StorageError);
  insert_.Run(1, 1.0, "a", std::nullopt);
  insert_.Run(2, 2.0, "b", std::nullopt);
  Cursor rows = select_.Query();
  ASSERT_TRUE(rows.Next());
  EXPECT_THROW(select_.Query(), std::logic_error) << "the first would end unnoticed";
  EXPECT_TRUE(rows.Next());
}

TEST_F(StatementTest, ConstraintsAreTheirOwnError) {
  Statement insert(database_, "INSERT INTO child (id, parent) VALUES (?1, ?2)");
  insert.Run(1, std::nullopt);
  EXPECT_THROW(insert.Run(1, std::nullopt), ConstraintError);
  EXPECT_THROW(insert.Run(2, 99), ConstraintError) << "foreign keys are enforced";
  insert.Run(2, 1);
}

TEST_F(StatementTest, ReadersCannotWrite) {
  const ReadStatement write(database_, "DELETE FROM item");
  EXPECT_THROW(write.Query().Next(), StorageError);
}

}  // namespace
}  // namespace cumulite::storage
