#include "services/ec2/operations/zones.h"

#include <algorithm>
#include <array>

#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/resource/default_network.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members DescribeAvailabilityZonesRequest::Describe() {
  using T = DescribeAvailabilityZonesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::zone_names>("ZoneNames").InQuery("ZoneName"),
      Wire<&T::zone_ids>("ZoneIds").InQuery("ZoneId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
  };
  return kMembers;
}

protocol::Members DescribeAvailabilityZonesResponse::Describe() {
  using T = DescribeAvailabilityZonesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::availability_zones>("AvailabilityZones")
          .InQuery("availabilityZoneInfo")
          .Items("item")
          .KeepEmpty(),
  };
  return kMembers;
}

protocol::Members DescribeRegionsRequest::Describe() {
  using T = DescribeRegionsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_names>("RegionNames").InQuery("RegionName"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
  };
  return kMembers;
}

protocol::Members DescribeRegionsResponse::Describe() {
  using T = DescribeRegionsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::regions>("Regions").InQuery("regionInfo").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members DescribeAccountAttributesRequest::Describe() {
  using T = DescribeAccountAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_names>("AttributeNames").InQuery("AttributeName"),
  };
  return kMembers;
}

protocol::Members DescribeAccountAttributesResponse::Describe() {
  using T = DescribeAccountAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::account_attributes>("AccountAttributes")
          .InQuery("accountAttributeSet")
          .Items("item")
          .KeepEmpty(),
  };
  return kMembers;
}

namespace {

constexpr std::array<std::string_view, 17> kRegions{
    "ap-south-1",     "eu-north-1",     "eu-west-3",    "eu-west-2", "eu-west-1",      "ap-northeast-3",
    "ap-northeast-2", "ap-northeast-1", "ca-central-1", "sa-east-1", "ap-southeast-1", "ap-southeast-2",
    "eu-central-1",   "us-east-1",      "us-east-2",    "us-west-1", "us-west-2"};

AvailabilityZone MakeZone(const std::string& name, std::string_view region) {
  AvailabilityZone zone;
  zone.opt_in_status = "opt-in-not-required";
  zone.region_name = region;
  zone.zone_name = name;
  zone.zone_id = ZoneId(name);
  zone.group_name = std::string(region) + "-zg-1";
  zone.network_border_group = region;
  zone.zone_type = "availability-zone";
  zone.state = "available";
  return zone;
}

FilterValues ZoneFilterValues(const AvailabilityZone& zone, std::string_view name) {
  if (name == "zone-name") return One(zone.zone_name);
  if (name == "zone-id") return One(zone.zone_id);
  if (name == "zone-type") return One(zone.zone_type);
  if (name == "region-name") return One(zone.region_name);
  if (name == "group-name") return One(zone.group_name);
  if (name == "opt-in-status") return One(zone.opt_in_status);
  if (name == "state") return One(zone.state);
  return std::nullopt;
}

}  // namespace

runtime::Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZones(
    Ec2Service&, const protocol::RequestContext& context, DescribeAvailabilityZonesRequest request) {
  RequireAllowed(context, "*");
  const std::string& region = context.identity.region;
  const auto names = ZonesOf(region);
  for (const std::string& name : request.zone_names) {
    if (std::ranges::find(names, name) == names.end())
      throw Invalid("Invalid availability zone: [" + name + "]");
  }
  DescribeAvailabilityZonesResponse response;
  for (const std::string& name : names) {
    AvailabilityZone zone = MakeZone(name, region);
    const bool named =
        request.zone_names.empty() || std::ranges::find(request.zone_names, name) != request.zone_names.end();
    const bool by_id = request.zone_ids.empty() ||
                       std::ranges::find(request.zone_ids, *zone.zone_id) != request.zone_ids.end();
    const auto values = [&](std::string_view filter) { return ZoneFilterValues(zone, filter); };
    if (named && by_id && Passes(request.filters, {}, values))
      response.availability_zones.push_back(std::move(zone));
  }
  co_return response;
}

runtime::Task<DescribeRegionsResponse> DescribeRegions(Ec2Service&, const protocol::RequestContext& context,
                                                       DescribeRegionsRequest request) {
  RequireAllowed(context, "*");
  DescribeRegionsResponse response;
  for (const std::string& name : request.region_names) {
    if (std::ranges::find(kRegions, name) == kRegions.end()) throw Invalid("Invalid region: [" + name + "]");
  }
  for (const std::string_view name : kRegions) {
    Region region{std::string("opt-in-not-required"), std::string(name),
                  "ec2." + std::string(name) + ".amazonaws.com"};
    const auto values = [&](std::string_view filter) -> FilterValues {
      if (filter == "region-name") return One(region.region_name);
      if (filter == "opt-in-status") return One(region.opt_in_status);
      return filter == "endpoint" ? One(region.endpoint) : std::nullopt;
    };
    const bool named = request.region_names.empty() ||
                       std::ranges::find(request.region_names, name) != request.region_names.end();
    if (named && Passes(request.filters, {}, values)) response.regions.push_back(std::move(region));
  }
  co_return response;
}

runtime::Task<DescribeAccountAttributesResponse> DescribeAccountAttributes(
    Ec2Service&, const protocol::RequestContext& context, DescribeAccountAttributesRequest request) {
  RequireAllowed(context, "*");
  const std::string vpc = resource::DefaultVpcId(context.identity.account, context.identity.region);
  const std::array<std::pair<std::string_view, std::string>, 6> all{
      {{"supported-platforms", "VPC"},
       {"default-vpc", vpc},
       {"max-instances", "20"},
       {"vpc-max-security-groups-per-interface", "5"},
       {"max-elastic-ips", "5"},
       {"vpc-max-elastic-ips", "5"}}};
  for (const std::string& name : request.attribute_names) {
    if (std::ranges::find(all, name, [](const auto& row) { return row.first; }) == all.end()) {
      throw Invalid("Value (" + name + ") for parameter attributeName is invalid. Unknown attribute.");
    }
  }
  DescribeAccountAttributesResponse response;
  for (const auto& [name, value] : all) {
    if (!request.attribute_names.empty() &&
        std::ranges::find(request.attribute_names, name) == request.attribute_names.end()) {
      continue;
    }
    AccountAttribute attribute;
    attribute.attribute_name = name;
    attribute.attribute_values.push_back({value});
    response.account_attributes.push_back(std::move(attribute));
  }
  co_return response;
}

}  // namespace cumulite::ec2
