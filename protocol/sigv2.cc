#include "protocol/sigv2.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "protocol/base64.h"
#include "protocol/hmac.h"
#include "protocol/s3_host.h"

namespace cumulite::protocol {
namespace {

/// The query parameters that are part of the resource.
constexpr std::string_view kSubresources[] = {"accelerate",
                                              "acl",
                                              "analytics",
                                              "cors",
                                              "defaultObjectAcl",
                                              "delete",
                                              "encryption",
                                              "inventory",
                                              "legal-hold",
                                              "lifecycle",
                                              "location",
                                              "logging",
                                              "metrics",
                                              "notification",
                                              "object-lock",
                                              "partNumber",
                                              "policy",
                                              "replication",
                                              "requestPayment",
                                              "response-cache-control",
                                              "response-content-disposition",
                                              "response-content-encoding",
                                              "response-content-language",
                                              "response-content-type",
                                              "response-expires",
                                              "restore",
                                              "retention",
                                              "select",
                                              "select-type",
                                              "storageClass",
                                              "tagging",
                                              "torrent",
                                              "uploadId",
                                              "uploads",
                                              "versionId",
                                              "versioning",
                                              "versions",
                                              "website"};

bool IsSubresource(std::string_view name) {
  return std::find(std::begin(kSubresources), std::end(kSubresources), name) != std::end(kSubresources);
}

void AppendAmzHeaders(std::string& out, const HttpRequest& request) {
  std::map<std::string, std::string> headers;
  for (const HeaderField& field : request.headers) {
    std::string name(field.name);
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (!name.starts_with("x-amz-")) continue;
    const auto [entry, first] = headers.try_emplace(std::move(name), field.value);
    if (!first) entry->second.append(",").append(field.value);
  }
  // A presigned URL carries in its query what its maker signed as a header.
  for (const QueryParam& param : ParseQuery(request.query).value_or(std::vector<QueryParam>{})) {
    if (param.name == "x-amz-security-token") headers.try_emplace(param.name, param.value);
  }
  for (const auto& [name, value] : headers) out.append(name).append(":").append(value).append("\n");
}

void AppendSubresources(std::string& out, std::string_view query) {
  auto params = ParseQuery(query);
  if (!params) return;
  std::erase_if(*params, [](const QueryParam& param) { return !IsSubresource(param.name); });
  std::sort(params->begin(), params->end(),
            [](const QueryParam& a, const QueryParam& b) { return a.name < b.name; });
  char separator = '?';
  for (const QueryParam& param : *params) {
    out += separator;
    out += param.name;
    if (!param.value.empty()) out.append("=").append(param.value);
    separator = '&';
  }
}

}  // namespace

std::string StringToSignV2(const HttpRequest& request, std::string_view date,
                           std::string_view resource_path) {
  std::string out(request.method);
  out.append("\n").append(request.Header("content-md5"));
  out.append("\n").append(request.Header("content-type"));
  out.append("\n").append(date).append("\n");
  AppendAmzHeaders(out, request);
  out += resource_path;
  AppendSubresources(out, request.query);
  return out;
}

std::string SignatureV2(std::string_view secret, std::string_view string_to_sign) {
  return HmacSha1(secret, string_to_sign).Base64();
}

std::string ResourcePathV2(const HttpRequest& request, std::span<const std::string> base_hosts) {
  std::string path(request.path);
  const std::string bucket = ParseS3Host(request.Header("host"), base_hosts).bucket;
  return bucket.empty() ? path : "/" + bucket + path;
}

}  // namespace cumulite::protocol
