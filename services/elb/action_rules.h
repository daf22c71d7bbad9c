#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/elb/shapes.h"

/// What the actions of rules and listeners may be. Pure.
namespace cumulite::elb {

/// Where actions are to work.
struct ActionPlace {
  std::string_view load_balancer_type;  // "application"
  std::string_view listener_protocol;   // "HTTP"; empty for gateways
};

/// Checks actions and fills in what AWS fills in, in the order in which they are done. Whether the target
/// groups exist is not looked at.
///
/// Errors: ValidationError, InvalidLoadBalancerAction, TooManyActions; NotImplemented for
/// authenticate-cognito.
/// Source: ELB API Reference "Action"; Application Load Balancers User Guide "Action types for listener
/// rules".
std::vector<Action> ReadActions(std::vector<Action> actions, const ActionPlace& place);

/// The target groups of all forward actions, each once.
std::vector<std::string> ForwardedTo(const std::vector<Action>& actions);

/// As answers show them: a client secret is told to nobody.
std::vector<Action> ShownActions(std::vector<Action> actions);

/// An OIDC client's secret stays the one that is stored when the request says so.
void KeepClientSecrets(std::vector<Action>& actions, const std::vector<Action>& stored);

}  // namespace cumulite::elb
