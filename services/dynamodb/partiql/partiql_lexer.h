#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::dynamodb {

enum class PartiqlTokenKind : std::uint8_t {
  kWord,        // a keyword, a function or a name; case matters to names only
  kIdentifier,  // "quoted"
  kString,      // 'quoted'
  kNumber,
  kSign,  // punctuation and operators
  kEnd,
};

struct PartiqlToken {
  PartiqlTokenKind kind = PartiqlTokenKind::kEnd;
  std::string text;  // without quotes, a doubled quote being one
};

/// The tokens of a statement, the last of which is kEnd. Comments are skipped.
/// Errors: ValidationException for quotes and comments without end and characters that mean nothing.
std::vector<PartiqlToken> TokenizePartiql(std::string_view statement);

/// Throws ValidationException "Statement wasn't well formed, can't be processed: " + problem.
[[noreturn]] void RefuseStatement(std::string_view problem);

}  // namespace cumulite::dynamodb
