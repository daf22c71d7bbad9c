#include "services/elb/snapshot_builder.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "protocol/arn.h"
#include "services/elb/action_rules.h"
#include "services/elb/attributes.h"
#include "services/elb/names.h"
#include "services/elb/rule_translation.h"

namespace cumulite::elb {
namespace {
using base::TimePoint;
using std::chrono::seconds;

template <class R>
std::string TextOf(const R& record) {
  std::string text;
  protocol::EncodeJson(&record, R::Describe(), text);
  return text;
}

/// A checked attribute that is a number; nothing for "off".
std::optional<int> NumberOf(const std::string& text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && !text.empty() ? std::optional(number) : std::nullopt;
}

seconds SecondsOf(const std::string& text) { return seconds(NumberOf(text).value_or(0)); }

proxy::TargetGroup::Protocol ProtocolOf(const std::string& protocol) {
  using Protocol = proxy::TargetGroup::Protocol;
  if (protocol == "HTTPS") return Protocol::kHttps;
  if (protocol == "TCP") return Protocol::kTcp;
  if (protocol == "TLS") return Protocol::kTls;
  if (protocol == "UDP") return Protocol::kUdp;
  if (protocol == "TCP_UDP") return Protocol::kTcpUdp;
  return protocol == "GENEVE" ? Protocol::kGeneve : Protocol::kHttp;
}

proxy::TargetGroup::Type TypeOf(const std::string& type) {
  using Type = proxy::TargetGroup::Type;
  return type == "ip"       ? Type::kIp
         : type == "lambda" ? Type::kLambda
         : type == "alb"    ? Type::kAlb
                            : Type::kInstance;
}

proxy::HealthCheck HealthCheckOf(const TargetGroup& shown) {
  using Protocol = proxy::HealthCheck::Protocol;
  proxy::HealthCheck check;
  const std::string protocol = shown.health_check_protocol.value_or("HTTP");
  check.enabled = shown.health_check_enabled.value_or(true);
  check.protocol = protocol == "HTTPS"  ? Protocol::kHttps
                   : protocol == "HTTP" ? Protocol::kHttp
                                        : Protocol::kTcp;
  if (const auto port = NumberOf(shown.health_check_port.value_or(""))) {
    check.port = static_cast<std::uint16_t>(*port);
  }
  check.path = shown.health_check_path.value_or("/");
  check.interval = seconds(shown.health_check_interval_seconds.value_or(30));
  check.timeout = seconds(shown.health_check_timeout_seconds.value_or(5));
  check.healthy_threshold = shown.healthy_threshold_count.value_or(5);
  check.unhealthy_threshold = shown.unhealthy_threshold_count.value_or(2);
  if (shown.matcher) {
    check.matcher =
        shown.matcher->grpc_code ? *shown.matcher->grpc_code : shown.matcher->http_code.value_or("200");
  }
  return check;
}

void ReadAttributes(const TargetGroupRecord& record, proxy::TargetGroup& group) {
  const auto get = [&](std::string_view key) { return Attribute(record, key); };
  const auto minimum = [&](const std::string& what) {
    const std::string start = "target_group_health." + what + ".minimum_healthy_targets.";
    return proxy::TargetGroup::Minimum{NumberOf(get(start + "count")), NumberOf(get(start + "percentage"))};
  };
  group.deregistration_delay = SecondsOf(get("deregistration_delay.timeout_seconds"));
  group.deregistration_closes_connections =
      get("deregistration_delay.connection_termination.enabled") == "true";
  if (get("stickiness.enabled") == "true") {
    using Stickiness = proxy::TargetGroup::Stickiness;
    const std::string type = get("stickiness.type");
    group.stickiness = type == "lb_cookie"    ? Stickiness::kLbCookie
                       : type == "app_cookie" ? Stickiness::kAppCookie
                                              : Stickiness::kSourceIp;
  }
  group.lb_cookie_duration = SecondsOf(get("stickiness.lb_cookie.duration_seconds"));
  group.app_cookie_name = get("stickiness.app_cookie.cookie_name");
  group.app_cookie_duration = SecondsOf(get("stickiness.app_cookie.duration_seconds"));
  using Algorithm = proxy::TargetGroup::Algorithm;
  const std::string algorithm = get("load_balancing.algorithm.type");
  group.algorithm = algorithm == "least_outstanding_requests" ? Algorithm::kLeastOutstandingRequests
                    : algorithm == "weighted_random"          ? Algorithm::kWeightedRandom
                                                              : Algorithm::kRoundRobin;
  group.anomaly_mitigation = get("load_balancing.algorithm.anomaly_mitigation") == "on";
  group.slow_start = SecondsOf(get("slow_start.duration_seconds"));
  const std::string cross_zone = get("load_balancing.cross_zone.enabled");
  if (cross_zone == "true" || cross_zone == "false") group.cross_zone = cross_zone == "true";
  group.unhealthy_state_routing = minimum("unhealthy_state_routing");
  group.dns_failover = minimum("dns_failover");
  group.preserve_client_ip = get("preserve_client_ip.enabled") == "true";
  group.proxy_protocol_v2 = get("proxy_protocol_v2.enabled") == "true";
}

void ReadAttributes(const LoadBalancerRecord& record, proxy::LoadBalancer& made) {
  using Desync = proxy::LoadBalancer::Desync;
  using ForwardedFor = proxy::LoadBalancer::ForwardedFor;
  const AttributeSet known = AttributesOf(record);
  const auto get = [&](std::string_view key) { return known.Get(record.attributes, key); };
  const auto log = [&](const std::string& kind) -> std::optional<proxy::LogDestination> {
    if (get(kind + ".s3.enabled") != "true") return std::nullopt;
    return proxy::LogDestination{get(kind + ".s3.bucket"), get(kind + ".s3.prefix")};
  };
  if (made.type == proxy::LoadBalancer::Type::kApplication) {
    made.idle_timeout = SecondsOf(get("idle_timeout.timeout_seconds"));
    made.client_keep_alive = SecondsOf(get("client_keep_alive.seconds"));
    made.http2 = get("routing.http2.enabled") == "true";
  }
  const std::string desync = get("routing.http.desync_mitigation_mode");
  made.desync = desync == "monitor"     ? Desync::kMonitor
                : desync == "strictest" ? Desync::kStrictest
                                        : Desync::kDefensive;
  made.drop_invalid_header_fields = get("routing.http.drop_invalid_header_fields.enabled") == "true";
  made.preserve_host_header = get("routing.http.preserve_host_header.enabled") == "true";
  made.tls_headers = get("routing.http.x_amzn_tls_version_and_cipher_suite.enabled") == "true";
  made.xff_client_port = get("routing.http.xff_client_port.enabled") == "true";
  const std::string forwarded = get("routing.http.xff_header_processing.mode");
  made.xff_mode = forwarded == "preserve" ? ForwardedFor::kPreserve
                  : forwarded == "remove" ? ForwardedFor::kRemove
                                          : ForwardedFor::kAppend;
  made.cross_zone = get("load_balancing.cross_zone.enabled") == "true";
  made.access_logs = log("access_logs");
  made.connection_logs = log("connection_logs");
  made.health_check_logs = log("health_check_logs");
}

/// "x_amzn_tls_version" -> "X-Amzn-Tls-Version", as headers are written.
std::string HeaderName(std::string_view word) {
  std::string name;
  bool start = true;
  for (const char c : word) {
    name += c == '_' ? '-' : start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
    start = c == '_';
  }
  return name;
}

void ReadAttributes(const ListenerRecord& record, const AttributeSet& known, proxy::Listener& made) {
  constexpr std::string_view kRequest = "routing.http.request.";
  constexpr std::string_view kResponse = "routing.http.response.";
  constexpr std::string_view kNameEnd = ".header_name";
  constexpr std::string_view kValueEnd = ".header_value";
  for (const auto& [key, value] : known.Show(record.attributes)) {
    const std::string_view view = key;
    if (value.empty()) continue;
    if (view.ends_with(kNameEnd)) {
      const auto word = view.substr(kRequest.size(), view.size() - kRequest.size() - kNameEnd.size());
      made.request_header_names.push_back({HeaderName(word), value});
    } else if (view.ends_with(kValueEnd)) {
      const auto word = view.substr(kResponse.size(), view.size() - kResponse.size() - kValueEnd.size());
      made.response_headers.push_back({HeaderName(word), value});
    }
  }
  made.server_header = known.Get(record.attributes, "routing.http.response.server.enabled") != "false";
  if (const auto idle = NumberOf(known.Get(record.attributes, "tcp.idle_timeout.seconds"))) {
    made.tcp_idle_timeout = seconds(*idle);
  }
}

std::vector<std::string> AlpnOf(const std::vector<std::string>& policies) {
  const std::string policy = policies.empty() ? "None" : policies.front();
  if (policy == "HTTP1Only") return {"http/1.1"};
  if (policy == "HTTP2Only") return {"h2"};
  if (policy == "HTTP2Optional") return {"http/1.1", "h2"};
  return policy == "HTTP2Preferred" ? std::vector<std::string>{"h2", "http/1.1"} : std::vector<std::string>{};
}

proxy::MutualTls MutualTlsOf(const ElbStore::Committed& committed, const Listener& shown) {
  proxy::MutualTls made;
  if (!shown.mutual_authentication) return made;
  const MutualAuthenticationAttributes& mutual = *shown.mutual_authentication;
  if (mutual.mode == "passthrough") made.mode = proxy::MutualTls::Mode::kPassthrough;
  if (mutual.mode != "verify") return made;
  made.mode = proxy::MutualTls::Mode::kVerify;
  made.ignore_expiry = mutual.ignore_client_certificate_expiry.value_or(false);
  made.advertise_names = mutual.advertise_trust_store_ca_names == "on";
  if (const auto store = committed.Find<TrustStoreRecord>(mutual.trust_store_arn.value_or(""))) {
    made.authorities_pem = store->bundle_pem;
    for (const RevocationRecord& revocation : store->revocations) made.revocations_pem += revocation.pem;
  }
  return made;
}

proxy::Listener::Protocol ListenerProtocolOf(const std::string& protocol) {
  using Protocol = proxy::Listener::Protocol;
  if (protocol == "HTTPS") return Protocol::kHttps;
  if (protocol == "TCP") return Protocol::kTcp;
  if (protocol == "TLS") return Protocol::kTls;
  if (protocol == "UDP") return Protocol::kUdp;
  return protocol == "TCP_UDP" ? Protocol::kTcpUdp : Protocol::kHttp;
}

/// Forgets what is not there any more.
template <class Kept, class Records>
void Drop(Kept& kept, const Records& records) {
  std::set<std::string_view> there;
  for (const auto& record : records) there.insert(record.arn());
  std::erase_if(kept, [&](const auto& entry) { return !there.contains(entry.first); });
}

}  // namespace

std::shared_ptr<const proxy::TargetGroup> SnapshotBuilder::BuildGroup(const ElbStore::Committed& committed,
                                                                      const TargetGroupRecord& record,
                                                                      TimePoint now) {
  const auto arn = protocol::ParseArn(record.arn());
  auto group = std::make_shared<proxy::TargetGroup>();
  group->arn = record.arn();
  group->name = *record.shown.target_group_name;
  group->account = arn->account;
  group->region = arn->region;
  group->type = TypeOf(record.type());
  group->protocol = ProtocolOf(record.protocol());
  if (record.shown.protocol_version == "HTTP2") group->version = proxy::TargetGroup::Version::kHttp2;
  if (record.shown.protocol_version == "GRPC") group->version = proxy::TargetGroup::Version::kGrpc;
  group->health_check = HealthCheckOf(record.shown);
  ReadAttributes(record, *group);
  std::string from = TextOf(record);
  for (const TargetRecord& target : committed.Targets(record.arn())) {
    proxy::Target made;
    made.id = target.id;
    made.port = static_cast<std::uint16_t>(target.port);
    made.zone = target.zone;
    made.address =
        group->type == proxy::TargetGroup::Type::kInstance ? sources_.FindInstance(target.id) : target.id;
    made.registration = static_cast<std::uint64_t>(target.registration);
    if (target.deregistered_ms) {
      made.deregistered_at = TimePoint(std::chrono::milliseconds(*target.deregistered_ms));
      if (*made.deregistered_at + group->deregistration_delay <= now) continue;
    }
    from += "\n" + std::to_string(target.registration) + (target.deregistered_ms ? "-" : "+") + made.address;
    group->targets.push_back(std::move(made));
  }
  Made<proxy::TargetGroup>& kept = groups_[record.arn()];
  if (kept.from != from) kept = {std::move(from), std::move(group)};
  return kept.object;
}

std::shared_ptr<const proxy::Listener> SnapshotBuilder::BuildListener(
    const ElbStore::Committed& committed, const ListenerRecord& record,
    const LoadBalancerRecord& load_balancer) {
  const Listener& shown = record.shown;
  auto listener = std::make_shared<proxy::Listener>();
  listener->arn = record.arn();
  listener->id = IdOf(record.arn());
  listener->protocol = ListenerProtocolOf(shown.protocol.value_or(""));
  listener->port = static_cast<std::uint16_t>(shown.port.value_or(0));
  listener->ssl_policy = shown.ssl_policy.value_or("");
  listener->alpn = AlpnOf(shown.alpn_policy);
  listener->mutual_tls = MutualTlsOf(committed, shown);
  ReadAttributes(record, AttributesOf(record, load_balancer.type()), *listener);

  std::string from =
      TextOf(record) + listener->mutual_tls.authorities_pem + listener->mutual_tls.revocations_pem;
  const auto add = [&](const std::string& arn) {
    proxy::Certificate certificate = sources_.FindCertificate(arn);
    from += certificate.chain_pem + certificate.key_pem;
    if (!certificate.chain_pem.empty()) listener->certificates.push_back(std::move(certificate));
  };
  for (const Certificate& certificate : shown.certificates) add(*certificate.certificate_arn);
  for (const std::string& arn : record.more_certificates) add(arn);
  const FindGroup find_group = [&](const std::string& arn) {
    const auto found = groups_.find(arn);
    return found == groups_.end() ? nullptr : found->second.object;
  };
  for (const RuleRecord& rule : committed.Children<RuleRecord>(record.arn())) {
    from += TextOf(rule);
    for (const std::string& arn : ForwardedTo(rule.shown.actions)) {
      // The address tells whether a group is still the same object.
      from += "\n" + std::to_string(reinterpret_cast<std::uintptr_t>(find_group(arn).get()));
    }
    listener->rules.push_back(TranslateRule(rule, find_group));
  }
  Made<proxy::Listener>& kept = listeners_[record.arn()];
  if (kept.from != from) kept = {std::move(from), std::move(listener)};
  return kept.object;
}

std::shared_ptr<const proxy::LoadBalancer> SnapshotBuilder::BuildLoadBalancer(
    const ElbStore::Committed& committed, const LoadBalancerRecord& record) {
  using Type = proxy::LoadBalancer::Type;
  const auto arn = protocol::ParseArn(record.arn());
  auto made = std::make_shared<proxy::LoadBalancer>();
  made->arn = record.arn();
  made->name = *record.shown.load_balancer_name;
  made->id = IdOf(record.arn());
  made->dns_name = record.shown.dns_name.value_or("");
  made->account = arn->account;
  made->region = arn->region;
  made->type = record.type() == "application" ? Type::kApplication
               : record.type() == "network"   ? Type::kNetwork
                                              : Type::kGateway;
  for (const AvailabilityZone& zone : record.shown.availability_zones) {
    made->zones.push_back(zone.zone_name.value_or(""));
  }
  ReadAttributes(record, *made);
  std::string from = TextOf(record);
  for (const ListenerRecord& listener : committed.Children<ListenerRecord>(record.arn())) {
    made->listeners.push_back(BuildListener(committed, listener, record));
    from += "\n" + std::to_string(reinterpret_cast<std::uintptr_t>(made->listeners.back().get()));
  }
  Made<proxy::LoadBalancer>& kept = load_balancers_[record.arn()];
  if (kept.from != from) kept = {std::move(from), std::move(made)};
  return kept.object;
}

std::shared_ptr<const proxy::Snapshot> SnapshotBuilder::Build(const ElbStore::Committed& committed,
                                                              TimePoint now) {
  auto snapshot = std::make_shared<proxy::Snapshot>();
  const auto groups = committed.Everything<TargetGroupRecord>();
  for (const TargetGroupRecord& record : groups) {
    snapshot->target_groups.push_back(BuildGroup(committed, record, now));
  }
  const auto load_balancers = committed.Everything<LoadBalancerRecord>();
  for (const LoadBalancerRecord& record : load_balancers) {
    snapshot->load_balancers.push_back(BuildLoadBalancer(committed, record));
  }
  Drop(groups_, groups);
  Drop(load_balancers_, load_balancers);
  Drop(listeners_, committed.Everything<ListenerRecord>());
  return snapshot;
}

}  // namespace cumulite::elb
