#include "services/elb/operations/describe_target_groups.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeTargetGroupsRequest::Describe() {
  using T = DescribeTargetGroupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn"),
      Wire<&T::target_group_arns>("TargetGroupArns"),
      Wire<&T::names>("Names"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeTargetGroupsResponse::Describe() {
  using T = DescribeTargetGroupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_groups>("TargetGroups").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

namespace {

AwsError NoneFound() { return {kTargetGroupNotFound, "One or more target groups not found"}; }

std::vector<TargetGroupRecord> Find(const ElbStore::Committed& committed,
                                    const protocol::RequestContext& context,
                                    const DescribeTargetGroupsRequest& request) {
  if (!request.target_group_arns.empty() && !request.names.empty()) {
    throw Invalid("Target group names and target group ARNs cannot be specified at the same time");
  }
  if (!request.target_group_arns.empty()) {
    return OpenAll<TargetGroupRecord>(committed, request.target_group_arns, context);
  }
  std::vector<TargetGroupRecord> found;
  if (!request.names.empty()) {
    for (const std::string& name : request.names) {
      auto record = committed.FindNamed<TargetGroupRecord>(OwnerOf(context), name);
      if (!record) throw NoneFound();
      found.push_back(std::move(*record));
    }
    return found;
  }
  if (!request.load_balancer_arn) return committed.Named<TargetGroupRecord>(OwnerOf(context), "", -1);
  Open<LoadBalancerRecord>(committed, *request.load_balancer_arn, context);
  for (const std::string& arn : committed.TargetGroupsOf(*request.load_balancer_arn)) {
    if (auto record = committed.Find<TargetGroupRecord>(arn)) found.push_back(std::move(*record));
  }
  if (found.empty()) throw NoneFound();
  return found;
}

}  // namespace

runtime::Task<DescribeTargetGroupsResponse> DescribeTargetGroups(ElbService& elb,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeTargetGroupsRequest request) {
  RequireAllowed(context, "*");
  const ElbStore::Committed& committed = elb.committed();
  auto found = Find(committed, context, request);
  const auto name_of = [](const TargetGroupRecord& record) { return *record.shown.target_group_name; };
  std::ranges::sort(found, {}, name_of);
  if (request.load_balancer_arn && (!request.names.empty() || !request.target_group_arns.empty())) {
    std::erase_if(found, [&](const TargetGroupRecord& record) {
      const auto users = committed.LoadBalancersOf(record.arn());
      return std::ranges::find(users, *request.load_balancer_arn) == users.end();
    });
    if (found.empty()) throw NoneFound();
  }
  DescribeTargetGroupsResponse response;
  response.next_marker = CutPage(found, request.marker, request.page_size, name_of);
  for (TargetGroupRecord& record : found) {
    record.shown.load_balancer_arns = committed.LoadBalancersOf(record.arn());
    response.target_groups.push_back(std::move(record.shown));
  }
  co_return response;
}

}  // namespace cumulite::elb
