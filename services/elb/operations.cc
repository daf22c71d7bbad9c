#include <array>
#include <string_view>

#include "services/elb/elb_service.h"
#include "services/elb/errors.h"
#include "services/elb/operations/account_limits.h"
#include "services/elb/operations/capacity_reservation.h"
#include "services/elb/operations/create_listener.h"
#include "services/elb/operations/create_load_balancer.h"
#include "services/elb/operations/create_rule.h"
#include "services/elb/operations/create_target_group.h"
#include "services/elb/operations/create_trust_store.h"
#include "services/elb/operations/delete_listener.h"
#include "services/elb/operations/delete_load_balancer.h"
#include "services/elb/operations/delete_rule.h"
#include "services/elb/operations/delete_target_group.h"
#include "services/elb/operations/describe_listeners.h"
#include "services/elb/operations/describe_load_balancers.h"
#include "services/elb/operations/describe_rules.h"
#include "services/elb/operations/describe_ssl_policies.h"
#include "services/elb/operations/describe_target_groups.h"
#include "services/elb/operations/describe_target_health.h"
#include "services/elb/operations/listener_attributes.h"
#include "services/elb/operations/listener_certificates.h"
#include "services/elb/operations/load_balancer_attributes.h"
#include "services/elb/operations/load_balancer_network.h"
#include "services/elb/operations/modify_listener.h"
#include "services/elb/operations/modify_rule.h"
#include "services/elb/operations/modify_target_group.h"
#include "services/elb/operations/resource_tags.h"
#include "services/elb/operations/set_rule_priorities.h"
#include "services/elb/operations/target_group_attributes.h"
#include "services/elb/operations/targets.h"
#include "services/elb/operations/trust_store_revocations.h"
#include "services/elb/operations/trust_stores.h"

namespace cumulite::elb {
namespace {
using protocol::Operation;

constexpr std::array kOperations{
    Operation::Of<&AddListenerCertificates>("AddListenerCertificates"),
    Operation::Of<&AddTags>("AddTags"),
    Operation::Of<&AddTrustStoreRevocations>("AddTrustStoreRevocations"),
    Operation::Of<&CreateListener>("CreateListener"),
    Operation::Of<&CreateLoadBalancer>("CreateLoadBalancer"),
    Operation::Of<&CreateRule>("CreateRule"),
    Operation::Of<&CreateTargetGroup>("CreateTargetGroup"),
    Operation::Of<&CreateTrustStore>("CreateTrustStore"),
    Operation::Of<&DeleteListener>("DeleteListener"),
    Operation::Of<&DeleteLoadBalancer>("DeleteLoadBalancer"),
    Operation::Of<&DeleteRule>("DeleteRule"),
    Operation::Of<&DeleteSharedTrustStoreAssociation>("DeleteSharedTrustStoreAssociation"),
    Operation::Of<&DeleteTargetGroup>("DeleteTargetGroup"),
    Operation::Of<&DeleteTrustStore>("DeleteTrustStore"),
    Operation::Of<&DeregisterTargets>("DeregisterTargets"),
    Operation::Of<&DescribeAccountLimits>("DescribeAccountLimits"),
    Operation::Of<&DescribeCapacityReservation>("DescribeCapacityReservation"),
    Operation::Of<&DescribeListenerAttributes>("DescribeListenerAttributes"),
    Operation::Of<&DescribeListenerCertificates>("DescribeListenerCertificates"),
    Operation::Of<&DescribeListeners>("DescribeListeners"),
    Operation::Of<&DescribeLoadBalancerAttributes>("DescribeLoadBalancerAttributes"),
    Operation::Of<&DescribeLoadBalancers>("DescribeLoadBalancers"),
    Operation::Of<&DescribeRules>("DescribeRules"),
    Operation::Of<&DescribeSSLPolicies>("DescribeSSLPolicies"),
    Operation::Of<&DescribeTags>("DescribeTags"),
    Operation::Of<&DescribeTargetGroupAttributes>("DescribeTargetGroupAttributes"),
    Operation::Of<&DescribeTargetGroups>("DescribeTargetGroups"),
    Operation::Of<&DescribeTargetHealth>("DescribeTargetHealth"),
    Operation::Of<&DescribeTrustStoreAssociations>("DescribeTrustStoreAssociations"),
    Operation::Of<&DescribeTrustStoreRevocations>("DescribeTrustStoreRevocations"),
    Operation::Of<&DescribeTrustStores>("DescribeTrustStores"),
    Operation::Of<&GetResourcePolicy>("GetResourcePolicy"),
    Operation::Of<&GetTrustStoreCaCertificatesBundle>("GetTrustStoreCaCertificatesBundle"),
    Operation::Of<&GetTrustStoreRevocationContent>("GetTrustStoreRevocationContent"),
    Operation::Of<&ModifyCapacityReservation>("ModifyCapacityReservation"),
    Operation::Of<&ModifyIpPools>("ModifyIpPools"),
    Operation::Of<&ModifyListener>("ModifyListener"),
    Operation::Of<&ModifyListenerAttributes>("ModifyListenerAttributes"),
    Operation::Of<&ModifyLoadBalancerAttributes>("ModifyLoadBalancerAttributes"),
    Operation::Of<&ModifyRule>("ModifyRule"),
    Operation::Of<&ModifyTargetGroup>("ModifyTargetGroup"),
    Operation::Of<&ModifyTargetGroupAttributes>("ModifyTargetGroupAttributes"),
    Operation::Of<&ModifyTrustStore>("ModifyTrustStore"),
    Operation::Of<&RegisterTargets>("RegisterTargets"),
    Operation::Of<&RemoveListenerCertificates>("RemoveListenerCertificates"),
    Operation::Of<&RemoveTags>("RemoveTags"),
    Operation::Of<&RemoveTrustStoreRevocations>("RemoveTrustStoreRevocations"),
    Operation::Of<&SetIpAddressType>("SetIpAddressType"),
    Operation::Of<&SetRulePriorities>("SetRulePriorities"),
    Operation::Of<&SetSecurityGroups>("SetSecurityGroups"),
    Operation::Of<&SetSubnets>("SetSubnets"),
};

constexpr std::size_t kBodyLimit = 1U << 20U;

}  // namespace

const protocol::RpcModel kModel{
    .service = "elasticloadbalancing",
    .json_target = {},
    .json_version = {},
    .json_namespace = {},
    .query_version = "2015-12-01",
    .xml_namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    .operations = kOperations,
    .not_built = {},
    .body_limit = kBodyLimit,
    .explain = &Explain,
};

}  // namespace cumulite::elb
