#include <algorithm>
#include <array>

#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxRules = 100;
constexpr std::size_t kMaxIdCharacters = 255;
constexpr std::array<std::string_view, 5> kMethods{"GET", "PUT", "HEAD", "POST", "DELETE"};

void RequireOneWildcard(std::string_view element, const std::string& value) {
  if (std::count(value.begin(), value.end(), '*') <= 1) return;
  throw AwsError(kInvalidRequest,
                 std::string(element) + " \"" + value + "\" can not have more than one wildcard.");
}

}  // namespace

void Check(const Call&, const Bucket&, documents::CORSConfiguration& cors) {
  if (cors.cors_rules.size() > kMaxRules) throw MalformedXml();
  for (const documents::CORSRule& rule : cors.cors_rules) {
    if (rule.id && rule.id->size() > kMaxIdCharacters) throw MalformedXml();
    for (const std::string& method : rule.allowed_methods) {
      if (std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end()) continue;
      throw AwsError(kInvalidRequest,
                     "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
    }
    for (const std::string& origin : rule.allowed_origins) RequireOneWildcard("AllowedOrigin", origin);
    for (const std::string& header : rule.allowed_headers) RequireOneWildcard("AllowedHeader", header);
    for (const std::string& header : rule.expose_headers) {
      if (header.find('*') == std::string::npos) continue;
      throw AwsError(kInvalidRequest, "ExposeHeader \"" + header +
                                          "\" contains wildcard. We currently do not support wildcard for "
                                          "ExposeHeader.");
    }
  }
}

}  // namespace cumulite::s3
