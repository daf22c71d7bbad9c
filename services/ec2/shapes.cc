#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").InQuery("key"),
      Wire<&T::value>("Value").InQuery("value"),
  };
  return kMembers;
}

protocol::Members TagSpecification::Describe() {
  using T = TagSpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_type>("ResourceType"),
      Wire<&T::tags>("Tags").InQuery("Tag"),
  };
  return kMembers;
}

protocol::Members Filter::Describe() {
  using T = Filter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::values>("Values").InQuery("Value"),
  };
  return kMembers;
}

protocol::Members CidrState::Describe() {
  using T = CidrState;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::state>("State").InQuery("state"),
  };
  return kMembers;
}

protocol::Members VpcCidrBlockAssociation::Describe() {
  using T = VpcCidrBlockAssociation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::association_id>("AssociationId").InQuery("associationId"),
      Wire<&T::cidr_block>("CidrBlock").InQuery("cidrBlock"),
      Wire<&T::cidr_block_state>("CidrBlockState").InQuery("cidrBlockState"),
  };
  return kMembers;
}

protocol::Members Vpc::Describe() {
  using T = Vpc;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
      Wire<&T::instance_tenancy>("InstanceTenancy").InQuery("instanceTenancy"),
      Wire<&T::cidr_block_associations>("CidrBlockAssociations")
          .InQuery("cidrBlockAssociationSet")
          .Items("item")
          .KeepEmpty(),
      Wire<&T::is_default>("IsDefault").InQuery("isDefault"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::state>("State").InQuery("state"),
      Wire<&T::cidr_block>("CidrBlock").InQuery("cidrBlock"),
      Wire<&T::dhcp_options_id>("DhcpOptionsId").InQuery("dhcpOptionsId"),
  };
  return kMembers;
}

protocol::Members PrivateDnsNameOptions::Describe() {
  using T = PrivateDnsNameOptions;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::hostname_type>("HostnameType").InQuery("hostnameType"),
      Wire<&T::enable_resource_name_dns_a_record>("EnableResourceNameDnsARecord")
          .InQuery("enableResourceNameDnsARecord"),
      Wire<&T::enable_resource_name_dns_aaaa_record>("EnableResourceNameDnsAaaaRecord")
          .InQuery("enableResourceNameDnsAAAARecord"),
  };
  return kMembers;
}

protocol::Members Subnet::Describe() {
  using T = Subnet;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::availability_zone_id>("AvailabilityZoneId").InQuery("availabilityZoneId"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
      Wire<&T::assign_ipv6_address_on_creation>("AssignIpv6AddressOnCreation")
          .InQuery("assignIpv6AddressOnCreation"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::subnet_arn>("SubnetArn").InQuery("subnetArn"),
      Wire<&T::enable_dns64>("EnableDns64").InQuery("enableDns64"),
      Wire<&T::ipv6_native>("Ipv6Native").InQuery("ipv6Native"),
      Wire<&T::private_dns_name_options_on_launch>("PrivateDnsNameOptionsOnLaunch")
          .InQuery("privateDnsNameOptionsOnLaunch"),
      Wire<&T::subnet_id>("SubnetId").InQuery("subnetId"),
      Wire<&T::state>("State").InQuery("state"),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::cidr_block>("CidrBlock").InQuery("cidrBlock"),
      Wire<&T::available_ip_address_count>("AvailableIpAddressCount").InQuery("availableIpAddressCount"),
      Wire<&T::availability_zone>("AvailabilityZone").InQuery("availabilityZone"),
      Wire<&T::default_for_az>("DefaultForAz").InQuery("defaultForAz"),
      Wire<&T::map_public_ip_on_launch>("MapPublicIpOnLaunch").InQuery("mapPublicIpOnLaunch"),
  };
  return kMembers;
}

protocol::Members IpRange::Describe() {
  using T = IpRange;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::cidr_ip>("CidrIp").InQuery("cidrIp"),
  };
  return kMembers;
}

