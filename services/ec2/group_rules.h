#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "services/ec2/ec2_store.h"

/// Security group rules: each is a resource of its own, shown in groups as permissions. Pure.
namespace cumulite::ec2 {

enum class Direction : std::uint8_t { kIngress, kEgress };

/// The rules that permissions stand for: one for each range, group or list that they name.
/// Errors: InvalidParameterValue, MissingParameter.
std::vector<SecurityGroupRule> RulesOf(const Owner& owner, const std::string& group_id,
                                       const std::vector<IpPermission>& permissions, Direction direction);

/// A group's rules, those of one protocol and port range together.
std::vector<IpPermission> PermissionsOf(const std::vector<SecurityGroupRule>& rules,
                                        const std::string& group_id, Direction direction);

/// The rule that says the same, descriptions aside; null when there is none.
const SecurityGroupRule* FindSame(const std::vector<SecurityGroupRule>& rules,
                                  const SecurityGroupRule& wanted);

/// "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW", as refusals name it.
std::string Describe(const SecurityGroupRule& rule);

}  // namespace cumulite::ec2
