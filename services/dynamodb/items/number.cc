#include "services/dynamodb/items/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace cumulite::dynamodb {
namespace {

constexpr int kMaxDigits = 38;
constexpr int kMaxMagnitude = 125;
constexpr int kMinMagnitude = -130;

using Wide = unsigned __int128;
using DigitArray = std::array<char, 40>;  // decimal digits as numbers 0..9, the first one first

int CountDigits(Wide value) {
  int count = 0;
  for (; value >= 10'000'000'000'000'000'000U; value /= 10'000'000'000U) count += 10;
  for (auto rest = static_cast<std::uint64_t>(value); rest != 0; rest /= 10) ++count;
  return count;
}

int Split(Wide value, DigitArray& digits) {
  const int count = CountDigits(value);
  for (int i = count; i-- > 0; value /= 10)
    digits[static_cast<std::size_t>(i)] = static_cast<char>(value % 10);
  return count;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// The text of a number taken apart: significant digits without leading and trailing zeros.
struct Parts {
  bool negative = false;
  Wide digits = 0;
  int count = 0;              // significant digits, may exceed kMaxDigits
  std::int64_t exponent = 0;  // of the last digit
};

/// Exponents beyond this are out of range whatever the digits are, in any request that fits into 16 MiB.
constexpr std::int64_t kHugeExponent = 1'000'000'000;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  /// False for what is no number.
  bool Scan(Parts& parts) {
    if (Take('-')) {
      parts.negative = true;
    } else {
      Take('+');
    }
    while (at_ < text_.size() && (IsDigit(text_[at_]) || (text_[at_] == '.' && !point_))) Step(parts);
    if (!any_) return false;
    if (Take('e') || Take('E')) {
      if (!Exponent(parts)) return false;
    }
    return at_ == text_.size();
  }

  int trailing_zeros() const { return zeros_; }

 private:
  bool Take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void Step(Parts& parts) {
    const char c = text_[at_++];
    if (c == '.') {
      point_ = true;
      return;
    }
    any_ = true;
    if (point_) --parts.exponent;
    if (c == '0') {
      ++zeros_;  // trailing, until another digit follows
      return;
    }
    if (parts.count > 0) parts.count += zeros_;
    for (; zeros_ > 0 && parts.digits != 0 && parts.count < kMaxDigits + 1; --zeros_) parts.digits *= 10;
    zeros_ = 0;
    ++parts.count;
    if (parts.count <= kMaxDigits) parts.digits = parts.digits * 10 + static_cast<Wide>(c - '0');
  }

  bool Exponent(Parts& parts) {
    const bool minus = Take('-');
    if (!minus) Take('+');
    const std::size_t start = at_;
    std::int64_t value = 0;
    for (; at_ < text_.size() && IsDigit(text_[at_]); ++at_) {
      value = std::min(value * 10 + (text_[at_] - '0'), kHugeExponent);
    }
    parts.exponent += minus ? -value : value;
    return at_ > start;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool point_ = false;
  bool any_ = false;
  int zeros_ = 0;
};

}  // namespace

std::string Explain(NumberProblem problem, std::string_view text) {
  switch (problem) {
    case NumberProblem::kNotNumeric: {
      std::string message = "The parameter cannot be converted to a numeric value";
      if (!text.empty()) message.append(": ").append(text);
      return message;
    }
    case NumberProblem::kTooPrecise:
      return "Attempting to store more than 38 significant digits in a Number";
    case NumberProblem::kOverflow:
      return "Number overflow. Attempting to store a number with magnitude larger than supported range";
    case NumberProblem::kUnderflow:
      break;
  }
  return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
}

std::variant<Number, NumberProblem> Number::Parse(std::string_view text) {
  Parts parts;
  Scanner scanner(text);
  if (!scanner.Scan(parts)) return NumberProblem::kNotNumeric;
  if (parts.count == 0) return Number();
  const std::int64_t last = parts.exponent + scanner.trailing_zeros();
  const std::int64_t magnitude = last + parts.count - 1;
  if (magnitude > kMaxMagnitude) return NumberProblem::kOverflow;
  if (magnitude < kMinMagnitude) return NumberProblem::kUnderflow;
  if (parts.count > kMaxDigits) return NumberProblem::kTooPrecise;
  return Number(parts.negative, parts.digits, static_cast<int>(last));
}

Number Number::Of(std::int64_t value) { return std::get<Number>(Parse(std::to_string(value))); }

std::variant<Number, NumberProblem> Number::Plus(const Number& other) const {
  if (IsZero()) return other;
  if (other.IsZero()) return *this;
  const int last = std::min(exponent_, other.exponent_);
  const int first = std::max(Magnitude(), other.Magnitude());
  // The last digit of the sum is not 0, and a borrow takes one place at most: 40 places never become 38. AWS
  // calls a sum of too many digits an overflow, too.
  if (first - last > kMaxDigits) return NumberProblem::kOverflow;
  Places sum{};  // the last digit first, with their signs
  AddTo(sum, last);
  other.AddTo(sum, last);
  return OfPlaces(sum, last);
}

void Number::AddTo(Places& places, int last) const {
  auto at = static_cast<std::size_t>(exponent_ - last);
  for (Wide rest = digits(); rest != 0; rest /= 10, ++at) {
    const auto digit = static_cast<int>(rest % 10);
    places[at] = static_cast<signed char>(places[at] + (negative_ ? -digit : digit));
  }
}

/// The number whose digits, each -18..18, are `places`; the last one stands at 10^last.
std::variant<Number, NumberProblem> Number::OfPlaces(Places places, int last) {
  std::size_t top = places.size();
  while (top > 0 && places[top - 1] == 0) --top;
  if (top == 0) return Number();
  const bool negative = places[top - 1] < 0;
  int carry = 0;
  for (signed char& place : places) {
    int digit = (negative ? -place : place) + carry;
    carry = 0;
    if (digit < 0) {
      digit += 10;
      carry = -1;
    } else if (digit > 9) {
      digit -= 10;
      carry = 1;
    }
    place = static_cast<signed char>(digit);
  }
  std::size_t low = 0;
  while (places[low] == 0) ++low;
  top = places.size();
  while (places[top - 1] == 0) --top;
  const int magnitude = last + static_cast<int>(top) - 1;
  if (magnitude > kMaxMagnitude) return NumberProblem::kOverflow;
  if (magnitude < kMinMagnitude) return NumberProblem::kUnderflow;
  if (top - low > kMaxDigits) return NumberProblem::kOverflow;
  Wide digits = 0;
  for (std::size_t i = top; i-- > low;) digits = digits * 10 + static_cast<Wide>(places[i]);
  return Number(negative, digits, last + static_cast<int>(low));
}

std::variant<Number, NumberProblem> Number::Minus(const Number& other) const { return Plus(other.Negated()); }

int Number::Digits() const { return CountDigits(digits()); }

int Number::DigitPairs() const {
  if (IsZero()) return 0;
  const int alone = Magnitude() % 2 == 0 ? 1 : 0;
  return (Digits() + alone + 1) / 2;
}

int Number::Magnitude() const { return exponent_ + Digits() - 1; }

double Number::ToDouble() const {
  const std::string text = ToString();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  const auto sign = [](const Number& number) { return number.IsZero() ? 0 : number.negative_ ? -1 : 1; };
  if (sign(a) != sign(b) || a.IsZero()) return sign(a) <=> sign(b);
  const Number& small = a.negative_ ? b : a;  // by magnitude, if a < b
  const Number& large = a.negative_ ? a : b;
  if (small.Magnitude() != large.Magnitude()) return small.Magnitude() <=> large.Magnitude();
  const auto all_places = [](const Number& number) {
    Wide digits = number.digits();
    for (int i = number.Digits(); i < kMaxDigits; ++i) digits *= 10;
    return digits;
  };
  const Wide left = all_places(small);
  const Wide right = all_places(large);
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

void Number::AppendTo(std::string& out) const {
  if (IsZero()) {
    out += '0';
    return;
  }
  DigitArray digit;
  const int count = Split(digits(), digit);
  for (int i = 0; i < count; ++i)
    digit[static_cast<std::size_t>(i)] = static_cast<char>(digit[static_cast<std::size_t>(i)] + '0');
  if (negative_) out += '-';
  const int whole = count + exponent_;  // digits before the point
  if (whole <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-whole), '0');
    out.append(digit.data(), static_cast<std::size_t>(count));
  } else if (whole >= count) {
    out.append(digit.data(), static_cast<std::size_t>(count));
    out.append(static_cast<std::size_t>(whole - count), '0');
  } else {
    out.append(digit.data(), static_cast<std::size_t>(whole));
    out += '.';
    out.append(digit.data() + whole, static_cast<std::size_t>(count - whole));
  }
}

// The form in which databases have long stored decimals: a byte for sign and power of 100, then a byte for
// each two digits, 1 more than they are; negative numbers count down and end in 102.
void Number::AppendOrderedBytes(std::string& out) const {
  if (IsZero()) {
    out += '\x80';
    return;
  }
  DigitArray digit;
  const int count = Split(digits(), digit);
  const int magnitude = exponent_ + count - 1;
  const int pair_power = magnitude >= 0 ? magnitude / 2 : -((1 - magnitude) / 2);  // floor(magnitude / 2)
  const bool first_alone = magnitude % 2 == 0;                                     // the first pair is 0d
  out += static_cast<char>(negative_ ? 62 - pair_power : 193 + pair_power);
  int at = 0;
  int pairs = 0;
  for (bool alone = first_alone; at < count; alone = false, ++pairs) {
    int pair = 0;
    if (!alone) pair = digit[static_cast<std::size_t>(at++)] * 10;
    if (at < count) pair += digit[static_cast<std::size_t>(at++)];
    out += static_cast<char>(negative_ ? 101 - pair : pair + 1);
  }
  constexpr int kPairsWithoutEnd = 20;
  if (negative_ && pairs < kPairsWithoutEnd) out += '\x66';
}

std::string Number::ToString() const {
  std::string text;
  AppendTo(text);
  return text;
}

}  // namespace cumulite::dynamodb
