#include "services/ec2/default_network.h"

#include <algorithm>
#include <utility>

#include "base/ids.h"
#include "protocol/arn.h"
#include "services/resource/cidr.h"
#include "services/resource/default_network.h"

namespace cumulite::ec2 {
namespace {

std::string Arn(const Owner& owner, const std::string& resource) {
  return protocol::FormatArn("ec2", owner.region, owner.account, resource);
}

}  // namespace

std::vector<std::string> ZonesOf(std::string_view region) {
  std::vector<std::string> zones;
  for (const char letter : {'a', 'b', 'c'}) zones.push_back(std::string(region) + letter);
  return zones;
}

std::string ZoneId(std::string_view zone) {
  // "us-east-1a": the region's parts shortened ("use1"), then the number of the zone.
  std::string id;
  const std::string_view region = zone.substr(0, zone.size() - 1);
  const std::size_t first = region.find('-');
  const std::size_t last = region.rfind('-');
  id.append(region.substr(0, first));
  const std::string_view place = region.substr(first + 1, last - first - 1);
  for (const auto& [word, brief] : {std::pair{"northeast", "ne"},
                                    {"northwest", "nw"},
                                    {"southeast", "se"},
                                    {"southwest", "sw"},
                                    {"north", "n"},
                                    {"south", "s"},
                                    {"east", "e"},
                                    {"west", "w"},
                                    {"central", "c"}}) {
    if (place == word) id.append(brief);
  }
  id.append(region.substr(last + 1)).append("-az");
  return id + static_cast<char>('1' + (zone.back() - 'a'));
}

std::string NewId(std::string_view prefix) { return std::string(prefix) + "-0" + base::RandomHex(16); }

Vpc MakeVpc(const Owner& owner, std::string id, std::string cidr_block) {
  Vpc vpc;
  vpc.owner_id = owner.account;
  vpc.instance_tenancy = "default";
  VpcCidrBlockAssociation block;
  block.association_id = NewId("vpc-cidr-assoc");
  block.cidr_block = cidr_block;
  block.cidr_block_state = CidrState{"associated"};
  vpc.cidr_block_associations.push_back(std::move(block));
  vpc.is_default = false;
  vpc.vpc_id = std::move(id);
  vpc.state = "available";
  vpc.cidr_block = std::move(cidr_block);
  vpc.dhcp_options_id = resource::FixedId("dopt", owner.account, owner.region);
  return vpc;
}

Subnet MakeSubnet(const Owner& owner, std::string id, const std::string& vpc_id, std::string cidr_block,
                  std::string zone) {
  Subnet subnet;
  const auto block = resource::ParseCidr(cidr_block);
  subnet.availability_zone_id = ZoneId(zone);
  subnet.availability_zone = std::move(zone);
  subnet.owner_id = owner.account;
  subnet.assign_ipv6_address_on_creation = false;
  subnet.subnet_arn = Arn(owner, "subnet/" + id);
  subnet.enable_dns64 = false;
  subnet.ipv6_native = false;
  subnet.private_dns_name_options_on_launch = PrivateDnsNameOptions{"ip-name", false, false};
  subnet.subnet_id = std::move(id);
  subnet.state = "available";
  subnet.vpc_id = vpc_id;
  // Source: Amazon VPC User Guide "Subnet CIDR blocks": five addresses of each are AWS's own.
  subnet.available_ip_address_count = (1 << (32 - block->prefix)) - 5;
  subnet.cidr_block = std::move(cidr_block);
  subnet.default_for_az = false;
  subnet.map_public_ip_on_launch = false;
  return subnet;
}

SecurityGroup MakeSecurityGroup(const Owner& owner, std::string id, const std::string& vpc_id,
                                std::string name, std::string description) {
  SecurityGroup group;
  group.security_group_arn = Arn(owner, "security-group/" + id);
  group.group_id = std::move(id);
  group.vpc_id = vpc_id;
  group.owner_id = owner.account;
  group.group_name = std::move(name);
  group.description = std::move(description);
  return group;
}

SecurityGroupRule MakeEgressRule(const Owner& owner, const std::string& group_id) {
  SecurityGroupRule rule;
  rule.security_group_rule_id = NewId("sgr");
  rule.security_group_rule_arn = Arn(owner, "security-group-rule/" + *rule.security_group_rule_id);
  rule.group_id = group_id;
  rule.group_owner_id = owner.account;
  rule.is_egress = true;
  rule.ip_protocol = "-1";
  rule.from_port = -1;
  rule.to_port = -1;
  rule.cidr_ipv4 = "0.0.0.0/0";
  return rule;
}

void MakeVpcParts(Ec2Store& store, const Owner& owner, const Vpc& vpc, std::string security_group_id,
                  std::string route_table_id, const std::string& gateway_id) {
  const SecurityGroup group = MakeSecurityGroup(owner, std::move(security_group_id), *vpc.vpc_id, "default",
                                                "default VPC security group");
  store.Save(owner, group);
  store.Save(owner, MakeEgressRule(owner, *group.group_id));
  SecurityGroupRule within = MakeEgressRule(owner, *group.group_id);
  within.is_egress = false;
  within.cidr_ipv4.reset();
  within.referenced_group_info = ReferencedSecurityGroup{group.group_id, std::string(owner.account)};
  store.Save(owner, within);

  RouteTable table;
  table.route_table_id = std::move(route_table_id);
  table.vpc_id = vpc.vpc_id;
  table.owner_id = owner.account;
  RouteTableAssociation main;
  main.main = true;
  main.route_table_association_id = NewId("rtbassoc");
  main.route_table_id = table.route_table_id;
  main.association_state = CidrState{"associated"};
  table.associations.push_back(std::move(main));
  Route local;
  local.destination_cidr_block = vpc.cidr_block;
  local.gateway_id = "local";
  local.origin = "CreateRouteTable";
  local.state = "active";
  table.routes.push_back(local);
  if (!gateway_id.empty()) {
    Route out = local;
    out.destination_cidr_block = "0.0.0.0/0";
    out.gateway_id = gateway_id;
    out.origin = "CreateRoute";
    table.routes.push_back(std::move(out));
  }
  store.Save(owner, table);
}

void MakeDefaultNetwork(Ec2Store& store, const Owner& owner) {
  if (store.current().HasBegun(owner)) return;
  const auto fixed = [&](std::string_view kind, std::string_view what = {}) {
    return resource::FixedId(kind, owner.account, owner.region, what);
  };
  Vpc vpc = MakeVpc(owner, resource::DefaultVpcId(owner.account, owner.region), "172.31.0.0/16");
  vpc.is_default = true;
  store.Save(owner, vpc);
  InternetGateway gateway;
  gateway.internet_gateway_id = fixed("igw");
  gateway.owner_id = owner.account;
  gateway.attachments.push_back({"available", vpc.vpc_id});
  store.Save(owner, gateway);
  int block = 0;
  for (const std::string& zone : ZonesOf(owner.region)) {
    const std::string cidr = "172.31." + std::to_string(block) + ".0/20";
    Subnet subnet = MakeSubnet(owner, fixed("subnet", zone), *vpc.vpc_id, cidr, zone);
    subnet.default_for_az = true;
    subnet.map_public_ip_on_launch = true;
    store.Save(owner, subnet);
    block += 16;
  }
  MakeVpcParts(store, owner, vpc, resource::DefaultSecurityGroupId(owner.account, owner.region), fixed("rtb"),
               *gateway.internet_gateway_id);
  store.Begin(owner);
}

}  // namespace cumulite::ec2
