#include "services/elb/operations/describe_load_balancers.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeLoadBalancersRequest::Describe() {
  using T = DescribeLoadBalancersRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arns>("LoadBalancerArns"),
      Wire<&T::names>("Names"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeLoadBalancersResponse::Describe() {
  using T = DescribeLoadBalancersResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancers>("LoadBalancers").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

namespace {

std::vector<LoadBalancerRecord> Find(const ElbStore::Committed& committed,
                                     const protocol::RequestContext& context,
                                     const DescribeLoadBalancersRequest& request) {
  if (!request.load_balancer_arns.empty() && !request.names.empty()) {
    throw Invalid("Load balancer names and load balancer ARNs cannot be specified at the same time");
  }
  if (!request.load_balancer_arns.empty()) {
    return OpenAll<LoadBalancerRecord>(committed, request.load_balancer_arns, context);
  }
  if (request.names.empty()) return committed.Named<LoadBalancerRecord>(OwnerOf(context), "", -1);
  std::vector<LoadBalancerRecord> found;
  std::string missing;
  for (const std::string& name : request.names) {
    if (auto record = committed.FindNamed<LoadBalancerRecord>(OwnerOf(context), name)) {
      found.push_back(std::move(*record));
    } else {
      missing += (missing.empty() ? "" : ", ") + name;
    }
  }
  if (!missing.empty()) throw AwsError(kLoadBalancerNotFound, "Load balancers '[" + missing + "]' not found");
  return found;
}

}  // namespace

runtime::Task<DescribeLoadBalancersResponse> DescribeLoadBalancers(ElbService& elb,
                                                                   const protocol::RequestContext& context,
                                                                   DescribeLoadBalancersRequest request) {
  RequireAllowed(context, "*");
  auto found = Find(elb.committed(), context, request);
  DescribeLoadBalancersResponse response;
  response.next_marker = CutPage(found, request.marker, request.page_size,
                                 [](const LoadBalancerRecord& r) { return *r.shown.load_balancer_name; });
  for (LoadBalancerRecord& record : found) response.load_balancers.push_back(std::move(record.shown));
  co_return response;
}

}  // namespace cumulite::elb
