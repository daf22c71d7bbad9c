#pragma once
#include <cstddef>

/// What an account may have in a region unless AWS raised it.
/// Source: Application Load Balancers User Guide "Quotas for your Application Load Balancers".
namespace cumulite::elb {

inline constexpr std::size_t kMaxLoadBalancers = 50;  // of each type
inline constexpr std::size_t kMaxListeners = 50;
inline constexpr std::size_t kMaxRules = 100;  // of a load balancer, without default rules
inline constexpr std::size_t kMaxTargetGroups = 3000;
inline constexpr std::size_t kMaxTargetGroupsOfLoadBalancer = 100;
inline constexpr std::size_t kMaxTargetGroupsOfAction = 5;
inline constexpr std::size_t kMaxTargets = 1000;
inline constexpr std::size_t kMaxCertificates = 25;  // besides the default one
inline constexpr std::size_t kMaxTrustStores = 20;
inline constexpr std::size_t kMaxConditionValues = 5;
inline constexpr std::size_t kMaxWildcards = 5;

}  // namespace cumulite::elb
