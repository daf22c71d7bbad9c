#include "protocol/auth_claim.h"

#include <fmt/format.h>

#include <charconv>

#include "base/time_text.h"
#include "protocol/auth_errors.h"
#include "protocol/auth_syntax.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kV4 = "AWS4-HMAC-SHA256";
constexpr std::string_view kExpecting =
    "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
constexpr std::int64_t kWeek = 604'800;
constexpr std::int64_t kRpcPresignedLifetime = 900;  // of calls without X-Amz-Expires

[[noreturn]] void ThrowHeaderMalformed(std::string_view why) {
  throw AwsError(kS3AuthorizationHeaderMalformed,
                 fmt::format("The authorization header is malformed; {}", why));
}

[[noreturn]] void ThrowQueryMalformed(std::string message) {
  throw AwsError(kS3AuthorizationQueryParametersError, std::move(message));
}

[[noreturn]] void ThrowIncomplete(Flavor flavor, std::string message) {
  throw AwsError(flavor == Flavor::kJson ? kJsonIncompleteSignature : kQueryIncompleteSignature,
                 std::move(message));
}

[[noreturn]] void ThrowS3Argument(std::string_view message, std::string_view value) {
  throw AwsError(kS3InvalidArgument, std::string(message))
      .With("ArgumentName", "Authorization")
      .With("ArgumentValue", std::string(value));
}

[[noreturn]] void ThrowTwoMechanisms(Flavor flavor, std::string_view header) {
  constexpr std::string_view kRpcMessage =
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
  if (flavor == Flavor::kS3) {
    ThrowS3Argument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
        "parameter or the Authorization header should be specified",
        header);
  }
  throw AwsError(flavor == Flavor::kJson ? kJsonInvalidSignature : kQuerySignatureDoesNotMatch,
                 std::string(kRpcMessage));
}

