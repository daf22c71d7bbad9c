#include "services/elb/proxy/request_headers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ids.h"
#include "base/text.h"
#include "services/elb/proxy/connection_header.h"
#include "services/elb/proxy/mutual_tls.h"
#include "services/elb/proxy/pattern.h"

namespace cumulite::elb::proxy {
namespace {
using protocol::EqualsIgnoreCase;
using protocol::HttpRequest;

constexpr std::size_t kMostAddresses = 30;
/// "Headers above 7 KB: only a fresh Root."
constexpr std::size_t kMaxTrace = 7 << 10;

void AppendLine(std::string& lines, std::string_view name, std::string_view value) {
  lines.append(name).append(": ").append(value).append("\r\n");
}

bool IsPort(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Where ":8080" begins, or the end; the colons of a bracketed IPv6 address are none.
std::size_t PortBegins(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos) return host.size();
  return IsPort(host.substr(colon + 1)) ? colon : host.size();
}

/// The authority of "http://example.com/path"; empty for origin-form.
std::string_view AuthorityOf(std::string_view target) {
  const std::size_t scheme = target.starts_with('/') ? std::string_view::npos : target.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view rest = target.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of("/?"));
}

std::string HostFor(const HttpRequest& request, const HeaderFacts& facts) {
  if (!facts.rewritten_host.empty()) return std::string(facts.rewritten_host);
  std::string_view host = AuthorityOf(request.target);
  if (host.empty()) host = request.Header("Host");
  if (facts.load_balancer.preserve_host_header && !host.empty()) return std::string(host);
  if (host.empty()) host = facts.load_balancer.dns_name;
  const std::size_t port = PortBegins(host);
  const std::uint16_t listens = facts.listener.port;
  const bool usual = listens == 80 || listens == 443;
  std::string out = base::ToLower(std::string(host.substr(0, port)));
  if (!usual && port == host.size()) {
    out += ':' + std::to_string(listens);
  } else if (!usual) {
    out += host.substr(port);
  }
  return out;
}

/// Gathers X-Forwarded-For; false for too many addresses.
struct ForwardedFor {
  std::string value;
  std::size_t count = 0;

  void Add(std::string_view more) {
    ForEachInList(more, [this](std::string_view) { ++count; });
    if (more.empty()) return;
    if (!value.empty()) value += ", ";
    value += more;
  }
};

void AppendClient(const HttpRequest& request, bool with_port, std::string& out) {
  if (!out.empty()) out += ", ";
  const bool v6 = request.peer_address.find(':') != std::string_view::npos;
  if (!with_port || request.connection == nullptr) {
    out += request.peer_address;
    return;
  }
  out.append(v6 ? "[" : "").append(request.peer_address).append(v6 ? "]:" : ":");
  out += std::to_string(request.connection->peer_port);
}

/// The name under which the target gets what AWS calls `standard`.
std::string_view NameFor(const Listener& listener, std::string_view standard) {
  for (const Listener::HeaderName& name : listener.request_header_names) {
    if (EqualsIgnoreCase(name.standard, standard)) return name.renamed;
  }
  return standard;
}

/// Whether the client may not say that itself, because we do, or because nobody but us can know.
bool IsOurs(std::string_view name, const HeaderFacts& facts) {
  const auto begins = [name](std::string_view with) {
    return name.size() >= with.size() && EqualsIgnoreCase(name.substr(0, with.size()), with);
  };
  if (!begins("x-amzn-")) {
    const bool renamed = std::ranges::any_of(facts.listener.request_header_names, [&](const auto& given) {
      return EqualsIgnoreCase(given.renamed, name);
    });
    return renamed;
  }
  if (facts.authenticates && begins("x-amzn-oidc-")) return true;
  if (facts.listener.mutual_tls.mode != MutualTls::Mode::kOff && begins("x-amzn-mtls-clientcert"))
    return true;
  return facts.load_balancer.tls_headers &&
         (EqualsIgnoreCase(name, "x-amzn-tls-version") || EqualsIgnoreCase(name, "x-amzn-tls-cipher-suite"));
}

void AppendTlsHeaders(const HttpRequest& request, const HeaderFacts& facts, std::string& lines) {
  if (!request.tls || request.connection == nullptr) return;
  const protocol::ConnectionInfo& connection = *request.connection;
  const auto add = [&](std::string_view standard, std::string_view value) {
    AppendLine(lines, NameFor(facts.listener, standard), value);
  };
  if (facts.load_balancer.tls_headers) {
    add("X-Amzn-Tls-Version", connection.tls_version);
    add("X-Amzn-Tls-Cipher-Suite", connection.tls_cipher);
  }
  if (connection.client_chain.empty()) return;
  for (const ClientCertificateHeader& header :
       DescribeClientCertificate(facts.listener.mutual_tls.mode, connection.client_chain)) {
    add(header.name, header.value);
  }
}

enum class Own { kNo, kHost, kForwardedFor, kTrace, kDropped };

/// What becomes of a header that does not end at this hop.
Own Classify(std::string_view name) {
  const auto is = [name](std::string_view other) { return EqualsIgnoreCase(name, other); };
  switch (name.size()) {
    case 4:
      return is("Host") ? Own::kHost : Own::kNo;
    case 6:
      return is("Expect") ? Own::kDropped : Own::kNo;
    case 15:
      if (is("X-Forwarded-For")) return Own::kForwardedFor;
      return is("X-Amzn-Trace-Id") ? Own::kTrace : Own::kNo;
    case 16:
      return is("X-Forwarded-Port") ? Own::kDropped : Own::kNo;
    case 17:
      return is("X-Forwarded-Proto") ? Own::kDropped : Own::kNo;
    default:
      return Own::kNo;
  }
}
}  // namespace

