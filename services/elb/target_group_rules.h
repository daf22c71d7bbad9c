#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/elb/records.h"

/// What target groups and their health checks may be. Pure.
namespace cumulite::elb {

/// What a request says about health checks, at creation or later.
struct HealthCheckChange {
  std::optional<std::string> protocol;
  std::optional<std::string> port;
  std::optional<std::string> path;
  std::optional<bool> enabled;
  std::optional<std::int32_t> interval;   // seconds
  std::optional<std::int32_t> timeout;    // seconds
  std::optional<std::int32_t> healthy;    // checks in a row
  std::optional<std::int32_t> unhealthy;  // checks in a row
  std::optional<Matcher> matcher;
};

/// Protocol, port, VPC and version as its target type wants them, defaults filled in.
/// Errors: ValidationError, InvalidConfigurationRequest.
void ReadTargetGroup(TargetGroup& group);

/// Fills in AWS's defaults of the group's type and protocol, and what the request says.
/// Errors: ValidationError.
/// Source: ELB API Reference "CreateTargetGroup".
void StartHealthCheck(TargetGroup& group, const HealthCheckChange& change);
/// What the request says; the rest stays. Errors: ValidationError.
void ChangeHealthCheck(TargetGroup& group, const HealthCheckChange& change);

/// What the attributes of a group, taken together, must keep to.
/// Errors: InvalidConfigurationRequest, ValidationError.
void CheckTargetGroupAttributes(const TargetGroupRecord& group, const AttributeMap& changed);

/// A target as it is registered with the group: its port and zone.
/// Errors: ValidationError, InvalidTarget.
TargetRecord ReadTarget(const TargetGroupRecord& group, const TargetDescription& target);

}  // namespace cumulite::elb
