#include "services/elb/rule_translation.h"

#include <utility>

#include "services/elb/action_rules.h"

namespace cumulite::elb {
namespace {
using std::chrono::seconds;

proxy::Condition TranslateCondition(const RuleCondition& condition) {
  using Field = proxy::Condition::Field;
  proxy::Condition made;
  const auto patterns = [&](Field field, const auto& config) {
    made.field = field;
    made.values = config.values;
    made.regex_values = config.regex_values;
  };
  if (condition.host_header_config) {
    patterns(Field::kHostHeader, *condition.host_header_config);
  } else if (condition.path_pattern_config) {
    patterns(Field::kPathPattern, *condition.path_pattern_config);
  } else if (condition.http_header_config) {
    patterns(Field::kHttpHeader, *condition.http_header_config);
    made.header_name = condition.http_header_config->http_header_name.value_or("");
  } else if (condition.http_request_method_config) {
    made.field = Field::kMethod;
    made.values = condition.http_request_method_config->values;
  } else if (condition.query_string_config) {
    made.field = Field::kQueryString;
    for (const auto& pair : condition.query_string_config->values) {
      made.pairs.push_back({pair.key, pair.value.value_or("")});
    }
  } else if (condition.source_ip_config) {
    made.field = Field::kSourceIp;
    made.values = condition.source_ip_config->values;
  }
  return made;
}

proxy::Transform TranslateTransform(const RuleTransform& transform) {
  const bool host = transform.type == "host-header-rewrite";
  const RewriteConfig& rewrite = host ? transform.host_header_rewrite_config->rewrites.front()
                                      : transform.url_rewrite_config->rewrites.front();
  return {.kind = host ? proxy::Transform::Kind::kHostHeaderRewrite : proxy::Transform::Kind::kUrlRewrite,
          .regex = rewrite.regex,
          .replace = rewrite.replace};
}

proxy::Forward TranslateForward(const ForwardActionConfig& config, const FindGroup& find_group) {
  proxy::Forward forward;
  for (const TargetGroupTuple& tuple : config.target_groups) {
    if (auto group = find_group(*tuple.target_group_arn)) {
      forward.groups.push_back({std::move(group), tuple.weight.value_or(1)});
    }
  }
  if (const auto& sticky = config.target_group_stickiness_config) {
    forward.sticky = sticky->enabled.value_or(false);
    forward.sticky_duration = seconds(sticky->duration_seconds.value_or(0));
  }
  return forward;
}

proxy::Redirect TranslateRedirect(const RedirectActionConfig& config) {
  return {.status = config.status_code == "HTTP_301" ? 301 : 302,
          .protocol = config.protocol.value_or("#{protocol}"),
          .port = config.port.value_or("#{port}"),
          .host = config.host.value_or("#{host}"),
          .path = config.path.value_or("/#{path}"),
          .query = config.query.value_or("#{query}")};
}

proxy::AuthenticateOidc TranslateOidc(const AuthenticateOidcActionConfig& config) {
  using Otherwise = proxy::AuthenticateOidc::Otherwise;
  proxy::AuthenticateOidc made;
  made.issuer = config.issuer;
  made.authorization_endpoint = config.authorization_endpoint;
  made.token_endpoint = config.token_endpoint;
  made.user_info_endpoint = config.user_info_endpoint;
  made.client_id = config.client_id;
  made.client_secret = config.client_secret.value_or("");
  made.session_cookie_name = config.session_cookie_name.value_or(made.session_cookie_name);
  made.scope = config.scope.value_or(made.scope);
  made.session_timeout = seconds(config.session_timeout.value_or(made.session_timeout.count()));
  made.extra_params = config.authentication_request_extra_params;
  const std::string otherwise = config.on_unauthenticated_request.value_or("authenticate");
  made.on_unauthenticated = otherwise == "allow"  ? Otherwise::kAllow
                            : otherwise == "deny" ? Otherwise::kDeny
                                                  : Otherwise::kAuthenticate;
  return made;
}

proxy::ValidateJwt TranslateJwt(const JwtValidationActionConfig& config) {
  using Format = proxy::ValidateJwt::Format;
  proxy::ValidateJwt made{.jwks_endpoint = config.jwks_endpoint, .issuer = config.issuer};
  for (const auto& claim : config.additional_claims) {
    made.claims.push_back({.name = claim.name,
                           .format = claim.format == "string-array" ? Format::kStringArray
                                     : claim.format == "space-separated-values"
                                         ? Format::kSpaceSeparatedValues
                                         : Format::kSingleString,
                           .values = claim.values});
  }
  return made;
}

}  // namespace

proxy::Rule TranslateRule(const RuleRecord& record, const FindGroup& find_group) {
  proxy::Rule rule;
  rule.arn = record.arn();
  rule.priority = record.is_default() ? 0 : static_cast<int>(record.priority());
  for (const RuleCondition& condition : record.shown.conditions) {
    rule.conditions.push_back(TranslateCondition(condition));
  }
  for (const RuleTransform& transform : record.shown.transforms) {
    rule.transforms.push_back(TranslateTransform(transform));
  }
  for (const Action& action : record.shown.actions) {
    if (action.forward_config) rule.action = TranslateForward(*action.forward_config, find_group);
    if (action.redirect_config) rule.action = TranslateRedirect(*action.redirect_config);
    if (const auto& fixed = action.fixed_response_config) {
      rule.action = proxy::FixedResponse{.status = std::stoi(fixed->status_code),
                                         .content_type = fixed->content_type.value_or("text/plain"),
                                         .body = fixed->message_body.value_or("")};
    }
    if (action.authenticate_oidc_config) rule.gate = TranslateOidc(*action.authenticate_oidc_config);
    if (action.jwt_validation_config) rule.gate = TranslateJwt(*action.jwt_validation_config);
  }
  return rule;
}

}  // namespace cumulite::elb