protocol::Members Ipv6Range::Describe() {
  using T = Ipv6Range;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::cidr_ipv6>("CidrIpv6").InQuery("cidrIpv6"),
  };
  return kMembers;
}

protocol::Members PrefixListId::Describe() {
  using T = PrefixListId;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::prefix_list_id>("PrefixListId").InQuery("prefixListId"),
  };
  return kMembers;
}

protocol::Members UserIdGroupPair::Describe() {
  using T = UserIdGroupPair;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::user_id>("UserId").InQuery("userId"),
      Wire<&T::group_name>("GroupName").InQuery("groupName"),
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
  };
  return kMembers;
}

protocol::Members IpPermission::Describe() {
  using T = IpPermission;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ip_protocol>("IpProtocol").InQuery("ipProtocol"),
      Wire<&T::from_port>("FromPort").InQuery("fromPort"),
      Wire<&T::to_port>("ToPort").InQuery("toPort"),
      Wire<&T::user_id_group_pairs>("UserIdGroupPairs").InQuery("groups").Items("item").KeepEmpty(),
      Wire<&T::ip_ranges>("IpRanges").InQuery("ipRanges").Items("item").KeepEmpty(),
      Wire<&T::ipv6_ranges>("Ipv6Ranges").InQuery("ipv6Ranges").Items("item").KeepEmpty(),
      Wire<&T::prefix_list_ids>("PrefixListIds").InQuery("prefixListIds").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ReferencedSecurityGroup::Describe() {
  using T = ReferencedSecurityGroup;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
      Wire<&T::user_id>("UserId").InQuery("userId"),
  };
  return kMembers;
}

protocol::Members SecurityGroupRule::Describe() {
  using T = SecurityGroupRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::security_group_rule_id>("SecurityGroupRuleId").InQuery("securityGroupRuleId"),
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
      Wire<&T::group_owner_id>("GroupOwnerId").InQuery("groupOwnerId"),
      Wire<&T::is_egress>("IsEgress").InQuery("isEgress"),
      Wire<&T::ip_protocol>("IpProtocol").InQuery("ipProtocol"),
      Wire<&T::from_port>("FromPort").InQuery("fromPort"),
      Wire<&T::to_port>("ToPort").InQuery("toPort"),
      Wire<&T::cidr_ipv4>("CidrIpv4").InQuery("cidrIpv4"),
      Wire<&T::cidr_ipv6>("CidrIpv6").InQuery("cidrIpv6"),
      Wire<&T::prefix_list_id>("PrefixListId").InQuery("prefixListId"),
      Wire<&T::referenced_group_info>("ReferencedGroupInfo").InQuery("referencedGroupInfo"),
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::security_group_rule_arn>("SecurityGroupRuleArn").InQuery("securityGroupRuleArn"),
  };
  return kMembers;
}

