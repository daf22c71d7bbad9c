#include "protocol/policy.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/text.h"
#include "base/time_text.h"
#include "protocol/arn.h"
#include "protocol/holder_policy.h"
#include "protocol/http.h"
#include "protocol/policy_condition.h"

namespace cumulite::protocol {
namespace {
namespace dom = simdjson::dom;

[[noreturn]] void Refuse(const char* reason) { throw std::invalid_argument(reason); }

/// Policies may say 5, true or "5" alike.
std::string Scalar(dom::element value) {
  if (value.is_string()) return std::string(std::string_view(value));
  if (value.is_bool()) return bool(value) ? "true" : "false";
  if (value.is_number()) return simdjson::minify(value);
  Refuse("a value must be text, a number or a boolean");
}

std::vector<std::string> OneOrMany(dom::element value) {
  std::vector<std::string> values;
  if (!value.is_array()) return {Scalar(value)};
  for (const dom::element item : dom::array(value)) values.push_back(Scalar(item));
  return values;
}

}  // namespace

/// Builds a Policy from JSON.
class PolicyParser {
 public:
  static Policy Parse(dom::object document) {
    Policy policy;
    bool has_statement = false;
    for (const auto& [key, value] : document) {
      if (key == "Statement") {
        has_statement = true;
        if (value.is_array()) {
          for (const dom::element item : dom::array(value))
            policy.statements_.push_back(ParseStatement(item));
        } else {
          policy.statements_.push_back(ParseStatement(value));
        }
      } else if (key == "Version") {
        const std::string version = Scalar(value);
        if (version != "2012-10-17" && version != "2008-10-17") Refuse("the Version is not one of a policy");
      } else if (key != "Id") {
        Refuse("an element of the document is unknown");
      }
    }
    if (!has_statement) Refuse("there is no Statement");
    return policy;
  }

  static void HoldForEverybody(Policy& policy) {
    for (Policy::Statement& statement : policy.statements_) {
      if (!statement.principals.empty() || statement.not_principal) Refuse("a Principal has no place here");
      statement.principals = {{"*", "*"}};
    }
  }

  static void KeepNaming(Policy& policy, std::string_view arn) {
    std::erase_if(policy.statements_, [&](const Policy::Statement& statement) {
      return statement.not_principal ||
             std::ranges::none_of(statement.principals, [&](const Policy::Principal& principal) {
               return principal.type == "AWS" && principal.value == arn;
             });
    });
  }

 private:
  static Policy::Statement ParseStatement(dom::element element) {
    if (!element.is_object()) Refuse("a Statement must be an object");
    Policy::Statement statement;
    bool has_effect = false;
    for (const auto& [key, value] : dom::object(element)) {
      if (key == "Effect") {
        const std::string effect = Scalar(value);
        if (effect != "Allow" && effect != "Deny") Refuse("Effect must be Allow or Deny");
        statement.allow = effect == "Allow";
        has_effect = true;
      } else if (key == "Principal" || key == "NotPrincipal") {
        statement.not_principal = key == "NotPrincipal";
        statement.principals = ParsePrincipals(value);
      } else if (key == "Action" || key == "NotAction") {
        statement.actions = {OneOrMany(value), key == "NotAction", true};
      } else if (key == "Resource" || key == "NotResource") {
        statement.resources = {OneOrMany(value), key == "NotResource", true};
      } else if (key == "Condition") {
        statement.conditions = ParseConditions(value);
      } else if (key != "Sid") {
        Refuse("an element of a Statement is unknown");
      }
    }
    if (!has_effect || !statement.actions.present) Refuse("a Statement needs Effect and Action");
    return statement;
  }

  static std::vector<Policy::Principal> ParsePrincipals(dom::element element) {
    if (element.is_string()) {
      if (std::string_view(element) != "*") Refuse("a Principal that is text must be *");
      return {{"*", "*"}};
    }
    if (!element.is_object()) Refuse("a Principal must be * or an object");
    std::vector<Policy::Principal> principals;
    for (const auto& [type, value] : dom::object(element)) {
      for (std::string& name : OneOrMany(value)) principals.push_back({std::string(type), std::move(name)});
    }
    return principals;
  }

  static std::vector<Policy::Condition> ParseConditions(dom::element element) {
    if (!element.is_object()) Refuse("a Condition must be an object");
    std::vector<Policy::Condition> conditions;
    for (const auto& [operation, keys] : dom::object(element)) {
      if (!keys.is_object()) Refuse("a condition operator holds an object");
      for (const auto& [key, values] : dom::object(keys)) {
        conditions.push_back(ParseCondition(base::ToLower(std::string(operation)),
                                            base::ToLower(std::string(key)), OneOrMany(values)));
      }
    }
    return conditions;
  }

  static Policy::Condition ParseCondition(std::string_view test, std::string key,
                                          std::vector<std::string> values) {
    using Over = Policy::Condition::Over;
    static constexpr std::string_view kAll = "forallvalues:";
    static constexpr std::string_view kAny = "foranyvalue:";
    static constexpr std::string_view kIfExists = "ifexists";
    Policy::Condition condition;
    if (test.starts_with(kAll)) {
      condition.over = Over::kAll;
      test.remove_prefix(kAll.size());
    } else if (test.starts_with(kAny)) {
      condition.over = Over::kAny;
      test.remove_prefix(kAny.size());
    }
    if (test.ends_with(kIfExists)) {
      condition.if_exists = true;
      test.remove_suffix(kIfExists.size());
    }
    condition.test = test;
    condition.key = std::move(key);
    condition.values = std::move(values);
    return condition;
  }
};

Policy Policy::Parse(std::string_view json) {
  dom::parser parser;
  dom::element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS || !document.is_object()) {
    Refuse("the text is not a JSON object");
  }
  return PolicyParser::Parse(document);
}

