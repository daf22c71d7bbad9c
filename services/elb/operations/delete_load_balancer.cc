#include "services/elb/operations/delete_load_balancer.h"

#include "services/elb/access.h"
#include "services/elb/attributes.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DeleteLoadBalancerRequest::Describe() {
  using T = DeleteLoadBalancerRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
  };
  return kMembers;
}

runtime::Task<DeleteLoadBalancerResponse> DeleteLoadBalancer(ElbService& elb,
                                                             const protocol::RequestContext& context,
                                                             DeleteLoadBalancerRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  CheckArn(request.load_balancer_arn, LoadBalancerRecord::kKind, WordsOf<LoadBalancerRecord>());
  const auto erase = [&] {
    if (!IsOwn(request.load_balancer_arn, context.identity)) return;
    const auto record = elb.store().current().Find<LoadBalancerRecord>(request.load_balancer_arn);
    if (!record) return;
    if (Attribute(*record, "deletion_protection.enabled") == "true") {
      throw AwsError(kOperationNotPermitted,
                     "Load balancer '" + request.load_balancer_arn +
                         "' cannot be deleted because deletion protection is enabled");
    }
    elb.store().EraseLoadBalancer(request.load_balancer_arn);
  };
  co_await elb.Change(erase);
  elb.log().info("load balancer deleted arn={}", request.load_balancer_arn);
  co_return DeleteLoadBalancerResponse{};
}

}  // namespace cumulite::elb
