#include "protocol/auth_verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/time_text.h"
#include "protocol/auth_errors.h"
#include "protocol/hmac.h"
#include "protocol/sigv2.h"

namespace cumulite::protocol {
namespace {

constexpr std::chrono::minutes kMaxSkew{15};
constexpr std::string_view kEmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kInvalidDate = "AWS authentication requires a valid Date or x-amz-date header";

const ErrorKind& MismatchKind(Flavor flavor) {
  if (flavor == Flavor::kS3) return kS3SignatureDoesNotMatch;
  return flavor == Flavor::kJson ? kJsonInvalidSignature : kQuerySignatureDoesNotMatch;
}

/// "47 45 54": for those who look for the byte that differs.
std::string Bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3);
  for (const char c : text) {
    fmt::format_to(std::back_inserter(bytes), "{}{:02x}", bytes.empty() ? "" : " ",
                   static_cast<unsigned char>(c));
  }
  return bytes;
}

[[noreturn]] void ThrowS3Mismatch(const VerifyInput& input, std::string string_to_sign,
                                  std::string canonical_request) {
  std::string bytes = Bytes(string_to_sign);
  AwsError error = AwsError(kS3SignatureDoesNotMatch, std::string(kS3SignatureDoesNotMatchMessage))
                       .With("AWSAccessKeyId", std::string(input.claim.scope.access_key))
                       .With("StringToSign", std::move(string_to_sign))
                       .With("SignatureProvided", std::string(input.claim.signature))
                       .With("StringToSignBytes", std::move(bytes));
  if (canonical_request.empty()) throw AwsError(std::move(error));
  bytes = Bytes(canonical_request);
  throw AwsError(std::move(error)
                     .With("CanonicalRequest", std::move(canonical_request))
                     .With("CanonicalRequestBytes", std::move(bytes)));
}

[[noreturn]] void ThrowMismatch(const VerifyInput& input, std::string string_to_sign,
                                std::string canonical_request) {
  if (input.flavor == Flavor::kS3) {
    ThrowS3Mismatch(input, std::move(string_to_sign), std::move(canonical_request));
  }
  throw AwsError(
      MismatchKind(input.flavor),
      fmt::format(
          "The request signature we calculated does not match the signature you provided. Check your "
          "AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n"
          "The Canonical String for this request should have been\n'{}'\n\n"
          "The String-to-Sign should have been\n'{}'\n",
          canonical_request, string_to_sign));
}

void CheckSkew(const VerifyInput& input, base::TimePoint signed_at) {
  // A clock that a test has moved on must not refuse clients that sign by the real time.
  const base::TimePoint oldest = std::min(input.unmoved_now, input.now) - kMaxSkew;
  const base::TimePoint newest = input.now + kMaxSkew;
  if (signed_at >= oldest && signed_at <= newest) return;
  const std::string given = base::FormatAmzDate(signed_at);
  if (input.flavor == Flavor::kS3) {
    throw AwsError(kS3RequestTimeTooSkewed,
                   "The difference between the request time and the current time is too large.")
        .With("RequestTime", given)
        .With("ServerTime", base::FormatIsoSeconds(input.now))
        .With("MaxAllowedSkewMilliseconds", "900000");
  }
  const std::string now = base::FormatAmzDate(input.now);
  throw AwsError(MismatchKind(input.flavor),
                 signed_at < oldest
                     ? fmt::format("Signature expired: {} is now earlier than {} ({} - 15 min.)", given,
                                   base::FormatAmzDate(oldest), now)
                     : fmt::format("Signature not yet current: {} is still later than {} ({} + 15 min.)",
                                   given, base::FormatAmzDate(newest), now));
}

[[noreturn]] void ThrowInvalidDate(const VerifyInput& input, std::string_view given) {
  if (input.flavor == Flavor::kS3) throw AwsError(kS3AccessDenied, std::string(kInvalidDate));
  throw AwsError(input.flavor == Flavor::kJson ? kJsonIncompleteSignature : kQueryIncompleteSignature,
                 fmt::format("Date must be in ISO-8601 'basic format'. Got '{}'. See "
                             "http://en.wikipedia.org/wiki/ISO_8601",
                             given));
}

