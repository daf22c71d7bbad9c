#include "services/elb/target_group_rules.h"

#include <algorithm>
#include <charconv>

#include "protocol/arn.h"
#include "protocol/pattern.h"
#include "services/elb/attributes.h"
#include "services/elb/errors.h"
#include "services/elb/names.h"
#include "services/resource/cidr.h"

namespace cumulite::elb {
namespace {

bool IsWeb(std::string_view protocol) { return protocol == "HTTP" || protocol == "HTTPS"; }

bool IsPort(std::string_view text) {
  int port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && port >= 1 && port <= 65'535;
}

/// "200", "200,202", "200-299" within a range.
bool IsMatcher(std::string_view text, int low, int high) {
  while (true) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, end);
    const std::size_t dash = part.find('-');
    const auto number = [&](std::string_view digits) -> std::optional<int> {
      int value = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
      return whole && value >= low && value <= high ? std::optional(value) : std::nullopt;
    };
    const auto first = number(part.substr(0, std::min(dash, part.size())));
    const auto last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    if (!first || !last || *first > *last) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

void RefuseForLambda(bool given, std::string_view what) {
  if (given) {
    throw Invalid(std::string(what) + " cannot be specified for target groups with target type 'lambda'");
  }
}

void CheckTimes(const TargetGroup& group, bool both_given) {
  const std::int32_t timeout = *group.health_check_timeout_seconds;
  const std::int32_t interval = *group.health_check_interval_seconds;
  const std::string protocol = group.protocol.value_or("HTTP");
  const bool strictly = IsWeb(protocol) || protocol == "GENEVE";
  if (strictly ? timeout < interval : timeout <= interval) return;
  if (strictly && !both_given) throw Invalid("Health check interval must be greater than the timeout.");
  throw Invalid("Health check timeout '" + std::to_string(timeout) + "' must be smaller than " +
                (strictly ? "" : "or equal to ") + "the interval '" + std::to_string(interval) + "'");
}

/// The matcher of a kind of check: HTTP codes, gRPC codes, or none.
void ReadMatcher(TargetGroup& group, const std::optional<Matcher>& wanted) {
  const bool web = IsWeb(*group.health_check_protocol);
  const bool lambda = group.target_type == "lambda";
  const bool grpc = group.protocol_version == "GRPC";
  if (!web && !lambda) {
    if (wanted && (wanted->http_code || wanted->grpc_code)) {
      throw InvalidConfiguration(
          "You cannot specify a matcher for target groups with the health check protocol '" +
          *group.health_check_protocol + "'");
    }
    group.matcher.reset();
    return;
  }
  if (wanted && ((grpc && wanted->http_code) || (!grpc && wanted->grpc_code))) {
    throw Invalid(grpc ? "Health check matcher HTTP code cannot be specified with protocol version 'GRPC'"
                       : "Health check matcher gRPC code requires protocol version 'GRPC'");
  }
  const bool application = IsWeb(group.protocol.value_or("HTTP"));
  if (!group.matcher) group.matcher.emplace();
  if (grpc) {
    if (wanted && wanted->grpc_code) group.matcher->grpc_code = wanted->grpc_code;
    if (!group.matcher->grpc_code) group.matcher->grpc_code = "12";
    if (!IsMatcher(*group.matcher->grpc_code, 0, 99)) {
      throw Invalid("Health check matcher gRPC code '" + *group.matcher->grpc_code +
                    "' must be within '0-99'");
    }
    return;
  }
  if (wanted && wanted->http_code) group.matcher->http_code = wanted->http_code;
  if (!group.matcher->http_code) group.matcher->http_code = application ? "200" : "200-399";
  const int highest = application ? 499 : 599;
  if (!IsMatcher(*group.matcher->http_code, 200, highest)) {
    throw Invalid("Health check matcher HTTP code '" + *group.matcher->http_code + "' must be within '200-" +
                  std::to_string(highest) + "'");
  }
}

void ReadCheckProtocol(TargetGroup& group, const HealthCheckChange& change) {
  const std::string protocol = group.protocol.value_or("HTTP");
  if (change.protocol) {
    const std::string& wanted = *change.protocol;
    const bool fits = IsWeb(wanted) || (wanted == "TCP" && !IsWeb(protocol));
    if (!fits || group.target_type == "lambda") {
      throw InvalidConfiguration("Health check protocol '" + wanted +
                                 "' is not supported for target groups with the protocol '" + protocol + "'");
    }
    group.health_check_protocol = wanted;
  }
  if (change.port) {
    if (*change.port != "traffic-port" && !IsPort(*change.port)) {
      throw Invalid("Health check port '" + *change.port +
                    "' must be a value between 1 and 65535 or 'traffic-port'");
    }
    group.health_check_port = change.port;
  }
  if (change.path) {
    const bool web = IsWeb(*group.health_check_protocol) || group.target_type == "lambda";
    if (!web && !change.path->empty()) {
      throw InvalidConfiguration(
          "You cannot specify a path for target groups with the health check protocol '" +
          *group.health_check_protocol + "'");
    }
    if (web && !change.path->starts_with('/')) {
      throw Invalid("Health check path '" + *change.path + "' must begin with a '/' character");
    }
    group.health_check_path = change.path;
  }
}

}  // namespace

void ReadTargetGroup(TargetGroup& group) {
  if (!group.target_type) group.target_type = "instance";
  if (group.target_type == "lambda") {
    RefuseForLambda(group.port.has_value(), "Port");
    RefuseForLambda(group.vpc_id.has_value(), "VPC ID");
    RefuseForLambda(group.protocol.has_value(), "Protocol");
    RefuseForLambda(group.protocol_version.has_value(), "Protocol version");
    return;
  }
  if (!group.protocol) throw Invalid("A protocol must be specified");
  if (!group.port) throw Invalid("A port must be specified");
  if (!group.vpc_id || group.vpc_id->empty()) throw Invalid("A VPC ID must be specified");
  if (!protocol::MatchesPattern("vpc-[0-9a-z]{1,40}", *group.vpc_id)) {
    throw Invalid("The VPC ID '" + *group.vpc_id + "' is not found");
  }
  const std::string& protocol = *group.protocol;
  if (group.target_type == "alb" && protocol != "TCP") {
    throw InvalidConfiguration("Target groups with the target type 'alb' must have the protocol 'TCP'");
  }
  if (protocol == "GENEVE" && *group.port != 6081) {
    throw Invalid("The port of target groups with the GENEVE protocol must be '6081'");
  }
  if (group.protocol_version) {
    const std::string& version = *group.protocol_version;
    if (!IsWeb(protocol)) {
      throw InvalidConfiguration("A protocol version cannot be specified with the protocol '" + protocol +
                                 "'");
    }
    if (version != "HTTP1" && version != "HTTP2" && version != "GRPC") {
      throw Invalid("Protocol version '" + version + "' must be one of 'HTTP1, HTTP2, GRPC'");
    }
  } else if (IsWeb(protocol)) {
    group.protocol_version = "HTTP1";
  }
  if (!group.ip_address_type) group.ip_address_type = "ipv4";
}

void StartHealthCheck(TargetGroup& group, const HealthCheckChange& change) {
  const std::string protocol = group.protocol.value_or("");
  const bool lambda = group.target_type == "lambda";
  const bool web = IsWeb(protocol);
  const bool geneve = protocol == "GENEVE";
  group.health_check_protocol = web || lambda || group.target_type == "alb" ? "HTTP" : "TCP";
  if (!lambda) group.health_check_port = geneve ? "80" : "traffic-port";
  group.health_check_enabled = !lambda;
  ReadCheckProtocol(group, change);
  const bool checks_web = IsWeb(*group.health_check_protocol);
  if (checks_web && !group.health_check_path) {
    group.health_check_path = group.protocol_version == "GRPC" ? "/AWS.ALB/healthcheck" : "/";
  }
  if (change.enabled) group.health_check_enabled = change.enabled;
  if (!*group.health_check_enabled && !lambda) {
    throw Invalid("Health check enabled must be true for target groups with target type '" +
                  *group.target_type + "'");
  }
  const std::int32_t timeout = lambda ? 30 : web || geneve ? 5 : checks_web ? 6 : 10;
  const std::int32_t interval = lambda ? 35 : geneve ? 10 : 30;
  // Of a network load balancer's group the one follows the other where only one is given and would not fit.
  const bool follows = !lambda && !web && !geneve;
  group.health_check_timeout_seconds =
      change.timeout.value_or(follows && change.interval ? std::min(timeout, *change.interval) : timeout);
  group.health_check_interval_seconds =
      change.interval.value_or(follows && change.timeout ? std::max(interval, *change.timeout) : interval);
  group.healthy_threshold_count = change.healthy.value_or(5);
  group.unhealthy_threshold_count = change.unhealthy.value_or(2);
  CheckTimes(group, change.timeout.has_value());
  ReadMatcher(group, change.matcher);
  if (lambda) group.health_check_protocol.reset();
}

void ChangeHealthCheck(TargetGroup& group, const HealthCheckChange& change) {
  const bool lambda = group.target_type == "lambda";
  if (lambda) group.health_check_protocol = "HTTP";
  ReadCheckProtocol(group, change);
  const bool checks_web = IsWeb(*group.health_check_protocol);
  if (checks_web && !group.health_check_path) group.health_check_path = "/";
  if (!checks_web) group.health_check_path.reset();
  if (change.enabled) {
    if (!*change.enabled && !lambda) {
      throw Invalid("Health check enabled must be true for target groups with target type '" +
                    *group.target_type + "'");
    }
    group.health_check_enabled = change.enabled;
  }
  if (change.interval) group.health_check_interval_seconds = change.interval;
  if (change.timeout) group.health_check_timeout_seconds = change.timeout;
  if (change.healthy) group.healthy_threshold_count = change.healthy;
  if (change.unhealthy) group.unhealthy_threshold_count = change.unhealthy;
  CheckTimes(group, true);
  ReadMatcher(group, change.matcher);
  if (lambda) group.health_check_protocol.reset();
}

void CheckTargetGroupAttributes(const TargetGroupRecord& group, const AttributeMap& changed) {
  const std::string protocol = group.protocol();
  const auto type = changed.find("stickiness.type");
  if (type != changed.end()) {
    const std::string& wanted = type->second;
    const bool web = IsWeb(protocol);
    const bool to_destination = wanted == "source_ip_dest_ip" || wanted == "source_ip_dest_ip_proto";
    if (protocol == "GENEVE") {
      if (!to_destination) {
        throw InvalidConfiguration("'" + wanted +
                                   "' must be one of [source_ip_dest_ip_proto, source_ip_dest_ip]");
      }
    } else if (to_destination || (wanted != "lb_cookie" && wanted != "app_cookie" && wanted != "source_ip")) {
      throw InvalidConfiguration("'" + wanted + "' must be one of [app_cookie, lb_cookie, source_ip]");
    } else if (web == (wanted == "source_ip")) {
      throw InvalidConfiguration("Stickiness type '" + wanted +
                                 "' is not supported for target groups with the " + protocol + " protocol");
    }
  }
  const auto get = [&](std::string_view key) { return Attribute(group, key); };
  if (protocol == "TLS" && get("stickiness.enabled") == "true") {
    throw InvalidConfiguration("You cannot enable stickiness on target groups with the TLS protocol");
  }
  if (!IsWeb(protocol)) return;
  if (get("stickiness.enabled") == "true" && get("stickiness.type") == "app_cookie" &&
      get("stickiness.app_cookie.cookie_name").empty()) {
    throw InvalidConfiguration("An application cookie name must be specified");
  }
  const std::string algorithm = get("load_balancing.algorithm.type");
  if (algorithm != "round_robin" && get("slow_start.duration_seconds") != "0") {
    throw InvalidConfiguration("Slow start mode is not supported with the load balancing algorithm '" +
                               algorithm + "'");
  }
  if (algorithm != "weighted_random" && get("load_balancing.algorithm.anomaly_mitigation") == "on") {
    throw InvalidConfiguration("Anomaly mitigation requires the load balancing algorithm 'weighted_random'");
  }
}

TargetRecord ReadTarget(const TargetGroupRecord& group, const TargetDescription& target) {
  TargetRecord record{.id = target.id, .port = target.port.value_or(group.shown.port.value_or(0))};
  const std::string& type = group.type();
  if (type == "lambda") {
    const auto arn = protocol::ParseArn(target.id);
    if (!arn || arn->service != "lambda") {
      throw AwsError(kInvalidTarget, "The target '" + target.id + "' is not a valid Lambda function ARN");
    }
    if (target.port) throw Invalid("Port cannot be specified for targets of type 'lambda'");
    record.has_port = false;
  } else if (type == "ip") {
    const auto address = resource::ParseAddress(target.id);
    const bool v6 = group.shown.ip_address_type == "ipv6";
    if (!address || address->v6 != v6) {
      throw Invalid("The IP address '" + target.id + "' is not a valid " + (v6 ? "IPv6" : "IPv4") +
                    " address");
    }
    record.zone = target.availability_zone.value_or("");
  } else if (type == "alb") {
    if (KindOf(target.id) != LoadBalancerRecord::kKind) {
      throw Invalid("'" + target.id + "' is not a valid load balancer ARN");
    }
  } else if (!protocol::MatchesPattern("i-[0-9a-f]{8,17}", target.id)) {
    throw Invalid("Instance ID '" + target.id + "' is not valid");
  }
  if (target.availability_zone && type != "ip") {
    throw Invalid("You cannot specify an Availability Zone for targets of type '" + type + "'");
  }
  return record;
}

}  // namespace cumulite::elb
