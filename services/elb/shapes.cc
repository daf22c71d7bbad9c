#include "services/elb/shapes.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr std::string_view kAuthenticateOidcActionConditionalBehaviorEnum[] = {"deny", "allow",
                                                                               "authenticate"};
constexpr std::string_view kAuthenticateCognitoActionConditionalBehaviorEnum[] = {"deny", "allow",
                                                                                  "authenticate"};
constexpr std::string_view kRedirectActionStatusCodeEnum[] = {"HTTP_301", "HTTP_302"};
constexpr std::string_view kJwtValidationActionAdditionalClaimFormatEnum[] = {"single-string", "string-array",
                                                                              "space-separated-values"};
constexpr std::string_view kActionTypeEnum[] = {"forward",  "authenticate-oidc", "authenticate-cognito",
                                                "redirect", "fixed-response",    "jwt-validation"};
constexpr std::string_view kTrustStoreAssociationStatusEnum[] = {"active", "removed"};
constexpr std::string_view kAdvertiseTrustStoreCaNamesEnum[] = {"on", "off"};
constexpr std::string_view kTransformTypeEnum[] = {"host-header-rewrite", "url-rewrite"};

}  // namespace

protocol::Members Certificate::Describe() {
  using T = Certificate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn"),
      Wire<&T::is_default>("IsDefault"),
  };
  return kMembers;
}

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required().Length(1, 128).Pattern(R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)"),
      Wire<&T::value>("Value").Length(0, 256).Pattern(R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)"),
  };
  return kMembers;
}

protocol::Members AuthenticateOidcActionConfig::Describe() {
  using T = AuthenticateOidcActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::issuer>("Issuer").Required(),
      Wire<&T::authorization_endpoint>("AuthorizationEndpoint").Required(),
      Wire<&T::token_endpoint>("TokenEndpoint").Required(),
      Wire<&T::user_info_endpoint>("UserInfoEndpoint").Required(),
      Wire<&T::client_id>("ClientId").Required(),
      Wire<&T::client_secret>("ClientSecret"),
      Wire<&T::session_cookie_name>("SessionCookieName"),
      Wire<&T::scope>("Scope"),
      Wire<&T::session_timeout>("SessionTimeout"),
      Wire<&T::authentication_request_extra_params>("AuthenticationRequestExtraParams"),
      Wire<&T::on_unauthenticated_request>("OnUnauthenticatedRequest")
          .Values(kAuthenticateOidcActionConditionalBehaviorEnum),
      Wire<&T::use_existing_client_secret>("UseExistingClientSecret"),
  };
  return kMembers;
}

protocol::Members AuthenticateCognitoActionConfig::Describe() {
  using T = AuthenticateCognitoActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::user_pool_arn>("UserPoolArn").Required(),
      Wire<&T::user_pool_client_id>("UserPoolClientId").Required(),
      Wire<&T::user_pool_domain>("UserPoolDomain").Required(),
      Wire<&T::session_cookie_name>("SessionCookieName"),
      Wire<&T::scope>("Scope"),
      Wire<&T::session_timeout>("SessionTimeout"),
      Wire<&T::authentication_request_extra_params>("AuthenticationRequestExtraParams"),
      Wire<&T::on_unauthenticated_request>("OnUnauthenticatedRequest")
          .Values(kAuthenticateCognitoActionConditionalBehaviorEnum),
  };
  return kMembers;
}

protocol::Members RedirectActionConfig::Describe() {
  using T = RedirectActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::protocol>("Protocol").Pattern(R"(^(HTTPS?|#\{protocol\})$)"),
      Wire<&T::port>("Port"),
      Wire<&T::host>("Host").Length(1, 128),
      Wire<&T::path>("Path").Length(1, 128),
      Wire<&T::query>("Query").Length(0, 128),
      Wire<&T::status_code>("StatusCode").Required().Values(kRedirectActionStatusCodeEnum),
  };
  return kMembers;
}

protocol::Members FixedResponseActionConfig::Describe() {
  using T = FixedResponseActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::message_body>("MessageBody").Length(0, 1024),
      Wire<&T::status_code>("StatusCode").Required().Pattern(R"(^(2|4|5)\d\d$)"),
      Wire<&T::content_type>("ContentType").Length(0, 32),
  };
  return kMembers;
}

