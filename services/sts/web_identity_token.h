#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "services/sts/session_policy.h"

namespace cumulite::sts {

/// What an OpenID Connect ID token says of its bearer, as far as STS asks.
struct WebIdentity {
  std::string issuer;
  std::string subject;
  std::string audience;  // the first one, or azp
  std::vector<Tag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::optional<std::string> source_identity;
};

/// Reads a token, a JWT, at `now`. Its signature is not looked at: the provider's keys are not known here.
/// Errors: InvalidIdentityToken for what is none or lacks a claim; ExpiredTokenException.
/// Source: STS API Reference "AssumeRoleWithWebIdentity"; RFC 7519; IAM User Guide "Pass session tags in AWS
/// STS", section AssumeRoleWithWebIdentity.
WebIdentity ReadWebIdentityToken(std::string_view token, base::TimePoint now);

}  // namespace cumulite::sts
