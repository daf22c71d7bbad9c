#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cumulite::dynamodb {

/// What keeps a text or a sum from being a number of DynamoDB.
enum class NumberProblem : std::uint8_t { kNotNumeric, kTooPrecise, kOverflow, kUnderflow };

/// AWS's words for it: "Attempting to store more than 38 significant digits in a Number". `text` is what was
/// given.
std::string Explain(NumberProblem problem, std::string_view text);

/// A decimal number: up to 38 significant digits, 1E-130 to 9.9999999999999999999999999999999999999E+125 in
/// magnitude, or zero. Exact; equal values are equal objects, however they were written.
///
/// Source: DynamoDB Developer Guide "Supported data types and naming rules", Number.
class Number {
 public:
  Number() = default;  // 0

  static std::variant<Number, NumberProblem> Parse(std::string_view text);
  /// For counts and tests.
  static Number Of(std::int64_t value);

  std::variant<Number, NumberProblem> Plus(const Number& other) const;
  std::variant<Number, NumberProblem> Minus(const Number& other) const;

  /// As AWS answers it: no exponent, no leading or trailing zeros, no plus sign.
  void AppendTo(std::string& out) const;
  std::string ToString() const;

  /// Bytes whose order is the order of the numbers, 1 to 21 of them: two digits a byte, as DynamoDB hashes
  /// them. No encoding is another's beginning once a zero byte follows each.
  void AppendOrderedBytes(std::string& out) const;

  bool IsZero() const { return high_ == 0 && low_ == 0; }
  bool negative() const { return negative_; }
  /// How many significant digits it has; 0 for zero.
  int Digits() const;
  /// How many bytes its digits take, two in each, aligned to powers of 100.
  int DigitPairs() const;
  /// The power of ten of the first digit: 2 for 123, -1 for 0.5. Zero has none.
  int Magnitude() const;
  /// The nearest double, for times.
  double ToDouble() const;

  friend bool operator==(const Number&, const Number&) = default;
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

 private:
  using Wide = unsigned __int128;

  Number(bool negative, Wide digits, int exponent)
      : high_(static_cast<std::uint64_t>(digits >> 64)),
        low_(static_cast<std::uint64_t>(digits)),
        exponent_(static_cast<std::int16_t>(exponent)),
        negative_(negative) {}
  /// Decimal digits with signs, the last one first.
  using Places = std::array<signed char, 41>;
  void AddTo(Places& places, int last) const;
  static std::variant<Number, NumberProblem> OfPlaces(Places places, int last);
  Wide digits() const { return static_cast<Wide>(high_) << 64 | low_; }
  Number Negated() const { return IsZero() ? *this : Number(!negative_, digits(), exponent_); }

  // value = digits × 10^exponent; the last digit is not 0. Two halves, so that the alignment stays 8.
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::int16_t exponent_ = 0;
  bool negative_ = false;
};

}  // namespace cumulite::dynamodb
