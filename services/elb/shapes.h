#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"

/// The shapes that several operations share, by their names in the API.
/// Source: Elastic Load Balancing v2 API Reference "Data Types".
namespace cumulite::elb {

inline constexpr std::string_view kProtocolEnum[] = {"HTTP",    "HTTPS",  "TCP",  "TLS",     "UDP",
                                                     "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"};
inline constexpr std::string_view kLoadBalancerTypeEnum[] = {"application", "network", "gateway"};
inline constexpr std::string_view kIpAddressType[] = {"ipv4", "dualstack", "dualstack-without-public-ipv4"};
inline constexpr std::string_view kEnablePrefixForIpv6SourceNatEnum[] = {"on", "off"};

struct Certificate {
  std::optional<std::string> certificate_arn;
  std::optional<bool> is_default;
  static protocol::Members Describe();
};

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct AuthenticateOidcActionConfig {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string user_info_endpoint;
  std::string client_id;
  std::optional<std::string> client_secret;
  std::optional<std::string> session_cookie_name;
  std::optional<std::string> scope;
  std::optional<std::int64_t> session_timeout;
  std::map<std::string, std::string> authentication_request_extra_params;
  std::optional<std::string> on_unauthenticated_request;
  std::optional<bool> use_existing_client_secret;
  static protocol::Members Describe();
};

struct AuthenticateCognitoActionConfig {
  std::string user_pool_arn;
  std::string user_pool_client_id;
  std::string user_pool_domain;
  std::optional<std::string> session_cookie_name;
  std::optional<std::string> scope;
  std::optional<std::int64_t> session_timeout;
  std::map<std::string, std::string> authentication_request_extra_params;
  std::optional<std::string> on_unauthenticated_request;
  static protocol::Members Describe();
};

struct RedirectActionConfig {
  std::optional<std::string> protocol;
  std::optional<std::string> port;
  std::optional<std::string> host;
  std::optional<std::string> path;
  std::optional<std::string> query;
  std::string status_code;
  static protocol::Members Describe();
};

struct FixedResponseActionConfig {
  std::optional<std::string> message_body;
  std::string status_code;
  std::optional<std::string> content_type;
  static protocol::Members Describe();
};

struct TargetGroupTuple {
  std::optional<std::string> target_group_arn;
  std::optional<std::int32_t> weight;
  static protocol::Members Describe();
};

struct TargetGroupStickinessConfig {
  std::optional<bool> enabled;
  std::optional<std::int32_t> duration_seconds;
  static protocol::Members Describe();
};

struct ForwardActionConfig {
  std::vector<TargetGroupTuple> target_groups;
  std::optional<TargetGroupStickinessConfig> target_group_stickiness_config;
  static protocol::Members Describe();
};

struct JwtValidationActionAdditionalClaim {
  std::string format;
  std::string name;
  std::vector<std::string> values;
  static protocol::Members Describe();
};

struct JwtValidationActionConfig {
  std::string jwks_endpoint;
  std::string issuer;
  std::vector<JwtValidationActionAdditionalClaim> additional_claims;
  static protocol::Members Describe();
};

struct Action {
  std::string type;
  std::optional<std::string> target_group_arn;
  std::optional<AuthenticateOidcActionConfig> authenticate_oidc_config;
  std::optional<AuthenticateCognitoActionConfig> authenticate_cognito_config;
  std::optional<std::int32_t> order;
  std::optional<RedirectActionConfig> redirect_config;
  std::optional<FixedResponseActionConfig> fixed_response_config;
  std::optional<ForwardActionConfig> forward_config;
  std::optional<JwtValidationActionConfig> jwt_validation_config;
  static protocol::Members Describe();
};

struct MutualAuthenticationAttributes {
  std::optional<std::string> mode;
  std::optional<std::string> trust_store_arn;
  std::optional<bool> ignore_client_certificate_expiry;
  std::optional<std::string> trust_store_association_status;
  std::optional<std::string> advertise_trust_store_ca_names;
  static protocol::Members Describe();
};

/// What DescribeListeners shows, and what is stored of a listener.
struct Listener {
  std::optional<std::string> listener_arn;
  std::optional<std::string> load_balancer_arn;
  std::optional<std::int32_t> port;
  std::optional<std::string> protocol;
  std::vector<Certificate> certificates;
  std::optional<std::string> ssl_policy;
  std::vector<Action> default_actions;
  std::vector<std::string> alpn_policy;
  std::optional<MutualAuthenticationAttributes> mutual_authentication;
  static protocol::Members Describe();
};

struct SubnetMapping {
  std::optional<std::string> subnet_id;
  std::optional<std::string> allocation_id;
  std::optional<std::string> private_ipv4_address;
  std::optional<std::string> ipv6_address;
  std::optional<std::string> source_nat_ipv6_prefix;
  static protocol::Members Describe();
};

struct IpamPools {
  std::optional<std::string> ipv4_ipam_pool_id;
  static protocol::Members Describe();
};

struct LoadBalancerState {
  std::optional<std::string> code;
  std::optional<std::string> reason;
  static protocol::Members Describe();
};

struct LoadBalancerAddress {
  std::optional<std::string> ip_address;
  std::optional<std::string> allocation_id;
  std::optional<std::string> private_ipv4_address;
  std::optional<std::string> ipv6_address;
  static protocol::Members Describe();
};

struct AvailabilityZone {
  std::optional<std::string> zone_name;
  std::optional<std::string> subnet_id;
  std::optional<std::string> outpost_id;
  std::vector<LoadBalancerAddress> load_balancer_addresses;
  std::vector<std::string> source_nat_ipv6_prefixes;
  static protocol::Members Describe();
};

struct LoadBalancer {
  std::optional<std::string> load_balancer_arn;
  std::optional<std::string> dns_name;
  std::optional<std::string> canonical_hosted_zone_id;
  std::optional<protocol::Timestamp> created_time;
  std::optional<std::string> load_balancer_name;
  std::optional<std::string> scheme;
  std::optional<std::string> vpc_id;
  std::optional<LoadBalancerState> state;
  std::optional<std::string> type;
  std::vector<AvailabilityZone> availability_zones;
  std::vector<std::string> security_groups;
  std::optional<std::string> ip_address_type;
  std::optional<std::string> customer_owned_ipv4_pool;
  std::optional<std::string> enforce_security_group_inbound_rules_on_private_link_traffic;
  std::optional<std::string> enable_prefix_for_ipv6_source_nat;
  std::optional<IpamPools> ipam_pools;
  static protocol::Members Describe();
};

struct HostHeaderConditionConfig {
  std::vector<std::string> values;
  std::vector<std::string> regex_values;
  static protocol::Members Describe();
};

struct PathPatternConditionConfig {
  std::vector<std::string> values;
  std::vector<std::string> regex_values;
  static protocol::Members Describe();
};

struct HttpHeaderConditionConfig {
  std::optional<std::string> http_header_name;
  std::vector<std::string> values;
  std::vector<std::string> regex_values;
  static protocol::Members Describe();
};

struct QueryStringKeyValuePair {
  std::optional<std::string> key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct QueryStringConditionConfig {
  std::vector<QueryStringKeyValuePair> values;
  static protocol::Members Describe();
};

struct HttpRequestMethodConditionConfig {
  std::vector<std::string> values;
  static protocol::Members Describe();
};

struct SourceIpConditionConfig {
  std::vector<std::string> values;
  static protocol::Members Describe();
};

struct RuleCondition {
  std::optional<std::string> field;
  std::vector<std::string> values;
  std::optional<HostHeaderConditionConfig> host_header_config;
  std::optional<PathPatternConditionConfig> path_pattern_config;
  std::optional<HttpHeaderConditionConfig> http_header_config;
  std::optional<QueryStringConditionConfig> query_string_config;
  std::optional<HttpRequestMethodConditionConfig> http_request_method_config;
  std::optional<SourceIpConditionConfig> source_ip_config;
  std::vector<std::string> regex_values;
  static protocol::Members Describe();
};

struct RewriteConfig {
  std::string regex;
  std::string replace;
  static protocol::Members Describe();
};

struct HostHeaderRewriteConfig {
  std::vector<RewriteConfig> rewrites;
  static protocol::Members Describe();
};

struct UrlRewriteConfig {
  std::vector<RewriteConfig> rewrites;
  static protocol::Members Describe();
};

struct RuleTransform {
  std::string type;
  std::optional<HostHeaderRewriteConfig> host_header_rewrite_config;
  std::optional<UrlRewriteConfig> url_rewrite_config;
  static protocol::Members Describe();
};

struct Rule {
  std::optional<std::string> rule_arn;
  std::optional<std::string> priority;
  std::vector<RuleCondition> conditions;
  std::vector<Action> actions;
  std::optional<bool> is_default;
  std::vector<RuleTransform> transforms;
  static protocol::Members Describe();
};

struct Matcher {
  std::optional<std::string> http_code;
  std::optional<std::string> grpc_code;
  static protocol::Members Describe();
};

struct TargetGroup {
  std::optional<std::string> target_group_arn;
  std::optional<std::string> target_group_name;
  std::optional<std::string> protocol;
  std::optional<std::int32_t> port;
  std::optional<std::string> vpc_id;
  std::optional<std::string> health_check_protocol;
  std::optional<std::string> health_check_port;
  std::optional<bool> health_check_enabled;
  std::optional<std::int32_t> health_check_interval_seconds;
  std::optional<std::int32_t> health_check_timeout_seconds;
  std::optional<std::int32_t> healthy_threshold_count;
  std::optional<std::int32_t> unhealthy_threshold_count;
  std::optional<std::string> health_check_path;
  std::optional<Matcher> matcher;
  std::vector<std::string> load_balancer_arns;
  std::optional<std::string> target_type;
  std::optional<std::string> protocol_version;
  std::optional<std::string> ip_address_type;
  std::optional<std::int32_t> target_control_port;
  static protocol::Members Describe();
};

struct TrustStore {
  std::optional<std::string> name;
  std::optional<std::string> trust_store_arn;
  std::optional<std::string> status;
  std::optional<std::int32_t> number_of_ca_certificates;
  std::optional<std::int64_t> total_revoked_entries;
  static protocol::Members Describe();
};

struct TargetDescription {
  std::string id;
  std::optional<std::int32_t> port;
  std::optional<std::string> availability_zone;
  std::optional<std::string> quic_server_id;
  static protocol::Members Describe();
};

struct MinimumLoadBalancerCapacity {
  std::optional<std::int32_t> capacity_units;
  static protocol::Members Describe();
};

struct CapacityReservationStatus {
  std::optional<std::string> code;
  std::optional<std::string> reason;
  static protocol::Members Describe();
};

struct ZonalCapacityReservationState {
  std::optional<CapacityReservationStatus> state;
  std::optional<std::string> availability_zone;
  std::optional<double> effective_capacity_units;
  static protocol::Members Describe();
};

struct ListenerAttribute {
  std::optional<std::string> key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct LoadBalancerAttribute {
  std::optional<std::string> key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct TargetGroupAttribute {
  std::optional<std::string> key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

}  // namespace cumulite::elb
