#pragma once
#include <string>
#include <string_view>

namespace cumulite::sns {

/// What a pending subscription is confirmed by; cannot be guessed.
std::string MakeConfirmationToken();
/// Whether a text has the form of one.
bool IsConfirmationToken(std::string_view text);

}  // namespace cumulite::sns
