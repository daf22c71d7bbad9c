#pragma once
#include <string_view>

namespace cumulite::protocol {

/// Whether all of `text` (UTF-8) matches a pattern of an AWS service model, as Java's matches() does.
///
/// Shapes: literals, '.', classes, groups, '|', anchors, the quantifiers ? * + {n} {n,} {n,m}, \w \d \s and
/// their opposites, \uXXXX \xXX \t \r \n, \p{L} \p{N} \p{Z} \p{P} \p{S} \p{Print} (of what is not ASCII, all
/// but \p{Print} hold); no look-ahead, which needs a function of its own (Member::Pattern's second argument).
/// Errors: std::logic_error for a pattern beyond that, so that a test of the tables finds it.
/// Thread: any. Linear in the text: all ways through the pattern are followed at once.
bool MatchesPattern(std::string_view pattern, std::string_view text);

}  // namespace cumulite::protocol
