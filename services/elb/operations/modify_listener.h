#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct ModifyListenerRequest {
  std::string listener_arn;
  std::optional<std::int32_t> port;
  std::optional<std::string> protocol;
  std::optional<std::string> ssl_policy;
  std::vector<Certificate> certificates;
  std::vector<Action> default_actions;
  std::vector<std::string> alpn_policy;
  std::optional<MutualAuthenticationAttributes> mutual_authentication;
  static protocol::Members Describe();
};

struct ModifyListenerResponse {
  std::vector<Listener> listeners;
  static protocol::Members Describe();
};

/// Changes what is given of a listener; a new protocol drops what belonged to the old one.
///
/// Errors: DuplicateListener, TooManyListeners, TooManyCertificates, ListenerNotFound, TargetGroupNotFound,
/// TargetGroupAssociationLimit, IncompatibleProtocols, SSLPolicyNotFound, CertificateNotFound,
/// InvalidConfigurationRequest, UnsupportedProtocol, TooManyRegistrationsForTargetId, TooManyTargets,
/// TooManyActions, InvalidLoadBalancerAction, TooManyUniqueTargetGroupsPerLoadBalancer,
/// ALPNPolicyNotSupported, TrustStoreNotFound, TrustStoreNotReady. Thread: any. Source: Elastic Load
/// Balancing v2 API Reference "ModifyListener".
runtime::Task<ModifyListenerResponse> ModifyListener(ElbService& elb, const protocol::RequestContext& context,
                                                     ModifyListenerRequest request);

}  // namespace cumulite::elb
