#pragma once
#include <string_view>

#include "protocol/auth.h"

namespace cumulite::protocol {

/// How a request says that it is signed; views into the request.
struct SignatureClaim {
  enum class Kind : unsigned char { kAnonymous, kV4Header, kV4Query, kV2Header, kV2Query };

  Kind kind = Kind::kAnonymous;
  CredentialScope scope;
  std::string_view signed_headers;  // kV4Query: percent-encoded
  std::string_view signature;       // kV2Query: percent-encoded
  std::string_view date;            // kV4Query
  std::string_view expires;         // kV4Query, kV2Query

  bool presigned() const { return kind == Kind::kV4Query || kind == Kind::kV2Query; }
};

/// Reads the Authorization header or the presigned URL's parameters.
/// Errors: what AWS answers to malformed ones, in the codes and words of the flavour.
SignatureClaim ReadClaim(const HttpRequest& request, Flavor flavor);

/// Errors: a presigned URL whose time is over or whose times are malformed.
void CheckPresignedTimes(const SignatureClaim& claim, base::TimePoint now, Flavor flavor);

/// What permissive mode takes for a claim: whatever lets an access key be read; else an anonymous call.
SignatureClaim ReadPermissiveClaim(const HttpRequest& request);

/// CheckPresignedTimes where the URL tells them; a lifetime beyond AWS's limits is refused here, too.
void CheckPermissiveTimes(const SignatureClaim& claim, base::TimePoint now, Flavor flavor);

}  // namespace cumulite::protocol
