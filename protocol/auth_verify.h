#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/auth.h"
#include "protocol/auth_claim.h"
#include "protocol/sigv4.h"

namespace cumulite::protocol {

/// What a signature is verified against.
struct VerifyInput {
  const HttpRequest& request;
  const SignatureClaim& claim;
  std::string_view secret;
  Flavor flavor;
  base::TimePoint now;
  base::TimePoint unmoved_now;                     // the system's time, without what Clock::Advance added
  std::optional<std::string_view> body_sha256;     // of RPC requests; absent: an empty body
  std::span<const std::string> base_hosts;         // below which buckets have hosts of their own
  std::optional<std::string_view> content_sha256;  // S3: x-amz-content-sha256, header or query
};

/// Refuses a request whose header was signed too long ago or is from the future; `secret` does not matter.
/// Errors: as Authenticator says of strict mode.
void CheckHeaderTime(const VerifyInput& input);

/// Verifies a SigV4 signature; what chunk signatures need comes back.
/// Errors: as Authenticator says of strict mode.
ChunkSigning VerifyV4(const VerifyInput& input, SigningKeyCache& keys);

/// Verifies a SigV2 signature (S3 only).
void VerifyV2(const VerifyInput& input);

}  // namespace cumulite::protocol
