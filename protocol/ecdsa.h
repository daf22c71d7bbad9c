#pragma once
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// An ECDSA signature as JSON Web Tokens have it: its two numbers side by side, `number_bytes` each, where
/// OpenSSL makes DER. Errors: std::runtime_error when `der` is none. Source: RFC 7518 3.4.
std::string PlainEcdsaSignature(std::string_view der, int number_bytes);

}  // namespace cumulite::protocol
