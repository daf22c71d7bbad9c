#include "services/ec2/operations/security_groups.h"

#include <algorithm>

#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/group_rules.h"
#include "services/ec2/lookup.h"
#include "services/resource/default_network.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members CreateSecurityGroupRequest::Describe() {
  using T = CreateSecurityGroupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("Description").InQuery("GroupDescription").Required(),
      Wire<&T::group_name>("GroupName").Required(),
      Wire<&T::vpc_id>("VpcId"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateSecurityGroupResponse::Describe() {
  using T = CreateSecurityGroupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
      Wire<&T::security_group_arn>("SecurityGroupArn").InQuery("securityGroupArn"),
  };
  return kMembers;
}

protocol::Members DescribeSecurityGroupsRequest::Describe() {
  using T = DescribeSecurityGroupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_ids>("GroupIds").InQuery("GroupId"),
      Wire<&T::group_names>("GroupNames").InQuery("GroupName"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeSecurityGroupsResponse::Describe() {
  using T = DescribeSecurityGroupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
      Wire<&T::security_groups>("SecurityGroups").InQuery("securityGroupInfo").Items("item").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members DeleteSecurityGroupRequest::Describe() {
  using T = DeleteSecurityGroupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId"),
      Wire<&T::group_name>("GroupName"),
  };
  return kMembers;
}

protocol::Members DeleteSecurityGroupResponse::Describe() {
  using T = DeleteSecurityGroupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
      Wire<&T::group_id>("GroupId").InQuery("groupId"),
  };
  return kMembers;
}

namespace {

FilterValues GroupFilterValues(const SecurityGroup& group, std::string_view name) {
  if (name == "group-id") return One(group.group_id);
  if (name == "group-name") return One(group.group_name);
  if (name == "description") return One(group.description);
  if (name == "owner-id") return One(group.owner_id);
  if (name == "vpc-id") return One(group.vpc_id);
  const bool egress = name.starts_with("egress.");
  if (egress) name.remove_prefix(7);
  if (!name.starts_with("ip-permission.")) return std::nullopt;
  name.remove_prefix(14);
  std::vector<std::string> values;
  for (const IpPermission& permission : egress ? group.ip_permissions_egress : group.ip_permissions) {
    if (name == "from-port") {
      if (permission.from_port) values.push_back(std::to_string(*permission.from_port));
    } else if (name == "to-port") {
      if (permission.to_port) values.push_back(std::to_string(*permission.to_port));
    } else if (name == "protocol") {
      values.push_back(permission.ip_protocol.value_or(""));
    } else if (name == "cidr") {
      for (const IpRange& range : permission.ip_ranges) values.push_back(range.cidr_ip.value_or(""));
    } else if (name == "group-id") {
      for (const auto& pair : permission.user_id_group_pairs) values.push_back(pair.group_id.value_or(""));
    } else {
      return std::nullopt;
    }
  }
  return values;
}

/// The group that a request names by id, or by its name in the default VPC.
template <class Queries>
SecurityGroup OpenGroup(const Queries& queries, const Owner& owner, const std::optional<std::string>& id,
                        const std::optional<std::string>& name) {
  if (id) return Open<SecurityGroup>(queries, owner, *id);
  if (!name) throw AwsError(kMissingParameter, "The request must contain the parameter groupName or groupId");
  const std::string vpc = resource::DefaultVpcId(owner.account, owner.region);
  for (SecurityGroup& group : queries.template All<SecurityGroup>(owner)) {
    if (group.vpc_id == vpc && group.group_name == *name) return std::move(group);
  }
  throw AwsError(kInvalidGroupNotFound,
                 "The security group '" + *name + "' does not exist in default VPC '" + vpc + "'");
}

}  // namespace

runtime::Task<CreateSecurityGroupResponse> CreateSecurityGroup(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               CreateSecurityGroupRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", "*"));
  const Owner owner = OwnerOf(context);
  constexpr std::size_t kLongest = 255;
  if (request.group_name.empty() || request.group_name.size() > kLongest ||
      request.group_name.starts_with("sg-")) {
    throw Invalid("Invalid security group name '" + request.group_name +
                  "'. Names may not be in the format sg-*.");
  }
  if (request.group_name == "default") {
    throw AwsError(kInvalidGroupReserved, "The security group 'default' is reserved");
  }
  if (request.description.size() > kLongest) {
    throw Invalid("Invalid security group description. Its length may not exceed 255 characters.");
  }
  const std::string vpc_id = request.vpc_id.value_or(resource::DefaultVpcId(owner.account, owner.region));
  SecurityGroup group =
      MakeSecurityGroup(owner, NewId("sg"), vpc_id, request.group_name, request.description);
  group.tags = TagsFor("security-group", request.tag_specifications);
  const auto create = [&] {
    Open<Vpc>(ec2.store().current(), owner, vpc_id);
    for (const SecurityGroup& other : ec2.store().current().All<SecurityGroup>(owner)) {
      if (other.vpc_id != vpc_id || other.group_name != group.group_name) continue;
      throw AwsError(kInvalidGroupDuplicate, "The security group '" + request.group_name +
                                                 "' already exists for VPC '" + vpc_id + "'");
    }
    ec2.store().Save(owner, group);
    ec2.store().Save(owner, MakeEgressRule(owner, *group.group_id));
  };
  co_await ec2.Change(create);
  CreateSecurityGroupResponse response;
  response.group_id = group.group_id;
  response.tags = group.tags;
  response.security_group_arn = group.security_group_arn;
  co_return response;
}

runtime::Task<DescribeSecurityGroupsResponse> DescribeSecurityGroups(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DescribeSecurityGroupsRequest request) {
  RequireAllowed(context, "*");
  const Owner owner = OwnerOf(context);
  std::vector<std::string> ids = request.group_ids;
  for (const std::string& name : request.group_names) {
    ids.push_back(*OpenGroup(ec2.committed(), owner, std::nullopt, name).group_id);
  }
  const auto rules = ec2.committed().All<SecurityGroupRule>(owner);
  DescribeSecurityGroupsResponse response;
  std::vector<SecurityGroup> groups =
      Select<SecurityGroup>(ec2.committed(), owner, ids, {}, &SecurityGroup::tags, &GroupFilterValues);
  for (SecurityGroup& group : groups) {
    group.ip_permissions = PermissionsOf(rules, *group.group_id, Direction::kIngress);
    group.ip_permissions_egress = PermissionsOf(rules, *group.group_id, Direction::kEgress);
    const auto values = [&](std::string_view name) { return GroupFilterValues(group, name); };
    if (Passes(request.filters, group.tags, values)) response.security_groups.push_back(std::move(group));
  }
  response.next_token =
      CutPage("DescribeSecurityGroups", response.security_groups, request.max_results, request.next_token);
  co_return response;
}

runtime::Task<DeleteSecurityGroupResponse> DeleteSecurityGroup(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DeleteSecurityGroupRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", request.group_id.value_or("*")));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    Ec2Store& store = ec2.store();
    const auto group = OpenGroup(store.current(), owner, request.group_id, request.group_name);
    const std::string& id = *group.group_id;
    if (group.group_name == "default") {
      static constexpr ErrorKind kCannotDelete{.code = "CannotDelete"};
      throw AwsError(kCannotDelete,
                     "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
    }
    const auto rules = store.current().All<SecurityGroupRule>(owner);
    bool used = std::ranges::any_of(rules, [&](const SecurityGroupRule& rule) {
      return rule.group_id != id && rule.referenced_group_info && rule.referenced_group_info->group_id == id;
    });
    for (const NetworkInterface& interface : store.current().All<NetworkInterface>(owner)) {
      used = used || std::ranges::find(interface.groups, group.group_id, &GroupIdentifier::group_id) !=
                         interface.groups.end();
    }
    if (used) throw AwsError(kDependencyViolation, "resource " + id + " has a dependent object");
    for (const SecurityGroupRule& rule : rules) {
      if (rule.group_id == id) store.Erase(*rule.security_group_rule_id);
    }
    store.Erase(id);
    return id;
  };
  DeleteSecurityGroupResponse response;
  response.group_id = co_await ec2.Change(erase);
  co_return response;
}

}  // namespace cumulite::ec2
