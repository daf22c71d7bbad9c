#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct CreateListenerRequest {
  std::string load_balancer_arn;
  std::optional<std::string> protocol;
  std::optional<std::int32_t> port;
  std::optional<std::string> ssl_policy;
  std::vector<Certificate> certificates;
  std::vector<Action> default_actions;
  std::vector<std::string> alpn_policy;
  std::vector<Tag> tags;
  std::optional<MutualAuthenticationAttributes> mutual_authentication;
  static protocol::Members Describe();
};

struct CreateListenerResponse {
  std::vector<Listener> listeners;
  static protocol::Members Describe();
};

/// Makes a listener with its default rule, or gives the one that is there with the same settings.
///
/// Errors: DuplicateListener, TooManyListeners, TooManyCertificates, LoadBalancerNotFound,
/// TargetGroupNotFound, TargetGroupAssociationLimit, InvalidConfigurationRequest, IncompatibleProtocols,
/// SSLPolicyNotFound, CertificateNotFound, UnsupportedProtocol, TooManyRegistrationsForTargetId,
/// TooManyTargets, TooManyActions, InvalidLoadBalancerAction, TooManyUniqueTargetGroupsPerLoadBalancer,
/// ALPNPolicyNotSupported, TooManyTags, TrustStoreNotFound, TrustStoreNotReady. Thread: any. Source: Elastic
/// Load Balancing v2 API Reference "CreateListener".
runtime::Task<CreateListenerResponse> CreateListener(ElbService& elb, const protocol::RequestContext& context,
                                                     CreateListenerRequest request);

}  // namespace cumulite::elb
