#include "services/dynamodb/items/key_encoding.h"

#include <gtest/gtest.h>

#include <random>

namespace cumulite::dynamodb {
namespace {

std::string Encoded(const AttributeValue& value) {
  std::string out;
  AppendKeyPart(value, out);
  return out;
}

Number N(const std::string& text) { return std::get<Number>(Number::Parse(text)); }

TEST(KeyEncodingTest, NumbersOfAllSizesAreInOrder) {
  std::mt19937 random(11);
  std::vector<Number> numbers = {Number(), N("1e-130"), N("-1e-130"), N("9e125"), N("-9e125")};
  for (int i = 0; i < 600; ++i) {
    std::string text = random() % 2 == 0 ? "-" : "";
    for (std::size_t digits = random() % 38 + 1; digits > 0; --digits) {
      text += static_cast<char>('0' + (random() % 3 == 0 ? 0 : random() % 10));
    }
    numbers.push_back(N(text + "e" + std::to_string(static_cast<int>(random() % 180) - 95)));
  }
  for (const Number& a : numbers) {
    for (const Number& b : numbers) {
      const std::string left = Encoded(AttributeValue(a));
      const std::string right = Encoded(AttributeValue(b));
      ASSERT_EQ(left.compare(right) <=> 0, a <=> b) << a.ToString() << " " << b.ToString();
      ASSERT_TRUE(a == b || !right.starts_with(left));
    }
  }
}

TEST(KeyEncodingTest, TextsAreInOrderOfTheirBytes) {
  std::mt19937 random(12);
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (std::size_t size = random() % 4; size > 0; --size)
      text +=
          "\x00\x01\x02"
          "a\xfe\xff"[random() % 6];
    texts.push_back(text);
  }
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      const std::string left = Encoded(AttributeValue::OfBinary(a));
      const std::string right = Encoded(AttributeValue::OfBinary(b));
      ASSERT_EQ(left.compare(right) <=> 0, a.compare(b) <=> 0);
      ASSERT_TRUE(a == b || !right.starts_with(left));
      std::string prefix;
      AppendKeyPrefix(a, prefix);
      const std::string end = AfterPrefix(prefix);
      const bool inside = right >= prefix && (end.empty() || right < end);
      ASSERT_EQ(inside, b.starts_with(a));
    }
  }
}

TEST(KeyEncodingTest, SegmentsCoverAllSlicesOnce) {
  for (const std::int64_t total : {1, 2, 3, 7, 4096, 5000}) {
    std::string expected = std::string(2, '\0');
    for (std::int64_t i = 0; i < total; ++i) {
      const SegmentRange range = RangeOfSegment(i, total);
      if (range.empty) continue;
      EXPECT_EQ(range.first, expected);
      expected = range.end;
    }
    EXPECT_EQ(expected, "") << total;
  }
}

}  // namespace
}  // namespace cumulite::dynamodb
