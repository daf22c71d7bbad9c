#include "services/elb/attributes.h"

#include <algorithm>
#include <charconv>

#include "services/elb/errors.h"

namespace cumulite::elb {
namespace {

bool IsBool(std::string_view value) { return value == "true" || value == "false"; }
bool IsTrue(std::string_view value) { return value == "true"; }
bool IsOnOff(std::string_view value) { return value == "on" || value == "off"; }
bool IsText(std::string_view) { return true; }

template <std::int64_t kLow, std::int64_t kHigh>
bool InRange(std::string_view value) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end && number >= kLow && number <= kHigh;
}

template <std::int64_t kLow, std::int64_t kHigh>
bool InRangeOrOff(std::string_view value) {
  return value == "off" || InRange<kLow, kHigh>(value);
}

bool IsSlowStart(std::string_view value) { return value == "0" || InRange<30, 900>(value); }

template <std::size_t kMax>
bool IsShort(std::string_view value) {
  return value.size() <= kMax;
}

bool IsDesyncMode(std::string_view value) {
  return value == "monitor" || value == "defensive" || value == "strictest";
}
bool IsForwardedForMode(std::string_view value) {
  return value == "append" || value == "preserve" || value == "remove";
}
bool IsRoutingPolicy(std::string_view value) {
  return value == "availability_zone_affinity" || value == "partial_availability_zone_affinity" ||
         value == "any_availability_zone";
}
bool IsCrossZone(std::string_view value) {
  return IsBool(value) || value == "use_load_balancer_configuration";
}
bool IsAlgorithm(std::string_view value) {
  return value == "round_robin" || value == "least_outstanding_requests" || value == "weighted_random";
}
bool IsFailover(std::string_view value) { return value == "rebalance" || value == "no_rebalance"; }
bool IsCookieName(std::string_view value) {
  return !value.starts_with("AWSALB") && value.find_first_of(";, =\t\r\n") == std::string_view::npos;
}

constexpr std::string_view kBoolWords = "must be one of [true, false]";
constexpr std::string_view kOnOffWords = "must be one of [on, off]";

// Load balancers.
constexpr std::uint32_t kApplication = 1;
constexpr std::uint32_t kNetwork = 2;
constexpr std::uint32_t kGateway = 4;
constexpr std::uint32_t kInternal = 8;  // an internal application load balancer's default differs

constexpr AttributeRow kLoadBalancerRows[] = {
    {"access_logs.s3.enabled", "false", kApplication | kNetwork, &IsBool, kBoolWords},
    {"access_logs.s3.bucket", "", kApplication | kNetwork, &IsText, ""},
    {"access_logs.s3.prefix", "", kApplication | kNetwork, &IsText, ""},
    {"idle_timeout.timeout_seconds", "60", kApplication, &InRange<1, 4000>, "must be between 1 and 4000"},
    {"client_keep_alive.seconds", "3600", kApplication, &InRange<60, 604'800>,
     "must be between 60 and 604800"},
    {"deletion_protection.enabled", "false", kApplication | kNetwork | kGateway, &IsBool, kBoolWords},
    {"routing.http2.enabled", "true", kApplication, &IsBool, kBoolWords},
    {"routing.http.drop_invalid_header_fields.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"routing.http.xff_client_port.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"routing.http.preserve_host_header.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"routing.http.xff_header_processing.mode", "append", kApplication, &IsForwardedForMode,
     "must be one of [append, preserve, remove]"},
    // Source: ELB API Reference "LoadBalancerAttribute": true for application load balancers, not to change.
    {"load_balancing.cross_zone.enabled", "true", kApplication, &IsTrue, "must be one of [true]"},
    {"load_balancing.cross_zone.enabled", "false", kNetwork | kGateway, &IsBool, kBoolWords},
    {"routing.http.desync_mitigation_mode", "defensive", kApplication, &IsDesyncMode,
     "must be one of [monitor, defensive, strictest]"},
    {"waf.fail_open.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"zonal_shift.config.enabled", "false", kApplication | kNetwork, &IsBool, kBoolWords},
    {"connection_logs.s3.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"connection_logs.s3.bucket", "", kApplication, &IsText, ""},
    {"connection_logs.s3.prefix", "", kApplication, &IsText, ""},
    {"health_check_logs.s3.enabled", "false", kApplication, &IsBool, kBoolWords},
    {"health_check_logs.s3.bucket", "", kApplication, &IsText, ""},
    {"health_check_logs.s3.prefix", "", kApplication, &IsText, ""},
    {"ipv6.deny_all_igw_traffic", "true", kInternal, &IsBool, kBoolWords},
    {"ipv6.deny_all_igw_traffic", "false", kApplication | kNetwork, &IsBool, kBoolWords},
    {"dns_record.client_routing_policy", "any_availability_zone", kNetwork, &IsRoutingPolicy,
     "must be one of [availability_zone_affinity, partial_availability_zone_affinity, "
     "any_availability_zone]"},
    {"secondary_ips.auto_assigned.per_subnet", "0", kNetwork, &InRange<0, 7>, "must be between 0 and 7"},
};

// Target groups, by what they serve.
constexpr std::uint32_t kHttpGroup = 1;
constexpr std::uint32_t kTcpGroup = 2;  // TCP, TLS
constexpr std::uint32_t kUdpGroup = 4;  // UDP, TCP_UDP, QUIC
constexpr std::uint32_t kGeneveGroup = 8;
constexpr std::uint32_t kLambdaGroup = 16;
constexpr std::uint32_t kHiddenClientIp = 32;  // TCP and TLS to IP addresses: client addresses are not kept
constexpr std::uint32_t kNetworkGroup = kTcpGroup | kUdpGroup;

constexpr AttributeRow kTargetGroupRows[] = {
    {"deregistration_delay.timeout_seconds", "300", kHttpGroup | kNetworkGroup | kGeneveGroup,
     &InRange<0, 3600>, "must be between 0 and 3600"},
    {"deregistration_delay.connection_termination.enabled", "true", kUdpGroup, &IsBool, kBoolWords},
    {"deregistration_delay.connection_termination.enabled", "false", kTcpGroup, &IsBool, kBoolWords},
    {"stickiness.enabled", "false", kHttpGroup | kNetworkGroup | kGeneveGroup, &IsBool, kBoolWords},
    {"stickiness.type", "lb_cookie", kHttpGroup, &IsText, ""},
    {"stickiness.type", "source_ip", kNetworkGroup, &IsText, ""},
    {"stickiness.type", "source_ip_dest_ip_proto", kGeneveGroup, &IsText, ""},
    {"stickiness.lb_cookie.duration_seconds", "86400", kHttpGroup, &InRange<1, 604'800>,
     "must be between 1 and 604800"},
    {"stickiness.app_cookie.cookie_name", "", kHttpGroup, &IsCookieName,
     "cannot begin with 'AWSALB' and must be the name of a cookie"},
    {"stickiness.app_cookie.duration_seconds", "86400", kHttpGroup, &InRange<1, 604'800>,
     "must be between 1 and 604800"},
    {"load_balancing.algorithm.type", "round_robin", kHttpGroup | kLambdaGroup, &IsAlgorithm,
     "must be one of [round_robin, least_outstanding_requests, weighted_random]"},
    {"load_balancing.algorithm.anomaly_mitigation", "off", kHttpGroup, &IsOnOff, kOnOffWords},
    {"slow_start.duration_seconds", "0", kHttpGroup, &IsSlowStart, "must be 0 or between 30 and 900"},
    {"load_balancing.cross_zone.enabled", "use_load_balancer_configuration",
     kHttpGroup | kNetworkGroup | kGeneveGroup, &IsCrossZone,
     "must be one of [true, false, use_load_balancer_configuration]"},
    {"lambda.multi_value_headers.enabled", "false", kLambdaGroup, &IsBool, kBoolWords},
    {"preserve_client_ip.enabled", "false", kHiddenClientIp, &IsBool, kBoolWords},
    {"preserve_client_ip.enabled", "true", kNetworkGroup, &IsBool, kBoolWords},
    {"proxy_protocol_v2.enabled", "false", kNetworkGroup, &IsBool, kBoolWords},
    {"target_health_state.unhealthy.connection_termination.enabled", "true", kTcpGroup, &IsBool, kBoolWords},
    {"target_health_state.unhealthy.draining_interval_seconds", "0", kTcpGroup, &InRange<0, 360'000>,
     "must be between 0 and 360000"},
    {"target_group_health.dns_failover.minimum_healthy_targets.count", "1", kHttpGroup | kNetworkGroup,
     &InRangeOrOff<1, 1000>, "must be 'off' or a number from 1"},
    {"target_group_health.dns_failover.minimum_healthy_targets.percentage", "off", kHttpGroup | kNetworkGroup,
     &InRangeOrOff<1, 100>, "must be 'off' or between 1 and 100"},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1",
     kHttpGroup | kNetworkGroup, &InRange<1, 1000>, "must be a number from 1"},
    {"target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off",
     kHttpGroup | kNetworkGroup, &InRangeOrOff<1, 100>, "must be 'off' or between 1 and 100"},
    {"target_failover.on_deregistration", "no_rebalance", kGeneveGroup, &IsFailover,
     "must be one of [rebalance, no_rebalance]"},
    {"target_failover.on_unhealthy", "no_rebalance", kGeneveGroup, &IsFailover,
     "must be one of [rebalance, no_rebalance]"},
};

// Listeners, by protocol.
constexpr std::uint32_t kHttp = 1;
constexpr std::uint32_t kHttps = 2;
constexpr std::uint32_t kTcp = 4;
constexpr std::uint32_t kGatewayListener = 8;
constexpr std::uint32_t kWeb = kHttp | kHttps;
constexpr std::string_view kHeaderNameWords = "must be a header name of at most 40 characters";
constexpr std::string_view kHeaderValueWords = "must be at most 1024 characters long";

constexpr AttributeRow kListenerRows[] = {
    {"tcp.idle_timeout.seconds", "350", kTcp | kGatewayListener, &InRange<60, 6000>,
     "must be between 60 and 6000"},
    {"routing.http.response.server.enabled", "true", kWeb, &IsBool, kBoolWords},
    {"routing.http.response.strict_transport_security.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_allow_origin.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_allow_methods.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_allow_headers.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_allow_credentials.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_expose_headers.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.access_control_max_age.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.content_security_policy.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.x_content_type_options.header_value", "", kWeb, &IsShort<1024>,
     kHeaderValueWords},
    {"routing.http.response.x_frame_options.header_value", "", kWeb, &IsShort<1024>, kHeaderValueWords},
    {"routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name", "", kHttps, &IsShort<40>,
     kHeaderNameWords},
    {"routing.http.request.x_amzn_mtls_clientcert_issuer.header_name", "", kHttps, &IsShort<40>,
     kHeaderNameWords},
    {"routing.http.request.x_amzn_mtls_clientcert_subject.header_name", "", kHttps, &IsShort<40>,
     kHeaderNameWords},
    {"routing.http.request.x_amzn_mtls_clientcert_validity.header_name", "", kHttps, &IsShort<40>,
     kHeaderNameWords},
    {"routing.http.request.x_amzn_mtls_clientcert_leaf.header_name", "", kHttps, &IsShort<40>,
     kHeaderNameWords},
    {"routing.http.request.x_amzn_mtls_clientcert.header_name", "", kHttps, &IsShort<40>, kHeaderNameWords},
    {"routing.http.request.x_amzn_tls_version.header_name", "", kHttps, &IsShort<40>, kHeaderNameWords},
    {"routing.http.request.x_amzn_tls_cipher_suite.header_name", "", kHttps, &IsShort<40>, kHeaderNameWords},
};

std::uint32_t WhereOf(const TargetGroupRecord& target_group) {
  const std::string protocol = target_group.protocol();
  if (target_group.type() == "lambda") return kLambdaGroup;
  if (protocol == "HTTP" || protocol == "HTTPS") return kHttpGroup;
  if (protocol == "GENEVE") return kGeneveGroup;
  if (protocol != "TCP" && protocol != "TLS") return kUdpGroup;
  return target_group.type() == "ip" ? kTcpGroup | kHiddenClientIp : kTcpGroup;
}

}  // namespace

const AttributeRow* AttributeSet::Find(std::string_view key) const {
  for (const AttributeRow& row : rows) {
    if (row.key == key && (row.where & where) != 0) return &row;
  }
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> AttributeSet::Show(const AttributeMap& set) const {
  std::vector<std::pair<std::string, std::string>> shown;
  for (const AttributeRow& row : rows) {
    if (Find(row.key) != &row) continue;
    const auto found = set.find(std::string(row.key));
    shown.emplace_back(row.key, found == set.end() ? std::string(row.fallback) : found->second);
  }
  return shown;
}

std::string AttributeSet::Get(const AttributeMap& set, std::string_view key) const {
  if (const auto found = set.find(std::string(key)); found != set.end()) return found->second;
  const AttributeRow* const row = Find(key);
  return row == nullptr ? std::string() : std::string(row->fallback);
}

void AttributeSet::Check(std::string_view key, std::string_view value) const {
  const std::string subject = std::string(what) + " attribute key '" + std::string(key) + "'";
  const AttributeRow* const row = Find(key);
  if (row == nullptr) {
    if (std::ranges::find(rows, key, &AttributeRow::key) == rows.end()) {
      throw Invalid(subject + " is not recognized");
    }
    throw InvalidConfiguration(subject + " is not supported on " + kind);
  }
  if (!row->fits(value)) {
    throw Invalid("Attribute value '" + std::string(value) + "' is not valid: '" + std::string(key) + "' " +
                  std::string(row->must));
  }
}

AttributeSet AttributesOf(const LoadBalancerRecord& load_balancer) {
  const std::string& type = load_balancer.type();
  std::uint32_t where = type == "application" ? kApplication : type == "network" ? kNetwork : kGateway;
  if (where != kGateway && load_balancer.shown.scheme == "internal") where |= kInternal;
  return {kLoadBalancerRows, where, "Load balancer", "load balancers with type '" + type + "'"};
}

AttributeSet AttributesOf(const TargetGroupRecord& target_group) {
  return {kTargetGroupRows, WhereOf(target_group), "Target group",
          target_group.type() == "lambda"
              ? "target groups with target type 'lambda'"
              : "target groups with the " + target_group.protocol() + " protocol"};
}

AttributeSet AttributesOf(const ListenerRecord& listener, std::string_view load_balancer_type) {
  const std::string protocol = listener.shown.protocol.value_or("");
  const std::uint32_t where = load_balancer_type == "gateway" ? kGatewayListener
                              : protocol == "HTTP"            ? kHttp
                              : protocol == "HTTPS"           ? kHttps
                              : protocol == "TCP"             ? kTcp
                                                              : 0U;
  return {kListenerRows, where, "Listener", "listeners with the " + protocol + " protocol"};
}

std::string Attribute(const LoadBalancerRecord& load_balancer, std::string_view key) {
  return AttributesOf(load_balancer).Get(load_balancer.attributes, key);
}

std::string Attribute(const TargetGroupRecord& target_group, std::string_view key) {
  return AttributesOf(target_group).Get(target_group.attributes, key);
}

std::string_view RequireKey(const std::optional<std::string>& key) {
  if (!key || key->empty()) throw Invalid("An attribute key must be specified");
  return *key;
}

}  // namespace cumulite::elb
