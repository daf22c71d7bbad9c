#pragma once
#include <array>
#include <span>
#include <string_view>

namespace cumulite::protocol {

using Md5Digest = std::array<char, 16>;

/// The MD5 of several texts: `digests[i]` of `texts[i]`; both have the same size.
///
/// MD5 is one long chain of dependent steps, so a core idles most of the time that it takes; texts of like
/// length are therefore digested side by side, a vector lane each, in about a quarter of the time. Others go
/// through OpenSSL one after the other.
/// Thread: any. Source: RFC 1321.
void Md5Each(std::span<const std::string_view> texts, std::span<Md5Digest> digests);

}  // namespace cumulite::protocol