bool IsValidHeaderName(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

std::string_view HostWithoutPort(std::string_view host) { return host.substr(0, PortBegins(host)); }

std::string TraceHeader(std::string_view received, base::TimePoint now) {
  const auto epoch = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::string id = fmt::format("1-{:08x}-{}", epoch, base::RandomHex(24));
  std::string kept;
  bool has_root = false;
  while (!received.empty() && received.size() <= kMaxTrace) {
    const std::string_view field = received.substr(0, received.find(';'));
    received.remove_prefix(std::min(field.size() + 1, received.size()));
    if (field.empty() || field.starts_with("Self=")) continue;
    has_root = has_root || field.starts_with("Root=");
    kept.append(kept.empty() ? "" : ";").append(field);
  }
  std::string out = (has_root ? "Self=" : "Root=") + id;
  if (!kept.empty()) out.append(";").append(kept);
  return out;
}

HeaderVerdict MakeTargetRequest(const HttpRequest& request, const HeaderFacts& facts, TargetRequest& out) {
  const LoadBalancer& load_balancer = facts.load_balancer;
  const HopByHop hop(request.headers);
  const bool rewrites_names = facts.authenticates || load_balancer.tls_headers ||
                              facts.listener.mutual_tls.mode != MutualTls::Mode::kOff ||
                              !facts.listener.request_header_names.empty();
  ForwardedFor forwarded;
  std::string_view trace;
  std::string& lines = out.lines;
  lines.reserve(1024);
  AppendLine(lines, "X-Forwarded-Proto",
             facts.listener.protocol == Listener::Protocol::kHttps ? "https" : "http");
  AppendLine(lines, "X-Forwarded-Port", std::to_string(facts.listener.port));
  for (const protocol::HeaderField& header : request.headers) {
    if (hop.Owns(header.name)) continue;
    switch (Classify(header.name)) {
      case Own::kForwardedFor:
        forwarded.Add(header.value);
        continue;
      case Own::kTrace:
        trace = header.value;
        continue;
      case Own::kHost:
      case Own::kDropped:
        continue;
      case Own::kNo:
        break;
    }
    if (load_balancer.drop_invalid_header_fields && !IsValidHeaderName(header.name)) continue;
    if (rewrites_names && IsOurs(header.name, facts)) continue;
    AppendLine(lines, header.name, header.value);
  }
  using Mode = LoadBalancer::ForwardedFor;
  if (forwarded.count > kMostAddresses) return HeaderVerdict::kTooManyAddresses;
  if (load_balancer.xff_mode == Mode::kAppend)
    AppendClient(request, load_balancer.xff_client_port, forwarded.value);
  if (load_balancer.xff_mode != Mode::kRemove && !forwarded.value.empty()) {
    AppendLine(lines, "X-Forwarded-For", forwarded.value);
  }
  out.trace = TraceHeader(trace, facts.now);
  AppendLine(lines, "X-Amzn-Trace-Id", out.trace);
  AppendTlsHeaders(request, facts, lines);
  lines += facts.identity_lines;
  if (facts.websocket) lines += "Connection: upgrade\r\nUpgrade: websocket\r\n";
  out.host = HostFor(request, facts);
  return HeaderVerdict::kSend;
}

}  // namespace cumulite::elb::proxy
