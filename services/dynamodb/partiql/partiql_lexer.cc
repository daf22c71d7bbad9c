#include "services/dynamodb/partiql/partiql_lexer.h"

#include <array>

#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; }
bool IsWord(char c) { return IsWordStart(c) || IsDigit(c); }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<PartiqlToken> Run() {
    std::vector<PartiqlToken> tokens;
    for (SkipBlanks(); at_ < text_.size(); SkipBlanks()) tokens.push_back(Next());
    tokens.emplace_back();
    return tokens;
  }

 private:
  char Peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void SkipBlanks() {
    for (;;) {
      while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
      const std::string_view two = text_.substr(at_, 2);
      if (two == "--") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (two == "/*") {
        at_ = text_.find("*/", at_ + 2);
        if (at_ == std::string_view::npos) RefuseStatement("Unterminated comment");
        at_ += 2;
      } else {
        return;
      }
    }
  }

  PartiqlToken Next() {
    const char first = Peek();
    if (first == '\'') return {PartiqlTokenKind::kString, Quoted('\'')};
    if (first == '"') return {PartiqlTokenKind::kIdentifier, Quoted('"')};
    if (IsDigit(first) || (first == '.' && IsDigit(Peek(1)))) return {PartiqlTokenKind::kNumber, Number()};
    if (IsWordStart(first)) {
      return {PartiqlTokenKind::kWord, Take([](char c) { return IsWord(c); })};
    }
    return {PartiqlTokenKind::kSign, Sign()};
  }

  template <typename Predicate>
  std::string Take(Predicate predicate) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && predicate(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string Quoted(char quote) {
    std::string inside;
    for (++at_;; ++at_) {
      const std::size_t end = text_.find(quote, at_);
      if (end == std::string_view::npos) RefuseStatement("Unterminated quoted text");
      inside.append(text_, at_, end - at_);
      at_ = end + 1;
      if (Peek() != quote) return inside;
      inside += quote;
    }
  }

  std::string Number() {
    std::string digits = Take(IsDigit);
    if (Peek() == '.') {
      ++at_;
      digits.append(".").append(Take(IsDigit));
    }
    const bool sign = Peek(1) == '+' || Peek(1) == '-';
    if ((Peek() != 'e' && Peek() != 'E') || !IsDigit(Peek(sign ? 2 : 1))) return digits;
    digits.append(text_, at_, sign ? 2 : 1);
    at_ += sign ? 2 : 1;
    return digits + Take(IsDigit);
  }

  std::string Sign() {
    static constexpr std::array<std::string_view, 6> kPairs = {"<<", ">>", "<=", ">=", "<>", "!="};
    const std::string_view two = text_.substr(at_, 2);
    for (const std::string_view pair : kPairs) {
      if (two != pair) continue;
      at_ += 2;
      return pair == "!=" ? "<>" : std::string(pair);
    }
    if (std::string_view("()[]{},.:=<>+-*?;").find(Peek()) == std::string_view::npos) {
      RefuseStatement("Unexpected character");
    }
    return std::string(1, text_[at_++]);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<PartiqlToken> TokenizePartiql(std::string_view statement) { return Lexer(statement).Run(); }

void RefuseStatement(std::string_view problem) {
  throw Invalid("Statement wasn't well formed, can't be processed: " + std::string(problem));
}

}  // namespace cumulite::dynamodb
