#pragma once
#include <string>
#include <string_view>

namespace cumulite::sns {

/// "true" or "false" of a text in any case, as it is stored.
/// Errors: InvalidParameter; `where` begins its text, the attribute's name follows.
std::string CheckBoolean(std::string_view name, const std::string& value, std::string_view where);

/// "0" to "100": the share of deliveries whose success is noted.
bool IsPercentage(std::string_view text);
/// "arn:aws:iam::000000000000:role/name"
bool IsRoleArn(std::string_view text);

}  // namespace cumulite::sns
