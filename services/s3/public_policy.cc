#include "services/s3/public_policy.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cumulite::s3 {
namespace {

using Condition = protocol::Policy::Condition;
using Statement = protocol::Policy::Statement;

constexpr std::array<std::string_view, 13> kBindingKeys{"aws:sourcearn",
                                                        "aws:sourcevpc",
                                                        "aws:sourcevpce",
                                                        "aws:sourceowner",
                                                        "aws:sourceaccount",
                                                        "aws:principalarn",
                                                        "aws:principalorgid",
                                                        "aws:principalaccount",
                                                        "aws:userid",
                                                        "s3:dataaccesspointarn",
                                                        "s3:dataaccesspointaccount",
                                                        "aws:principalorgpaths",
                                                        "s3:x-amz-server-side-encryption-aws-kms-key-id"};
constexpr std::array<std::string_view, 8> kBindingTests{
    "stringequals", "stringequalsignorecase", "stringlike",   "arnequals", "arnlike",
    "ipaddress",    "binaryequals",           "numericequals"};

/// Networks wider than these hold everybody, or nearly.
bool IsNarrowNetwork(std::string_view network) {
  const std::size_t slash = network.find('/');
  if (slash == std::string_view::npos) return true;
  int bits = 0;
  std::from_chars(network.data() + slash + 1, network.data() + network.size(), bits);
  return network.find(':') == std::string_view::npos ? bits >= 8 : bits >= 32;
}

/// Account and resource of an ARN may not be wild; elsewhere no wildcard at all.
bool IsFixed(std::string_view value) { return value.find_first_of("*?") == std::string_view::npos; }

bool Binds(const Condition& condition) {
  if (condition.if_exists) return false;
  if (std::find(kBindingTests.begin(), kBindingTests.end(), condition.test) == kBindingTests.end())
    return false;
  if (condition.key == "aws:sourceip") {
    return std::all_of(condition.values.begin(), condition.values.end(), IsNarrowNetwork);
  }
  return std::find(kBindingKeys.begin(), kBindingKeys.end(), condition.key) != kBindingKeys.end() &&
         std::all_of(condition.values.begin(), condition.values.end(), IsFixed);
}

bool AdmitsAnybody(const Statement& statement) {
  if (!statement.allow) return false;
  const bool everybody =
      statement.not_principal ||
      std::any_of(statement.principals.begin(), statement.principals.end(), [](const auto& principal) {
        return principal.value == "*" && (principal.type == "*" || principal.type == "AWS");
      });
  return everybody && std::none_of(statement.conditions.begin(), statement.conditions.end(), Binds);
}

}  // namespace

bool IsPublic(const protocol::Policy& policy) {
  const auto& statements = policy.statements();
  return std::any_of(statements.begin(), statements.end(), AdmitsAnybody);
}

}  // namespace cumulite::s3
