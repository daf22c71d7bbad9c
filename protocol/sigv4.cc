#include "protocol/sigv4.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "protocol/hmac.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

/// "/a/./b/../c//d" -> "/a/c/d"; a trailing slash stays.
std::string RemoveDots(std::string_view path) {
  std::vector<std::string_view> kept;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (out.empty() || path.ends_with('/')) out += '/';
  return out;
}

std::string CanonicalPath(std::string_view path, CanonicalStyle style) {
  if (path.empty()) return "/";
  if (style == CanonicalStyle::kGeneral) return PercentEncode(RemoveDots(path), Slash::kKeep);
  // Decoded and encoded again: clients differ in which of the reserved characters they send encoded.
  const auto decoded = PercentDecode(path);
  return PercentEncode(decoded ? *decoded : path, Slash::kKeep);
}

std::string CanonicalQuery(std::string_view query) {
  if (query.empty()) return {};
  auto params = ParseQuery(query);
  if (!params) return std::string(query);  // a bad escape: what the client signed cannot be known
  std::vector<std::pair<std::string, std::string>> encoded;
  for (const QueryParam& param : *params) {
    if (param.name == "X-Amz-Signature") continue;
    encoded.emplace_back(PercentEncode(param.name), PercentEncode(param.value));
  }
  std::sort(encoded.begin(), encoded.end());
  std::string out;
  for (const auto& [name, value] : encoded) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

/// Trimmed, and each run of blanks inside made one.
void AppendCollapsed(std::string& out, std::string_view value) {
  const std::size_t start = out.size();
  for (const char c : value) {
    const bool blank = c == ' ' || c == '\t';
    if (blank && (out.size() == start || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  if (out.size() > start && out.back() == ' ') out.pop_back();
}

std::string ToLower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

void AppendHeader(std::string& out, const HttpRequest& request, std::string_view name) {
  out += ToLower(name);
  char separator = ':';
  for (const HeaderField& field : request.headers) {
    if (!EqualsIgnoreCase(field.name, name)) continue;
    out += std::exchange(separator, ',');
    AppendCollapsed(out, field.value);
  }
  if (separator == ':') out += ':';  // signed but absent
  out += '\n';
}

}  // namespace

std::string CanonicalRequest(const HttpRequest& request, std::string_view signed_headers,
                             std::string_view payload_hash, CanonicalStyle style) {
  std::string out(request.method);
  out.append("\n").append(CanonicalPath(request.path, style));
  out.append("\n").append(CanonicalQuery(request.query)).append("\n");
  std::string_view rest = signed_headers;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    AppendHeader(out, request, rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return out.append("\n").append(ToLower(signed_headers)).append("\n").append(payload_hash);
}

std::string StringToSign(std::string_view timestamp, std::string_view scope,
                         std::string_view canonical_request) {
  std::string out(kAlgorithm);
  out.append("\n").append(timestamp).append("\n").append(scope).append("\n");
  return out.append(Checksum(ChecksumAlgorithm::kSha256, canonical_request).Hex());
}

Sha256Digest SigningKey(std::string_view secret, std::string_view date, std::string_view region,
                        std::string_view service) {
  Sha256Digest key = HmacSha256("AWS4" + std::string(secret), date);
  for (const std::string_view part : {region, service, std::string_view("aws4_request")}) {
    key = HmacSha256(AsText(key), part);
  }
  return key;
}

std::string Signature(const Sha256Digest& key, std::string_view string_to_sign) {
  return HexEncode(AsText(HmacSha256(AsText(key), string_to_sign)));
}

Sha256Digest SigningKeyCache::Get(std::string_view secret, std::string_view date, std::string_view region,
                                  std::string_view service) {
  std::string input(secret);
  for (const std::string_view part : {date, region, service}) input.append("\n").append(part);
  Slot& slot = slots_[std::hash<std::string>{}(input) % slots_.size()];
  {
    const std::scoped_lock lock(slot.mutex);
    if (slot.input == input) return slot.key;
  }
  const Sha256Digest key = SigningKey(secret, date, region, service);
  const std::scoped_lock lock(slot.mutex);
  slot.input = std::move(input);
  slot.key = key;
  return key;
}

}  // namespace cumulite::protocol
