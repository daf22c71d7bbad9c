#include "services/elb/operations/create_load_balancer.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/network_rules.h"
#include "services/elb/quotas.h"
#include "services/elb/tags.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr std::string_view kLoadBalancerSchemeEnum[] = {"internet-facing", "internal"};

}  // namespace

protocol::Members CreateLoadBalancerRequest::Describe() {
  using T = CreateLoadBalancerRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name").Required(),
      Wire<&T::subnets>("Subnets"),
      Wire<&T::subnet_mappings>("SubnetMappings"),
      Wire<&T::security_groups>("SecurityGroups"),
      Wire<&T::scheme>("Scheme").Values(kLoadBalancerSchemeEnum),
      Wire<&T::tags>("Tags").Length(1, protocol::kNoMaximum),
      Wire<&T::type>("Type").Values(kLoadBalancerTypeEnum),
      Wire<&T::ip_address_type>("IpAddressType").Values(kIpAddressType),
      Wire<&T::customer_owned_ipv4_pool>("CustomerOwnedIpv4Pool")
          .Length(0, 256)
          .Pattern(R"(^(ipv4pool-coip-)[a-zA-Z0-9]+$)"),
      Wire<&T::enable_prefix_for_ipv6_source_nat>("EnablePrefixForIpv6SourceNat")
          .Values(kEnablePrefixForIpv6SourceNatEnum),
      Wire<&T::ipam_pools>("IpamPools"),
  };
  return kMembers;
}

protocol::Members CreateLoadBalancerResponse::Describe() {
  using T = CreateLoadBalancerResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancers>("LoadBalancers").KeepEmpty(),
  };
  return kMembers;
}

namespace {

LoadBalancer ReadLoadBalancer(const protocol::Identity& identity, const CreateLoadBalancerRequest& request,
                              Place place) {
  LoadBalancer read;
  read.load_balancer_name = request.name;
  read.type = request.type.value_or("application");
  read.scheme = request.scheme.value_or("internet-facing");
  read.ip_address_type = request.ip_address_type.value_or("ipv4");
  read.availability_zones = std::move(place.zones);
  read.vpc_id = std::move(place.vpc_id);
  CheckSecurityGroups(request.security_groups);
  read.security_groups = request.security_groups;
  if (read.type == "gateway") {
    read.scheme.reset();
    if (request.scheme) throw InvalidConfiguration("A scheme cannot be specified for gateway load balancers");
    if (!request.security_groups.empty()) {
      throw InvalidConfiguration("Security groups are not supported for load balancers with type 'gateway'");
    }
  }
  if (read.type == "application" && read.security_groups.empty()) {
    read.security_groups.push_back(DefaultSecurityGroup(identity));
  }
  if (read.ip_address_type == "dualstack-without-public-ipv4" &&
      (read.type != "application" || read.scheme != "internet-facing")) {
    throw InvalidConfiguration(
        "The IP address type 'dualstack-without-public-ipv4' is supported only for internet-facing load "
        "balancers with type 'application'");
  }
  read.customer_owned_ipv4_pool = request.customer_owned_ipv4_pool;
  if (read.type == "network") {
    read.enforce_security_group_inbound_rules_on_private_link_traffic =
        read.security_groups.empty() ? std::nullopt : std::optional<std::string>("on");
    read.enable_prefix_for_ipv6_source_nat = request.enable_prefix_for_ipv6_source_nat;
  } else if (request.enable_prefix_for_ipv6_source_nat) {
    throw InvalidConfiguration(
        "EnablePrefixForIpv6SourceNat is supported only for load balancers with type 'network'");
  }
  read.ipam_pools = request.ipam_pools;
  return read;
}

/// What two requests of one name must agree in.
bool IsSame(const LoadBalancer& a, const LoadBalancer& b) {
  const auto subnets = [](const LoadBalancer& lb) {
    std::vector<std::string> ids;
    for (const AvailabilityZone& zone : lb.availability_zones) ids.push_back(*zone.subnet_id);
    std::ranges::sort(ids);
    return ids;
  };
  const auto groups = [](const LoadBalancer& lb) {
    std::vector<std::string> ids = lb.security_groups;
    std::ranges::sort(ids);
    return ids;
  };
  return a.type == b.type && a.scheme == b.scheme && a.ip_address_type == b.ip_address_type &&
         subnets(a) == subnets(b) && groups(a) == groups(b);
}

void CheckQuota(const ElbStore::Current& current, const Owner& owner, const std::string& type) {
  // Few enough to count one by one; quotas are by type.
  const auto all = current.Named<LoadBalancerRecord>(owner, "", -1);
  const auto same = std::ranges::count(all, type, &LoadBalancerRecord::type);
  if (static_cast<std::size_t>(same) >= kMaxLoadBalancers) {
    throw AwsError(kTooManyLoadBalancers, "The maximum number of load balancers has been reached");
  }
}

}  // namespace

runtime::Task<CreateLoadBalancerResponse> CreateLoadBalancer(ElbService& elb,
                                                             const protocol::RequestContext& context,
                                                             CreateLoadBalancerRequest request) {
  RequireAllowed(context,
                 LoadBalancerArn(context.identity, request.type.value_or("application"), request.name, "*"));
  CheckLoadBalancerName(request.name);
  CheckTags(request.tags);
  const std::string type = request.type.value_or("application");
  auto finding = FindPlace(elb.peers().network(), ReadSubnets(request.subnets, request.subnet_mappings, type),
                           context.identity, elb.settings().check_network);
  Place place = co_await finding;
  if (elb.settings().check_network) {
    runtime::Task<void> checking =
        FindSecurityGroups(elb.peers().network(), request.security_groups, place.vpc_id, context.identity);
    co_await checking;
  }
  LoadBalancerRecord record;
  record.shown = ReadLoadBalancer(context.identity, request, std::move(place));
  MergeTags(record.tags, request.tags);
  LoadBalancer& shown = record.shown;
  const std::string id = NewId();
  shown.load_balancer_arn = LoadBalancerArn(context.identity, *shown.type, request.name, id);
  if (*shown.type != "gateway") {
    shown.dns_name = DnsName(request.name, id, context.identity.region, *shown.type, *shown.scheme);
    shown.canonical_hosted_zone_id = std::string(HostedZoneId(context.identity.region, *shown.type));
  }
  shown.created_time = protocol::Timestamp{elb.clock().Now().time_since_epoch().count()};
  shown.state = LoadBalancerState{.code = "active", .reason = std::nullopt};
  const Owner owner = OwnerOf(context);
  const auto create = [&]() -> LoadBalancer {
    if (const auto old = elb.store().current().FindNamed<LoadBalancerRecord>(owner, request.name)) {
      if (IsSame(old->shown, shown)) return old->shown;
      throw AwsError(kDuplicateLoadBalancerName, "A load balancer with the same name '" + request.name +
                                                     "' exists, but with different settings");
    }
    CheckQuota(elb.store().current(), owner, *shown.type);
    elb.store().Insert(record, owner);
    LoadBalancer answer = shown;
    answer.state->code = "provisioning";
    return answer;
  };
  LoadBalancer made = co_await elb.Change(create);
  CreateLoadBalancerResponse response;
  response.load_balancers.push_back(std::move(made));
  elb.log().info("load balancer created arn={}", *response.load_balancers[0].load_balancer_arn);
  co_return response;
}

}  // namespace cumulite::elb
