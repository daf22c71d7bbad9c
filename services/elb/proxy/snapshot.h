#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"

/// All that the data plane knows of what the API has made: immutable, swapped as a whole.
///
/// The control plane fills in every default of AWS; nothing here is validated again. Parts that have not
/// changed since the last snapshot may be the same objects: what was made of them (compiled patterns, TLS
/// contexts) is then kept.
namespace cumulite::elb::proxy {

using std::chrono::seconds;

/// instance and ip targets look alike here: the control plane has found the address of an instance.
struct Target {
  std::string id;          // as registered: "i-0123", "10.0.0.7", an ARN
  std::uint16_t port = 0;  // as registered, or the group's
  std::string zone;        // "us-east-1a", "all", empty when unknown
  std::string address;     // an IP address or a name that resolves; empty: an instance that nobody can find
  /// Differs for each registration, so that one that comes back begins at `initial`.
  std::uint64_t registration = 0;
  /// Set by DeregisterTargets: draining from then on; in the snapshot until the delay is over.
  std::optional<base::TimePoint> deregistered_at;
  /// The instance does not run: unused / Target.InvalidState.
  bool stopped = false;
};

struct HealthCheck {
  enum class Protocol { kHttp, kHttps, kTcp };
  bool enabled = true;
  Protocol protocol = Protocol::kHttp;
  std::optional<std::uint16_t> port;  // absent: traffic-port
  std::string path = "/";             // with its query
  seconds interval{30};
  seconds timeout{5};
  int healthy_threshold = 5;
  int unhealthy_threshold = 2;
  std::string matcher = "200";  // "200,202", "200-299"; of gRPC codes when the group speaks it
};

struct TargetGroup {
  enum class Type { kInstance, kIp, kLambda, kAlb };
  enum class Protocol { kHttp, kHttps, kTcp, kTls, kUdp, kTcpUdp, kGeneve };
  enum class Version { kHttp1, kHttp2, kGrpc };
  enum class Algorithm { kRoundRobin, kLeastOutstandingRequests, kWeightedRandom };
  enum class Stickiness { kOff, kLbCookie, kAppCookie, kSourceIp };
  /// A minimum of healthy targets, as a number and as a percentage of all; absent: "off".
  struct Minimum {
    std::optional<int> count;
    std::optional<int> percentage;
  };

  std::string arn;
  std::string name;
  std::string account;
  std::string region;
  Type type = Type::kInstance;
  Protocol protocol = Protocol::kHttp;
  Version version = Version::kHttp1;
  HealthCheck health_check;
  std::vector<Target> targets;  // in the order of registration, draining ones among them