protocol::Members SecurityGroup::Describe() {
  using T = SecurityGroup;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
      Wire<&T::ip_permissions_egress>("IpPermissionsEgress")
          .InQuery("ipPermissionsEgress")
          .Items("item")
          .KeepEmpty(),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::security_group_arn>("SecurityGroupArn").InQuery("securityGroupArn"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
      Wire<&T::group_name>("GroupName").InQuery("groupName"),
      Wire<&T::description>("Description").InQuery("groupDescription"),
      Wire<&T::ip_permissions>("IpPermissions").InQuery("ipPermissions").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members InternetGatewayAttachment::Describe() {
  using T = InternetGatewayAttachment;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::state>("State").InQuery("state"),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
  };
  return kMembers;
}

protocol::Members InternetGateway::Describe() {
  using T = InternetGateway;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attachments>("Attachments").InQuery("attachmentSet").Items("item").KeepEmpty(),
      Wire<&T::internet_gateway_id>("InternetGatewayId").InQuery("internetGatewayId"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members RouteTableAssociation::Describe() {
  using T = RouteTableAssociation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::main>("Main").InQuery("main"),
      Wire<&T::route_table_association_id>("RouteTableAssociationId").InQuery("routeTableAssociationId"),
      Wire<&T::route_table_id>("RouteTableId").InQuery("routeTableId"),
      Wire<&T::subnet_id>("SubnetId").InQuery("subnetId"),
      Wire<&T::association_state>("AssociationState").InQuery("associationState"),
  };
  return kMembers;
}

protocol::Members Route::Describe() {
  using T = Route;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::destination_cidr_block>("DestinationCidrBlock").InQuery("destinationCidrBlock"),
      Wire<&T::destination_ipv6_cidr_block>("DestinationIpv6CidrBlock").InQuery("destinationIpv6CidrBlock"),
      Wire<&T::gateway_id>("GatewayId").InQuery("gatewayId"),
      Wire<&T::instance_id>("InstanceId").InQuery("instanceId"),
      Wire<&T::nat_gateway_id>("NatGatewayId").InQuery("natGatewayId"),
      Wire<&T::network_interface_id>("NetworkInterfaceId").InQuery("networkInterfaceId"),
      Wire<&T::origin>("Origin").InQuery("origin"),
      Wire<&T::state>("State").InQuery("state"),
  };
  return kMembers;
}

protocol::Members RouteTable::Describe() {
  using T = RouteTable;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::associations>("Associations").InQuery("associationSet").Items("item").KeepEmpty(),
      Wire<&T::route_table_id>("RouteTableId").InQuery("routeTableId"),
      Wire<&T::routes>("Routes").InQuery("routeSet").Items("item").KeepEmpty(),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
  };
  return kMembers;
}

protocol::Members GroupIdentifier::Describe() {
  using T = GroupIdentifier;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
      Wire<&T::group_name>("GroupName").InQuery("groupName"),
  };
  return kMembers;
}

protocol::Members NetworkInterfacePrivateIpAddress::Describe() {
  using T = NetworkInterfacePrivateIpAddress;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::primary>("Primary").InQuery("primary"),
      Wire<&T::private_ip_address>("PrivateIpAddress").InQuery("privateIpAddress"),
  };
  return kMembers;
}

protocol::Members NetworkInterface::Describe() {
  using T = NetworkInterface;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::availability_zone>("AvailabilityZone").InQuery("availabilityZone"),
      Wire<&T::description>("Description").InQuery("description"),
      Wire<&T::groups>("Groups").InQuery("groupSet").Items("item").KeepEmpty(),
      Wire<&T::interface_type>("InterfaceType").InQuery("interfaceType"),
      Wire<&T::mac_address>("MacAddress").InQuery("macAddress"),
      Wire<&T::network_interface_id>("NetworkInterfaceId").InQuery("networkInterfaceId"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
      Wire<&T::private_ip_address>("PrivateIpAddress").InQuery("privateIpAddress"),
      Wire<&T::private_ip_addresses>("PrivateIpAddresses")
          .InQuery("privateIpAddressesSet")
          .Items("item")
          .KeepEmpty(),
      Wire<&T::requester_managed>("RequesterManaged").InQuery("requesterManaged"),
      Wire<&T::source_dest_check>("SourceDestCheck").InQuery("sourceDestCheck"),
      Wire<&T::status>("Status").InQuery("status"),
      Wire<&T::subnet_id>("SubnetId").InQuery("subnetId"),
      Wire<&T::tag_set>("TagSet").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
  };
  return kMembers;
}

protocol::Members AttributeBooleanValue::Describe() {
  using T = AttributeBooleanValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::value>("Value").InQuery("value"),
  };
  return kMembers;
}

protocol::Members VpcAttributes::Describe() {
  using T = VpcAttributes;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").InQuery("id"),
      Wire<&T::enable_dns_hostnames>("EnableDnsHostnames").InQuery("enableDnsHostnames"),
      Wire<&T::enable_dns_support>("EnableDnsSupport").InQuery("enableDnsSupport"),
      Wire<&T::enable_network_address_usage_metrics>("EnableNetworkAddressUsageMetrics")
          .InQuery("enableNetworkAddressUsageMetrics"),
  };
  return kMembers;
}

