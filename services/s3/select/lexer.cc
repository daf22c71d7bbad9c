#include "services/s3/select/lexer.h"

#include <array>

#include "services/s3/select/errors.h"

namespace cumulite::s3::select {
namespace {

constexpr std::array<std::string_view, 6> kLongSymbols{"<=", ">=", "<>", "!=", "||", "=="};
constexpr std::string_view kSymbols = "()[],.*+-/%<>=;";

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    std::vector<Token> tokens;
    for (;;) {
      SkipBlanks();
      Token& token = tokens.emplace_back();
      token.column = at_ + 1;
      if (at_ == text_.size()) return tokens;
      Read(token);
    }
  }

 private:
  [[noreturn]] void Refuse() const {
    throw AwsError(kLexerInvalidChar, "The SQL expression contains an invalid character at line 1, column " +
                                          std::to_string(at_ + 1) + ".");
  }

  void SkipBlanks() {
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  void Read(Token& token) {
    const char c = text_[at_];
    const bool number = IsDigit(c) || (c == '.' && at_ + 1 < text_.size() && IsDigit(text_[at_ + 1]));
    if (IsLetter(c)) return ReadWord(token);
    if (number) return ReadNumber(token);
    if (c == '\'' || c == '"' || c == '`') return ReadQuoted(token, c);
    token.kind = Token::Kind::kSymbol;
    for (const std::string_view symbol : kLongSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      token.text = symbol == "!=" ? "<>" : symbol == "==" ? "=" : std::string(symbol);
      at_ += symbol.size();
      return;
    }
    if (kSymbols.find(c) == std::string_view::npos) Refuse();
    token.text = c;
    ++at_;
  }

  void ReadWord(Token& token) {
    const std::size_t start = at_;
    while (at_ < text_.size() && (IsLetter(text_[at_]) || IsDigit(text_[at_]))) ++at_;
    token.kind = Token::Kind::kWord;
    token.text = text_.substr(start, at_ - start);
    token.upper = token.text;
    for (char& c : token.upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    }
  }

  void ReadNumber(Token& token) {
    const std::size_t start = at_;
    const auto digits = [&] {
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
    };
    digits();
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      digits();
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      digits();
    }
    token.kind = Token::Kind::kNumber;
    token.text = text_.substr(start, at_ - start);
    const auto value = ParseNumber(token.text);
    if (!value) Refuse();
    token.value = *value;
  }

  /// The quote itself is written twice.
  void ReadQuoted(Token& token, char quote) {
    ++at_;
    for (;; ++at_) {
      if (at_ >= text_.size()) Refuse();
      if (text_[at_] == quote) {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != quote) break;
        ++at_;
      }
      token.text += text_[at_];
    }
    ++at_;
    token.kind = quote == '\'' ? Token::Kind::kString : Token::Kind::kQuoted;
  }

  const std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view text) { return Lexer(text).Run(); }

}  // namespace cumulite::s3::select
