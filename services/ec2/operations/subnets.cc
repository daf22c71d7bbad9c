#include "services/ec2/operations/subnets.h"

#include <algorithm>

#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"
#include "services/resource/cidr.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members CreateSubnetRequest::Describe() {
  using T = CreateSubnetRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").Required(),
      Wire<&T::cidr_block>("CidrBlock"),
      Wire<&T::availability_zone>("AvailabilityZone"),
      Wire<&T::availability_zone_id>("AvailabilityZoneId"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateSubnetResponse::Describe() {
  using T = CreateSubnetResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet>("Subnet").InQuery("subnet"),
  };
  return kMembers;
}

protocol::Members DescribeSubnetsRequest::Describe() {
  using T = DescribeSubnetsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet_ids>("SubnetIds").InQuery("SubnetId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeSubnetsResponse::Describe() {
  using T = DescribeSubnetsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnets>("Subnets").InQuery("subnetSet").Items("item").KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

protocol::Members DeleteSubnetRequest::Describe() {
  using T = DeleteSubnetRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet_id>("SubnetId").Required(),
  };
  return kMembers;
}

protocol::Members DeleteSubnetResponse::Describe() {
  using T = DeleteSubnetResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members ModifySubnetAttributeRequest::Describe() {
  using T = ModifySubnetAttributeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet_id>("SubnetId").Required(),
      Wire<&T::map_public_ip_on_launch>("MapPublicIpOnLaunch"),
      Wire<&T::assign_ipv6_address_on_creation>("AssignIpv6AddressOnCreation"),
      Wire<&T::enable_dns64>("EnableDns64"),
  };
  return kMembers;
}

protocol::Members ModifySubnetAttributeResponse::Describe() {
  using T = ModifySubnetAttributeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues SubnetFilterValues(const Subnet& subnet, std::string_view name) {
  if (name == "subnet-id") return One(subnet.subnet_id);
  if (name == "vpc-id") return One(subnet.vpc_id);
  if (name == "availability-zone" || name == "availabilityZone") return One(subnet.availability_zone);
  if (name == "availability-zone-id" || name == "availabilityZoneId") return One(subnet.availability_zone_id);
  if (name == "cidr-block" || name == "cidr" || name == "cidrBlock") return One(subnet.cidr_block);
  if (name == "default-for-az" || name == "defaultForAz") return One(subnet.default_for_az);
  if (name == "map-public-ip-on-launch") return One(subnet.map_public_ip_on_launch);
  if (name == "owner-id") return One(subnet.owner_id);
  if (name == "state") return One(subnet.state);
  if (name == "subnet-arn") return One(subnet.subnet_arn);
  return std::nullopt;
}

std::string ReadZone(const CreateSubnetRequest& request, std::string_view region) {
  const auto zones = ZonesOf(region);
  if (request.availability_zone) {
    if (std::ranges::find(zones, *request.availability_zone) != zones.end())
      return *request.availability_zone;
    std::string all;
    for (const std::string& zone : zones) all += (all.empty() ? "" : ", ") + zone;
    throw Invalid("Value (" + *request.availability_zone +
                  ") for parameter availabilityZone is invalid. Subnets can currently only be created in the "
                  "following availability zones: " +
                  all + ".");
  }
  if (!request.availability_zone_id) return zones.front();
  const auto found = std::ranges::find(zones, *request.availability_zone_id, &ZoneId);
  if (found == zones.end()) {
    throw Invalid("Value (" + *request.availability_zone_id +
                  ") for parameter availabilityZoneId is invalid.");
  }
  return *found;
}

resource::Cidr ReadBlock(const CreateSubnetRequest& request) {
  if (!request.cidr_block)
    throw AwsError(kMissingParameter, "Either 'cidrBlock' or 'ipv6CidrBlock' should be provided.");
  const auto block = resource::ParseCidr(*request.cidr_block);
  if (!block || block->v6) {
    throw Invalid("Value (" + *request.cidr_block +
                  ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
  }
  if (block->prefix < 16 || block->prefix > 28 || !block->IsNetwork()) {
    throw AwsError(kInvalidSubnetRange, "The CIDR '" + *request.cidr_block + "' is invalid.");
  }
  return *block;
}

}  // namespace

runtime::Task<CreateSubnetResponse> CreateSubnet(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 CreateSubnetRequest request) {
  RequireAllowed(context, Ec2Arn(context, "subnet", "*"));
  const Owner owner = OwnerOf(context);
  const std::string zone = ReadZone(request, owner.region);
  const resource::Cidr block = ReadBlock(request);
  Subnet subnet = MakeSubnet(owner, NewId("subnet"), request.vpc_id, *request.cidr_block, zone);
  subnet.tags = TagsFor("subnet", request.tag_specifications);
  const auto create = [&] {
    const auto vpc = Open<Vpc>(ec2.store().current(), owner, request.vpc_id);
    if (!resource::ParseCidr(*vpc.cidr_block)->Contains(block)) {
      throw AwsError(kInvalidSubnetRange, "The CIDR '" + *request.cidr_block + "' is invalid.");
    }
    for (const Subnet& other : ec2.store().current().All<Subnet>(owner)) {
      if (other.vpc_id == vpc.vpc_id && resource::ParseCidr(*other.cidr_block)->Overlaps(block)) {
        throw AwsError(kInvalidSubnetConflict,
                       "The CIDR '" + *request.cidr_block + "' conflicts with another subnet");
      }
    }
    ec2.store().Save(owner, subnet);
  };
  co_await ec2.Change(create);
  CreateSubnetResponse response;
  response.subnet = std::move(subnet);
  co_return response;
}

runtime::Task<DescribeSubnetsResponse> DescribeSubnets(Ec2Service& ec2,
                                                       const protocol::RequestContext& context,
                                                       DescribeSubnetsRequest request) {
  RequireAllowed(context, "*");
  DescribeSubnetsResponse response;
  response.subnets = Select<Subnet>(ec2.committed(), OwnerOf(context), request.subnet_ids, request.filters,
                                    &Subnet::tags, &SubnetFilterValues);
  response.next_token = CutPage("DescribeSubnets", response.subnets, request.max_results, request.next_token);
  co_return response;
}

runtime::Task<DeleteSubnetResponse> DeleteSubnet(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DeleteSubnetRequest request) {
  RequireAllowed(context, Ec2Arn(context, "subnet", request.subnet_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    Ec2Store& store = ec2.store();
    Open<Subnet>(store.current(), owner, request.subnet_id);
    for (const NetworkInterface& interface : store.current().All<NetworkInterface>(owner)) {
      if (interface.subnet_id != request.subnet_id) continue;
      throw AwsError(kDependencyViolation,
                     "The subnet '" + request.subnet_id + "' has dependencies and cannot be deleted.");
    }
    for (RouteTable& table : store.current().All<RouteTable>(owner)) {
      const auto associated = [&](const RouteTableAssociation& a) {
        return a.subnet_id == request.subnet_id;
      };
      if (std::erase_if(table.associations, associated) > 0) store.Save(owner, table);
    }
    store.Erase(request.subnet_id);
  };
  co_await ec2.Change(erase);
  co_return DeleteSubnetResponse{};
}

runtime::Task<ModifySubnetAttributeResponse> ModifySubnetAttribute(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   ModifySubnetAttributeRequest request) {
  RequireAllowed(context, Ec2Arn(context, "subnet", request.subnet_id));
  const Owner owner = OwnerOf(context);
  const auto modify = [&] {
    auto subnet = Open<Subnet>(ec2.store().current(), owner, request.subnet_id);
    if (request.map_public_ip_on_launch)
      subnet.map_public_ip_on_launch = request.map_public_ip_on_launch->value;
    if (request.assign_ipv6_address_on_creation) {
      subnet.assign_ipv6_address_on_creation = request.assign_ipv6_address_on_creation->value;
    }
    if (request.enable_dns64) subnet.enable_dns64 = request.enable_dns64->value;
    ec2.store().Save(owner, subnet);
  };
  co_await ec2.Change(modify);
  co_return ModifySubnetAttributeResponse{};
}

}  // namespace cumulite::ec2
