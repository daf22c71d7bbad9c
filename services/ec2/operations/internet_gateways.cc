#include "services/ec2/operations/internet_gateways.h"

#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members CreateInternetGatewayRequest::Describe() {
  using T = CreateInternetGatewayRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tag_specifications>("TagSpecifications").InQuery("TagSpecification"),
  };
  return kMembers;
}

protocol::Members CreateInternetGatewayResponse::Describe() {
  using T = CreateInternetGatewayResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateway>("InternetGateway").InQuery("internetGateway"),
  };
  return kMembers;
}

protocol::Members DescribeInternetGatewaysRequest::Describe() {
  using T = DescribeInternetGatewaysRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateway_ids>("InternetGatewayIds").InQuery("InternetGatewayId"),
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeInternetGatewaysResponse::Describe() {
  using T = DescribeInternetGatewaysResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateways>("InternetGateways").InQuery("internetGatewaySet").Items("item").KeepEmpty(),
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
  };
  return kMembers;
}

protocol::Members AttachInternetGatewayRequest::Describe() {
  using T = AttachInternetGatewayRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateway_id>("InternetGatewayId").Required(),
      Wire<&T::vpc_id>("VpcId").Required(),
  };
  return kMembers;
}

protocol::Members AttachInternetGatewayResponse::Describe() {
  using T = AttachInternetGatewayResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DetachInternetGatewayRequest::Describe() {
  using T = DetachInternetGatewayRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateway_id>("InternetGatewayId").Required(),
      Wire<&T::vpc_id>("VpcId").Required(),
  };
  return kMembers;
}

protocol::Members DetachInternetGatewayResponse::Describe() {
  using T = DetachInternetGatewayResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DeleteInternetGatewayRequest::Describe() {
  using T = DeleteInternetGatewayRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::internet_gateway_id>("InternetGatewayId").Required(),
  };
  return kMembers;
}

protocol::Members DeleteInternetGatewayResponse::Describe() {
  using T = DeleteInternetGatewayResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

namespace {

FilterValues GatewayFilterValues(const InternetGateway& gateway, std::string_view name) {
  if (name == "internet-gateway-id") return One(gateway.internet_gateway_id);
  if (name == "owner-id") return One(gateway.owner_id);
  std::vector<std::string> values;
  for (const InternetGatewayAttachment& attachment : gateway.attachments) {
    if (name == "attachment.vpc-id") values.push_back(attachment.vpc_id.value_or(""));
    if (name == "attachment.state") values.push_back(attachment.state.value_or(""));
  }
  return name == "attachment.vpc-id" || name == "attachment.state" ? FilterValues(values) : std::nullopt;
}

}  // namespace

runtime::Task<CreateInternetGatewayResponse> CreateInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   CreateInternetGatewayRequest request) {
  RequireAllowed(context, Ec2Arn(context, "internet-gateway", "*"));
  const Owner owner = OwnerOf(context);
  InternetGateway gateway;
  gateway.internet_gateway_id = NewId("igw");
  gateway.owner_id = owner.account;
  gateway.tags = TagsFor("internet-gateway", request.tag_specifications);
  const auto create = [&] { ec2.store().Save(owner, gateway); };
  co_await ec2.Change(create);
  CreateInternetGatewayResponse response;
  response.internet_gateway = std::move(gateway);
  co_return response;
}

runtime::Task<DescribeInternetGatewaysResponse> DescribeInternetGateways(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeInternetGatewaysRequest request) {
  RequireAllowed(context, "*");
  DescribeInternetGatewaysResponse response;
  response.internet_gateways =
      Select<InternetGateway>(ec2.committed(), OwnerOf(context), request.internet_gateway_ids,
                              request.filters, &InternetGateway::tags, &GatewayFilterValues);
  response.next_token = CutPage("DescribeInternetGateways", response.internet_gateways, request.max_results,
                                request.next_token);
  co_return response;
}

runtime::Task<AttachInternetGatewayResponse> AttachInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   AttachInternetGatewayRequest request) {
  RequireAllowed(context, Ec2Arn(context, "internet-gateway", request.internet_gateway_id));
  const Owner owner = OwnerOf(context);
  const auto attach = [&] {
    Ec2Store& store = ec2.store();
    auto gateway = Open<InternetGateway>(store.current(), owner, request.internet_gateway_id);
    Open<Vpc>(store.current(), owner, request.vpc_id);
    for (const InternetGateway& other : store.current().All<InternetGateway>(owner)) {
      for (const InternetGatewayAttachment& attachment : other.attachments) {
        const bool same = other.internet_gateway_id == gateway.internet_gateway_id;
        if (!same && attachment.vpc_id != request.vpc_id) continue;
        throw AwsError(kResourceAlreadyAssociated, "resource " + *other.internet_gateway_id +
                                                       " is already attached to network " +
                                                       *attachment.vpc_id);
      }
    }
    gateway.attachments.push_back({"available", request.vpc_id});
    store.Save(owner, gateway);
  };
  co_await ec2.Change(attach);
  co_return AttachInternetGatewayResponse{};
}

runtime::Task<DetachInternetGatewayResponse> DetachInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   DetachInternetGatewayRequest request) {
  RequireAllowed(context, Ec2Arn(context, "internet-gateway", request.internet_gateway_id));
  const Owner owner = OwnerOf(context);
  const auto detach = [&] {
    auto gateway = Open<InternetGateway>(ec2.store().current(), owner, request.internet_gateway_id);
    const auto here = [&](const InternetGatewayAttachment& a) { return a.vpc_id == request.vpc_id; };
    if (std::erase_if(gateway.attachments, here) == 0) {
      throw AwsError(kGatewayNotAttached, "resource " + request.internet_gateway_id +
                                              " is not attached to network " + request.vpc_id);
    }
    ec2.store().Save(owner, gateway);
  };
  co_await ec2.Change(detach);
  co_return DetachInternetGatewayResponse{};
}

runtime::Task<DeleteInternetGatewayResponse> DeleteInternetGateway(Ec2Service& ec2,
                                                                   const protocol::RequestContext& context,
                                                                   DeleteInternetGatewayRequest request) {
  RequireAllowed(context, Ec2Arn(context, "internet-gateway", request.internet_gateway_id));
  const Owner owner = OwnerOf(context);
  const auto erase = [&] {
    const auto gateway = Open<InternetGateway>(ec2.store().current(), owner, request.internet_gateway_id);
    if (!gateway.attachments.empty()) {
      throw AwsError(kDependencyViolation, "The internetGateway '" + request.internet_gateway_id +
                                               "' has dependencies and cannot be deleted.");
    }
    ec2.store().Erase(request.internet_gateway_id);
  };
  co_await ec2.Change(erase);
  co_return DeleteInternetGatewayResponse{};
}

}  // namespace cumulite::ec2
