#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "protocol/http.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What a request looks like to its target.
struct TargetRequest {
  std::string host;   // what Host says
  std::string lines;  // all other headers, complete lines; framing is the HTTP client's
  std::string trace;  // X-Amzn-Trace-Id
};

struct HeaderFacts {
  const LoadBalancer& load_balancer;
  const Listener& listener;
  bool to_http1 = true;
  base::TimePoint now{};
  /// By a transform; empty: what the client said.
  std::string_view rewritten_host;
  /// Who the user is is ours to say: the client's own x-amzn-oidc-* are dropped.
  bool authenticates = false;
  std::string_view identity_lines;  // what the authentication says, complete lines
  bool websocket = false;           // Connection and Upgrade go on
};

enum class HeaderVerdict { kSend, kTooManyAddresses };

/// Makes the headers that a target gets from those of the client.
///
/// Errors: kTooManyAddresses (463) for more than 30 addresses in X-Forwarded-For.
/// Source: User Guide "HTTP headers and Application Load Balancers", "Request tracing"; RFC 9110 7.6.1.
HeaderVerdict MakeTargetRequest(const protocol::HttpRequest& request, const HeaderFacts& facts,
                                TargetRequest& out);

/// "Root=1-67891233-abcdef012345678912345678" for the trace header that came, "" for none.
std::string TraceHeader(std::string_view received, base::TimePoint now);

/// Names that drop_invalid_header_fields lets through: [-A-Za-z0-9]+.
bool IsValidHeaderName(std::string_view name);

/// The name in Host, without its port.
std::string_view HostWithoutPort(std::string_view host);

}  // namespace cumulite::elb::proxy
