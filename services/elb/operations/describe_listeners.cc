#include "services/elb/operations/describe_listeners.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/listener_rules.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeListenersRequest::Describe() {
  using T = DescribeListenersRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn"),
      Wire<&T::listener_arns>("ListenerArns"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeListenersResponse::Describe() {
  using T = DescribeListenersResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listeners>("Listeners").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

runtime::Task<DescribeListenersResponse> DescribeListeners(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DescribeListenersRequest request) {
  RequireAllowed(context, "*");
  if (!request.load_balancer_arn && request.listener_arns.empty()) {
    throw Invalid("You must specify either listener ARNs or a load balancer ARN");
  }
  if (request.load_balancer_arn && !request.listener_arns.empty()) {
    throw Invalid("You cannot specify both listener ARNs and a load balancer ARN");
  }
  std::vector<ListenerRecord> found;
  if (request.load_balancer_arn) {
    Open<LoadBalancerRecord>(elb.committed(), *request.load_balancer_arn, context);
    found = elb.committed().Children<ListenerRecord>(*request.load_balancer_arn);
  } else {
    found = OpenAll<ListenerRecord>(elb.committed(), request.listener_arns, context);
  }
  DescribeListenersResponse response;
  response.next_marker =
      CutPage(found, request.marker, request.page_size, [](const ListenerRecord& r) { return r.arn(); });
  for (const ListenerRecord& record : found) response.listeners.push_back(ShownListener(record));
  co_return response;
}

}  // namespace cumulite::elb
