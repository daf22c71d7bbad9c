#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::elb::proxy {

/// A rule's pattern: `*` stands for any number of characters, `?` for exactly one; the whole text must match.
///
/// Immutable. Matching takes time linear in the text for each of its wildcards (AWS allows five).
class Pattern {
 public:
  enum class Case { kSensitive, kInsensitive };
  /// kBackslash: `\*`, `\?` and `\\` stand for the character itself, as in query-string conditions.
  enum class Escape { kNone, kBackslash };

  Pattern(std::string_view text, Case letter_case, Escape escape = Escape::kNone);

  bool Matches(std::string_view text) const;

 private:
  enum class Shape : std::uint8_t { kExact, kPrefix, kGeneral };  // kPrefix: one `*`, at the end
  struct Token {
    enum class Kind : std::uint8_t { kCharacter, kOne, kAny };
    Kind kind;
    char character;
  };

  bool MatchesGeneral(std::string_view text) const;
  bool SameAt(const Token& token, char c) const;
  bool SameText(std::string_view text) const;

  const bool fold_;
  Shape shape_ = Shape::kExact;
  std::string literal_;        // kExact, kPrefix
  std::vector<Token> tokens_;  // kGeneral
};

}  // namespace cumulite::elb::proxy
