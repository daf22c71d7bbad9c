#include "services/elb/operations/account_limits.h"

#include <array>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/page.h"
#include "services/elb/quotas.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members Limit::Describe() {
  using T = Limit;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::max>("Max"),
  };
  return kMembers;
}

protocol::Members DescribeAccountLimitsRequest::Describe() {
  using T = DescribeAccountLimitsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeAccountLimitsResponse::Describe() {
  using T = DescribeAccountLimitsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::limits>("Limits").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

namespace {

struct LimitRow {
  std::string_view name;
  std::size_t max;
};

constexpr std::array kLimits{
    LimitRow{"target-groups", kMaxTargetGroups},
    LimitRow{"targets-per-application-load-balancer", 1000},
    LimitRow{"listeners-per-application-load-balancer", kMaxListeners},
    LimitRow{"rules-per-application-load-balancer", kMaxRules},
    LimitRow{"network-load-balancers", kMaxLoadBalancers},
    LimitRow{"targets-per-network-load-balancer", 3000},
    LimitRow{"targets-per-availability-zone-per-network-load-balancer", 500},
    LimitRow{"listeners-per-network-load-balancer", kMaxListeners},
    LimitRow{"condition-values-per-alb-rule", kMaxConditionValues},
    LimitRow{"condition-wildcards-per-alb-rule", kMaxWildcards},
    LimitRow{"target-groups-per-application-load-balancer", kMaxTargetGroupsOfLoadBalancer},
    LimitRow{"target-groups-per-action-on-application-load-balancer", kMaxTargetGroupsOfAction},
    LimitRow{"target-groups-per-action-on-network-load-balancer", 1},
    LimitRow{"certificates-per-application-load-balancer", kMaxCertificates},
    LimitRow{"certificates-per-network-load-balancer", kMaxCertificates},
    LimitRow{"targets-per-target-group", kMaxTargets},
    LimitRow{"target-id-registrations-per-application-load-balancer", 1000},
    LimitRow{"application-load-balancers", kMaxLoadBalancers},
    LimitRow{"gateway-load-balancers", kMaxLoadBalancers},
    LimitRow{"gateway-load-balancers-per-vpc", kMaxLoadBalancers},
    LimitRow{"geneve-target-groups", 100},
    LimitRow{"targets-per-availability-zone-per-gateway-load-balancer", 300},
    LimitRow{"trust-stores", kMaxTrustStores},
};

}  // namespace

runtime::Task<DescribeAccountLimitsResponse> DescribeAccountLimits(ElbService&,
                                                                   const protocol::RequestContext& context,
                                                                   DescribeAccountLimitsRequest request) {
  RequireAllowed(context, "*");
  DescribeAccountLimitsResponse response;
  for (const LimitRow& row : kLimits)
    response.limits.push_back({std::string(row.name), std::to_string(row.max)});
  response.next_marker = CutPage(response.limits, request.marker, request.page_size,
                                 [](const Limit& limit) { return *limit.name; });
  co_return response;
}

}  // namespace cumulite::elb
