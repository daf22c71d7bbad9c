#include "services/elb/action_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "services/elb/errors.h"
#include "services/elb/quotas.h"

namespace cumulite::elb {
namespace {

constexpr std::array kContentTypes{std::string_view("text/plain"), std::string_view("text/css"),
                                   std::string_view("text/html"), std::string_view("application/javascript"),
                                   std::string_view("application/json")};

AwsError InvalidAction(std::string message) { return {kInvalidLoadBalancerAction, std::move(message)}; }

AwsError Lacks(const std::string& type, std::string_view field) {
  return InvalidAction("For actions of type '" + type + "', you must specify the following fields: '" +
                       std::string(field) + "'");
}

bool IsAuthentication(std::string_view type) {
  return type.starts_with("authenticate-") || type == "jwt-validation";
}

/// Either form of a forward action becomes both, as AWS shows it.
void ReadForward(Action& action, const ActionPlace& place) {
  if (!action.forward_config) action.forward_config.emplace();
  ForwardActionConfig& config = *action.forward_config;
  if (config.target_groups.empty()) {
    if (!action.target_group_arn || action.target_group_arn->empty()) {
      throw Invalid("A target group ARN must be specified");
    }
    config.target_groups.push_back({action.target_group_arn, std::nullopt});
  } else if (action.target_group_arn &&
             (config.target_groups.size() != 1 ||
              config.target_groups[0].target_group_arn != action.target_group_arn)) {
    throw Invalid(
        "You can specify both a target group ARN and a list of target groups only if the list holds that "
        "target group alone");
  }
  if (config.target_groups.size() > kMaxTargetGroupsOfAction) {
    throw AwsError(kTooManyTargetGroups, "The maximum number of target groups per action is '" +
                                             std::to_string(kMaxTargetGroupsOfAction) + "'");
  }
  std::vector<std::string_view> seen;
  for (TargetGroupTuple& group : config.target_groups) {
    if (!group.target_group_arn) throw Invalid("A target group ARN must be specified");
    if (std::ranges::find(seen, *group.target_group_arn) != seen.end()) {
      throw Invalid("Target group '" + *group.target_group_arn + "' is specified more than once");
    }
    seen.push_back(*group.target_group_arn);
    if (!group.weight) group.weight = 1;
    if (*group.weight < 0 || *group.weight > 999) {
      throw Invalid("The weight for each target group must be between 0 and 999, inclusive");
    }
  }
  if (place.load_balancer_type != "application" && !config.target_group_stickiness_config &&
      config.target_groups.size() == 1) {
    action.target_group_arn = config.target_groups[0].target_group_arn;
    return;
  }
  if (!config.target_group_stickiness_config) config.target_group_stickiness_config.emplace();
  TargetGroupStickinessConfig& stickiness = *config.target_group_stickiness_config;
  if (!stickiness.enabled) stickiness.enabled = false;
  if (*stickiness.enabled && !stickiness.duration_seconds) {
    throw Invalid("A duration must be specified for target group stickiness");
  }
  if (stickiness.duration_seconds &&
      (*stickiness.duration_seconds < 1 || *stickiness.duration_seconds > 604'800)) {
    throw Invalid("The target group stickiness duration must be between 1 and 604800 seconds, inclusive");
  }
  if (config.target_groups.size() == 1) action.target_group_arn = config.target_groups[0].target_group_arn;
}

bool IsPort(std::string_view text) {
  int port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && port >= 1 && port <= 65'535;
}

void ReadRedirect(Action& action, const ActionPlace& place) {
  if (!action.redirect_config) throw Lacks(action.type, "RedirectConfig");
  RedirectActionConfig& config = *action.redirect_config;
  if (!config.protocol) config.protocol = "#{protocol}";
  if (!config.port) config.port = "#{port}";
  if (!config.host) config.host = "#{host}";
  if (!config.path) config.path = "/#{path}";
  if (!config.query) config.query = "#{query}";
  if (*config.port != "#{port}" && !IsPort(*config.port)) {
    throw Invalid("The redirect port must be a value between 1 and 65535 or '#{port}'");
  }
  if (!config.path->starts_with('/')) throw Invalid("The redirect path must start with '/'");
  if (config.query->starts_with('?')) throw Invalid("The redirect query cannot start with '?'");
  if (place.listener_protocol == "HTTPS" && *config.protocol == "HTTP") {
    throw InvalidAction("You cannot redirect HTTPS requests to HTTP");
  }
  if (*config.protocol == "#{protocol}" && *config.port == "#{port}" && *config.host == "#{host}" &&
      *config.path == "/#{path}") {
    throw InvalidAction("The redirect configuration is not valid because it creates a loop.");
  }
}

void ReadFixedResponse(const Action& action) {
  if (!action.fixed_response_config) throw Lacks(action.type, "FixedResponseConfig");
  const auto& type = action.fixed_response_config->content_type;
  if (type && std::ranges::find(kContentTypes, *type) == kContentTypes.end()) {
    throw InvalidAction("The ContentType must be one of: '" + std::string("text/plain', 'text/css', ") +
                        "'text/html', 'application/javascript', 'application/json'");
  }
}

void CheckUrl(std::string_view name, const std::string& url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    throw InvalidAction("The " + std::string(name) + " '" + url + "' is not a valid URL");
  }
}

void ReadOidc(Action& action) {
  if (!action.authenticate_oidc_config) throw Lacks(action.type, "AuthenticateOidcConfig");
  AuthenticateOidcActionConfig& config = *action.authenticate_oidc_config;
  CheckUrl("Issuer", config.issuer);
  CheckUrl("AuthorizationEndpoint", config.authorization_endpoint);
  CheckUrl("TokenEndpoint", config.token_endpoint);
  CheckUrl("UserInfoEndpoint", config.user_info_endpoint);
  if (!config.client_secret && !config.use_existing_client_secret.value_or(false)) {
    throw InvalidAction("A ClientSecret must be specified for actions of type 'authenticate-oidc'");
  }
  if (!config.session_cookie_name) config.session_cookie_name = "AWSELBAuthSessionCookie";
  if (!config.scope) config.scope = "openid";
  if (!config.session_timeout) config.session_timeout = 604'800;
  if (*config.session_timeout < 1 || *config.session_timeout > 604'800) {
    throw InvalidAction("The SessionTimeout must be between 1 and 604800 seconds");
  }
  if (!config.on_unauthenticated_request) config.on_unauthenticated_request = "authenticate";
  if (config.authentication_request_extra_params.size() > 10) {
    throw InvalidAction("The maximum number of AuthenticationRequestExtraParams is '10'");
  }
}

void ReadJwt(const Action& action) {
  if (!action.jwt_validation_config) throw Lacks(action.type, "JwtValidationConfig");
  const JwtValidationActionConfig& config = *action.jwt_validation_config;
  CheckUrl("JwksEndpoint", config.jwks_endpoint);
  if (config.jwks_endpoint.size() > 256 || config.issuer.size() > 256) {
    throw InvalidAction("JwksEndpoint and Issuer cannot be longer than '256' characters");
  }
  if (config.additional_claims.size() > 10) {
    throw InvalidAction("The maximum number of AdditionalClaims is '10'");
  }
  for (const auto& claim : config.additional_claims) {
    if (claim.values.empty() || claim.values.size() > 10) {
      throw InvalidAction("Claim '" + claim.name + "' must have between 1 and 10 values");
    }
  }
}

void ReadOne(Action& action, const ActionPlace& place) {
  if (place.load_balancer_type != "application" && action.type != "forward") {
    throw InvalidAction("Action type '" + action.type + "' is not supported on load balancers with type '" +
                        std::string(place.load_balancer_type) + "'");
  }
  if (IsAuthentication(action.type) && place.listener_protocol != "HTTPS") {
    throw InvalidAction("Actions of type '" + action.type + "' are supported only on HTTPS listeners");
  }
  if (action.type == "forward") return ReadForward(action, place);
  if (action.type == "redirect") return ReadRedirect(action, place);
  if (action.type == "fixed-response") return ReadFixedResponse(action);
  if (action.type == "authenticate-oidc") return ReadOidc(action);
  if (action.type == "jwt-validation") return ReadJwt(action);
  throw AwsError(protocol::kNotImplemented,
                 "Actions of type 'authenticate-cognito' are not implemented; use 'authenticate-oidc'");
}

/// By Order; those without one keep their places.
void Sort(std::vector<Action>& actions) {
  const auto ordered = std::ranges::count_if(actions, [](const Action& a) { return a.order.has_value(); });
  if (ordered == 0) {
    for (std::size_t i = 0; i < actions.size(); ++i) actions[i].order = static_cast<std::int32_t>(i + 1);
    return;
  }
  if (static_cast<std::size_t>(ordered) != actions.size()) {
    throw InvalidAction("An order must be specified for all actions");
  }
  std::ranges::stable_sort(actions, {}, [](const Action& a) { return *a.order; });
  const auto same = std::ranges::adjacent_find(actions, {}, [](const Action& a) { return *a.order; });
  if (same != actions.end()) {
    throw InvalidAction("Order '" + std::to_string(*same->order) + "' is specified for more than one action");
  }
}

}  // namespace

std::vector<Action> ReadActions(std::vector<Action> actions, const ActionPlace& place) {
  if (actions.empty()) throw Invalid("An action must be specified");
  Sort(actions);
  for (Action& action : actions) ReadOne(action, place);
  const auto routing =
      std::ranges::count_if(actions, [](const Action& a) { return !IsAuthentication(a.type); });
  if (routing != 1 || IsAuthentication(actions.back().type)) {
    throw InvalidAction(
        "You must specify exactly one action of type 'forward', 'redirect' or 'fixed-response', and it must "
        "be the last action to be performed");
  }
  if (actions.size() > 2) {
    throw AwsError(kTooManyActions, "You can specify at most one authentication action");
  }
  return actions;
}

std::vector<std::string> ForwardedTo(const std::vector<Action>& actions) {
  std::vector<std::string> arns;
  for (const Action& action : actions) {
    if (!action.forward_config) continue;
    for (const TargetGroupTuple& group : action.forward_config->target_groups) {
      if (std::ranges::find(arns, *group.target_group_arn) == arns.end()) {
        arns.push_back(*group.target_group_arn);
      }
    }
  }
  return arns;
}

std::vector<Action> ShownActions(std::vector<Action> actions) {
  for (Action& action : actions) {
    if (!action.authenticate_oidc_config) continue;
    action.authenticate_oidc_config->client_secret.reset();
    action.authenticate_oidc_config->use_existing_client_secret.reset();
  }
  return actions;
}

void KeepClientSecrets(std::vector<Action>& actions, const std::vector<Action>& stored) {
  const auto is_oidc = [](const Action& action) { return action.authenticate_oidc_config.has_value(); };
  const auto old = std::ranges::find_if(stored, is_oidc);
  for (Action& action : actions) {
    if (!is_oidc(action) || action.authenticate_oidc_config->client_secret) continue;
    if (old == stored.end()) {
      throw InvalidAction("There is no existing client secret that could be used");
    }
    action.authenticate_oidc_config->client_secret = old->authenticate_oidc_config->client_secret;
  }
}

}  // namespace cumulite::elb
