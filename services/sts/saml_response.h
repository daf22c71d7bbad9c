#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "services/sts/session_policy.h"

namespace cumulite::sts {

/// What a SAML 2.0 authentication response says of its bearer, as far as STS asks.
struct SamlIdentity {
  std::string issuer;
  std::string subject;
  std::string subject_type;  // "persistent", "transient", or the whole of another format
  std::string audience;      // the Recipient
  std::string session_name;
  std::vector<std::pair<std::string, std::string>> roles;  // role and provider, in this order
  std::vector<Tag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::optional<std::string> source_identity;
  std::optional<base::TimePoint> session_ends;  // SessionNotOnOrAfter
};

/// Reads a response, XML in base64, at `now`. Its signature is not looked at: there are no providers here
/// whose certificates were known. Errors: InvalidIdentityToken for what is none or lacks something;
/// ExpiredTokenException; IDPRejectedClaim for one that tells of a failure; NotImplemented for an encrypted
/// one. Source: IAM User Guide "Configure SAML assertions for the authentication response", "Troubleshoot
/// SAML federation with IAM".
SamlIdentity ReadSamlResponse(std::string_view base64, base::TimePoint now);

}  // namespace cumulite::sts
