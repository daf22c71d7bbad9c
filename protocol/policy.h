#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace cumulite::protocol {

/// Who asks for what, as a policy sees it.
struct PolicyRequest {
  std::string_view principal;  // ARN; empty: anonymous
  std::string_view account;    // of the principal
  std::string_view service;    // "sns.amazonaws.com" when a service calls on its own account
  std::string_view action;     // "sqs:SendMessage"
  std::string_view resource;   // ARN
  /// Condition keys in lower case ("aws:sourcearn") with their values.
  std::map<std::string, std::vector<std::string>> context;
};

enum class PolicyDecision : std::uint8_t { kNone, kAllow, kDeny };

/// Adds the keys that every request has: aws:CurrentTime, aws:EpochTime, aws:SecureTransport, aws:SourceIp,
/// aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType.
void AddGlobalKeys(PolicyRequest& request, base::TimePoint now, bool secure, std::string_view source_ip);

/// A resource policy, parsed once and evaluated often.
///
/// Knows Allow and Deny, Principal and NotPrincipal, Action and NotAction, Resource and NotResource with the
/// wildcards * and ?, and the String, Numeric, Date, Bool, Binary, IpAddress, Arn and Null operators with
/// IfExists, ForAllValues and ForAnyValue. A condition that it does not know is not met.
/// Thread: any, once built.
/// Source: IAM User Guide "IAM JSON policy elements reference" and "Policy evaluation logic".
class Policy {
 public:
  /// Errors: std::invalid_argument when the text is not a policy document.
  static Policy Parse(std::string_view json);

  /// Deny beats Allow; kNone when no statement speaks about the request.
  PolicyDecision Evaluate(const PolicyRequest& request) const;

  /// How much it says, for services that limit it.
  struct Extent {
    std::size_t statements = 0;
    std::size_t principals = 0;
    std::size_t conditions = 0;
    std::size_t most_actions = 0;  // of one statement
  };
  Extent extent() const;
  /// Whether there is a statement, and each says who and on what: services want it of a resource's policy.
  bool IsOfResource() const;

  /// "Action" and "NotAction", "Resource" and "NotResource".
  struct Patterns {
    std::vector<std::string> values;
    bool negated = false;
    bool present = false;
  };
  struct Principal {
    std::string type;  // "AWS", "Service", ...; "*" for everybody
    std::string value;
  };
  struct Condition {
    std::string test;  // operator in lower case, without prefix and suffix
    std::string key;   // in lower case
    std::vector<std::string> values;
    bool if_exists = false;
    enum class Over : std::uint8_t { kOne, kAll, kAny } over = Over::kOne;
  };
  struct Statement {
    bool allow = false;
    std::vector<Principal> principals;
    bool not_principal = false;
    Patterns actions;
    Patterns resources;
    std::vector<Condition> conditions;
  };
  /// For services that want more of a policy than that it is one.
  const std::vector<Statement>& statements() const { return statements_; }

 private:
  friend class PolicyParser;
  static bool Applies(const Statement& statement, const PolicyRequest& request);
  static bool Names(const Principal& principal, const PolicyRequest& request);
  static bool Meets(const Condition& condition, const PolicyRequest& request);

  std::vector<Statement> statements_;
};

}  // namespace cumulite::protocol
