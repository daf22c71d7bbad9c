#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/members.h"

namespace cumulite::ec2 {
using protocol::AwsError;
using protocol::ErrorKind;

// Source: Amazon EC2 Developer Guide "Error codes for the Amazon EC2 API".

inline constexpr ErrorKind kDependencyViolation{.code = "DependencyViolation"};
inline constexpr ErrorKind kDryRunOperation{.code = "DryRunOperation", .status = 412};
inline constexpr ErrorKind kGatewayNotAttached{.code = "Gateway.NotAttached"};
inline constexpr ErrorKind kInvalidAllocationIdNotFound{.code = "InvalidAllocationID.NotFound"};
inline constexpr ErrorKind kInvalidAssociationIdNotFound{.code = "InvalidAssociationID.NotFound"};
inline constexpr ErrorKind kInvalidGroupDuplicate{.code = "InvalidGroup.Duplicate"};
inline constexpr ErrorKind kInvalidGroupNotFound{.code = "InvalidGroup.NotFound"};
inline constexpr ErrorKind kInvalidGroupReserved{.code = "InvalidGroup.Reserved"};
inline constexpr ErrorKind kInvalidId{.code = "InvalidID"};
inline constexpr ErrorKind kInvalidInternetGatewayIdNotFound{.code = "InvalidInternetGatewayID.NotFound"};
inline constexpr ErrorKind kInvalidNetworkInterfaceIdNotFound{.code = "InvalidNetworkInterfaceID.NotFound"};
inline constexpr ErrorKind kInvalidParameterCombination{.code = "InvalidParameterCombination"};
inline constexpr ErrorKind kInvalidParameterValue{.code = "InvalidParameterValue"};
inline constexpr ErrorKind kInvalidPermissionDuplicate{.code = "InvalidPermission.Duplicate"};
inline constexpr ErrorKind kInvalidPermissionNotFound{.code = "InvalidPermission.NotFound"};
inline constexpr ErrorKind kInvalidRouteNotFound{.code = "InvalidRoute.NotFound"};
inline constexpr ErrorKind kInvalidRouteTableIdNotFound{.code = "InvalidRouteTableID.NotFound"};
inline constexpr ErrorKind kInvalidSecurityGroupRuleIdNotFound{.code = "InvalidSecurityGroupRuleId.NotFound"};
inline constexpr ErrorKind kInvalidSubnetConflict{.code = "InvalidSubnet.Conflict"};
inline constexpr ErrorKind kInvalidSubnetIdNotFound{.code = "InvalidSubnetID.NotFound"};
inline constexpr ErrorKind kInvalidSubnetRange{.code = "InvalidSubnet.Range"};
inline constexpr ErrorKind kInvalidVpcIdNotFound{.code = "InvalidVpcID.NotFound"};
inline constexpr ErrorKind kInvalidVpcRange{.code = "InvalidVpc.Range"};
inline constexpr ErrorKind kInvalidZoneNotFound{.code = "InvalidZone.NotFound"};
inline constexpr ErrorKind kMissingParameter{.code = "MissingParameter"};
inline constexpr ErrorKind kResourceAlreadyAssociated{.code = "Resource.AlreadyAssociated"};
inline constexpr ErrorKind kRouteAlreadyExists{.code = "RouteAlreadyExists"};
inline constexpr ErrorKind kThrottled{.code = "RequestLimitExceeded", .status = 503};
inline constexpr ErrorKind kUnauthorizedOperation{.code = "UnauthorizedOperation", .status = 403};
inline constexpr ErrorKind kUnavailable{
    .code = "Unavailable", .status = 503, .fault = protocol::Fault::kReceiver};

/// InvalidParameterValue.
AwsError Invalid(std::string message);
/// MissingParameter, as EC2 says it.
[[noreturn]] void RefuseMissing(const protocol::Member& member, std::string_view path);
/// InvalidParameterValue: "Value (x) for parameter y is invalid."
[[noreturn]] void RefuseValue(const protocol::Member& member, std::string_view path, std::string_view value);
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::ec2
