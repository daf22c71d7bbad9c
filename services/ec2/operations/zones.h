#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/ec2/shapes.h"

namespace cumulite::ec2 {
class Ec2Service;

struct DescribeAvailabilityZonesRequest {
  std::vector<std::string> zone_names;
  std::vector<std::string> zone_ids;
  std::vector<Filter> filters;
  static protocol::Members Describe();
};

struct DescribeAvailabilityZonesResponse {
  std::vector<AvailabilityZone> availability_zones;
  static protocol::Members Describe();
};

/// The three zones of a region.
///
/// Errors: InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeAvailabilityZones".
runtime::Task<DescribeAvailabilityZonesResponse> DescribeAvailabilityZones(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeAvailabilityZonesRequest request);

struct DescribeRegionsRequest {
  std::vector<std::string> region_names;
  std::vector<Filter> filters;
  static protocol::Members Describe();
};

struct DescribeRegionsResponse {
  std::vector<Region> regions;
  static protocol::Members Describe();
};

/// Regions that are switched on in every account.
///
/// Errors: InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeRegions".
runtime::Task<DescribeRegionsResponse> DescribeRegions(Ec2Service& ec2,
                                                       const protocol::RequestContext& context,
                                                       DescribeRegionsRequest request);

struct DescribeAccountAttributesRequest {
  std::vector<std::string> attribute_names;
  static protocol::Members Describe();
};

struct DescribeAccountAttributesResponse {
  std::vector<AccountAttribute> account_attributes;
  static protocol::Members Describe();
};

/// What an account can do: VPCs, and which one is the default.
///
/// Errors: InvalidParameterValue.
/// Thread: any. Source: Amazon EC2 API Reference "DescribeAccountAttributes".
runtime::Task<DescribeAccountAttributesResponse> DescribeAccountAttributes(
    Ec2Service& ec2, const protocol::RequestContext& context, DescribeAccountAttributesRequest request);

}  // namespace cumulite::ec2
