#include "services/ec2/operations/vpcs.h"

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

protocol::Members CreateVpcRequest::Describe() {
  using T = CreateVpcRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::cidr_block>("CidrBlock"),
      Wire<&T::instance_tenancy>("InstanceTenancy"),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateVpcResponse::Describe() {
  using T = CreateVpcResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc>("Vpc").InQuery("vpc"),
  };
  return kMembers;
}

protocol::Members DescribeVpcsRequest::Describe() {
  using T = DescribeVpcsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_ids>("VpcIds").InQuery("VpcId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeVpcsResponse::Describe() {
  using T = DescribeVpcsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpcs>("Vpcs").InQuery("vpcSet").Items("item").KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

protocol::Members DeleteVpcRequest::Describe() {
  using T = DeleteVpcRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").Required(),
  };
  return kMembers;
}

protocol::Members DeleteVpcResponse::Describe() {
  using T = DeleteVpcResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DescribeVpcAttributeRequest::Describe() {
  using T = DescribeVpcAttributeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute>("Attribute").Required(),
      Wire<&T::vpc_id>("VpcId").Required(),
  };
  return kMembers;
}

protocol::Members DescribeVpcAttributeResponse::Describe() {
  using T = DescribeVpcAttributeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").InQuery("vpcId"),
      Wire<&T::enable_dns_hostnames>("EnableDnsHostnames").InQuery("enableDnsHostnames"),
      Wire<&T::enable_dns_support>("EnableDnsSupport").InQuery("enableDnsSupport"),
      Wire<&T::enable_network_address_usage_metrics>("EnableNetworkAddressUsageMetrics")
          .InQuery("enableNetworkAddressUsageMetrics"),
  };
  return kMembers;
}

protocol::Members ModifyVpcAttributeRequest::Describe() {
  using T = ModifyVpcAttributeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").Required(),
      Wire<&T::enable_dns_hostnames>("EnableDnsHostnames"),
      Wire<&T::enable_dns_support>("EnableDnsSupport"),
      Wire<&T::enable_network_address_usage_metrics>("EnableNetworkAddressUsageMetrics"),
  };
  return kMembers;
}

protocol::Members ModifyVpcAttributeResponse::Describe() {
  using T = ModifyVpcAttributeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues VpcFilterValues(const Vpc& vpc, std::string_view name) {
  if (name == "vpc-id") return One(vpc.vpc_id);
  if (name == "cidr" || name == "cidr-block-association.cidr-block") return One(vpc.cidr_block);
  if (name == "state") return One(vpc.state);
  if (name == "is-default" || name == "isDefault") return One(vpc.is_default);
  if (name == "owner-id") return One(vpc.owner_id);
  if (name == "dhcp-options-id") return One(vpc.dhcp_options_id);
  return std::nullopt;
}

std::string AttributesId(std::string_view vpc_id) { return "vpc-attributes/" + std::string(vpc_id); }

/// Source: EC2 API Reference "ModifyVpcAttribute": a default VPC names its hosts, others do not.
template <class Queries>
VpcAttributes AttributesOf(const Queries& queries, const Owner& owner, const Vpc& vpc) {
  if (auto stored = queries.template Find<VpcAttributes>(owner, AttributesId(*vpc.vpc_id))) return *stored;
  return {AttributesId(*vpc.vpc_id), vpc.is_default, true, false};
}

template <class R>
bool Stands(const Ec2Queries<storage::Statement>& current, const Owner& owner, const std::string& vpc_id) {
  const auto all = current.All<R>(owner);
  return std::ranges::any_of(all, [&](const R& record) { return record.vpc_id == vpc_id; });
}

/// What was put into a VPC must be gone before it.
void CheckEmpty(const Ec2Queries<storage::Statement>& current, const Owner& owner,
                const std::string& vpc_id) {
  bool empty = !Stands<Subnet>(current, owner, vpc_id) && !Stands<NetworkInterface>(current, owner, vpc_id);
  for (const SecurityGroup& group : current.All<SecurityGroup>(owner)) {
    empty = empty && (group.vpc_id != vpc_id || group.group_name == "default");
  }
  for (const RouteTable& table : current.All<RouteTable>(owner)) {
    const bool main = !table.associations.empty() && table.associations.front().main.value_or(false);
    empty = empty && (table.vpc_id != vpc_id || main);
  }
  for (const InternetGateway& gateway : current.All<InternetGateway>(owner)) {
    empty = empty && (gateway.attachments.empty() || gateway.attachments.front().vpc_id != vpc_id);
  }
  if (!empty) {
    throw AwsError(kDependencyViolation, "The vpc '" + vpc_id + "' has dependencies and cannot be deleted.");
  }
}

}  // namespace

