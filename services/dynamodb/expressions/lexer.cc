#include "services/dynamodb/expressions/lexer.h"

#include <algorithm>

namespace cumulite::dynamodb {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsNameCharacter(char c) { return IsLetter(c) || IsDigit(c) || c == '_'; }

template <typename Predicate>
std::size_t EndOf(std::string_view text, std::size_t from, Predicate predicate) {
  while (from < text.size() && predicate(text[from])) ++from;
  return from;
}

/// What starts at `begin` and matches no other rule: an operator of two characters, or one character with all
/// of its UTF-8 bytes.
std::size_t EndOfSign(std::string_view text, std::size_t begin) {
  const std::string_view two = text.substr(begin, 2);
  if (two == "<>" || two == "<=" || two == ">=") return begin + 2;
  return EndOf(text, begin + 1, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

Token TokenAt(std::string_view text, std::size_t begin) {
  const char first = text[begin];
  TokenKind kind = TokenKind::kSign;
  std::size_t end = begin + 1;
  if (IsLetter(first)) {
    kind = TokenKind::kWord;
    end = EndOf(text, end, IsNameCharacter);
  } else if (IsDigit(first)) {
    kind = TokenKind::kNumber;
    end = EndOf(text, end, IsDigit);
  } else if (first == '#' || first == ':') {
    end = EndOf(text, end, IsNameCharacter);
    if (end > begin + 1) kind = first == '#' ? TokenKind::kName : TokenKind::kValue;
  } else {
    end = EndOfSign(text, begin);
  }
  return {kind, static_cast<std::uint32_t>(begin), text.substr(begin, end - begin)};
}

}  // namespace

std::vector<Token> Tokenize(std::string_view expression) {
  std::vector<Token> tokens;
  tokens.reserve(expression.size() / 3 + 2);
  for (std::size_t at = EndOf(expression, 0, IsBlank); at < expression.size();) {
    tokens.push_back(TokenAt(expression, at));
    at = EndOf(expression, at + tokens.back().text.size(), IsBlank);
  }
  tokens.push_back({TokenKind::kEnd, static_cast<std::uint32_t>(expression.size()), "<EOF>"});
  return tokens;
}

bool IsKeyword(const Token& token, std::string_view keyword) {
  return token.kind == TokenKind::kWord && std::ranges::equal(token.text, keyword, [](char a, char b) {
           return a == b || (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b);
         });
}

}  // namespace cumulite::dynamodb
