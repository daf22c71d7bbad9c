#include "services/ec2/group_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/arn.h"
#include "services/ec2/default_network.h"
#include "services/ec2/errors.h"
#include "services/resource/cidr.h"

namespace cumulite::ec2 {
namespace {

constexpr std::array kProtocolNumbers{std::pair{"6", "tcp"}, std::pair{"17", "udp"}, std::pair{"1", "icmp"},
                                      std::pair{"58", "icmpv6"}, std::pair{"all", "-1"}};

/// Protocol and ports, as rules keep them.
SecurityGroupRule Common(const Owner& owner, const std::string& group_id, const IpPermission& permission,
                         Direction direction) {
  if (!permission.ip_protocol) {
    throw AwsError(kMissingParameter, "The request must contain the parameter ipProtocol");
  }
  SecurityGroupRule rule;
  rule.group_id = group_id;
  rule.group_owner_id = owner.account;
  rule.is_egress = direction == Direction::kEgress;
  rule.ip_protocol = permission.ip_protocol;
  for (const auto& [number, name] : kProtocolNumbers) {
    if (*rule.ip_protocol == number) rule.ip_protocol = name;
  }
  const bool ports = *rule.ip_protocol == "tcp" || *rule.ip_protocol == "udp";
  rule.from_port = permission.from_port.value_or(-1);
  rule.to_port = permission.to_port.value_or(-1);
  if (*rule.ip_protocol == "-1") rule.from_port = rule.to_port = -1;
  if (ports && (!permission.from_port || !permission.to_port)) {
    throw Invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  if (ports && (*rule.from_port < 0 || *rule.to_port > 65'535 || *rule.from_port > *rule.to_port)) {
    throw Invalid("Invalid TCP/UDP port range (" + std::to_string(*rule.from_port) + ":" +
                  std::to_string(*rule.to_port) + ")");
  }
  return rule;
}

void CheckBlock(const std::string& text, bool v6) {
  const auto block = resource::ParseCidr(text);
  if (!block || block->v6 != v6) {
    throw Invalid("CIDR block " + text + " is malformed");
  }
}

}  // namespace

std::vector<SecurityGroupRule> RulesOf(const Owner& owner, const std::string& group_id,
                                       const std::vector<IpPermission>& permissions, Direction direction) {
  if (permissions.empty()) {
    throw AwsError(kMissingParameter, "The request must contain the parameter ipPermissions");
  }
  std::vector<SecurityGroupRule> rules;
  const auto add = [&](SecurityGroupRule rule, const std::optional<std::string>& description) {
    rule.description = description;
    rule.security_group_rule_id = NewId("sgr");
    rule.security_group_rule_arn = protocol::FormatArn("ec2", owner.region, owner.account,
                                                       "security-group-rule/" + *rule.security_group_rule_id);
    if (FindSame(rules, rule) != nullptr) {
      throw Invalid("The same permission must not appear multiple times");
    }
    rules.push_back(std::move(rule));
  };
  for (const IpPermission& permission : permissions) {
    const SecurityGroupRule common = Common(owner, group_id, permission, direction);
    for (const IpRange& range : permission.ip_ranges) {
      SecurityGroupRule rule = common;
      CheckBlock(range.cidr_ip.value_or(""), false);
      rule.cidr_ipv4 = range.cidr_ip;
      add(std::move(rule), range.description);
    }
    for (const Ipv6Range& range : permission.ipv6_ranges) {
      SecurityGroupRule rule = common;
      CheckBlock(range.cidr_ipv6.value_or(""), true);
      rule.cidr_ipv6 = range.cidr_ipv6;
      add(std::move(rule), range.description);
    }
    for (const PrefixListId& list : permission.prefix_list_ids) {
      SecurityGroupRule rule = common;
      rule.prefix_list_id = list.prefix_list_id;
      add(std::move(rule), list.description);
    }
    for (const UserIdGroupPair& pair : permission.user_id_group_pairs) {
      SecurityGroupRule rule = common;
      rule.referenced_group_info =
          ReferencedSecurityGroup{pair.group_id, pair.user_id.value_or(std::string(owner.account))};
      add(std::move(rule), pair.description);
    }
  }
  return rules;
}

std::vector<IpPermission> PermissionsOf(const std::vector<SecurityGroupRule>& rules,
                                        const std::string& group_id, Direction direction) {
  std::vector<IpPermission> permissions;
  for (const SecurityGroupRule& rule : rules) {
    if (rule.group_id != group_id || rule.is_egress != (direction == Direction::kEgress)) continue;
    const bool ports = *rule.ip_protocol != "-1";
    auto found = std::ranges::find_if(permissions, [&](const IpPermission& permission) {
      return permission.ip_protocol == rule.ip_protocol &&
             (!ports || (permission.from_port == rule.from_port && permission.to_port == rule.to_port));
    });
    if (found == permissions.end()) {
      IpPermission permission;
      permission.ip_protocol = rule.ip_protocol;
      if (ports) {
        permission.from_port = rule.from_port;
        permission.to_port = rule.to_port;
      }
      permissions.push_back(std::move(permission));
      found = permissions.end() - 1;
    }
    if (rule.cidr_ipv4) found->ip_ranges.push_back({rule.description, rule.cidr_ipv4});
    if (rule.cidr_ipv6) found->ipv6_ranges.push_back({rule.description, rule.cidr_ipv6});
    if (rule.prefix_list_id) found->prefix_list_ids.push_back({rule.description, rule.prefix_list_id});
    if (const auto& other = rule.referenced_group_info) {
      found->user_id_group_pairs.push_back({rule.description, other->user_id, std::nullopt, other->group_id});
    }
  }
  return permissions;
}

const SecurityGroupRule* FindSame(const std::vector<SecurityGroupRule>& rules,
                                  const SecurityGroupRule& wanted) {
  const auto referenced = [](const SecurityGroupRule& rule) {
    return rule.referenced_group_info ? rule.referenced_group_info->group_id : std::nullopt;
  };
  const auto found = std::ranges::find_if(rules, [&](const SecurityGroupRule& rule) {
    return rule.group_id == wanted.group_id && rule.is_egress == wanted.is_egress &&
           rule.ip_protocol == wanted.ip_protocol && rule.from_port == wanted.from_port &&
           rule.to_port == wanted.to_port && rule.cidr_ipv4 == wanted.cidr_ipv4 &&
           rule.cidr_ipv6 == wanted.cidr_ipv6 && rule.prefix_list_id == wanted.prefix_list_id &&
           referenced(rule) == referenced(wanted);
  });
  return found == rules.end() ? nullptr : &*found;
}

std::string Describe(const SecurityGroupRule& rule) {
  std::string peer = rule.cidr_ipv4.value_or(rule.cidr_ipv6.value_or(rule.prefix_list_id.value_or("")));
  if (rule.referenced_group_info) peer = rule.referenced_group_info->group_id.value_or("");
  std::string protocol = *rule.ip_protocol == "-1" ? "ALL" : *rule.ip_protocol;
  std::ranges::transform(protocol, protocol.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c; });
  std::string text = "peer: " + peer + ", " + protocol;
  if (*rule.ip_protocol != "-1") {
    text += ", from port: " + std::to_string(*rule.from_port) + ", to port: " + std::to_string(*rule.to_port);
  }
  return text + ", ALLOW";
}

}  // namespace cumulite::ec2
