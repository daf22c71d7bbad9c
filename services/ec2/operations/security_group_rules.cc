#include "services/ec2/operations/security_group_rules.h"

#include "services/ec2/access.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/group_rules.h"
#include "services/ec2/lookup.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members AuthorizeSecurityGroupIngressRequest::Describe() {
  using T = AuthorizeSecurityGroupIngressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId"),
      Wire<&T::ip_permissions>("IpPermissions"),
      Wire<&T::cidr_ip>("CidrIp"),
      Wire<&T::ip_protocol>("IpProtocol"),
      Wire<&T::from_port>("FromPort"),
      Wire<&T::to_port>("ToPort"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members AuthorizeSecurityGroupIngressResponse::Describe() {
  using T = AuthorizeSecurityGroupIngressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
      Wire<&T::security_group_rules>("SecurityGroupRules")
          .InQuery("securityGroupRuleSet")
          .Items("item")
          .KeepEmpty(),
  };
  return kMembers;
}

protocol::Members AuthorizeSecurityGroupEgressRequest::Describe() {
  using T = AuthorizeSecurityGroupEgressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").Required(),
      Wire<&T::ip_permissions>("IpPermissions"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members AuthorizeSecurityGroupEgressResponse::Describe() {
  using T = AuthorizeSecurityGroupEgressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
      Wire<&T::security_group_rules>("SecurityGroupRules")
          .InQuery("securityGroupRuleSet")
          .Items("item")
          .KeepEmpty(),
  };
  return kMembers;
}

protocol::Members RevokeSecurityGroupIngressRequest::Describe() {
  using T = RevokeSecurityGroupIngressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId"),
      Wire<&T::ip_permissions>("IpPermissions"),
      Wire<&T::security_group_rule_ids>("SecurityGroupRuleIds").InQuery("SecurityGroupRuleId"),
      Wire<&T::cidr_ip>("CidrIp"),
      Wire<&T::ip_protocol>("IpProtocol"),
      Wire<&T::from_port>("FromPort"),
      Wire<&T::to_port>("ToPort"),
  };
  return kMembers;
}

protocol::Members RevokeSecurityGroupIngressResponse::Describe() {
  using T = RevokeSecurityGroupIngressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members RevokeSecurityGroupEgressRequest::Describe() {
  using T = RevokeSecurityGroupEgressRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::group_id>("GroupId").Required(),
      Wire<&T::ip_permissions>("IpPermissions"),
      Wire<&T::security_group_rule_ids>("SecurityGroupRuleIds").InQuery("SecurityGroupRuleId"),
  };
  return kMembers;
}

