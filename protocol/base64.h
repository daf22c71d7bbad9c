#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

std::string Base64Encode(std::string_view bytes);
/// Strict: padded, standard alphabet, no blanks, unused bits zero; else nullopt.
std::optional<std::string> Base64Decode(std::string_view text);

/// RFC 4648 5, without padding, as JSON Web Tokens have it.
std::string Base64UrlEncode(std::string_view bytes);
/// Strict, as Base64Decode.
std::optional<std::string> Base64UrlDecode(std::string_view text);

/// Lower-case hexadecimal.
std::string HexEncode(std::string_view bytes);
/// Either case; nullopt for an odd length or another character.
std::optional<std::string> HexDecode(std::string_view text);

}  // namespace cumulite::protocol
