#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"

/// Names, ARNs and addresses of load balancers and what belongs to them.
namespace cumulite::elb {

/// Errors: ValidationError for what is no name of a load balancer.
void CheckLoadBalancerName(std::string_view name);
/// Errors: ValidationError for what is no name of a target group.
void CheckTargetGroupName(std::string_view name);
/// Errors: ValidationError for what is no name of a trust store.
void CheckTrustStoreName(std::string_view name);

/// Sixteen hexadecimal digits.
std::string NewId();

/// "arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID"; `type`: "application", "network",
/// "gateway".
std::string LoadBalancerArn(const protocol::Identity& identity, std::string_view type, std::string_view name,
                            std::string_view id);
/// "...:targetgroup/NAME/ID", "...:truststore/NAME/ID".
std::string NamedArn(const protocol::Identity& identity, std::string_view kind, std::string_view name,
                     std::string_view id);
/// "...:listener/app/NAME/LBID/ID" from its load balancer's ARN.
std::string ListenerArn(std::string_view load_balancer_arn, std::string_view id);
/// "...:listener-rule/app/NAME/LBID/LISTENERID/ID" from its listener's ARN.
std::string RuleArn(std::string_view listener_arn, std::string_view id);

/// "loadbalancer" of an ARN of this service, also of other accounts; empty for what is none.
std::string_view KindOf(std::string_view arn);
/// Whether an ARN of this service is in the caller's account and region.
bool IsOwn(std::string_view arn, const protocol::Identity& identity);
/// What stands behind the last '/'.
std::string_view IdOf(std::string_view arn);

/// "my-lb-0123456789abcdef.us-east-1.elb.localhost", with "internal-" in front of an internal application
/// load balancer.
///
/// Differs from AWS: it ends in elb.localhost, which resolves to this machine.
std::string DnsName(std::string_view name, std::string_view id, std::string_view region,
                    std::string_view type, std::string_view scheme);
/// Route 53's id of the zone that AWS has the names of a region's load balancers in.
/// Source: AWS General Reference "Elastic Load Balancing endpoints and quotas".
std::string_view HostedZoneId(std::string_view region, std::string_view type);

}  // namespace cumulite::elb
