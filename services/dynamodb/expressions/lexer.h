#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace cumulite::dynamodb {

enum class TokenKind : std::uint8_t {
  kWord,    // an attribute, a function or a keyword, whichever fits
  kName,    // #name
  kValue,   // :value
  kNumber,  // digits
  kSign,    // one of ( ) [ ] . , + - = < > <> <= >=, or a character that means nothing
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t begin = 0;  // bytes into the expression
  std::string_view text;    // "<EOF>" at the end
};

/// The tokens of an expression, the last of which is kEnd. Refuses nothing: what is no token of DynamoDB's
/// becomes a sign that no rule wants.
std::vector<Token> Tokenize(std::string_view expression);

/// Whether a word is this keyword, which is given in capitals.
bool IsKeyword(const Token& token, std::string_view keyword);

}  // namespace cumulite::dynamodb
