#include "services/elb/operations/listener_attributes.h"

#include "services/elb/access.h"
#include "services/elb/attributes.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeListenerAttributesRequest::Describe() {
  using T = DescribeListenerAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
  };
  return kMembers;
}

protocol::Members DescribeListenerAttributesResponse::Describe() {
  using T = DescribeListenerAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ModifyListenerAttributesRequest::Describe() {
  using T = ModifyListenerAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::attributes>("Attributes").Required(),
  };
  return kMembers;
}

protocol::Members ModifyListenerAttributesResponse::Describe() {
  using T = ModifyListenerAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

namespace {

template <class Queries>
AttributeSet KnownOf(const Queries& queries, const ListenerRecord& listener,
                     const protocol::RequestContext& context) {
  const auto load_balancer = Open<LoadBalancerRecord>(queries, *listener.shown.load_balancer_arn, context);
  return AttributesOf(listener, load_balancer.type());
}

}  // namespace

runtime::Task<DescribeListenerAttributesResponse> DescribeListenerAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeListenerAttributesRequest request) {
  RequireAllowed(context, "*");
  const auto record = Open<ListenerRecord>(elb.committed(), request.listener_arn, context);
  const AttributeSet known = KnownOf(elb.committed(), record, context);
  co_return DescribeListenerAttributesResponse{Listed<ListenerAttribute>(known, record.attributes)};
}

runtime::Task<ModifyListenerAttributesResponse> ModifyListenerAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyListenerAttributesRequest request) {
  RequireAllowed(context, request.listener_arn);
  if (request.attributes.empty()) throw Invalid("An attribute must be specified");
  const auto modify = [&] {
    auto record = Open<ListenerRecord>(elb.store().current(), request.listener_arn, context);
    const AttributeSet known = KnownOf(elb.store().current(), record, context);
    Apply(known, request.attributes, record.attributes);
    elb.store().Save(record);
    return Listed<ListenerAttribute>(known, record.attributes);
  };
  ModifyListenerAttributesResponse response;
  response.attributes = co_await elb.Change(modify);
  co_return response;
}

}  // namespace cumulite::elb
