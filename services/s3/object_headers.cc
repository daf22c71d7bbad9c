#include "services/s3/object_headers.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "protocol/base64.h"
#include "protocol/utf8.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxMetadataBytes = 2048;
constexpr std::string_view kMetaPrefix = "x-amz-meta-";
constexpr std::array<std::string_view, 5> kKept{"Cache-Control", "Content-Disposition", "Content-Encoding",
                                                "Content-Language", "Expires"};

struct Override {
  std::string_view parameter;
  std::string_view header;
};
constexpr Override kOverrides[] = {
    {"response-cache-control", "Cache-Control"},
    {"response-content-disposition", "Content-Disposition"},
    {"response-content-encoding", "Content-Encoding"},
    {"response-content-language", "Content-Language"},
    {"response-content-type", "Content-Type"},
    {"response-expires", "Expires"},
};

void AppendLine(std::string& lines, std::string_view name, std::string_view value) {
  lines.append(name).append(": ");
  const std::size_t start = lines.size();
  lines.append(value);
  const auto breaks_the_line = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  lines.erase(
      std::remove_if(lines.begin() + static_cast<std::ptrdiff_t>(start), lines.end(), breaks_the_line),
      lines.end());
  lines.append("\r\n");
}

bool StartsWithIgnoreCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && protocol::EqualsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

/// Values that are not plain ASCII come back as an encoded word of RFC 2047.
std::string EncodeMetadata(std::string_view value) {
  if (std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return std::string(value);
  }
  const std::string_view charset = protocol::IsUtf8(value) ? "UTF-8" : "ISO-8859-1";
  return "=?" + std::string(charset) + "?B?" + protocol::Base64Encode(value) + "?=";
}

void AppendUserMetadata(std::string& lines, const protocol::HttpRequest& request) {
  std::map<std::string, std::string> metadata;
  std::size_t size = 0;
  for (const protocol::HeaderField& field : request.headers) {
    if (!StartsWithIgnoreCase(field.name, kMetaPrefix)) continue;
    std::string name = base::ToLower(std::string(field.name));
    size += name.size() - kMetaPrefix.size() + field.value.size();
    std::string& value = metadata[std::move(name)];
    if (!value.empty()) value += ',';  // a header that comes twice is one list
    value += field.value;
  }
  if (size > kMaxMetadataBytes) {
    throw AwsError(kMetadataTooLarge, "Your metadata headers exceed the maximum allowed metadata size")
        .With("Size", std::to_string(size))
        .With("MaxSizeAllowed", std::to_string(kMaxMetadataBytes));
  }
  for (const auto& [name, value] : metadata) AppendLine(lines, name, EncodeMetadata(value));
}

}  // namespace

std::string WithoutAwsChunked(std::string_view content_encoding) {
  std::string kept;
  const std::string_view whole = content_encoding;
  bool dropped = false;
  while (!content_encoding.empty()) {
    const std::size_t comma = content_encoding.find(',');
    std::string_view token = content_encoding.substr(0, comma);
    content_encoding.remove_prefix(comma == std::string_view::npos ? content_encoding.size() : comma + 1);
    while (token.starts_with(' ')) token.remove_prefix(1);
    while (token.ends_with(' ')) token.remove_suffix(1);
    if (token.empty() || protocol::EqualsIgnoreCase(token, "aws-chunked")) {
      dropped = true;
      continue;
    }
    kept.append(kept.empty() ? "" : ",").append(token);
  }
  return dropped ? kept : std::string(whole);
}

std::string ObjectHeaders(const protocol::HttpRequest& request) {
  std::string lines;
  lines.reserve(64);
  const std::string_view type = request.Header("Content-Type");
  AppendLine(lines, "Content-Type", type.empty() ? "binary/octet-stream" : type);
  for (const std::string_view name : kKept) {
    const std::string_view value = request.Header(name);
    if (value.empty()) continue;
    if (name != "Content-Encoding") {
      AppendLine(lines, name, value);
    } else if (const std::string encoding = WithoutAwsChunked(value); !encoding.empty()) {
      AppendLine(lines, name, encoding);
    }
  }
  AppendUserMetadata(lines, request);
  return lines;
}

bool HasOverride(std::span<const protocol::QueryParam> query) {
  return std::any_of(query.begin(), query.end(), [](const auto& param) {
    return std::any_of(std::begin(kOverrides), std::end(kOverrides),
                       [&](const Override& row) { return row.parameter == param.name; });
  });
}

std::string OverrideHeaders(std::string_view headers, std::span<const protocol::QueryParam> query) {
  std::string result(headers);
  for (const Override& row : kOverrides) {
    for (const protocol::QueryParam& param : query) {
      if (param.name != row.parameter) continue;
      const std::string start = std::string(row.header) + ": ";
      std::size_t at = result.starts_with(start) ? 0 : result.find("\r\n" + start);
      if (at != std::string::npos) {
        if (at != 0) at += 2;
        result.erase(at, result.find("\r\n", at) + 2 - at);
      }
      AppendLine(result, row.header, param.value);
    }
  }
  return result;
}

}  // namespace cumulite::s3
