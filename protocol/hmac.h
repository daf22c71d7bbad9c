#pragma once
#include <string_view>

#include "protocol/checksum.h"
#include "protocol/payload.h"

namespace cumulite::protocol {

Sha256Digest HmacSha256(std::string_view key, std::string_view text);
/// 20 bytes; SigV2 only.
Digest HmacSha1(std::string_view key, std::string_view text);

inline std::string_view AsText(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Compares secrets in a time that depends on their length only.
bool ConstantTimeEquals(std::string_view a, std::string_view b);

}  // namespace cumulite::protocol
