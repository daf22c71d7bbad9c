#include "services/elb/operations/capacity_reservation.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeCapacityReservationRequest::Describe() {
  using T = DescribeCapacityReservationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
  };
  return kMembers;
}

protocol::Members DescribeCapacityReservationResponse::Describe() {
  using T = DescribeCapacityReservationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::last_modified_time>("LastModifiedTime"),
      Wire<&T::decrease_requests_remaining>("DecreaseRequestsRemaining"),
      Wire<&T::minimum_load_balancer_capacity>("MinimumLoadBalancerCapacity"),
      Wire<&T::capacity_reservation_state>("CapacityReservationState").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ModifyCapacityReservationRequest::Describe() {
  using T = ModifyCapacityReservationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::load_balancer_arn>("LoadBalancerArn").Required(),
      Wire<&T::minimum_load_balancer_capacity>("MinimumLoadBalancerCapacity"),
      Wire<&T::reset_capacity_reservation>("ResetCapacityReservation"),
  };
  return kMembers;
}

protocol::Members ModifyCapacityReservationResponse::Describe() {
  using T = ModifyCapacityReservationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::last_modified_time>("LastModifiedTime"),
      Wire<&T::decrease_requests_remaining>("DecreaseRequestsRemaining"),
      Wire<&T::minimum_load_balancer_capacity>("MinimumLoadBalancerCapacity"),
      Wire<&T::capacity_reservation_state>("CapacityReservationState").KeepEmpty(),
  };
  return kMembers;
}

namespace {

/// Source: ELB API Reference "ModifyCapacityReservation": decreases are limited to some a day.
constexpr std::int32_t kDecreases = 2;

template <class Response>
Response Show(const LoadBalancerRecord& record) {
  Response response;
  response.last_modified_time = record.capacity_changed;
  response.decrease_requests_remaining = kDecreases;
  if (!record.capacity_units) return response;
  response.minimum_load_balancer_capacity = MinimumLoadBalancerCapacity{*record.capacity_units};
  const auto zones = static_cast<double>(record.shown.availability_zones.size());
  for (const AvailabilityZone& zone : record.shown.availability_zones) {
    ZonalCapacityReservationState state;
    state.state = CapacityReservationStatus{.code = "provisioned", .reason = std::nullopt};
    state.availability_zone = zone.zone_name;
    state.effective_capacity_units = *record.capacity_units / zones;
    response.capacity_reservation_state.push_back(std::move(state));
  }
  return response;
}

}  // namespace

runtime::Task<DescribeCapacityReservationResponse> DescribeCapacityReservation(
    ElbService& elb, const protocol::RequestContext& context, DescribeCapacityReservationRequest request) {
  RequireAllowed(context, "*");
  co_return Show<DescribeCapacityReservationResponse>(
      Open<LoadBalancerRecord>(elb.committed(), request.load_balancer_arn, context));
}

runtime::Task<ModifyCapacityReservationResponse> ModifyCapacityReservation(
    ElbService& elb, const protocol::RequestContext& context, ModifyCapacityReservationRequest request) {
  RequireAllowed(context, request.load_balancer_arn);
  const bool reset = request.reset_capacity_reservation.value_or(false);
  const auto units = request.minimum_load_balancer_capacity
                         ? request.minimum_load_balancer_capacity->capacity_units
                         : std::nullopt;
  if (reset == units.has_value()) {
    throw Invalid("You must specify either a minimum load balancer capacity or a reset");
  }
  if (units && *units < 0) throw Invalid("The capacity units cannot be less than 0");
  const auto modify = [&] {
    auto record = Open<LoadBalancerRecord>(elb.store().current(), request.load_balancer_arn, context);
    record.capacity_units = units;
    record.capacity_changed = protocol::Timestamp{elb.clock().Now().time_since_epoch().count()};
    elb.store().Save(record);
    return Show<ModifyCapacityReservationResponse>(record);
  };
  ModifyCapacityReservationResponse response = co_await elb.Change(modify);
  co_return response;
}

}  // namespace cumulite::elb
