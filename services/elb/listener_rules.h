#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/elb/elb_store.h"
#include "services/elb/records.h"

/// What listeners may be, and what their rules and theirs may forward to.
namespace cumulite::elb {

/// Protocol, port, certificates, policies of a listener as its load balancer's type wants them, defaults
/// filled in. Errors: ValidationError, InvalidConfigurationRequest, UnsupportedProtocol, SSLPolicyNotFound,
/// TooManyCertificates, ALPNPolicyNotFound, CertificateNotFound.
void ReadListener(Listener& listener, std::string_view load_balancer_type);

/// The ARNs of ACM and IAM among these; ReadListener refuses what is no ARN.
std::vector<std::string> ArnsOf(const std::vector<Certificate>& certificates);

/// Inside a job: that the target groups of these actions are there, speak what the listener can send them and
/// serve no other load balancer.
/// Errors: TargetGroupNotFound, IncompatibleProtocols, TargetGroupAssociationLimit,
/// TooManyUniqueTargetGroupsPerLoadBalancer.
void CheckForwards(const ElbStore::Current& current, const std::vector<Action>& actions,
                   const LoadBalancerRecord& load_balancer, const Listener& listener,
                   const protocol::RequestContext& context);

/// As answers show it.
Listener ShownListener(const ListenerRecord& record);
Rule ShownRule(const RuleRecord& record);

}  // namespace cumulite::elb
