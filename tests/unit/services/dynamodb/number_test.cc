#include "services/dynamodb/items/number.h"

#include <gtest/gtest.h>

#include <random>

namespace cumulite::dynamodb {
namespace {

Number N(std::string_view text) {
  const auto parsed = Number::Parse(text);
  EXPECT_TRUE(std::holds_alternative<Number>(parsed)) << text;
  return std::holds_alternative<Number>(parsed) ? std::get<Number>(parsed) : Number();
}

std::string Canonical(std::string_view text) { return N(text).ToString(); }

NumberProblem ProblemOf(const std::variant<Number, NumberProblem>& parsed) {
  EXPECT_TRUE(std::holds_alternative<NumberProblem>(parsed));
  return std::holds_alternative<NumberProblem>(parsed) ? std::get<NumberProblem>(parsed)
                                                       : NumberProblem::kNotNumeric;
}

const std::string kNines(38, '9');

TEST(NumberTest, IsAnsweredInCanonicalForm) {
  EXPECT_EQ(Canonical("1000"), "1000");
  EXPECT_EQ(Canonical("1e3"), "1000");
  EXPECT_EQ(Canonical("1E+3"), "1000");
  EXPECT_EQ(Canonical("+1000.0"), "1000");
  EXPECT_EQ(Canonical(".5"), "0.5");
  EXPECT_EQ(Canonical("-0"), "0");
  EXPECT_EQ(Canonical("0e5"), "0");
  EXPECT_EQ(Canonical("000012.34000"), "12.34");
  EXPECT_EQ(Canonical("-1e-5"), "-0.00001");
  EXPECT_EQ(Canonical("1e125"), "1" + std::string(125, '0'));
  EXPECT_EQ(Canonical("1e-130"), "0." + std::string(129, '0') + "1");
  EXPECT_EQ(Canonical("10203040506070809010203040506070809012"), "10203040506070809010203040506070809012");
}

TEST(NumberTest, RefusesWhatAwsRefuses) {
  for (const char* text : {"", "b", "1b", "--1", "1e", "e5", ".", "NaN", "Infinity", "1 ", " 1", "0x10"}) {
    EXPECT_EQ(ProblemOf(Number::Parse(text)), NumberProblem::kNotNumeric) << text;
  }
  EXPECT_EQ(ProblemOf(Number::Parse(kNines + "9")), NumberProblem::kTooPrecise);
  EXPECT_EQ(ProblemOf(Number::Parse("1e126")), NumberProblem::kOverflow);
  EXPECT_EQ(ProblemOf(Number::Parse("-1e99999999999999999999")), NumberProblem::kOverflow);
  EXPECT_EQ(ProblemOf(Number::Parse("1e-131")), NumberProblem::kUnderflow);
  EXPECT_EQ(Explain(NumberProblem::kNotNumeric, "b"),
            "The parameter cannot be converted to a numeric value: b");
  EXPECT_EQ(Explain(NumberProblem::kNotNumeric, ""), "The parameter cannot be converted to a numeric value");
}

TEST(NumberTest, TakesTheLargestAndTheSmallest) {
  EXPECT_EQ(Canonical("9." + std::string(37, '9') + "e125"), kNines + std::string(88, '0'));
  EXPECT_EQ(Canonical(kNines + std::string(50, '0')), kNines + std::string(50, '0'));
  EXPECT_EQ(Canonical("-" + kNines + "e-130"), "-0." + std::string(92, '0') + kNines);
}

TEST(NumberTest, AddsExactly) {
  const auto sum = [](std::string_view a, std::string_view b) {
    return std::get<Number>(N(a).Plus(N(b))).ToString();
  };
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("1", "-1"), "0");
  EXPECT_EQ(sum("-5", "3"), "-2");
  EXPECT_EQ(sum("999", "1"), "1000");
  EXPECT_EQ(sum("1e38", "-1"), kNines);
  EXPECT_EQ(sum(kNines, "1"), "1" + std::string(38, '0'));
  EXPECT_EQ(ProblemOf(N("1e38").Plus(N("1"))), NumberProblem::kOverflow);
  EXPECT_EQ(ProblemOf(N("1e125").Plus(N("1e-100"))), NumberProblem::kOverflow);
  EXPECT_EQ(ProblemOf(N("9e125").Plus(N("1e125"))), NumberProblem::kOverflow);
  EXPECT_EQ(std::get<Number>(N("3").Minus(N("10.5"))).ToString(), "-7.5");
}

TEST(NumberTest, AddsAsIntegersDo) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto a = static_cast<std::int64_t>(random()) >> (random() % 62 + 1);
    const auto b = static_cast<std::int64_t>(random()) >> (random() % 62 + 1);
    EXPECT_EQ(std::get<Number>(Number::Of(a).Plus(Number::Of(b))), Number::Of(a + b));
    EXPECT_EQ(std::get<Number>(Number::Of(a).Minus(Number::Of(b))), Number::Of(a - b));
    EXPECT_EQ(Number::Of(a) <=> Number::Of(b), a <=> b);
  }
}

}  // namespace
}  // namespace cumulite::dynamodb
