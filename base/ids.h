#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace cumulite::base {

// Random identifiers: fast generators, one a thread, seeded by the kernel. Unique, but predictable to whoever
// sees many of them; for anything that must not be guessed there is SecureRandom. Thread: any.

std::array<std::byte, 16> RandomBytes();
/// "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", version 4.
std::string RandomUuid();
/// `length` characters of 0-9a-f.
std::string RandomHex(std::size_t length);
/// `length` characters of 0-9A-Z, as in S3's request ids.
std::string RandomUpperAlphanumeric(std::size_t length);

/// Fills `bytes` with the kernel's random data, for keys and secrets.
void SecureRandom(std::span<std::byte> bytes);

}  // namespace cumulite::base