/// AWS JSON and Query name every part that is missing, in this order.
void CheckRpcHeader(const HttpRequest& request, std::string_view header, const AuthorizationParts& parts,
                    Flavor flavor) {
  if (!parts.not_a_pair.empty()) {
    ThrowIncomplete(flavor,
                    fmt::format("'{}' not a valid key=value pair (missing equal-sign) in Authorization "
                                "header: '{}'.",
                                parts.not_a_pair, header));
  }
  std::string missing;
  const auto require = [&](std::string_view part, std::string_view name) {
    if (part.empty()) missing += fmt::format("Authorization header requires '{}' parameter. ", name);
  };
  require(parts.credential, "Credential");
  require(parts.signature, "Signature");
  require(parts.signed_headers, "SignedHeaders");
  if (!request.Find("x-amz-date") && !request.Find("date")) {
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (!missing.empty()) ThrowIncomplete(flavor, fmt::format("{}Authorization={}", missing, header));
}

CredentialScope ReadRpcCredential(std::string_view credential, Flavor flavor) {
  const auto parts = SplitCredential(credential);
  if (parts && parts->terminator != "aws4_request") {
    ThrowIncomplete(flavor,
                    fmt::format("Credential should be scoped with a valid terminator: 'aws4_request', "
                                "not '{}'.",
                                parts->terminator));
  }
  // Of a date that is none AWS speaks only once it has looked at the request's own.
  if (!parts || !IsComplete(*parts)) {
    ThrowIncomplete(flavor, fmt::format("Credential must have exactly 5 slash-delimited elements, e.g. "
                                        "keyid/date/region/service/term, got '{}'",
                                        credential));
  }
  return parts->scope;
}

CredentialScope ReadS3Credential(std::string_view credential) {
  const auto parts = SplitCredential(credential);
  if (!parts || !IsWellFormed(*parts)) ThrowHeaderMalformed(kExpecting);
  return parts->scope;
}

SignatureClaim ReadV4Header(const HttpRequest& request, std::string_view header, Flavor flavor) {
  const AuthorizationParts parts = SplitAuthorization(header.substr(kV4.size()));
  SignatureClaim claim{.kind = SignatureClaim::Kind::kV4Header,
                       .scope = {},
                       .signed_headers = parts.signed_headers,
                       .signature = parts.signature,
                       .date = {},
                       .expires = {}};
  if (flavor == Flavor::kS3) {
    if (parts.credential.empty() || parts.signed_headers.empty() || parts.signature.empty()) {
      ThrowHeaderMalformed(
          "the authorization header requires three components: Credential, SignedHeaders, and Signature.");
    }
    claim.scope = ReadS3Credential(parts.credential);
  } else {
    CheckRpcHeader(request, header, parts, flavor);
    claim.scope = ReadRpcCredential(parts.credential, flavor);
  }
  return claim;
}

SignatureClaim ReadS3V2Header(std::string_view header) {
  const auto parts = SplitAuthorizationV2(header.substr(4));
  if (!parts) {
    ThrowS3Argument("AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", header);
  }
  return {.kind = SignatureClaim::Kind::kV2Header,
          .scope = {.access_key = parts->access_key, .date = {}, .region = {}, .service = {}},
          .signed_headers = {},
          .signature = parts->signature,
          .date = {},
          .expires = {}};
}

SignatureClaim ReadHeader(const HttpRequest& request, std::string_view header, Flavor flavor) {
  if (header.starts_with(kV4) && (header.size() == kV4.size() || header[kV4.size()] == ' ')) {
    return ReadV4Header(request, header, flavor);
  }
  if (flavor == Flavor::kS3) {
    if (header.starts_with("AWS ")) return ReadS3V2Header(header);
    ThrowS3Argument("Unsupported Authorization Type", header);
  }
  if (header.starts_with("AWS4-")) {
    ThrowIncomplete(flavor,
                    fmt::format("Unsupported AWS 'algorithm': '{}'.", header.substr(0, header.find(' '))));
  }
  throw AwsError(flavor == Flavor::kJson ? kJsonMissingAuthenticationToken : kQueryMissingAuthenticationToken,
                 "Request is missing Authentication Token");
}

void CheckS3Query(const QueryAuthorization& query) {
  if (!query.algorithm || !query.credential || !query.signature || !query.date || !query.signed_headers ||
      !query.expires) {
    ThrowQueryMalformed(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
        "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  }
  if (*query.algorithm != kV4) ThrowQueryMalformed("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
}

void CheckRpcQuery(const QueryAuthorization& query, Flavor flavor) {
  std::string missing;
  const auto require = [&](const std::optional<std::string_view>& value, std::string_view name) {
    if (!value || value->empty()) {
      missing += fmt::format("AWS query-string parameters must include 'X-Amz-{}'. ", name);
    }
  };
  require(query.algorithm, "Algorithm");
  require(query.credential, "Credential");
  require(query.signature, "Signature");
  require(query.signed_headers, "SignedHeaders");
  require(query.date, "Date");
  if (!missing.empty()) ThrowIncomplete(flavor, missing + "Re-examine the query-string parameters.");
  if (*query.algorithm != kV4) {
    ThrowIncomplete(flavor, fmt::format("Unsupported AWS 'algorithm': '{}'.", *query.algorithm));
  }
}

SignatureClaim ReadV4Query(const QueryAuthorization& query, Flavor flavor) {
  SignatureClaim claim;
  claim.kind = SignatureClaim::Kind::kV4Query;
  if (flavor == Flavor::kS3) {
    CheckS3Query(query);
    const auto parts = SplitCredential(*query.credential);
    if (!parts || !IsWellFormed(*parts)) {
      ThrowQueryMalformed(fmt::format("Error parsing the X-Amz-Credential parameter; {}", kExpecting));
    }
    claim.scope = parts->scope;
  } else {
    CheckRpcQuery(query, flavor);
    claim.scope = ReadRpcCredential(*query.credential, flavor);
  }
  claim.signed_headers = *query.signed_headers;
  claim.signature = *query.signature;
  claim.date = *query.date;
  claim.expires = query.expires.value_or(std::string_view{});
  return claim;
}

SignatureClaim ReadS3V2Query(const QueryAuthorization& query) {
  if (!query.v2_access_key || !query.v2_expires || !query.v2_signature || query.v2_access_key->empty()) {
    throw AwsError(
        kS3AccessDenied,
        "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters");
  }
  SignatureClaim claim;
  claim.kind = SignatureClaim::Kind::kV2Query;
  claim.scope.access_key = *query.v2_access_key;
  claim.signature = *query.v2_signature;
  claim.expires = *query.v2_expires;
  return claim;
}

std::optional<std::int64_t> ParseSeconds(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// 0..604800; what AWS says to anything else.
std::int64_t ReadS3Lifetime(std::string_view text) {
  const auto seconds = ParseSeconds(text);
  if (!seconds) ThrowQueryMalformed("X-Amz-Expires should be a number");
  if (*seconds < 0) ThrowQueryMalformed("X-Amz-Expires must be non-negative");
  if (*seconds > kWeek) {
    ThrowQueryMalformed(
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less "
        "than 604800 seconds");
  }
  return *seconds;
}

void CheckS3V4Times(const SignatureClaim& claim, base::TimePoint now) {
  const auto signed_at = base::ParseAmzDate(claim.date);
  if (!signed_at) {
    ThrowQueryMalformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  const base::TimePoint end = *signed_at + std::chrono::seconds(ReadS3Lifetime(claim.expires));
  if (now < end) return;
  throw AwsError(kS3AccessDenied, "Request has expired")
      .With("X-Amz-Expires", std::string(claim.expires))
      .With("Expires", base::FormatIsoSeconds(end))
      .With("ServerTime", base::FormatIsoSeconds(now));
}

void CheckS3V2Times(const SignatureClaim& claim, base::TimePoint now) {
  const auto seconds = ParseSeconds(claim.expires);
  if (!seconds) {
    throw AwsError(kS3AccessDenied,
                   fmt::format("Invalid date (should be seconds since epoch): {}", claim.expires));
  }
  // Compared in seconds: a client's number may not fit into milliseconds.
  const auto now_seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  if (now_seconds < *seconds) return;
  const base::TimePoint end{std::chrono::seconds(*seconds < 0 ? 0 : *seconds)};
  throw AwsError(kS3AccessDenied, "Request has expired")
      .With("Expires", base::FormatIsoSeconds(end))
      .With("ServerTime", base::FormatIsoSeconds(now));
}

void CheckRpcTimes(const SignatureClaim& claim, base::TimePoint now, Flavor flavor) {
  const auto signed_at = base::ParseAmzDate(claim.date);
  const auto lifetime = claim.expires.empty() ? kRpcPresignedLifetime : ParseSeconds(claim.expires);
  if (!signed_at || !lifetime || *lifetime < 0 || *lifetime > kWeek) {
    ThrowIncomplete(flavor, fmt::format("Date must be in ISO-8601 'basic format'. Got '{}'. See "
                                        "http://en.wikipedia.org/wiki/ISO_8601",
                                        claim.date));
  }
  const base::TimePoint oldest = now - std::chrono::seconds(*lifetime);
  if (*signed_at > oldest) return;
  throw AwsError(flavor == Flavor::kJson ? kJsonInvalidSignature : kQuerySignatureDoesNotMatch,
                 fmt::format("Signature expired: {} is now earlier than {} ({} - {} s.)", claim.date,
                             base::FormatAmzDate(oldest), base::FormatAmzDate(now), *lifetime));
}

}  // namespace

SignatureClaim ReadClaim(const HttpRequest& request, Flavor flavor) {
  const auto header = request.Find("authorization");
  if (!request.query.empty()) {
    const QueryAuthorization query = FindQueryAuthorization(request.query);
    const bool v2 = flavor == Flavor::kS3 && query.IsV2();
    if (header && (query.algorithm || v2)) ThrowTwoMechanisms(flavor, *header);
    if (!header && query.IsV4()) return ReadV4Query(query, flavor);
    if (!header && v2) return ReadS3V2Query(query);
  }
  return header ? ReadHeader(request, *header, flavor) : SignatureClaim{};
}

void CheckPresignedTimes(const SignatureClaim& claim, base::TimePoint now, Flavor flavor) {
  if (claim.kind == SignatureClaim::Kind::kV2Query) {
    CheckS3V2Times(claim, now);
  } else if (flavor == Flavor::kS3) {
    CheckS3V4Times(claim, now);
  } else {
    CheckRpcTimes(claim, now, flavor);
  }
}

std::optional<CredentialScope> PeekScope(const HttpRequest& request) {
  std::string_view credential;
  if (const auto header = request.Find("authorization")) {
    if (header->starts_with("AWS ")) {
      const auto parts = SplitAuthorizationV2(header->substr(4));
      if (!parts) return std::nullopt;
      return CredentialScope{parts->access_key, {}, {}, {}};
    }
    if (!header->starts_with("AWS4-")) return std::nullopt;
    const std::size_t blank = header->find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    credential = SplitAuthorization(header->substr(blank)).credential;
  } else {
    if (request.query.empty()) return std::nullopt;
    const QueryAuthorization query = FindQueryAuthorization(request.query);
    if (!query.credential && query.v2_access_key) return CredentialScope{*query.v2_access_key, {}, {}, {}};
    credential = query.credential.value_or(std::string_view{});
  }
  const CredentialScope scope = GuessScope(credential);
  if (scope.access_key.empty()) return std::nullopt;
  return scope;
}

SignatureClaim ReadPermissiveClaim(const HttpRequest& request) {
  SignatureClaim claim;
  const auto scope = PeekScope(request);
  if (!scope) return claim;
  using Kind = SignatureClaim::Kind;
  claim.scope = *scope;
  if (request.Find("authorization")) {
    claim.kind = Kind::kV4Header;
    return claim;
  }
  const QueryAuthorization query = FindQueryAuthorization(request.query);
  claim.kind = query.credential ? Kind::kV4Query : Kind::kV2Query;
  claim.date = query.date.value_or(std::string_view{});
  const auto& expires = claim.kind == Kind::kV4Query ? query.expires : query.v2_expires;
  claim.expires = expires.value_or(std::string_view{});
  return claim;
}

void CheckPermissiveTimes(const SignatureClaim& claim, base::TimePoint now, Flavor flavor) {
  if (!claim.presigned()) return;
  const bool usual_lifetime = flavor != Flavor::kS3 && claim.expires.empty();
  if (!usual_lifetime && !ParseSeconds(claim.expires)) return;
  if (claim.kind == SignatureClaim::Kind::kV4Query && !base::ParseAmzDate(claim.date)) return;
  CheckPresignedTimes(claim, now, flavor);
}

}  // namespace cumulite::protocol
