#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::testing {

/// A caller who signs with SigV4, for servers in strict mode.
struct Signer {
  std::string access_key;
  std::string secret;
  std::string service;
  std::string region = "us-east-1";
  std::string timestamp = "20260102T030405Z";  // where the clock of WireTest stands

  /// `headers` with Host, X-Amz-Date and Authorization added.
  std::vector<std::pair<std::string, std::string>> Sign(
      std::string_view method, std::string_view target, std::string_view body,
      std::vector<std::pair<std::string, std::string>> headers) const;
};

}  // namespace cumulite::testing
