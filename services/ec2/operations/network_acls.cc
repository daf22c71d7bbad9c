#include "services/ec2/operations/network_acls.h"

#include <algorithm>

#include "services/ec2/access.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"
#include "services/resource/default_network.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members DescribeNetworkAclsRequest::Describe() {
  using T = DescribeNetworkAclsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_acl_ids>("NetworkAclIds").InQuery("NetworkAclId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeNetworkAclsResponse::Describe() {
  using T = DescribeNetworkAclsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::network_acls>("NetworkAcls").InQuery("networkAclSet").Items("item").KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

namespace {

NetworkAclEntry MakeEntry(std::int32_t number, std::string action, bool egress) {
  NetworkAclEntry entry;
  entry.cidr_block = "0.0.0.0/0";
  entry.egress = egress;
  entry.protocol = "-1";
  entry.rule_action = std::move(action);
  entry.rule_number = number;
  return entry;
}

/// Ids follow from those of the VPC and its subnets: nothing of it is stored.
NetworkAcl MakeAcl(const Owner& owner, const Vpc& vpc, const std::vector<Subnet>& subnets) {
  constexpr std::int32_t kLast = 32'767;
  NetworkAcl acl;
  acl.network_acl_id = resource::FixedId("acl", owner.account, owner.region, *vpc.vpc_id);
  acl.is_default = true;
  acl.vpc_id = vpc.vpc_id;
  acl.owner_id = owner.account;
  for (const bool egress : {true, false}) {
    acl.entries.push_back(MakeEntry(100, "allow", egress));
    acl.entries.push_back(MakeEntry(kLast, "deny", egress));
  }
  for (const Subnet& subnet : subnets) {
    if (subnet.vpc_id != vpc.vpc_id) continue;
    acl.associations.push_back({resource::FixedId("aclassoc", owner.account, owner.region, *subnet.subnet_id),
                                acl.network_acl_id, subnet.subnet_id});
  }
  return acl;
}

FilterValues AclFilterValues(const NetworkAcl& acl, std::string_view name) {
  if (name == "network-acl-id") return One(acl.network_acl_id);
  if (name == "vpc-id") return One(acl.vpc_id);
  if (name == "default") return One(acl.is_default);
  if (name == "owner-id") return One(acl.owner_id);
  if (!name.starts_with("association.")) return std::nullopt;
  std::vector<std::string> values;
  for (const NetworkAclAssociation& association : acl.associations) {
    if (name == "association.subnet-id") values.push_back(association.subnet_id.value_or(""));
    if (name == "association.network-acl-id") values.push_back(association.network_acl_id.value_or(""));
    if (name == "association.association-id")
      values.push_back(association.network_acl_association_id.value_or(""));
  }
  return values;
}

}  // namespace

runtime::Task<DescribeNetworkAclsResponse> DescribeNetworkAcls(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DescribeNetworkAclsRequest request) {
  RequireAllowed(context, "*");
  const Owner owner = OwnerOf(context);
  const auto subnets = ec2.committed().All<Subnet>(owner);
  DescribeNetworkAclsResponse response;
  std::size_t found = 0;
  for (const Vpc& vpc : ec2.committed().All<Vpc>(owner)) {
    NetworkAcl acl = MakeAcl(owner, vpc, subnets);
    const auto& ids = request.network_acl_ids;
    if (!ids.empty() && std::ranges::find(ids, *acl.network_acl_id) == ids.end()) continue;
    ++found;
    const auto values = [&](std::string_view name) { return AclFilterValues(acl, name); };
    if (Passes(request.filters, {}, values)) response.network_acls.push_back(std::move(acl));
  }
  if (found < request.network_acl_ids.size()) {
    static constexpr ErrorKind kNotFound{.code = "InvalidNetworkAclID.NotFound"};
    throw AwsError(kNotFound, "The networkAcl ID '" + request.network_acl_ids.front() + "' does not exist");
  }
  response.next_token =
      CutPage("DescribeNetworkAcls", response.network_acls, request.max_results, request.next_token);
  co_return response;
}

}  // namespace cumulite::ec2
