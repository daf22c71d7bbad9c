#include "protocol/auth_syntax.h"

#include <algorithm>
#include <array>

namespace cumulite::protocol {
namespace {

constexpr std::size_t kMaxRegion = 64;

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Cuts the text up to `separator` off the front of `rest`.
std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view piece = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return piece;
}

/// Where the next "%2F" is; npos at the end.
std::size_t FindEncodedSlash(std::string_view text) {
  std::size_t at = text.find('%');
  while (at != std::string_view::npos) {
    const std::string_view escape = text.substr(at, 3);
    if (escape == "%2F" || escape == "%2f") return at;
    at = text.find('%', at + 1);
  }
  return at;
}

bool IsPlainName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxRegion && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// The row of `fields` that the parameter belongs to, or null.
std::optional<std::string_view>* FieldOf(QueryAuthorization& out, std::string_view name) {
  if (name.starts_with("X-Amz-")) {
    name.remove_prefix(6);
    if (name == "Algorithm") return &out.algorithm;
    if (name == "Credential") return &out.credential;
    if (name == "Date") return &out.date;
    if (name == "Expires") return &out.expires;
    if (name == "SignedHeaders") return &out.signed_headers;
    if (name == "Signature") return &out.signature;
    if (name == "Content-Sha256") return &out.content_sha256;
    if (name == "Security-Token") return &out.security_token;
    return nullptr;
  }
  if (name == "AWSAccessKeyId") return &out.v2_access_key;
  if (name == "Expires") return &out.v2_expires;
  if (name == "Signature") return &out.v2_signature;
  if (name == "x-amz-security-token") return &out.security_token;  // of SigV2
  return nullptr;
}

}  // namespace

AuthorizationParts SplitAuthorization(std::string_view parameters) {
  AuthorizationParts parts;
  while (!parameters.empty()) {
    // Commas part them; blanks do as well.
    const std::size_t end = parameters.find_first_of(", \t");
    const std::string_view piece = parameters.substr(0, end);
    parameters.remove_prefix(end == std::string_view::npos ? parameters.size() : end + 1);
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) {
      if (parts.not_a_pair.empty()) parts.not_a_pair = piece;
      continue;
    }
    const std::string_view name = piece.substr(0, equals);
    const std::string_view value = piece.substr(equals + 1);
    if (name == "Credential") parts.credential = value;
    if (name == "SignedHeaders") parts.signed_headers = value;
    if (name == "Signature") parts.signature = value;
  }
  return parts;
}

std::optional<CredentialParts> SplitCredential(std::string_view credential) {
  const bool encoded = credential.find('/') == std::string_view::npos;
  std::array<std::string_view, 5> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t at = encoded ? FindEncodedSlash(credential) : credential.find('/');
    const bool last = i + 1 == parts.size();
    if ((at == std::string_view::npos) != last) return std::nullopt;
    parts[i] = credential.substr(0, at);
    if (!last) credential.remove_prefix(at + (encoded ? 3 : 1));
  }
  return CredentialParts{{parts[0], parts[1], parts[2], parts[3]}, parts[4]};
}

CredentialScope GuessScope(std::string_view credential) {
  const bool encoded = credential.find('/') == std::string_view::npos;
  const auto take = [&] {
    const std::size_t at = encoded ? FindEncodedSlash(credential) : credential.find('/');
    const std::string_view part = credential.substr(0, at);
    credential =
        at == std::string_view::npos ? std::string_view{} : credential.substr(at + (encoded ? 3 : 1));
    return part;
  };
  CredentialScope scope{.access_key = take(), .date = {}, .region = {}, .service = {}};
  std::string_view part = take();
  if (part.empty() || std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; })) {
    scope.date = part;
    part = take();
  }
  if (!IsPlainName(part) || part == "aws4_request") return scope;
  scope.region = part;
  part = take();
  if (IsPlainName(part) && part != "aws4_request") scope.service = part;
  return scope;
}

bool IsComplete(const CredentialParts& credential) {
  const CredentialScope& scope = credential.scope;
  return !scope.access_key.empty() && !scope.date.empty() && IsPlainName(scope.region) &&
         IsPlainName(scope.service) && credential.terminator == "aws4_request";
}

bool IsWellFormed(const CredentialParts& credential) {
  const std::string_view date = credential.scope.date;
  return IsComplete(credential) && date.size() == 8 &&
         std::all_of(date.begin(), date.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<AuthorizationV2> SplitAuthorizationV2(std::string_view parameters) {
  parameters = TrimBlanks(parameters);
  const std::size_t colon = parameters.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == parameters.size()) return std::nullopt;
  return AuthorizationV2{parameters.substr(0, colon), parameters.substr(colon + 1)};
}

QueryAuthorization FindQueryAuthorization(std::string_view query) {
  QueryAuthorization found;
  while (!query.empty()) {
    std::string_view value = TakeUntil(query, '&');
    const std::string_view name = TakeUntil(value, '=');
    if (auto* field = FieldOf(found, name)) *field = value;
  }
  return found;
}

}  // namespace cumulite::protocol
