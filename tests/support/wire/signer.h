#pragma once
#include <string>
#include <string_view>

#include "tests/support/wire/canonical_request.h"

namespace cumulite::testing {

/// A caller who signs with SigV4, for servers in strict mode.
struct Signer {
  std::string access_key;
  std::string secret;
  std::string service;
  std::string region = "us-east-1";
  std::string timestamp = "20260102T030405Z";  // where the clock of WireTest stands

  /// `headers` with Host, X-Amz-Date and Authorization added.
  Headers Sign(std::string_view method, std::string_view target, std::string_view body,
               Headers headers) const;
};

}  // namespace cumulite::testing
