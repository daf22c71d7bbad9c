#include "services/ec2/operations/route_tables.h"

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

protocol::Members CreateRouteTableRequest::Describe() {
  using T = CreateRouteTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::vpc_id>("VpcId").Required(),
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateRouteTableResponse::Describe() {
  using T = CreateRouteTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table>("RouteTable").InQuery("routeTable"),
  };
  return kMembers;
}

protocol::Members DescribeRouteTablesRequest::Describe() {
  using T = DescribeRouteTablesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table_ids>("RouteTableIds").InQuery("RouteTableId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeRouteTablesResponse::Describe() {
  using T = DescribeRouteTablesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_tables>("RouteTables").InQuery("routeTableSet").Items("item").KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

protocol::Members DeleteRouteTableRequest::Describe() {
  using T = DeleteRouteTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table_id>("RouteTableId").Required(),
  };
  return kMembers;
}

protocol::Members DeleteRouteTableResponse::Describe() {
  using T = DeleteRouteTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members CreateRouteRequest::Describe() {
  using T = CreateRouteRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table_id>("RouteTableId").Required(),
      Wire<&T::destination_cidr_block>("DestinationCidrBlock"),
      Wire<&T::destination_ipv6_cidr_block>("DestinationIpv6CidrBlock"),
      Wire<&T::gateway_id>("GatewayId"),
      Wire<&T::nat_gateway_id>("NatGatewayId"),
      Wire<&T::network_interface_id>("NetworkInterfaceId"),
      Wire<&T::instance_id>("InstanceId"),
  };
  return kMembers;
}

protocol::Members CreateRouteResponse::Describe() {
  using T = CreateRouteResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DeleteRouteRequest::Describe() {
  using T = DeleteRouteRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table_id>("RouteTableId").Required(),
      Wire<&T::destination_cidr_block>("DestinationCidrBlock"),
      Wire<&T::destination_ipv6_cidr_block>("DestinationIpv6CidrBlock"),
  };
  return kMembers;
}

protocol::Members DeleteRouteResponse::Describe() {
  using T = DeleteRouteResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members AssociateRouteTableRequest::Describe() {
  using T = AssociateRouteTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::route_table_id>("RouteTableId").Required(),
      Wire<&T::subnet_id>("SubnetId"),
  };
  return kMembers;
}

protocol::Members AssociateRouteTableResponse::Describe() {
  using T = AssociateRouteTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::association_id>("AssociationId").InQuery("associationId"),
      Wire<&T::association_state>("AssociationState").InQuery("associationState"),
  };
  return kMembers;
}

protocol::Members DisassociateRouteTableRequest::Describe() {
  using T = DisassociateRouteTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::association_id>("AssociationId").Required(),
  };
  return kMembers;
}