std::optional<base::TimePoint> ParseEither(std::string_view text) {
  const auto basic = base::ParseAmzDate(text);
  return basic ? basic : base::ParseHttpDate(text);
}

/// The moment that a SigV4 header names: X-Amz-Date, else Date. A client that sends an X-Amz-Date in another
/// form than SigV4's signs over Date.
base::TimePoint HeaderTime(const VerifyInput& input) {
  const std::string_view amz_date = input.request.Header("x-amz-date");
  if (const auto time = base::ParseAmzDate(amz_date)) return *time;
  const std::string_view date = input.request.Header("date");
  if (const auto time = ParseEither(date)) return *time;
  if (const auto time = base::ParseHttpDate(amz_date)) return *time;
  ThrowInvalidDate(input, amz_date.empty() ? date : amz_date);
}

bool IsSigned(std::string_view signed_headers, std::string_view name) {
  while (!signed_headers.empty()) {
    const std::size_t end = signed_headers.find(';');
    if (EqualsIgnoreCase(signed_headers.substr(0, end), name)) return true;
    signed_headers = end == std::string_view::npos ? std::string_view{} : signed_headers.substr(end + 1);
  }
  return false;
}

/// Headers that decide nothing: they take part in the signature anyway, or only tell of the client.
bool IsHarmlessUnsigned(std::string_view header) {
  constexpr std::string_view kHarmless[] = {"x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
                                            "x-amz-user-agent"};
  return std::ranges::any_of(kHarmless,
                             [header](std::string_view name) { return EqualsIgnoreCase(header, name); });
}