protocol::Members TargetGroupTuple::Describe() {
  using T = TargetGroupTuple;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn"),
      Wire<&T::weight>("Weight"),
  };
  return kMembers;
}

protocol::Members TargetGroupStickinessConfig::Describe() {
  using T = TargetGroupStickinessConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::enabled>("Enabled"),
      Wire<&T::duration_seconds>("DurationSeconds"),
  };
  return kMembers;
}

protocol::Members ForwardActionConfig::Describe() {
  using T = ForwardActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_groups>("TargetGroups"),
      Wire<&T::target_group_stickiness_config>("TargetGroupStickinessConfig"),
  };
  return kMembers;
}

protocol::Members JwtValidationActionAdditionalClaim::Describe() {
  using T = JwtValidationActionAdditionalClaim;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::format>("Format").Required().Values(kJwtValidationActionAdditionalClaimFormatEnum),
      Wire<&T::name>("Name").Required(),
      Wire<&T::values>("Values").Required(),
  };
  return kMembers;
}

protocol::Members JwtValidationActionConfig::Describe() {
  using T = JwtValidationActionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::jwks_endpoint>("JwksEndpoint").Required(),
      Wire<&T::issuer>("Issuer").Required(),
      Wire<&T::additional_claims>("AdditionalClaims"),
  };
  return kMembers;
}

protocol::Members Action::Describe() {
  using T = Action;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type").Required().Values(kActionTypeEnum),
      Wire<&T::target_group_arn>("TargetGroupArn"),
      Wire<&T::authenticate_oidc_config>("AuthenticateOidcConfig"),
      Wire<&T::authenticate_cognito_config>("AuthenticateCognitoConfig"),
      Wire<&T::order>("Order").Range(1, 50'000),
      Wire<&T::redirect_config>("RedirectConfig"),
      Wire<&T::fixed_response_config>("FixedResponseConfig"),
      Wire<&T::forward_config>("ForwardConfig"),
      Wire<&T::jwt_validation_config>("JwtValidationConfig"),
  };
  return kMembers;
}

protocol::Members MutualAuthenticationAttributes::Describe() {
  using T = MutualAuthenticationAttributes;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::mode>("Mode"),
      Wire<&T::trust_store_arn>("TrustStoreArn"),
      Wire<&T::ignore_client_certificate_expiry>("IgnoreClientCertificateExpiry"),
      Wire<&T::trust_store_association_status>("TrustStoreAssociationStatus")
          .Values(kTrustStoreAssociationStatusEnum),
      Wire<&T::advertise_trust_store_ca_names>("AdvertiseTrustStoreCaNames")
          .Values(kAdvertiseTrustStoreCaNamesEnum),
  };
  return kMembers;
}

protocol::Members Listener::Describe() {
  using T = Listener;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn"),
      Wire<&T::load_balancer_arn>("LoadBalancerArn"),
      Wire<&T::port>("Port"),
      Wire<&T::protocol>("Protocol"),
      Wire<&T::certificates>("Certificates"),
      Wire<&T::ssl_policy>("SslPolicy"),
      Wire<&T::default_actions>("DefaultActions"),
      Wire<&T::alpn_policy>("AlpnPolicy"),
      Wire<&T::mutual_authentication>("MutualAuthentication"),
  };
  return kMembers;
}

protocol::Members SubnetMapping::Describe() {
  using T = SubnetMapping;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet_id>("SubnetId"),
      Wire<&T::allocation_id>("AllocationId"),
      Wire<&T::private_ipv4_address>("PrivateIPv4Address"),
      Wire<&T::ipv6_address>("IPv6Address"),
      Wire<&T::source_nat_ipv6_prefix>("SourceNatIpv6Prefix"),
  };
  return kMembers;
}

protocol::Members IpamPools::Describe() {
  using T = IpamPools;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ipv4_ipam_pool_id>("Ipv4IpamPoolId").Length(0, 1000).Pattern(R"(^(ipam-pool-)[a-zA-Z0-9]+$)"),
  };
  return kMembers;
}

protocol::Members LoadBalancerState::Describe() {
  using T = LoadBalancerState;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::code>("Code"),
      Wire<&T::reason>("Reason"),
  };
  return kMembers;
}

protocol::Members LoadBalancerAddress::Describe() {
  using T = LoadBalancerAddress;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ip_address>("IpAddress"),
      Wire<&T::allocation_id>("AllocationId"),
      Wire<&T::private_ipv4_address>("PrivateIPv4Address"),
      Wire<&T::ipv6_address>("IPv6Address"),
  };
  return kMembers;
}

