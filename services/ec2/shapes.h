#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// The shapes of EC2's API, by their names there; what is stored of a resource is its shape. Names are those
/// of answers: requests spell them with a capital letter. Source: Amazon EC2 API Reference "Data Types".
namespace cumulite::ec2 {

struct Tag {
  std::optional<std::string> key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct TagSpecification {
  std::optional<std::string> resource_type;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct Filter {
  std::optional<std::string> name;
  std::vector<std::string> values;
  static protocol::Members Describe();
};

struct CidrState {
  std::optional<std::string> state;
  static protocol::Members Describe();
};

struct VpcCidrBlockAssociation {
  std::optional<std::string> association_id;
  std::optional<std::string> cidr_block;
  std::optional<CidrState> cidr_block_state;
  static protocol::Members Describe();
};

struct Vpc {
  std::optional<std::string> owner_id;
  std::optional<std::string> instance_tenancy;
  std::vector<VpcCidrBlockAssociation> cidr_block_associations;
  std::optional<bool> is_default;
  std::vector<Tag> tags;
  std::optional<std::string> vpc_id;
  std::optional<std::string> state;
  std::optional<std::string> cidr_block;
  std::optional<std::string> dhcp_options_id;
  static protocol::Members Describe();
};

struct PrivateDnsNameOptions {
  std::optional<std::string> hostname_type;
  std::optional<bool> enable_resource_name_dns_a_record;
  std::optional<bool> enable_resource_name_dns_aaaa_record;
  static protocol::Members Describe();
};

struct Subnet {
  std::optional<std::string> availability_zone_id;
  std::optional<std::string> owner_id;
  std::optional<bool> assign_ipv6_address_on_creation;
  std::vector<Tag> tags;
  std::optional<std::string> subnet_arn;
  std::optional<bool> enable_dns64;
  std::optional<bool> ipv6_native;
  std::optional<PrivateDnsNameOptions> private_dns_name_options_on_launch;
  std::optional<std::string> subnet_id;
  std::optional<std::string> state;
  std::optional<std::string> vpc_id;
  std::optional<std::string> cidr_block;
  std::optional<std::int32_t> available_ip_address_count;
  std::optional<std::string> availability_zone;
  std::optional<bool> default_for_az;
  std::optional<bool> map_public_ip_on_launch;
  static protocol::Members Describe();
};

struct IpRange {
  std::optional<std::string> description;
  std::optional<std::string> cidr_ip;
  static protocol::Members Describe();
};

struct Ipv6Range {
  std::optional<std::string> description;
  std::optional<std::string> cidr_ipv6;
  static protocol::Members Describe();
};

struct PrefixListId {
  std::optional<std::string> description;
  std::optional<std::string> prefix_list_id;
  static protocol::Members Describe();
};

struct UserIdGroupPair {
  std::optional<std::string> description;
  std::optional<std::string> user_id;
  std::optional<std::string> group_name;
  std::optional<std::string> group_id;
  static protocol::Members Describe();
};

struct IpPermission {
  std::optional<std::string> ip_protocol;
  std::optional<std::int32_t> from_port;
  std::optional<std::int32_t> to_port;
  std::vector<UserIdGroupPair> user_id_group_pairs;
  std::vector<IpRange> ip_ranges;
  std::vector<Ipv6Range> ipv6_ranges;
  std::vector<PrefixListId> prefix_list_ids;
  static protocol::Members Describe();
};

struct ReferencedSecurityGroup {
  std::optional<std::string> group_id;
  std::optional<std::string> user_id;
  static protocol::Members Describe();
};

struct SecurityGroupRule {
  std::optional<std::string> security_group_rule_id;
  std::optional<std::string> group_id;
  std::optional<std::string> group_owner_id;
  std::optional<bool> is_egress;
  std::optional<std::string> ip_protocol;
  std::optional<std::int32_t> from_port;
  std::optional<std::int32_t> to_port;
  std::optional<std::string> cidr_ipv4;
  std::optional<std::string> cidr_ipv6;
  std::optional<std::string> prefix_list_id;
  std::optional<ReferencedSecurityGroup> referenced_group_info;
  std::optional<std::string> description;
  std::vector<Tag> tags;
  std::optional<std::string> security_group_rule_arn;
  static protocol::Members Describe();
};

struct SecurityGroup {
  std::optional<std::string> group_id;
  std::vector<IpPermission> ip_permissions_egress;
  std::vector<Tag> tags;
  std::optional<std::string> vpc_id;
  std::optional<std::string> security_group_arn;
  std::optional<std::string> owner_id;
  std::optional<std::string> group_name;
  std::optional<std::string> description;
  std::vector<IpPermission> ip_permissions;
  static protocol::Members Describe();
};

struct InternetGatewayAttachment {
  std::optional<std::string> state;
  std::optional<std::string> vpc_id;
  static protocol::Members Describe();
};

struct InternetGateway {
  std::vector<InternetGatewayAttachment> attachments;
  std::optional<std::string> internet_gateway_id;
  std::optional<std::string> owner_id;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct RouteTableAssociation {
  std::optional<bool> main;
  std::optional<std::string> route_table_association_id;
  std::optional<std::string> route_table_id;
  std::optional<std::string> subnet_id;
  std::optional<CidrState> association_state;
  static protocol::Members Describe();
};

struct Route {
  std::optional<std::string> destination_cidr_block;
  std::optional<std::string> destination_ipv6_cidr_block;
  std::optional<std::string> gateway_id;
  std::optional<std::string> instance_id;
  std::optional<std::string> nat_gateway_id;
  std::optional<std::string> network_interface_id;
  std::optional<std::string> origin;
  std::optional<std::string> state;
  static protocol::Members Describe();
};

struct RouteTable {
  std::vector<RouteTableAssociation> associations;
  std::optional<std::string> route_table_id;
  std::vector<Route> routes;
  std::vector<Tag> tags;
  std::optional<std::string> vpc_id;
  std::optional<std::string> owner_id;
  static protocol::Members Describe();
};

struct GroupIdentifier {
  std::optional<std::string> group_id;
  std::optional<std::string> group_name;
  static protocol::Members Describe();
};

struct NetworkInterfacePrivateIpAddress {
  std::optional<bool> primary;
  std::optional<std::string> private_ip_address;
  static protocol::Members Describe();
};

struct NetworkInterface {
  std::optional<std::string> availability_zone;
  std::optional<std::string> description;
  std::vector<GroupIdentifier> groups;
  std::optional<std::string> interface_type;
  std::optional<std::string> mac_address;
  std::optional<std::string> network_interface_id;
  std::optional<std::string> owner_id;
  std::optional<std::string> private_ip_address;
  std::vector<NetworkInterfacePrivateIpAddress> private_ip_addresses;
  std::optional<bool> requester_managed;
  std::optional<bool> source_dest_check;
  std::optional<std::string> status;
  std::optional<std::string> subnet_id;
  std::vector<Tag> tag_set;
  std::optional<std::string> vpc_id;
  static protocol::Members Describe();
};

struct AttributeBooleanValue {
  std::optional<bool> value;
  static protocol::Members Describe();
};

struct VpcAttributes {
  std::optional<std::string> id;
  std::optional<bool> enable_dns_hostnames;
  std::optional<bool> enable_dns_support;
  std::optional<bool> enable_network_address_usage_metrics;
  static protocol::Members Describe();
};

struct AvailabilityZone {
  std::optional<std::string> opt_in_status;
  std::optional<std::string> region_name;
  std::optional<std::string> zone_name;
  std::optional<std::string> zone_id;
  std::optional<std::string> group_name;
  std::optional<std::string> network_border_group;
  std::optional<std::string> zone_type;
  std::optional<std::string> state;
  static protocol::Members Describe();
};

struct Region {
  std::optional<std::string> opt_in_status;
  std::optional<std::string> region_name;
  std::optional<std::string> endpoint;
  static protocol::Members Describe();
};

struct AccountAttributeValue {
  std::optional<std::string> attribute_value;
  static protocol::Members Describe();
};

struct AccountAttribute {
  std::optional<std::string> attribute_name;
  std::vector<AccountAttributeValue> attribute_values;
  static protocol::Members Describe();
};

struct TagDescription {
  std::optional<std::string> key;
  std::optional<std::string> resource_id;
  std::optional<std::string> resource_type;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct NetworkAclAssociation {
  std::optional<std::string> network_acl_association_id;
  std::optional<std::string> network_acl_id;
  std::optional<std::string> subnet_id;
  static protocol::Members Describe();
};

struct NetworkAclEntry {
  std::optional<std::string> cidr_block;
  std::optional<bool> egress;
  std::optional<std::string> protocol;
  std::optional<std::string> rule_action;
  std::optional<std::int32_t> rule_number;
  static protocol::Members Describe();
};

struct NetworkAcl {
  std::vector<NetworkAclAssociation> associations;
  std::vector<NetworkAclEntry> entries;
  std::optional<bool> is_default;
  std::optional<std::string> network_acl_id;
  std::vector<Tag> tags;
  std::optional<std::string> vpc_id;
  std::optional<std::string> owner_id;
  static protocol::Members Describe();
};

struct Address {
  std::optional<std::string> allocation_id;
  std::optional<std::string> domain;
  std::optional<std::string> network_border_group;
  std::optional<std::string> public_ipv4_pool;
  std::optional<std::string> association_id;
  std::optional<std::string> network_interface_id;
  std::optional<std::string> instance_id;
  std::optional<std::string> private_ip_address;
  std::vector<Tag> tags;
  std::optional<std::string> public_ip;
  static protocol::Members Describe();
};

}  // namespace cumulite::ec2
