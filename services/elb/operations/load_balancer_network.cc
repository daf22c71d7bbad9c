#include "services/elb/operations/load_balancer_network.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/network_rules.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr std::string_view kEnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum[] = {"on", "off"};
constexpr std::string_view kRemoveIpamPoolEnum[] = {"ipv4"};
constexpr protocol::Limits kRemoveIpamPoolEnumLimits = protocol::Limits{}.Values(kRemoveIpamPoolEnum);

}  // namespace

protocol::Members SetSubnetsRequest::Describe() {
  using T = SetSubnetsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::subnets>("Subnets"),
      Wire<&T::subnet_mappings>("SubnetMappings"),
      Wire<&T::ip_address_type>("IpAddressType").Values(kIpAddressType),
      Wire<&T::enable_prefix_for_ipv6_source_nat>("EnablePrefixForIpv6SourceNat")
          .Values(kEnablePrefixForIpv6SourceNatEnum),
  };
  return kMembers;
}

protocol::Members SetSubnetsResponse::Describe() {
  using T = SetSubnetsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::availability_zones>("AvailabilityZones").KeepEmpty(),
      Wire<&T::ip_address_type>("IpAddressType"),
      Wire<&T::enable_prefix_for_ipv6_source_nat>("EnablePrefixForIpv6SourceNat"),
  };
  return kMembers;
}

protocol::Members SetSecurityGroupsRequest::Describe() {
  using T = SetSecurityGroupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::security_groups>("SecurityGroups").Required(),
      Wire<&T::enforce_security_group_inbound_rules_on_private_link_traffic>(
          "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
          .Values(kEnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum),
  };
  return kMembers;
}

protocol::Members SetSecurityGroupsResponse::Describe() {
  using T = SetSecurityGroupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::security_group_ids>("SecurityGroupIds").KeepEmpty(),
      Wire<&T::enforce_security_group_inbound_rules_on_private_link_traffic>(
          "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
  };
  return kMembers;
}

protocol::Members SetIpAddressTypeRequest::Describe() {
  using T = SetIpAddressTypeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::ip_address_type>("IpAddressType").Required().Values(kIpAddressType),
  };
  return kMembers;
}

protocol::Members SetIpAddressTypeResponse::Describe() {
  using T = SetIpAddressTypeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ip_address_type>("IpAddressType"),
  };
  return kMembers;
}

protocol::Members ModifyIpPoolsRequest::Describe() {
  using T = ModifyIpPoolsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::ipam_pools>("IpamPools"),
      Wire<&T::remove_ipam_pools>("RemoveIpamPools").Elements(kRemoveIpamPoolEnumLimits),
  };
  return kMembers;
}

protocol::Members ModifyIpPoolsResponse::Describe() {
  using T = ModifyIpPoolsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ipam_pools>("IpamPools"),
  };
  return kMembers;
}

runtime::Task<SetSubnetsResponse> SetSubnets(ElbService& elb, const protocol::RequestContext& context,
                                             SetSubnetsRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  const auto before = Open<LoadBalancerRecord>(elb.committed(), request.load_balancer_arn, context);
  auto finding =
      FindPlace(elb.peers().network(), ReadSubnets(request.subnets, request.subnet_mappings, before.type()),
                context.identity, elb.settings().check_network);
  const Place place = co_await finding;
  const auto set = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    LoadBalancer& shown = record.shown;
    shown.availability_zones = place.zones;
    if (request.ip_address_type) shown.ip_address_type = request.ip_address_type;
    if (request.enable_prefix_for_ipv6_source_nat) {
      shown.enable_prefix_for_ipv6_source_nat = request.enable_prefix_for_ipv6_source_nat;
    }
    elb.store().Save(record);
    return shown;
  };
  LoadBalancer shown = co_await elb.Change(set);
  SetSubnetsResponse response;
  response.availability_zones = std::move(shown.availability_zones);
  response.ip_address_type = shown.ip_address_type;
  response.enable_prefix_for_ipv6_source_nat = shown.enable_prefix_for_ipv6_source_nat;
  co_return response;
}

runtime::Task<SetSecurityGroupsResponse> SetSecurityGroups(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           SetSecurityGroupsRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  CheckSecurityGroups(request.security_groups);
  if (elb.settings().check_network) {
    const auto now = Open<LoadBalancerRecord>(elb.committed(), request.load_balancer_arn, context);
    runtime::Task<void> checking = FindSecurityGroups(elb.peers().network(), request.security_groups,
                                                      now.shown.vpc_id.value_or(""), context.identity);
    co_await checking;
  }
  const auto set = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    if (record.type() == "gateway") {
      throw InvalidConfiguration("Security groups are not supported for load balancers with type 'gateway'");
    }
    if (request.security_groups.empty()) throw Invalid("A security group must be specified");
    if (record.type() == "network" && record.shown.security_groups.empty()) {
      throw InvalidConfiguration(
          "You cannot associate security groups with a Network Load Balancer that was created without one");
    }
    record.shown.security_groups = request.security_groups;
    auto& enforced = record.shown.enforce_security_group_inbound_rules_on_private_link_traffic;
    if (request.enforce_security_group_inbound_rules_on_private_link_traffic) {
      enforced = request.enforce_security_group_inbound_rules_on_private_link_traffic;
    }
    elb.store().Save(record);
    return enforced;
  };
  SetSecurityGroupsResponse response;
  response.enforce_security_group_inbound_rules_on_private_link_traffic = co_await elb.Change(set);
  response.security_group_ids = request.security_groups;
  co_return response;
}

runtime::Task<SetIpAddressTypeResponse> SetIpAddressType(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         SetIpAddressTypeRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  const auto set = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    if (request.ip_address_type == "dualstack-without-public-ipv4" &&
        (record.type() != "application" || record.shown.scheme != "internet-facing")) {
      throw InvalidConfiguration(
          "The IP address type 'dualstack-without-public-ipv4' is supported only for internet-facing load "
          "balancers with type 'application'");
    }
    record.shown.ip_address_type = request.ip_address_type;
    elb.store().Save(record);
  };
  co_await elb.Change(set);
  co_return SetIpAddressTypeResponse{request.ip_address_type};
}

runtime::Task<ModifyIpPoolsResponse> ModifyIpPools(ElbService& elb, const protocol::RequestContext& context,
                                                   ModifyIpPoolsRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  const auto set = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    if (record.type() != "application" || record.shown.scheme != "internet-facing") {
      throw InvalidConfiguration(
          "IPAM pools are supported only for internet-facing load balancers with type 'application'");
    }
    if (!request.remove_ipam_pools.empty()) record.shown.ipam_pools.reset();
    if (request.ipam_pools) record.shown.ipam_pools = request.ipam_pools;
    elb.store().Save(record);
    return record.shown.ipam_pools;
  };
  ModifyIpPoolsResponse response;
  response.ipam_pools = co_await elb.Change(set);
  co_return response;
}

}  // namespace cumulite::elb