protocol::Members AvailabilityZone::Describe() {
  using T = AvailabilityZone;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::opt_in_status>("OptInStatus").InQuery("optInStatus"),
      Wire<&T::region_name>("RegionName").InQuery("regionName"),
      Wire<&T::zone_name>("ZoneName").InQuery("zoneName"),
      Wire<&T::zone_id>("ZoneId").InQuery("zoneId"),
      Wire<&T::group_name>("GroupName").InQuery("groupName"),
      Wire<&T::network_border_group>("NetworkBorderGroup").InQuery("networkBorderGroup"),
      Wire<&T::zone_type>("ZoneType").InQuery("zoneType"),
      Wire<&T::state>("State").InQuery("zoneState"),
  };
  return kMembers;
}

protocol::Members Region::Describe() {
  using T = Region;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::opt_in_status>("OptInStatus").InQuery("optInStatus"),
      Wire<&T::region_name>("RegionName").InQuery("regionName"),
      Wire<&T::endpoint>("Endpoint").InQuery("regionEndpoint"),
  };
  return kMembers;
}

protocol::Members AccountAttributeValue::Describe() {
  using T = AccountAttributeValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_value>("AttributeValue").InQuery("attributeValue"),
  };
  return kMembers;
}

protocol::Members AccountAttribute::Describe() {
  using T = AccountAttribute;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_name>("AttributeName").InQuery("attributeName"),
      Wire<&T::attribute_values>("AttributeValues").InQuery("attributeValueSet").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members TagDescription::Describe() {
  using T = TagDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").InQuery("key"),
      Wire<&T::resource_id>("ResourceId").InQuery("resourceId"),
      Wire<&T::resource_type>("ResourceType").InQuery("resourceType"),
      Wire<&T::value>("Value").InQuery("value"),
  };
  return kMembers;
}

protocol::Members NetworkAclAssociation::Describe() {
  using T = NetworkAclAssociation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_acl_association_id>("NetworkAclAssociationId").InQuery("networkAclAssociationId"),
      Wire<&T::network_acl_id>("NetworkAclId").InQuery("networkAclId"),
      Wire<&T::subnet_id>("SubnetId").InQuery("subnetId"),
  };
  return kMembers;
}

protocol::Members NetworkAclEntry::Describe() {
  using T = NetworkAclEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::cidr_block>("CidrBlock").InQuery("cidrBlock"),
      Wire<&T::egress>("Egress").InQuery("egress"),
      Wire<&T::protocol>("Protocol").InQuery("protocol"),
      Wire<&T::rule_action>("RuleAction").InQuery("ruleAction"),
      Wire<&T::rule_number>("RuleNumber").InQuery("ruleNumber"),
  };
  return kMembers;
}

protocol::Members NetworkAcl::Describe() {
  using T = NetworkAcl;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::associations>("Associations").InQuery("associationSet").Items("item").KeepEmpty(),
      Wire<&T::entries>("Entries").InQuery("entrySet").Items("item").KeepEmpty(),
      Wire<&T::is_default>("IsDefault").InQuery("default"),
      Wire<&T::network_acl_id>("NetworkAclId").InQuery("networkAclId"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::owner_id>("OwnerId").InQuery("ownerId"),
  };
  return kMembers;
}

protocol::Members Address::Describe() {
  using T = Address;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::allocation_id>("AllocationId").InQuery("allocationId"),
      Wire<&T::domain>("Domain").InQuery("domain"),
      Wire<&T::network_border_group>("NetworkBorderGroup").InQuery("networkBorderGroup"),
      Wire<&T::public_ipv4_pool>("PublicIpv4Pool").InQuery("publicIpv4Pool"),
      Wire<&T::association_id>("AssociationId").InQuery("associationId"),
      Wire<&T::network_interface_id>("NetworkInterfaceId").InQuery("networkInterfaceId"),
      Wire<&T::instance_id>("InstanceId").InQuery("instanceId"),
      Wire<&T::private_ip_address>("PrivateIpAddress").InQuery("privateIpAddress"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::public_ip>("PublicIp").InQuery("publicIp"),
  };
  return kMembers;
}

}  // namespace cumulite::ec2