protocol::Members DisassociateRouteTableResponse::Describe() {
  using T = DisassociateRouteTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues RouteTableFilterValues(const RouteTable& table, std::string_view name) {
  if (name == "route-table-id") return One(table.route_table_id);
  if (name == "vpc-id") return One(table.vpc_id);
  if (name == "owner-id") return One(table.owner_id);
  std::vector<std::string> values;
  for (const RouteTableAssociation& association : table.associations) {
    if (name == "association.main") values.push_back(association.main.value_or(false) ? "true" : "false");
    if (name == "association.subnet-id" && association.subnet_id) values.push_back(*association.subnet_id);
    if (name == "association.route-table-id") values.push_back(association.route_table_id.value_or(""));
    if (name == "association.route-table-association-id") {
      values.push_back(association.route_table_association_id.value_or(""));
    }
  }
  if (name.starts_with("association.")) return values;
  for (const Route& route : table.routes) {
    if (name == "route.destination-cidr-block") values.push_back(route.destination_cidr_block.value_or(""));
    if (name == "route.gateway-id") values.push_back(route.gateway_id.value_or(""));
    if (name == "route.nat-gateway-id") values.push_back(route.nat_gateway_id.value_or(""));
    if (name == "route.state") values.push_back(route.state.value_or(""));
    if (name == "route.origin") values.push_back(route.origin.value_or(""));
  }
  return name.starts_with("route.") ? FilterValues(values) : std::nullopt;
}

auto SameDestination(const std::optional<std::string>& v4, const std::optional<std::string>& v6) {
  return [&v4, &v6](const Route& route) {
    return (v4 && route.destination_cidr_block == v4) || (v6 && route.destination_ipv6_cidr_block == v6);
  };
}

Route ReadRoute(const CreateRouteRequest& request) {
  const auto& text =
      request.destination_cidr_block ? request.destination_cidr_block : request.destination_ipv6_cidr_block;
  if (!text)
    throw AwsError(kMissingParameter,
                   "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock");
  const auto block = resource::ParseCidr(*text);
  if (!block || block->v6 == request.destination_cidr_block.has_value()) {
    throw Invalid("Value (" + *text +
                  ") for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.");
  }
  Route route;
  route.destination_cidr_block = request.destination_cidr_block;
  route.destination_ipv6_cidr_block = request.destination_ipv6_cidr_block;
  route.gateway_id = request.gateway_id;
  route.nat_gateway_id = request.nat_gateway_id;
  route.network_interface_id = request.network_interface_id;
  route.instance_id = request.instance_id;
  const int targets = int(route.gateway_id.has_value()) + int(route.nat_gateway_id.has_value()) +
                      int(route.network_interface_id.has_value()) + int(route.instance_id.has_value());
  if (targets != 1) {
    throw AwsError(
        kMissingParameter,
        "The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, instanceId");
  }
  route.origin = "CreateRoute";
  route.state = "active";
  return route;
}

}  // namespace

runtime::Task<CreateRouteTableResponse> CreateRouteTable(Ec2Service& ec2,
                                                         const protocol::RequestContext& context,
                                                         CreateRouteTableRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", "*"));
  const Owner owner = OwnerOf(context);
  RouteTable table;
  table.route_table_id = NewId("rtb");
  table.vpc_id = request.vpc_id;
  table.owner_id = owner.account;
  table.tags = TagsFor("route-table", request.tag_specifications);
  const auto create = [&] {
    const auto vpc = Open<Vpc>(ec2.store().current(), owner, request.vpc_id);
    Route local;
    local.destination_cidr_block = vpc.cidr_block;
    local.gateway_id = "local";
    local.origin = "CreateRouteTable";
    local.state = "active";
    table.routes = {local};  // a job may run twice
    ec2.store().Save(owner, table);
  };
  co_await ec2.Change(create);
  CreateRouteTableResponse response;
  response.route_table = std::move(table);
  co_return response;
}

runtime::Task<DescribeRouteTablesResponse> DescribeRouteTables(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               DescribeRouteTablesRequest request) {
  RequireAllowed(context, "*");
  DescribeRouteTablesResponse response;
  response.route_tables = Select<RouteTable>(ec2.committed(), OwnerOf(context), request.route_table_ids,
                                             request.filters, &RouteTable::tags, &RouteTableFilterValues);
  response.next_token =
      CutPage("DescribeRouteTables", response.route_tables, request.max_results, request.next_token);
  co_return response;
}

runtime::Task<DeleteRouteTableResponse> DeleteRouteTable(Ec2Service& ec2,
                                                         const protocol::RequestContext& context,
                                                         DeleteRouteTableRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", request.route_table_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    const auto table = Open<RouteTable>(ec2.store().current(), owner, request.route_table_id);
    if (!table.associations.empty()) {
      throw AwsError(kDependencyViolation, "The routeTable '" + request.route_table_id +
                                               "' has dependencies and cannot be deleted.");
    }
    ec2.store().Erase(request.route_table_id);
  };
  co_await ec2.Change(erase);
  co_return DeleteRouteTableResponse{};
}

