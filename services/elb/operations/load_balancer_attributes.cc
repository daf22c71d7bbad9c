#include "services/elb/operations/load_balancer_attributes.h"

#include "services/elb/access.h"
#include "services/elb/attributes.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeLoadBalancerAttributesRequest::Describe() {
  using T = DescribeLoadBalancerAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
  };
  return kMembers;
}

protocol::Members DescribeLoadBalancerAttributesResponse::Describe() {
  using T = DescribeLoadBalancerAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ModifyLoadBalancerAttributesRequest::Describe() {
  using T = ModifyLoadBalancerAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::attributes>("Attributes").Required().Length(0, 20),
  };
  return kMembers;
}

protocol::Members ModifyLoadBalancerAttributesResponse::Describe() {
  using T = ModifyLoadBalancerAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeLoadBalancerAttributesRequest request) {
  RequireAllowed(context, "*");
  const auto record = Open<LoadBalancerRecord>(elb.committed(), request.load_balancer_arn, context);
  co_return DescribeLoadBalancerAttributesResponse{
      Listed<LoadBalancerAttribute>(AttributesOf(record), record.attributes)};
}

runtime::Task<ModifyLoadBalancerAttributesResponse> ModifyLoadBalancerAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyLoadBalancerAttributesRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  if (request.attributes.empty()) throw Invalid("An attribute must be specified");
  const auto modify = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    const AttributeSet known = AttributesOf(record);
    Apply(known, request.attributes, record.attributes);
    for (const std::string kind : {"access_logs", "connection_logs", "health_check_logs"}) {
      if (known.Get(record.attributes, kind + ".s3.enabled") == "true" &&
          known.Get(record.attributes, kind + ".s3.bucket").empty()) {
        throw InvalidConfiguration("The value of '" + kind + ".s3.bucket' cannot be empty");
      }
    }
    elb.store().Save(record);
    return Listed<LoadBalancerAttribute>(known, record.attributes);
  };
  ModifyLoadBalancerAttributesResponse response;
  response.attributes = co_await elb.Change(modify);
  co_return response;
}

}  // namespace cumulite::elb
