#include "tests/support/wire/canonical_request.h"

#include <algorithm>
#include <set>

namespace cumulite::testing {

std::string CanonicalRequest(std::string_view method, std::string_view target, const Headers& headers,
                             std::string_view signed_headers, std::string_view payload,
                             protocol::CanonicalStyle style) {
  std::vector<protocol::HeaderField> fields;
  for (const auto& [name, value] : headers) fields.push_back({name, value});
  protocol::HttpRequest request;
  request.method = method;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  request.query = target.substr(std::min(request.path.size() + 1, target.size()));
  request.headers = fields;
  return protocol::CanonicalRequest(request, signed_headers, payload, style);
}

std::string SignedHeaders(const Headers& headers) {
  std::set<std::string> names;
  for (const auto& [name, value] : headers) {
    std::string lower = name;
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (lower == "host" || lower.starts_with("x-amz-")) names.insert(lower);
  }
  std::string joined;
  for (const std::string& name : names) joined.append(joined.empty() ? "" : ";").append(name);
  return joined;
}

}  // namespace cumulite::testing
