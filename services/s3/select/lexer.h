#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/select/value.h"

namespace cumulite::s3::select {

struct Token {
  enum class Kind : unsigned char { kWord, kQuoted, kString, kNumber, kSymbol, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;        // words as written; symbols: "<="
  std::string upper = {};  // of words
  Value value = {};        // of numbers
  std::size_t column = 1;
};

/// All tokens, the last one kEnd. Errors: LexerInvalidChar.
std::vector<Token> Tokenize(std::string_view text);

}  // namespace cumulite::s3::select