runtime::Task<CreateVpcResponse> CreateVpc(Ec2Service& ec2, const protocol::RequestContext& context,
                                           CreateVpcRequest request) {
  RequireAllowed(context, Ec2Arn(context, "vpc", "*"));
  if (!request.cidr_block)
    throw AwsError(kMissingParameter, "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");
  const auto block = resource::ParseCidr(*request.cidr_block);
  if (!block || block->v6) {
    throw Invalid("Value (" + *request.cidr_block +
                  ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
  }
  if (block->prefix < 16 || block->prefix > 28) {
    throw AwsError(kInvalidVpcRange, "The CIDR '" + *request.cidr_block + "' is invalid.");
  }
  // EC2 clears the bits behind the prefix.
  resource::Cidr network = *block;
  for (int bit = network.prefix; bit < 32; ++bit) {
    auto& byte = network.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80U >> (bit % 8)));
  }
  const Owner owner = OwnerOf(context);
  Vpc vpc = MakeVpc(owner, NewId("vpc"), network.Format());
  if (request.instance_tenancy) vpc.instance_tenancy = request.instance_tenancy;
  vpc.tags = TagsFor("vpc", request.tag_specifications);
  const auto create = [&] {
    ec2.store().Save(owner, vpc);
    MakeVpcParts(ec2.store(), owner, vpc, NewId("sg"), NewId("rtb"), "");
  };
  co_await ec2.Change(create);
  ec2.log().info("vpc created id={}", *vpc.vpc_id);
  CreateVpcResponse response;
  response.vpc = std::move(vpc);
  response.vpc->state = "pending";
  co_return response;
}

runtime::Task<DescribeVpcsResponse> DescribeVpcs(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DescribeVpcsRequest request) {
  RequireAllowed(context, "*");
  DescribeVpcsResponse response;
  response.vpcs = Select<Vpc>(ec2.committed(), OwnerOf(context), request.vpc_ids, request.filters, &Vpc::tags,
                              &VpcFilterValues);
  response.next_token = CutPage("DescribeVpcs", response.vpcs, request.max_results, request.next_token);
  co_return response;
}

runtime::Task<DeleteVpcResponse> DeleteVpc(Ec2Service& ec2, const protocol::RequestContext& context,
                                           DeleteVpcRequest request) {
  RequireAllowed(context, Ec2Arn(context, "vpc", request.vpc_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    Ec2Store& store = ec2.store();
    Open<Vpc>(store.current(), owner, request.vpc_id);
    CheckEmpty(store.current(), owner, request.vpc_id);
    for (const SecurityGroup& group : store.current().All<SecurityGroup>(owner)) {
      if (group.vpc_id != request.vpc_id) continue;
      for (const SecurityGroupRule& rule : store.current().All<SecurityGroupRule>(owner)) {
        if (rule.group_id == group.group_id) store.Erase(*rule.security_group_rule_id);
      }
      store.Erase(*group.group_id);
    }
    for (const RouteTable& table : store.current().All<RouteTable>(owner)) {
      if (table.vpc_id == request.vpc_id) store.Erase(*table.route_table_id);
    }
    store.Erase(AttributesId(request.vpc_id));
    store.Erase(request.vpc_id);
  };
  co_await ec2.Change(erase);
  co_return DeleteVpcResponse{};
}

runtime::Task<DescribeVpcAttributeResponse> DescribeVpcAttribute(Ec2Service& ec2,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeVpcAttributeRequest request) {
  RequireAllowed(context, "*");
  const auto vpc = Open<Vpc>(ec2.committed(), OwnerOf(context), request.vpc_id);
  const VpcAttributes attributes = AttributesOf(ec2.committed(), OwnerOf(context), vpc);
  DescribeVpcAttributeResponse response;
  response.vpc_id = request.vpc_id;
  if (request.attribute == "enableDnsHostnames") {
    response.enable_dns_hostnames = AttributeBooleanValue{attributes.enable_dns_hostnames};
  } else if (request.attribute == "enableDnsSupport") {
    response.enable_dns_support = AttributeBooleanValue{attributes.enable_dns_support};
  } else if (request.attribute == "enableNetworkAddressUsageMetrics") {
    response.enable_network_address_usage_metrics =
        AttributeBooleanValue{attributes.enable_network_address_usage_metrics};
  } else {
    throw Invalid("Value (" + request.attribute + ") for parameter attribute is invalid. Unknown attribute.");
  }
  co_return response;
}

runtime::Task<ModifyVpcAttributeResponse> ModifyVpcAttribute(Ec2Service& ec2,
                                                             const protocol::RequestContext& context,
                                                             ModifyVpcAttributeRequest request) {
  RequireAllowed(context, Ec2Arn(context, "vpc", request.vpc_id));
  const int given = int(request.enable_dns_hostnames.has_value()) +
                    int(request.enable_dns_support.has_value()) +
                    int(request.enable_network_address_usage_metrics.has_value());
  if (given != 1)
    throw AwsError(kInvalidParameterCombination, "Fields for multiple attribute types specified");
  const Owner owner = OwnerOf(context);
  const auto modify = [&] {
    const auto vpc = Open<Vpc>(ec2.store().current(), owner, request.vpc_id);
    VpcAttributes attributes = AttributesOf(ec2.store().current(), owner, vpc);
    if (request.enable_dns_hostnames) attributes.enable_dns_hostnames = request.enable_dns_hostnames->value;
    if (request.enable_dns_support) attributes.enable_dns_support = request.enable_dns_support->value;
    if (request.enable_network_address_usage_metrics) {
      attributes.enable_network_address_usage_metrics = request.enable_network_address_usage_metrics->value;
    }
    ec2.store().Save(owner, attributes);
  };
  co_await ec2.Change(modify);
  co_return ModifyVpcAttributeResponse{};
}

}  // namespace cumulite::ec2
