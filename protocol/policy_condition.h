#pragma once
#include <string_view>

namespace cumulite::protocol {

enum class LetterCase : unsigned char { kExact, kIgnore };

/// Whether `text` fits `pattern`, where * stands for any characters and ? for one. Linear in practice,
/// never exponential.
bool MatchesWildcard(std::string_view pattern, std::string_view text,
                     LetterCase letters = LetterCase::kExact);

/// Whether one value of a request passes a condition operator ("stringlike", lower case, not negated) against
/// one value of the policy. False for an operator that is not known.
bool PassesCondition(std::string_view test, std::string_view wanted, std::string_view actual);

/// The positive form of a negated operator ("stringnotequals": "stringequals"); empty if it is not negated.
std::string_view PositiveForm(std::string_view test);

}  // namespace cumulite::protocol