protocol::Members RevokeSecurityGroupEgressResponse::Describe() {
  using T = RevokeSecurityGroupEgressResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DescribeSecurityGroupRulesRequest::Describe() {
  using T = DescribeSecurityGroupRulesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::security_group_rule_ids>("SecurityGroupRuleIds").InQuery("SecurityGroupRuleId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeSecurityGroupRulesResponse::Describe() {
  using T = DescribeSecurityGroupRulesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::security_group_rules>("SecurityGroupRules")
          .InQuery("securityGroupRuleSet")
          .Items("item")
          .KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

namespace {

FilterValues RuleFilterValues(const SecurityGroupRule& rule, std::string_view name) {
  if (name == "group-id") return One(rule.group_id);
  if (name == "security-group-rule-id") return One(rule.security_group_rule_id);
  return std::nullopt;
}

/// The older form of a request names one rule in the request itself.
template <class Request>
std::vector<IpPermission> PermissionsIn(const Request& request) {
  std::vector<IpPermission> permissions = request.ip_permissions;
  if (request.ip_protocol || request.cidr_ip) {
    IpPermission permission;
    permission.ip_protocol = request.ip_protocol;
    permission.from_port = request.from_port;
    permission.to_port = request.to_port;
    if (request.cidr_ip) permission.ip_ranges.push_back({std::nullopt, request.cidr_ip});
    permissions.push_back(std::move(permission));
  }
  return permissions;
}

std::vector<SecurityGroupRule> Authorize(Ec2Store& store, const Owner& owner, const std::string& group_id,
                                         const std::vector<IpPermission>& permissions, Direction direction,
                                         const std::vector<Tag>& tags) {
  Open<SecurityGroup>(store.current(), owner, group_id);
  auto rules = RulesOf(owner, group_id, permissions, direction);
  const auto present = store.current().All<SecurityGroupRule>(owner);
  for (SecurityGroupRule& rule : rules) {
    if (rule.referenced_group_info) {
      Open<SecurityGroup>(store.current(), owner, rule.referenced_group_info->group_id.value_or(""));
    }
    if (FindSame(present, rule) != nullptr) {
      throw AwsError(kInvalidPermissionDuplicate,
                     "the specified rule \"" + Describe(rule) + "\" already exists");
    }
    rule.tags = tags;
    store.Save(owner, rule);
  }
  return rules;
}

void Revoke(Ec2Store& store, const Owner& owner, const std::string& group_id,
            const std::vector<IpPermission>& permissions, const std::vector<std::string>& ids,
            Direction direction) {
  Open<SecurityGroup>(store.current(), owner, group_id);
  for (const std::string& id : ids) {
    const auto rule = Open<SecurityGroupRule>(store.current(), owner, id);
    if (rule.group_id != group_id || rule.is_egress != (direction == Direction::kEgress)) {
      throw NotFound(KindOf<SecurityGroupRule>::kPrefix, id);
    }
    store.Erase(id);
  }
  const auto present = store.current().All<SecurityGroupRule>(owner);
  if (permissions.empty()) return;
  for (const SecurityGroupRule& wanted : RulesOf(owner, group_id, permissions, direction)) {
    const SecurityGroupRule* const rule = FindSame(present, wanted);
    if (rule == nullptr) {
      throw AwsError(kInvalidPermissionNotFound, "The specified rule does not exist in this security group.");
    }
    store.Erase(*rule->security_group_rule_id);
  }
}

std::string RequireGroup(const std::optional<std::string>& id) {
  if (!id) throw AwsError(kMissingParameter, "The request must contain the parameter groupName or groupId");
  return *id;
}

}  // namespace

runtime::Task<AuthorizeSecurityGroupIngressResponse> AuthorizeSecurityGroupIngress(
    Ec2Service& ec2, const protocol::RequestContext& context, AuthorizeSecurityGroupIngressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", request.group_id.value_or("*")));
  const auto permissions = PermissionsIn(request);
  const std::string group = RequireGroup(request.group_id);
  const auto tags = TagsFor("security-group-rule", request.tag_specifications);
  const Owner owner = OwnerOf(context);
  const auto add = [&] {
    return Authorize(ec2.store(), owner, group, permissions, Direction::kIngress, tags);
  };
  AuthorizeSecurityGroupIngressResponse response;
  response.security_group_rules = co_await ec2.Change(add);
  co_return response;
}

runtime::Task<AuthorizeSecurityGroupEgressResponse> AuthorizeSecurityGroupEgress(
    Ec2Service& ec2, const protocol::RequestContext& context, AuthorizeSecurityGroupEgressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", request.group_id));
  const auto tags = TagsFor("security-group-rule", request.tag_specifications);
  const Owner owner = OwnerOf(context);
  const auto add = [&] {
    return Authorize(ec2.store(), owner, request.group_id, request.ip_permissions, Direction::kEgress, tags);
  };
  AuthorizeSecurityGroupEgressResponse response;
  response.security_group_rules = co_await ec2.Change(add);
  co_return response;
}

runtime::Task<RevokeSecurityGroupIngressResponse> RevokeSecurityGroupIngress(
    Ec2Service& ec2, const protocol::RequestContext& context, RevokeSecurityGroupIngressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", request.group_id.value_or("*")));
  const auto permissions = PermissionsIn(request);
  const std::string group = RequireGroup(request.group_id);
  const Owner owner = OwnerOf(context);
  const auto remove = [&] {
    Revoke(ec2.store(), owner, group, permissions, request.security_group_rule_ids, Direction::kIngress);
  };
  co_await ec2.Change(remove);
  co_return RevokeSecurityGroupIngressResponse{};
}

runtime::Task<RevokeSecurityGroupEgressResponse> RevokeSecurityGroupEgress(
    Ec2Service& ec2, const protocol::RequestContext& context, RevokeSecurityGroupEgressRequest request) {
  RequireAllowed(context, Ec2Arn(context, "security-group", request.group_id));
  const Owner owner = OwnerOf(context);
  const auto remove = [&] {
    Revoke(ec2.store(), owner, request.group_id, request.ip_permissions, request.security_group_rule_ids,
           Direction::kEgress);
  };
  co_await ec2.Change(remove);
  co_return RevokeSecurityGroupEgressResponse{};
}

runtime::Task<DescribeSecurityGroupRulesResponse> DescribeSecurityGroupRules(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeSecurityGroupRulesRequest request) {
  RequireAllowed(context, "*");
  DescribeSecurityGroupRulesResponse response;
  response.security_group_rules =
      Select<SecurityGroupRule>(ec2.committed(), OwnerOf(context), request.security_group_rule_ids,
                                request.filters, &SecurityGroupRule::tags, &RuleFilterValues);
  response.next_token = CutPage("DescribeSecurityGroupRules", response.security_group_rules,
                                request.max_results, request.next_token);
  co_return response;
}

}  // namespace cumulite::ec2