/// Host always, and every x-amz-* header that was sent; of other services than S3 those that say what is to
/// be done, X-Amz-Target above all.
void CheckSignedHeaders(const VerifyInput& input, std::string_view signed_headers) {
  std::string missing;
  if (!IsSigned(signed_headers, "host")) missing = "host";
  const bool s3 = input.flavor == Flavor::kS3;
  if (!s3 && !missing.empty()) {
    throw AwsError(MismatchKind(input.flavor),
                   "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  constexpr std::string_view kPrefix = "x-amz-";
  for (const HeaderField& field : input.request.headers) {
    if (!EqualsIgnoreCase(field.name.substr(0, kPrefix.size()), kPrefix)) continue;
    if (IsSigned(signed_headers, field.name) || (!s3 && IsHarmlessUnsigned(field.name))) continue;
    if (!s3) {
      throw AwsError(MismatchKind(input.flavor),
                     fmt::format("'{}' must be a 'SignedHeader' in the AWS Authorization.", field.name));
    }
    missing.append(missing.empty() ? "" : ", ").append(field.name);
  }
  if (missing.empty()) return;
  throw AwsError(kS3AccessDenied, "There were headers present in the request which were not signed")
      .With("HeadersNotSigned", std::move(missing));
}

/// Whether the names stand in their order, each once, as clients send them. Otherwise a head of 64 KiB could
/// have one long header repeated in the canonical request thousands of times.
bool AreInOrder(std::string_view signed_headers) {
  std::string_view previous;
  while (!signed_headers.empty()) {
    const std::size_t end = signed_headers.find(';');
    const std::string_view name = signed_headers.substr(0, end);
    const auto lower = [](unsigned char c) { return std::tolower(c); };
    if (!std::ranges::lexicographical_compare(previous, name, {}, lower, lower)) return false;
    previous = name;
    signed_headers = end == std::string_view::npos ? std::string_view{} : signed_headers.substr(end + 1);
  }
  return true;
}

std::string_view PayloadHash(const VerifyInput& input) {
  if (input.flavor != Flavor::kS3) return input.body_sha256.value_or(kEmptySha256);
  if (input.content_sha256) return *input.content_sha256;
  if (input.claim.presigned()) return "UNSIGNED-PAYLOAD";
  throw AwsError(kS3InvalidRequest, "Missing required header for this request: x-amz-content-sha256");
}

void CheckScopeDate(const VerifyInput& input, std::string_view timestamp) {
  const std::string_view date = input.claim.scope.date;
  const std::string_view expected = timestamp.substr(0, 8);
  if (date == expected) return;
  if (input.flavor != Flavor::kS3) {
    throw AwsError(
        MismatchKind(input.flavor),
        fmt::format("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                    "from HTTP: '{}' != '{}', from '{}'.",
                    date, expected, timestamp));
  }
  const std::string why = fmt::format(
      "nvalid credential date \"{}\". This date is not the same as X-Amz-Date: \"{}\".", date, expected);
  if (input.claim.presigned()) throw AwsError(kS3AuthorizationQueryParametersError, "I" + why);
  throw AwsError(kS3AuthorizationHeaderMalformed, "The authorization header is malformed; I" + why);
}

void CheckNotTooEarly(const VerifyInput& input) {
  const auto signed_at = base::ParseAmzDate(input.claim.date);
  if (!signed_at || *signed_at <= input.now + kMaxSkew) return;
  if (input.flavor == Flavor::kS3) throw AwsError(kS3AccessDenied, "Request is not yet valid");
  CheckSkew(input, *signed_at);
}

}  // namespace

void CheckHeaderTime(const VerifyInput& input) { CheckSkew(input, HeaderTime(input)); }

ChunkSigning VerifyV4(const VerifyInput& input, SigningKeyCache& keys) {
  const SignatureClaim& claim = input.claim;
  ChunkSigning signing;
  std::string signed_headers(claim.signed_headers);
  if (claim.presigned()) {
    CheckNotTooEarly(input);
    signing.timestamp = claim.date;
    signed_headers = PercentDecode(claim.signed_headers).value_or(std::string{});
  } else {
    const base::TimePoint signed_at = HeaderTime(input);
    CheckSkew(input, signed_at);
    signing.timestamp = base::FormatAmzDate(signed_at);
  }
  CheckScopeDate(input, signing.timestamp);
  CheckSignedHeaders(input, signed_headers);
  if (!AreInOrder(signed_headers)) ThrowMismatch(input, {}, {});
  const CredentialScope& scope = claim.scope;
  signing.scope = fmt::format("{}/{}/{}/aws4_request", scope.date, scope.region, scope.service);
  signing.key = keys.Get(input.secret, scope.date, scope.region, scope.service);
  signing.seed = claim.signature;
  std::string canonical =
      CanonicalRequest(input.request, signed_headers, PayloadHash(input),
                       input.flavor == Flavor::kS3 ? CanonicalStyle::kS3 : CanonicalStyle::kGeneral);
  std::string string_to_sign = StringToSign(signing.timestamp, signing.scope, canonical);
  if (!ConstantTimeEquals(Signature(signing.key, string_to_sign), claim.signature)) {
    ThrowMismatch(input, std::move(string_to_sign), std::move(canonical));
  }
  return signing;
}

void VerifyV2(const VerifyInput& input) {
  const HttpRequest& request = input.request;
  std::string date(input.claim.expires);
  std::string signature(input.claim.signature);
  if (input.claim.presigned()) {
    // A '+' of the base64 that was not encoded arrives as such: decoded as a path, not as a form.
    signature = PercentDecode(input.claim.signature).value_or(std::string{});
  } else {
    const auto amz_date = request.Find("x-amz-date");
    const auto signed_at = ParseEither(amz_date ? *amz_date : request.Header("date"));
    if (!signed_at || signed_at->time_since_epoch().count() < 0) ThrowInvalidDate(input, {});
    CheckSkew(input, *signed_at);
    date = amz_date ? std::string{} : std::string(request.Header("date"));
  }
  const std::string path = ResourcePathV2(request, input.base_hosts);
  std::string string_to_sign = StringToSignV2(request, date, path);
  const auto fits = [&](std::string_view text) {
    return ConstantTimeEquals(SignatureV2(input.secret, text), signature);
  };
  if (fits(string_to_sign)) return;
  // SDKs sign a bucket's path with a slash behind it, which they do not send.
  const bool bucket_alone = path.size() > 1 && path.find('/', 1) == std::string::npos;
  if (bucket_alone && fits(StringToSignV2(request, date, path + "/"))) return;
  ThrowMismatch(input, std::move(string_to_sign), {});
}

}  // namespace cumulite::protocol
