#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// A new access key id of temporary credentials: "ASIA" and 16 characters of base32 that carry the account
/// in the place where AWS's own keys carry it, so that the caller's account is known from the key alone and
/// no credential need be stored. The account is 12 digits.
std::string MakeTemporaryKey(std::string_view account);

/// The account inside such a key; nullopt for any other access key id.
std::optional<std::string> AccountOfTemporaryKey(std::string_view access_key);

}  // namespace cumulite::protocol
