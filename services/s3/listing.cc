#include "services/s3/listing.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/http.h"

namespace cumulite::s3 {
namespace {
constexpr std::string_view kTokenMark = "c1:";
}

ListWalk::ListWalk(Rule rule) : rule_(std::move(rule)) { rule_.from = std::max(rule_.from, rule_.prefix); }

ListWalk::Step ListWalk::Offer(std::string_view key) {
  if (!key.starts_with(rule_.prefix)) return Step::kEnd;
  if (rule_.max == 0) return Step::kEnd;
  if (count_ == rule_.max) {
    truncated_ = true;
    return Step::kEnd;
  }
  ++count_;
  const std::size_t cut =
      rule_.delimiter.empty() ? std::string_view::npos : key.find(rule_.delimiter, rule_.prefix.size());
  last_is_prefix_ = cut != std::string_view::npos;
  if (!last_is_prefix_) {
    last_ = key;
    return Step::kKey;
  }
  last_ = key.substr(0, cut + rule_.delimiter.size());
  rule_.from = AfterPrefix(last_);
  return Step::kPrefix;
}

std::string ListWalk::Next() const { return last_is_prefix_ ? AfterPrefix(last_) : AfterKey(last_); }

std::string AfterKey(std::string_view key) {
  std::string next(key);
  next.push_back('\0');
  return next;
}

std::string AfterPrefix(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && next.back() == '\xFF') next.pop_back();
  if (!next.empty()) next.back() = static_cast<char>(static_cast<unsigned char>(next.back()) + 1);
  return next;
}

std::string AfterMarker(std::string_view marker, std::string_view prefix, std::string_view delimiter) {
  if (marker.empty()) return {};
  if (!delimiter.empty() && marker.starts_with(prefix)) {
    const std::size_t cut = marker.find(delimiter, prefix.size());
    if (cut != std::string_view::npos && cut + delimiter.size() == marker.size()) return AfterPrefix(marker);
  }
  return AfterKey(marker);
}

std::string EncodeToken(std::string_view from) {
  return protocol::Base64Encode(std::string(kTokenMark) + std::string(from));
}

std::optional<std::string> DecodeToken(std::string_view token) {
  std::optional<std::string> text = protocol::Base64Decode(token);
  if (!text || !text->starts_with(kTokenMark)) return std::nullopt;
  return text->substr(kTokenMark.size());
}

std::string UrlEncodeForListing(std::string_view text) {
  std::string encoded = protocol::PercentEncode(text, protocol::Slash::kKeep);
  for (std::size_t at = 0; (at = encoded.find("%20", at)) != std::string::npos; ++at) {
    encoded.replace(at, 3, "+");
  }
  return encoded;
}

}  // namespace cumulite::s3
