#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeCapacityReservationRequest {
  std::string load_balancer_arn;
  static protocol::Members Describe();
};

struct DescribeCapacityReservationResponse {
  std::optional<protocol::Timestamp> last_modified_time;
  std::optional<std::int32_t> decrease_requests_remaining;
  std::optional<MinimumLoadBalancerCapacity> minimum_load_balancer_capacity;
  std::vector<ZonalCapacityReservationState> capacity_reservation_state;
  static protocol::Members Describe();
};

/// The minimum capacity that was asked for a load balancer.
///
/// Errors: LoadBalancerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeCapacityReservation".
runtime::Task<DescribeCapacityReservationResponse> DescribeCapacityReservation(
    ElbService& elb, const protocol::RequestContext& context, DescribeCapacityReservationRequest request);

struct ModifyCapacityReservationRequest {
  std::string load_balancer_arn;
  std::optional<MinimumLoadBalancerCapacity> minimum_load_balancer_capacity;
  std::optional<bool> reset_capacity_reservation;
  static protocol::Members Describe();
};

struct ModifyCapacityReservationResponse {
  std::optional<protocol::Timestamp> last_modified_time;
  std::optional<std::int32_t> decrease_requests_remaining;
  std::optional<MinimumLoadBalancerCapacity> minimum_load_balancer_capacity;
  std::vector<ZonalCapacityReservationState> capacity_reservation_state;
  static protocol::Members Describe();
};

/// Asks for a minimum capacity, which is there at once, or takes that back.
///
/// Errors: LoadBalancerNotFound, InvalidConfigurationRequest, CapacityUnitsLimitExceeded,
/// CapacityReservationPending, InsufficientCapacity, CapacityDecreaseRequestsLimitExceeded,
/// PriorRequestNotComplete, OperationNotPermitted. Thread: any. Source: Elastic Load Balancing v2 API
/// Reference "ModifyCapacityReservation".
runtime::Task<ModifyCapacityReservationResponse> ModifyCapacityReservation(
    ElbService& elb, const protocol::RequestContext& context, ModifyCapacityReservationRequest request);

}  // namespace cumulite::elb