runtime::Task<CreateRouteResponse> CreateRoute(Ec2Service& ec2, const protocol::RequestContext& context,
                                               CreateRouteRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", request.route_table_id));
  const Owner owner = OwnerOf(context);
  const Route route = ReadRoute(request);
  const auto create = [&] {
    auto table = Open<RouteTable>(ec2.store().current(), owner, request.route_table_id);
    const auto same = SameDestination(route.destination_cidr_block, route.destination_ipv6_cidr_block);
    if (std::ranges::any_of(table.routes, same)) {
      throw AwsError(kRouteAlreadyExists, "The route identified by " +
                                              route.destination_cidr_block.value_or(
                                                  route.destination_ipv6_cidr_block.value_or("")) +
                                              " already exists.");
    }
    if (route.gateway_id && route.gateway_id->starts_with("igw-")) {
      Open<InternetGateway>(ec2.store().current(), owner, *route.gateway_id);
    }
    table.routes.push_back(route);
    ec2.store().Save(owner, table);
  };
  co_await ec2.Change(create);
  co_return CreateRouteResponse{};
}

runtime::Task<DeleteRouteResponse> DeleteRoute(Ec2Service& ec2, const protocol::RequestContext& context,
                                               DeleteRouteRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", request.route_table_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    auto table = Open<RouteTable>(ec2.store().current(), owner, request.route_table_id);
    const auto found = std::ranges::find_if(
        table.routes, SameDestination(request.destination_cidr_block, request.destination_ipv6_cidr_block));
    const std::string destination =
        request.destination_cidr_block.value_or(request.destination_ipv6_cidr_block.value_or(""));
    if (found == table.routes.end()) {
      throw AwsError(kInvalidRouteNotFound, "no route with destination-cidr-block " + destination +
                                                " in route table " + request.route_table_id);
    }
    if (found->gateway_id == "local") throw Invalid("cannot remove local route " + destination);
    table.routes.erase(found);
    ec2.store().Save(owner, table);
  };
  co_await ec2.Change(erase);
  co_return DeleteRouteResponse{};
}

runtime::Task<AssociateRouteTableResponse> AssociateRouteTable(Ec2Service& ec2,
                                                               const protocol::RequestContext& context,
                                                               AssociateRouteTableRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", request.route_table_id));
  if (!request.subnet_id)
    throw AwsError(kMissingParameter, "The request must contain the parameter subnetId");
  const Owner owner = OwnerOf(context);
  const std::string id = NewId("rtbassoc");
  const auto associate = [&] {
    Ec2Store& store = ec2.store();
    auto table = Open<RouteTable>(store.current(), owner, request.route_table_id);
    Open<Subnet>(store.current(), owner, *request.subnet_id);
    for (const RouteTable& other : store.current().All<RouteTable>(owner)) {
      for (const RouteTableAssociation& association : other.associations) {
        if (association.subnet_id != request.subnet_id) continue;
        throw AwsError(kResourceAlreadyAssociated, "the specified association for route table " +
                                                       *other.route_table_id +
                                                       " conflicts with an existing association");
      }
    }
    RouteTableAssociation association;
    association.main = false;
    association.route_table_association_id = id;
    association.route_table_id = request.route_table_id;
    association.subnet_id = request.subnet_id;
    association.association_state = CidrState{"associated"};
    table.associations.push_back(std::move(association));
    store.Save(owner, table);
  };
  co_await ec2.Change(associate);
  AssociateRouteTableResponse response;
  response.association_id = id;
  response.association_state = CidrState{"associated"};
  co_return response;
}

runtime::Task<DisassociateRouteTableResponse> DisassociateRouteTable(Ec2Service& ec2,
                                                                     const protocol::RequestContext& context,
                                                                     DisassociateRouteTableRequest request) {
  RequireAllowed(context, Ec2Arn(context, "route-table", "*"));
  const Owner owner = OwnerOf(context);
  const auto dissociate = [&] {
    for (RouteTable& table : ec2.store().current().All<RouteTable>(owner)) {
      const auto found = std::ranges::find(table.associations, request.association_id,
                                           &RouteTableAssociation::route_table_association_id);
      if (found == table.associations.end()) continue;
      if (found->main.value_or(false)) {
        throw Invalid("cannot disassociate the main route table association " + request.association_id);
      }
      table.associations.erase(found);
      ec2.store().Save(owner, table);
      return;
    }
    throw AwsError(kInvalidAssociationIdNotFound,
                   "The association ID '" + request.association_id + "' does not exist");
  };
  co_await ec2.Change(dissociate);
  co_return DisassociateRouteTableResponse{};
}

}  // namespace cumulite::ec2