protocol::Members AvailabilityZone::Describe() {
  using T = AvailabilityZone;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::zone_name>("ZoneName"),
      Wire<&T::subnet_id>("SubnetId"),
      Wire<&T::outpost_id>("OutpostId"),
      Wire<&T::load_balancer_addresses>("LoadBalancerAddresses"),
      Wire<&T::source_nat_ipv6_prefixes>("SourceNatIpv6Prefixes"),
  };
  return kMembers;
}

protocol::Members LoadBalancer::Describe() {
  using T = LoadBalancer;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn"),
      Wire<&T::dns_name>("DNSName"),
      Wire<&T::canonical_hosted_zone_id>("CanonicalHostedZoneId"),
      Wire<&T::created_time>("CreatedTime"),
      Wire<&T::load_balancer_name>("LoadBalancerName"),
      Wire<&T::scheme>("Scheme"),
      Wire<&T::vpc_id>("VpcId"),
      Wire<&T::state>("State"),
      Wire<&T::type>("Type"),
      Wire<&T::availability_zones>("AvailabilityZones"),
      Wire<&T::security_groups>("SecurityGroups"),
      Wire<&T::ip_address_type>("IpAddressType"),
      Wire<&T::customer_owned_ipv4_pool>("CustomerOwnedIpv4Pool"),
      Wire<&T::enforce_security_group_inbound_rules_on_private_link_traffic>(
          "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
      Wire<&T::enable_prefix_for_ipv6_source_nat>("EnablePrefixForIpv6SourceNat"),
      Wire<&T::ipam_pools>("IpamPools"),
  };
  return kMembers;
}

protocol::Members HostHeaderConditionConfig::Describe() {
  using T = HostHeaderConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::values>("Values"),
      Wire<&T::regex_values>("RegexValues"),
  };
  return kMembers;
}

protocol::Members PathPatternConditionConfig::Describe() {
  using T = PathPatternConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::values>("Values"),
      Wire<&T::regex_values>("RegexValues"),
  };
  return kMembers;
}

protocol::Members HttpHeaderConditionConfig::Describe() {
  using T = HttpHeaderConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::http_header_name>("HttpHeaderName"),
      Wire<&T::values>("Values"),
      Wire<&T::regex_values>("RegexValues"),
  };
  return kMembers;
}

protocol::Members QueryStringKeyValuePair::Describe() {
  using T = QueryStringKeyValuePair;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key"),
      Wire<&T::value>("Value"),
  };
  return kMembers;
}

protocol::Members QueryStringConditionConfig::Describe() {
  using T = QueryStringConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::values>("Values"),
  };
  return kMembers;
}

protocol::Members HttpRequestMethodConditionConfig::Describe() {
  using T = HttpRequestMethodConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::values>("Values"),
  };
  return kMembers;
}

protocol::Members SourceIpConditionConfig::Describe() {
  using T = SourceIpConditionConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::values>("Values"),
  };
  return kMembers;
}

protocol::Members RuleCondition::Describe() {
  using T = RuleCondition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::field>("Field").Length(0, 64),
      Wire<&T::values>("Values"),
      Wire<&T::host_header_config>("HostHeaderConfig"),
      Wire<&T::path_pattern_config>("PathPatternConfig"),
      Wire<&T::http_header_config>("HttpHeaderConfig"),
      Wire<&T::query_string_config>("QueryStringConfig"),
      Wire<&T::http_request_method_config>("HttpRequestMethodConfig"),
      Wire<&T::source_ip_config>("SourceIpConfig"),
      Wire<&T::regex_values>("RegexValues"),
  };
  return kMembers;
}

protocol::Members RewriteConfig::Describe() {
  using T = RewriteConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::regex>("Regex").Required(),
      Wire<&T::replace>("Replace").Required(),
  };
  return kMembers;
}

protocol::Members HostHeaderRewriteConfig::Describe() {
  using T = HostHeaderRewriteConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rewrites>("Rewrites"),
  };
  return kMembers;
}

protocol::Members UrlRewriteConfig::Describe() {
  using T = UrlRewriteConfig;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rewrites>("Rewrites"),
  };
  return kMembers;
}