  // Attributes.
  seconds deregistration_delay{300};
  bool deregistration_closes_connections = false;  // deregistration_delay.connection_termination.enabled
  Stickiness stickiness = Stickiness::kOff;
  seconds lb_cookie_duration{86'400};
  std::string app_cookie_name;
  seconds app_cookie_duration{86'400};
  Algorithm algorithm = Algorithm::kRoundRobin;
  bool anomaly_mitigation = false;
  seconds slow_start{0};
  std::optional<bool> cross_zone;                                 // absent: as the load balancer says
  Minimum unhealthy_state_routing{.count = 1, .percentage = {}};  // below: fail open
  Minimum dns_failover{.count = 1, .percentage = {}};             // for HealthyStateDNS alone
  bool preserve_client_ip = false;                                // NLB
  bool proxy_protocol_v2 = false;                                 // NLB
};

struct Certificate {
  std::string arn;
  std::string chain_pem;  // the certificate first
  std::string key_pem;
};

struct MutualTls {
  enum class Mode { kOff, kPassthrough, kVerify };
  Mode mode = Mode::kOff;
  std::string authorities_pem;  // verify: the trust store's bundle
  std::string revocations_pem;  // its CRLs, one after the other
  bool ignore_expiry = false;
  bool advertise_names = false;
};

struct Condition {
  enum class Field { kHostHeader, kPathPattern, kHttpHeader, kMethod, kQueryString, kSourceIp };
  struct Pair {
    std::optional<std::string> key;
    std::string value;
  };
  Field field = Field::kPathPattern;
  std::string header_name;                // kHttpHeader
  std::vector<std::string> values;        // patterns, methods, CIDR blocks
  std::vector<std::string> regex_values;  // kHostHeader, kPathPattern, kHttpHeader
  std::vector<Pair> pairs;                // kQueryString
};

struct Transform {
  enum class Kind { kHostHeaderRewrite, kUrlRewrite };
  Kind kind = Kind::kUrlRewrite;
  std::string regex;
  std::string replace;
};

struct Forward {
  struct Group {
    std::shared_ptr<const TargetGroup> group;
    int weight = 1;
  };
  std::vector<Group> groups;
  bool sticky = false;
  seconds sticky_duration{0};
};

struct Redirect {
  int status = 302;
  std::string protocol = "#{protocol}";
  std::string port = "#{port}";
  std::string host = "#{host}";
  std::string path = "/#{path}";
  std::string query = "#{query}";
};

struct FixedResponse {
  int status = 200;
  std::string content_type;
  std::string body;
};

struct AuthenticateOidc {
  enum class Otherwise { kAuthenticate, kAllow, kDeny };
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string user_info_endpoint;
  std::string client_id;
  std::string client_secret;
  std::string session_cookie_name = "AWSELBAuthSessionCookie";
  std::string scope = "openid";
  seconds session_timeout{604'800};
  std::map<std::string, std::string> extra_params;
  Otherwise on_unauthenticated = Otherwise::kAuthenticate;
};

struct ValidateJwt {
  enum class Format { kSingleString, kStringArray, kSpaceSeparatedValues };
  struct Claim {
    std::string name;
    Format format = Format::kSingleString;
    std::vector<std::string> values;
  };
  std::string jwks_endpoint;
  std::string issuer;
  std::vector<Claim> claims;
};

struct Rule {
  std::string arn;
  int priority = 0;  // 1..50000; the default rule has 0 and is the last
  std::vector<Condition> conditions;
  std::vector<Transform> transforms;
  /// Before the last action, if at all.
  std::variant<std::monostate, AuthenticateOidc, ValidateJwt> gate;
  std::variant<Forward, Redirect, FixedResponse> action;
};

struct Listener {
  enum class Protocol { kHttp, kHttps, kTcp, kTls, kUdp, kTcpUdp };
  /// routing.http.request.X.header_name: how the target gets X, where it is not AWS's name.
  struct HeaderName {
    std::string standard;  // "X-Amzn-Tls-Version"
    std::string renamed;
  };
  /// routing.http.response.X.header_value: replaces the target's.
  struct HeaderValue {
    std::string name;  // "Strict-Transport-Security"
    std::string value;
  };

  std::string arn;
  std::string id;
  Protocol protocol = Protocol::kHttp;
  std::uint16_t port = 0;
  std::vector<Certificate> certificates;  // the default one first; empty: a self-signed one is shown
  std::string ssl_policy;
  std::vector<std::string> alpn;  // TLS listeners of an NLB: "h2", "http/1.1", in order of preference
  MutualTls mutual_tls;
  std::vector<HeaderName> request_header_names;
  std::vector<HeaderValue> response_headers;
  bool server_header = true;      // routing.http.response.server.enabled
  seconds tcp_idle_timeout{350};  // NLB
  std::vector<Rule> rules;        // in the order of their priority, the default rule last
};

/// Where logs go; off while there is no bucket.
struct LogDestination {
  std::string bucket;
  std::string prefix;
};

struct LoadBalancer {
  enum class Type { kApplication, kNetwork, kGateway };
  enum class Desync { kMonitor, kDefensive, kStrictest };
  enum class ForwardedFor { kAppend, kPreserve, kRemove };

  std::string arn;
  std::string name;
  std::string id;        // the hexadecimal end of the ARN
  std::string dns_name;  // "my-lb-0123456789abcdef.us-east-1.elb.localhost"
  std::string account;
  std::string region;
  Type type = Type::kApplication;
  std::vector<std::string> zones;
  std::vector<std::shared_ptr<const Listener>> listeners;

  // Attributes.
  seconds idle_timeout{60};
  seconds client_keep_alive{3'600};
  Desync desync = Desync::kDefensive;
  bool drop_invalid_header_fields = false;
  bool preserve_host_header = false;
  bool tls_headers = false;  // routing.http.x_amzn_tls_version_and_cipher_suite.enabled
  bool xff_client_port = false;
  ForwardedFor xff_mode = ForwardedFor::kAppend;
  bool http2 = true;
  bool cross_zone = true;
  std::optional<LogDestination> access_logs;
  std::optional<LogDestination> connection_logs;
  std::optional<LogDestination> health_check_logs;
};

struct Snapshot {
  std::vector<std::shared_ptr<const LoadBalancer>> load_balancers;  // the oldest first
  std::vector<std::shared_ptr<const TargetGroup>> target_groups;    // all, also those of no action
};

}  // namespace cumulite::elb::proxy
