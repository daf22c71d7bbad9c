#include "tests/support/wire/canonical_request.h"

#include <algorithm>

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

}  // namespace cumulite::testing