protocol::Members RuleTransform::Describe() {
  using T = RuleTransform;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type").Required().Values(kTransformTypeEnum),
      Wire<&T::host_header_rewrite_config>("HostHeaderRewriteConfig"),
      Wire<&T::url_rewrite_config>("UrlRewriteConfig"),
  };
  return kMembers;
}

protocol::Members Rule::Describe() {
  using T = Rule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::rule_arn>("RuleArn"),
      Wire<&T::priority>("Priority"),
      Wire<&T::conditions>("Conditions").KeepEmpty(),
      Wire<&T::actions>("Actions"),
      Wire<&T::is_default>("IsDefault"),
      Wire<&T::transforms>("Transforms"),
  };
  return kMembers;
}

protocol::Members Matcher::Describe() {
  using T = Matcher;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::http_code>("HttpCode"),
      Wire<&T::grpc_code>("GrpcCode"),
  };
  return kMembers;
}

protocol::Members TargetGroup::Describe() {
  using T = TargetGroup;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn"),
      Wire<&T::target_group_name>("TargetGroupName"),
      Wire<&T::protocol>("Protocol"),
      Wire<&T::port>("Port"),
      Wire<&T::vpc_id>("VpcId"),
      Wire<&T::health_check_protocol>("HealthCheckProtocol"),
      Wire<&T::health_check_port>("HealthCheckPort"),
      Wire<&T::health_check_enabled>("HealthCheckEnabled"),
      Wire<&T::health_check_interval_seconds>("HealthCheckIntervalSeconds"),
      Wire<&T::health_check_timeout_seconds>("HealthCheckTimeoutSeconds"),
      Wire<&T::healthy_threshold_count>("HealthyThresholdCount"),
      Wire<&T::unhealthy_threshold_count>("UnhealthyThresholdCount"),
      Wire<&T::health_check_path>("HealthCheckPath"),
      Wire<&T::matcher>("Matcher"),
      Wire<&T::load_balancer_arns>("LoadBalancerArns"),
      Wire<&T::target_type>("TargetType"),
      Wire<&T::protocol_version>("ProtocolVersion"),
      Wire<&T::ip_address_type>("IpAddressType"),
      Wire<&T::target_control_port>("TargetControlPort"),
  };
  return kMembers;
}

protocol::Members TrustStore::Describe() {
  using T = TrustStore;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::trust_store_arn>("TrustStoreArn"),
      Wire<&T::status>("Status"),
      Wire<&T::number_of_ca_certificates>("NumberOfCaCertificates"),
      Wire<&T::total_revoked_entries>("TotalRevokedEntries"),
  };
  return kMembers;
}

protocol::Members TargetDescription::Describe() {
  using T = TargetDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::port>("Port").Range(1, 65'535),
      Wire<&T::availability_zone>("AvailabilityZone"),
      Wire<&T::quic_server_id>("QuicServerId").Length(1, 256),
  };
  return kMembers;
}

protocol::Members MinimumLoadBalancerCapacity::Describe() {
  using T = MinimumLoadBalancerCapacity;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::capacity_units>("CapacityUnits"),
  };
  return kMembers;
}

protocol::Members CapacityReservationStatus::Describe() {
  using T = CapacityReservationStatus;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::code>("Code"),
      Wire<&T::reason>("Reason"),
  };
  return kMembers;
}

protocol::Members ZonalCapacityReservationState::Describe() {
  using T = ZonalCapacityReservationState;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::state>("State"),
      Wire<&T::availability_zone>("AvailabilityZone"),
      Wire<&T::effective_capacity_units>("EffectiveCapacityUnits"),
  };
  return kMembers;
}

protocol::Members ListenerAttribute::Describe() {
  using T = ListenerAttribute;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Length(0, 256).Pattern(R"(^[a-zA-Z0-9._]+$)"),
      Wire<&T::value>("Value"),
  };
  return kMembers;
}

protocol::Members LoadBalancerAttribute::Describe() {
  using T = LoadBalancerAttribute;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Length(0, 256).Pattern(R"(^[a-zA-Z0-9._]+$)"),
      Wire<&T::value>("Value").Length(0, 1024),
  };
  return kMembers;
}

protocol::Members TargetGroupAttribute::Describe() {
  using T = TargetGroupAttribute;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Length(0, 256).Pattern(R"(^[a-zA-Z0-9._]+$)"),
      Wire<&T::value>("Value"),
  };
  return kMembers;
}

}  // namespace cumulite::elb
