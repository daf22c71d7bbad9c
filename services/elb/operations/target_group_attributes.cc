#include "services/elb/operations/target_group_attributes.h"

#include "services/elb/access.h"
#include "services/elb/attributes.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/target_group_rules.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeTargetGroupAttributesRequest::Describe() {
  using T = DescribeTargetGroupAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
  };
  return kMembers;
}

protocol::Members DescribeTargetGroupAttributesResponse::Describe() {
  using T = DescribeTargetGroupAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ModifyTargetGroupAttributesRequest::Describe() {
  using T = ModifyTargetGroupAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_group_arn>("TargetGroupArn").Required(),
      Wire<&T::attributes>("Attributes").Required(),
  };
  return kMembers;
}

protocol::Members ModifyTargetGroupAttributesResponse::Describe() {
  using T = ModifyTargetGroupAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeTargetGroupAttributesRequest request) {
  RequireAllowed(context, "*");
  const auto record = Open<TargetGroupRecord>(elb.committed(), request.target_group_arn, context);
  co_return DescribeTargetGroupAttributesResponse{
      Listed<TargetGroupAttribute>(AttributesOf(record), record.attributes)};
}

runtime::Task<ModifyTargetGroupAttributesResponse> ModifyTargetGroupAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyTargetGroupAttributesRequest request) {
  RequireAllowed(context, request.target_group_arn);
  if (request.attributes.empty()) throw Invalid("An attribute must be specified");
  const auto modify = [&] {
    auto record = Open<TargetGroupRecord>(elb.store().current(), request.target_group_arn, context);
    const AttributeSet known = AttributesOf(record);
    AttributeMap changed;
    Apply(known, request.attributes, changed);
    for (const auto& [key, value] : changed) record.attributes[key] = value;
    CheckTargetGroupAttributes(record, changed);
    elb.store().Save(record);
    return Listed<TargetGroupAttribute>(known, record.attributes);
  };
  ModifyTargetGroupAttributesResponse response;
  response.attributes = co_await elb.Change(modify);
  co_return response;
}

}  // namespace cumulite::elb
