#include "services/ec2/operations/network_interfaces.h"

#include <set>

#include "base/ids.h"
#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"
#include "services/resource/cidr.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members CreateNetworkInterfaceRequest::Describe() {
  using T = CreateNetworkInterfaceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subnet_id>("SubnetId").Required(),
      Wire<&T::description>("Description"),
      Wire<&T::private_ip_address>("PrivateIpAddress"),
      Wire<&T::groups>("Groups").InQuery("SecurityGroupId"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateNetworkInterfaceResponse::Describe() {
  using T = CreateNetworkInterfaceResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_interface>("NetworkInterface").InQuery("networkInterface"),
  };
  return kMembers;
}

protocol::Members DescribeNetworkInterfacesRequest::Describe() {
  using T = DescribeNetworkInterfacesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_interface_ids>("NetworkInterfaceIds").InQuery("NetworkInterfaceId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeNetworkInterfacesResponse::Describe() {
  using T = DescribeNetworkInterfacesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_interfaces>("NetworkInterfaces")
          .InQuery("networkInterfaceSet")
          .Items("item")
          .KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

protocol::Members DeleteNetworkInterfaceRequest::Describe() {
  using T = DeleteNetworkInterfaceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_interface_id>("NetworkInterfaceId").Required(),
  };
  return kMembers;
}

protocol::Members DeleteNetworkInterfaceResponse::Describe() {
  using T = DeleteNetworkInterfaceResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues InterfaceFilterValues(const NetworkInterface& interface, std::string_view name) {
  if (name == "network-interface-id") return One(interface.network_interface_id);
  if (name == "subnet-id") return One(interface.subnet_id);
  if (name == "vpc-id") return One(interface.vpc_id);
  if (name == "availability-zone") return One(interface.availability_zone);
  if (name == "description") return One(interface.description);
  if (name == "status") return One(interface.status);
  if (name == "owner-id") return One(interface.owner_id);
  if (name == "interface-type") return One(interface.interface_type);
  if (name == "requester-managed") return One(interface.requester_managed);
  if (name == "mac-address") return One(interface.mac_address);
  if (name == "private-ip-address" || name == "addresses.private-ip-address")
    return One(interface.private_ip_address);
  if (name == "group-id") {
    std::vector<std::string> values;
    for (const GroupIdentifier& group : interface.groups) values.push_back(group.group_id.value_or(""));
    return values;
  }
  // Of what nothing here has yet: instances, requesters, attachments, public addresses.
  const bool attached = name.starts_with("attachment.") || name.starts_with("association.");
  return attached || name == "requester-id" || name == "group-name" ? FilterValues(std::vector<std::string>())
                                                                    : std::nullopt;
}

/// The first address of a subnet that no interface has; the first four and the last are AWS's own.
std::string FreeAddress(const Subnet& subnet, const std::set<std::string>& taken) {
  resource::Cidr address = *resource::ParseCidr(*subnet.cidr_block);
  const std::int64_t size = std::int64_t{1} << (32 - address.prefix);
  const auto read = [&] {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | address.bytes[i];
    return number;
  };
  const std::uint32_t first = read();
  for (std::int64_t offset = 4; offset < size - 1; ++offset) {
    const auto number = static_cast<std::uint32_t>(first + offset);
    for (std::size_t i = 0; i < 4; ++i) address.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    std::string text = resource::FormatAddress(address);
    if (!taken.contains(text)) return text;
  }
  static constexpr ErrorKind kInsufficient{.code = "InsufficientFreeAddressesInSubnet"};
  throw AwsError(kInsufficient,
                 "The specified subnet does not have enough free addresses to satisfy the request.");
}

std::string MacAddress() {
  const std::string digits = base::RandomHex(10);
  std::string text = "02";
  for (std::size_t i = 0; i < digits.size(); i += 2) text += ":" + digits.substr(i, 2);
  return text;
}

}  // namespace

runtime::Task<CreateNetworkInterfaceResponse> CreateNetworkInterface(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     CreateNetworkInterfaceRequest request) {
  RequireAllowed(context, Ec2Arn(context, "network-interface", "*"));
  const Owner owner = OwnerOf(context);
  const std::string id = NewId("eni");
  const auto tags = TagsFor("network-interface", request.tag_specifications);
  const auto create = [&] {
    const auto& current = ec2.store().current();
    const auto subnet = Open<Subnet>(current, owner, request.subnet_id);
    NetworkInterface made;
    std::set<std::string> taken;
    for (const NetworkInterface& other : current.All<NetworkInterface>(owner)) {
      if (other.subnet_id == request.subnet_id) taken.insert(other.private_ip_address.value_or(""));
    }
    const std::string address = request.private_ip_address.value_or(FreeAddress(subnet, taken));
    const auto parsed = resource::ParseAddress(address);
    if (!parsed || !resource::ParseCidr(*subnet.cidr_block)->Contains(*parsed) || taken.contains(address)) {
      throw Invalid("Address " + address + " is in use or does not fall within the subnet's address range");
    }
    std::vector<std::string> groups = request.groups;
    for (const SecurityGroup& group : current.All<SecurityGroup>(owner)) {
      if (groups.empty() && group.vpc_id == subnet.vpc_id && group.group_name == "default")
        groups.push_back(*group.group_id);
    }
    for (const std::string& group : groups) {
      made.groups.push_back({group, Open<SecurityGroup>(current, owner, group).group_name});
    }
    made.availability_zone = subnet.availability_zone;
    made.description = request.description.value_or("");
    made.interface_type = "interface";
    made.mac_address = MacAddress();
    made.network_interface_id = id;
    made.owner_id = owner.account;
    made.private_ip_address = address;
    made.private_ip_addresses.push_back({true, address});
    made.requester_managed = false;
    made.source_dest_check = true;
    made.status = "available";
    made.subnet_id = subnet.subnet_id;
    made.tag_set = tags;
    made.vpc_id = subnet.vpc_id;
    ec2.store().Save(owner, made);
    return made;
  };
  NetworkInterface made = co_await ec2.Change(create);
  CreateNetworkInterfaceResponse response;
  response.network_interface = std::move(made);
  co_return response;
}

runtime::Task<DescribeNetworkInterfacesResponse> DescribeNetworkInterfaces(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeNetworkInterfacesRequest request) {
  RequireAllowed(context, "*");
  DescribeNetworkInterfacesResponse response;
  response.network_interfaces =
      Select<NetworkInterface>(ec2.committed(), OwnerOf(context), request.network_interface_ids,
                               request.filters, &NetworkInterface::tag_set, &InterfaceFilterValues);
  response.next_token = CutPage("DescribeNetworkInterfaces", response.network_interfaces, request.max_results,
                                request.next_token);
  co_return response;
}

runtime::Task<DeleteNetworkInterfaceResponse> DeleteNetworkInterface(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DeleteNetworkInterfaceRequest request) {
  RequireAllowed(context, Ec2Arn(context, "network-interface", request.network_interface_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    Open<NetworkInterface>(ec2.store().current(), owner, request.network_interface_id);
    ec2.store().Erase(request.network_interface_id);
  };
  co_await ec2.Change(erase);
  co_return DeleteNetworkInterfaceResponse{};
}

}  // namespace cumulite::ec2
