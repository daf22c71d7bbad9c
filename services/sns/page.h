#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace cumulite::sns {

/// What lists hold a page.
inline constexpr std::size_t kPageSize = 100;

/// A NextToken names the last entry of the page before.
std::string MakeToken(const std::string& last);
/// Empty without a token. Errors: InvalidParameter.
std::string ReadToken(const std::optional<std::string>& token);
/// The same where entries are numbered; 0 without a token.
std::int64_t ReadNumberToken(const std::optional<std::string>& token);

}  // namespace cumulite::sns