Policy ParseHolderPolicy(std::string_view json) {
  Policy policy = Policy::Parse(json);
  PolicyParser::HoldForEverybody(policy);
  return policy;
}

Policy StatementsNaming(const Policy& policy, std::string_view principal) {
  Policy naming = policy;
  PolicyParser::KeepNaming(naming, principal);
  return naming;
}

PolicyDecision Policy::Evaluate(const PolicyRequest& request) const {
  auto decision = PolicyDecision::kNone;
  for (const Statement& statement : statements_) {
    if (!Applies(statement, request)) continue;
    if (!statement.allow) return PolicyDecision::kDeny;
    decision = PolicyDecision::kAllow;
  }
  return decision;
}

Policy::Extent Policy::extent() const {
  Extent extent{.statements = statements_.size()};
  for (const Statement& statement : statements_) {
    extent.principals += statement.principals.size();
    extent.conditions += statement.conditions.size();
    extent.most_actions = std::max(extent.most_actions, statement.actions.values.size());
  }
  return extent;
}

bool Policy::IsOfResource() const {
  return !statements_.empty() &&
         std::all_of(statements_.begin(), statements_.end(), [](const Statement& statement) {
           return !statement.principals.empty() && statement.resources.present;
         });
}

bool Policy::Applies(const Statement& statement, const PolicyRequest& request) {
  const auto fits = [](const Patterns& patterns, std::string_view text, LetterCase letters) {
    const bool any =
        std::any_of(patterns.values.begin(), patterns.values.end(),
                    [&](const std::string& pattern) { return MatchesWildcard(pattern, text, letters); });
    return any != patterns.negated;
  };
  const bool named = std::any_of(statement.principals.begin(), statement.principals.end(),
                                 [&](const Principal& principal) { return Names(principal, request); });
  return named != statement.not_principal && fits(statement.actions, request.action, LetterCase::kIgnore) &&
         (!statement.resources.present || fits(statement.resources, request.resource, LetterCase::kExact)) &&
         std::all_of(statement.conditions.begin(), statement.conditions.end(),
                     [&](const Condition& condition) { return Meets(condition, request); });
}

bool Policy::Names(const Principal& principal, const PolicyRequest& request) {
  if (principal.type == "Service") return !request.service.empty() && principal.value == request.service;
  if (principal.value == "*") return true;
  if (principal.type != "AWS" || request.principal.empty()) return false;
  if (principal.value == request.principal || principal.value == request.account) return true;
  const auto wanted = ParseArn(principal.value);
  if (!wanted) return false;
  if (wanted->resource == "root") return wanted->account == request.account;
  // The session of an assumed role is named by its role, too.
  const auto caller = ParseArn(request.principal);
  if (!caller || caller->service != "sts" || !caller->resource.starts_with("assumed-role/")) return false;
  std::string_view role = caller->resource.substr(std::string_view("assumed-role/").size());
  role = role.substr(0, role.find('/'));
  return wanted->account == caller->account && wanted->resource.starts_with("role/") &&
         wanted->resource.substr(wanted->resource.rfind('/') + 1) == role;
}

bool Policy::Meets(const Condition& condition, const PolicyRequest& request) {
  const auto found = request.context.find(condition.key);
  const bool exists = found != request.context.end() && !found->second.empty();
  if (condition.test == "null") {
    return std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& value) {
      return EqualsIgnoreCase(value, exists ? "false" : "true");
    });
  }
  const std::string_view positive = PositiveForm(condition.test);
  const bool negated = !positive.empty();
  if (!exists) return condition.if_exists || negated || condition.over == Condition::Over::kAll;
  const auto passes = [&](const std::string& actual) {
    const bool any =
        std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& wanted) {
          return PassesCondition(negated ? positive : std::string_view(condition.test), wanted, actual);
        });
    return any != negated;
  };
  if (condition.over == Condition::Over::kAll) {
    return std::all_of(found->second.begin(), found->second.end(), passes);
  }
  return std::any_of(found->second.begin(), found->second.end(), passes);
}

void AddGlobalKeys(PolicyRequest& request, base::TimePoint now, bool secure, std::string_view source_ip) {
  const auto milliseconds = now.time_since_epoch().count();
  request.context["aws:currenttime"] = {base::FormatIso8601(now)};
  request.context["aws:epochtime"] = {std::to_string(milliseconds / 1000)};
  request.context["aws:securetransport"] = {secure ? "true" : "false"};
  if (!source_ip.empty()) request.context["aws:sourceip"] = {std::string(source_ip)};
  if (request.principal.empty()) {
    request.context["aws:principaltype"] = {"Anonymous"};
    return;
  }
  request.context["aws:principalarn"] = {std::string(request.principal)};
  request.context["aws:principalaccount"] = {std::string(request.account)};
  const bool user = request.principal.find(":user/") != std::string_view::npos;
  const bool role = request.principal.find(":assumed-role/") != std::string_view::npos;
  request.context["aws:principaltype"] = {user ? "User" : role ? "AssumedRole" : "Account"};
}

}  // namespace cumulite::protocol
