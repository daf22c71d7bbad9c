#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace cumulite::elb {
using protocol::AwsError;
using protocol::ErrorKind;

// Source: Elastic Load Balancing v2 API Reference, each action's errors.

inline constexpr ErrorKind kAccessDenied{.code = "AccessDenied", .status = 403};
inline constexpr ErrorKind kAllocationIdNotFound{.code = "AllocationIdNotFound"};
inline constexpr ErrorKind kAlpnPolicyNotSupported{.code = "ALPNPolicyNotFound"};
inline constexpr ErrorKind kAssociationNotFound{.code = "AssociationNotFound"};
inline constexpr ErrorKind kCaCertificatesBundleNotFound{.code = "CaCertificatesBundleNotFound"};
inline constexpr ErrorKind kCapacityUnitsLimitExceeded{.code = "CapacityUnitsLimitExceeded"};
inline constexpr ErrorKind kCertificateNotFound{.code = "CertificateNotFound"};
inline constexpr ErrorKind kDeleteAssociationSameAccount{.code = "DeleteAssociationSameAccount"};
inline constexpr ErrorKind kDuplicateListener{.code = "DuplicateListener"};
inline constexpr ErrorKind kDuplicateLoadBalancerName{.code = "DuplicateLoadBalancerName"};
inline constexpr ErrorKind kDuplicateTagKeys{.code = "DuplicateTagKeys"};
inline constexpr ErrorKind kDuplicateTargetGroupName{.code = "DuplicateTargetGroupName"};
inline constexpr ErrorKind kDuplicateTrustStoreName{.code = "DuplicateTrustStoreName"};
inline constexpr ErrorKind kIncompatibleProtocols{.code = "IncompatibleProtocols"};
inline constexpr ErrorKind kInvalidCaCertificatesBundle{.code = "InvalidCaCertificatesBundle"};
inline constexpr ErrorKind kInvalidConfigurationRequest{.code = "InvalidConfigurationRequest"};
inline constexpr ErrorKind kInvalidLoadBalancerAction{.code = "InvalidLoadBalancerAction"};
inline constexpr ErrorKind kInvalidRevocationContent{.code = "InvalidRevocationContent"};
inline constexpr ErrorKind kInvalidSecurityGroup{.code = "InvalidSecurityGroup"};
inline constexpr ErrorKind kInvalidSubnet{.code = "InvalidSubnet"};
inline constexpr ErrorKind kInvalidTarget{.code = "InvalidTarget"};
inline constexpr ErrorKind kListenerNotFound{.code = "ListenerNotFound"};
inline constexpr ErrorKind kLoadBalancerNotFound{.code = "LoadBalancerNotFound"};
inline constexpr ErrorKind kOperationNotPermitted{.code = "OperationNotPermitted"};
inline constexpr ErrorKind kPriorityInUse{.code = "PriorityInUse"};
inline constexpr ErrorKind kResourceInUse{.code = "ResourceInUse"};
inline constexpr ErrorKind kResourceNotFound{.code = "ResourceNotFound"};
inline constexpr ErrorKind kRevocationContentNotFound{.code = "RevocationContentNotFound"};
inline constexpr ErrorKind kRevocationIdNotFound{.code = "RevocationIdNotFound"};
inline constexpr ErrorKind kRuleNotFound{.code = "RuleNotFound"};
inline constexpr ErrorKind kSslPolicyNotFound{.code = "SSLPolicyNotFound"};
inline constexpr ErrorKind kSubnetNotFound{.code = "SubnetNotFound"};
inline constexpr ErrorKind kTargetGroupAssociationLimit{.code = "TargetGroupAssociationLimit"};
inline constexpr ErrorKind kTargetGroupNotFound{.code = "TargetGroupNotFound"};
inline constexpr ErrorKind kTooManyActions{.code = "TooManyActions"};
inline constexpr ErrorKind kTooManyCertificates{.code = "TooManyCertificates"};
inline constexpr ErrorKind kTooManyListeners{.code = "TooManyListeners"};
inline constexpr ErrorKind kTooManyLoadBalancers{.code = "TooManyLoadBalancers"};
inline constexpr ErrorKind kTooManyRules{.code = "TooManyRules"};
inline constexpr ErrorKind kTooManyTags{.code = "TooManyTags"};
inline constexpr ErrorKind kTooManyTargetGroups{.code = "TooManyTargetGroups"};
inline constexpr ErrorKind kTooManyTargets{.code = "TooManyTargets"};
inline constexpr ErrorKind kTooManyTrustStores{.code = "TooManyTrustStores"};
inline constexpr ErrorKind kTooManyUniqueTargetGroups{.code = "TooManyUniqueTargetGroupsPerLoadBalancer"};
inline constexpr ErrorKind kTrustStoreInUse{.code = "TrustStoreInUse"};
inline constexpr ErrorKind kTrustStoreNotFound{.code = "TrustStoreNotFound"};
inline constexpr ErrorKind kUnsupportedProtocol{.code = "UnsupportedProtocol"};

/// ValidationError, which is what AWS refuses most with.
AwsError Invalid(std::string message);
/// InvalidConfigurationRequest.
AwsError InvalidConfiguration(std::string message);

/// What the store's failures are to a caller: Throttling when too many writes wait, ServiceUnavailable when
/// it refuses; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::elb
