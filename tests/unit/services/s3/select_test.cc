#include <gtest/gtest.h>

#include "services/s3/errors.h"
#include "services/s3/select/evaluate.h"
#include "services/s3/select/input.h"

namespace cumulite::s3::select {
namespace {

std::vector<std::string> Fields(std::string_view csv, std::size_t piece, CsvFormat format = {}) {
  CsvReader reader(std::move(format));
  std::vector<std::string> fields;
  Record record;
  for (bool more = true; more;) {
    reader.Feed(csv.substr(0, piece));
    csv.remove_prefix(std::min(piece, csv.size()));
    more = !csv.empty();
    if (!more) reader.End();
    while (reader.Next(record)) {
      fields.insert(fields.end(), record.fields.begin(), record.fields.end());
      fields.emplace_back("|");
    }
  }
  return fields;
}

TEST(SelectTest, CsvIsTheSameWhereverItIsCut) {
  const std::string csv = "a,\"b\"\"c\",\r\n\"d\ne\",,f";
  const CsvFormat format{.record_delimiter = "\r\n", .quoted_delimiters = true};
  const std::vector<std::string> whole{"a", "b\"c", "", "|", "d\ne", "", "f", "|"};
  for (std::size_t piece = 1; piece <= csv.size(); ++piece)
    EXPECT_EQ(Fields(csv, piece, format), whole) << piece;
}

TEST(SelectTest, ARecordOfMoreThanAMebibyteIsRefused) {
  EXPECT_THROW(Fields(std::string((1 << 20) + 2, 'x'), 4096), AwsError);
}

TEST(SelectTest, LikeKnowsItsWildcards) {
  EXPECT_TRUE(Like("abc", "a%", 0));
  EXPECT_TRUE(Like("abc", "%b%", 0));
  EXPECT_TRUE(Like("", "%", 0));
  EXPECT_FALSE(Like("", "_", 0));
  EXPECT_TRUE(
      Like("h\xc3\xb6"
           "r",
           "h_r", 0))
      << "one character of two bytes";
  EXPECT_TRUE(Like("50%", "50!%", '!'));
  EXPECT_FALSE(Like("500", "50!%", '!'));
  EXPECT_TRUE(Like("aXbXc", "a%X_", 0));
}

TEST(SelectTest, TimesAreReadInAllTheirForms) {
  EXPECT_EQ(ParseTimestamp("1970T"), 0);
  EXPECT_EQ(ParseTimestamp("1970-01-02"), 86'400'000);
  EXPECT_EQ(ParseTimestamp("1970-01-01T00:01Z"), 60'000);
  EXPECT_EQ(ParseTimestamp("1970-01-01T01:00:00.25+01:00"), 250);
  for (const char* text : {"", "19", "1970-13", "1970-02-30T", "1970-01-01T25:00Z", "1970-01-01T00:00Zx"}) {
    EXPECT_EQ(ParseTimestamp(text), std::nullopt) << text;
  }
}

TEST(SelectTest, NumbersThatDoNotFitBecomeDecimals) {
  const Value big = Value::Int(INT64_MAX);
  EXPECT_EQ(Arithmetic("+", big, Value::Int(1)).kind, Value::Kind::kFloat);
  EXPECT_EQ(Arithmetic("/", Value::Int(INT64_MIN), Value::Int(-1)).kind, Value::Kind::kFloat);
  EXPECT_THROW(Arithmetic("%", Value::Int(1), Value::Int(0)), AwsError);
}

TEST(SelectTest, SqlIsBoundedInDepth) {
  std::string nested = "SELECT " + std::string(10'000, '(');
  EXPECT_THROW(ParseSql(nested), AwsError);
  std::string negated = "SELECT 1 FROM S3Object WHERE ";
  for (int i = 0; i < 20'000; ++i) negated += "NOT ";
  ASSERT_NO_THROW(ParseSql(negated + "TRUE"));
  std::string wide = "SELECT 1 FROM S3Object WHERE 1=1";
  for (int i = 0; i < 10'000; ++i) wide += " AND 1=1";
  EXPECT_TRUE(Holds(*ParseSql(wide).where, {.record = {}, .now = {}}));
}

}  // namespace
}  // namespace cumulite::s3::select
