#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/sigv4.h"

namespace cumulite::testing {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What a caller signs. `target` with its query; `signed_headers`: "host;x-amz-date"; `payload`: the hash of
/// the body or what stands for it.
std::string CanonicalRequest(std::string_view method, std::string_view target, const Headers& headers,
                             std::string_view signed_headers, std::string_view payload,
                             protocol::CanonicalStyle style);

/// "host;x-amz-date;x-amz-target": the names among `headers` that a client must sign.
std::string SignedHeaders(const Headers& headers);

}  // namespace cumulite::testing
