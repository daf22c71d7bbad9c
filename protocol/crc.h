#pragma once
#include <cstdint>
#include <string_view>

namespace cumulite::protocol {

/// The three CRCs of S3, all bit-reflected, started and ended with all ones. Each extends `crc`, the value of
/// what came before (0 for nothing), by `data`.
std::uint32_t Crc32(std::uint32_t crc, std::string_view data);
std::uint32_t Crc32c(std::uint32_t crc, std::string_view data);
std::uint64_t Crc64Nvme(std::uint64_t crc, std::string_view data);

/// The CRC of first||second from both CRCs and the length of the second.
std::uint32_t Crc32Combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_size);
std::uint32_t Crc32cCombine(std::uint32_t first, std::uint32_t second, std::uint64_t second_size);
std::uint64_t Crc64NvmeCombine(std::uint64_t first, std::uint64_t second, std::uint64_t second_size);

}  // namespace cumulite::protocol
