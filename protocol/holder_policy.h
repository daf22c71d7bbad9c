#pragma once
#include <string_view>

#include "protocol/policy.h"

namespace cumulite::protocol {

/// A policy of whoever holds it, such as a session's: it names no principals and is about its holder.
/// Errors: std::invalid_argument when the text is not a policy document, or names somebody.
Policy ParseHolderPolicy(std::string_view json);

/// Of a resource's policy what it says about the principal by its own ARN, not about its account, its role or
/// everybody.
Policy StatementsNaming(const Policy& policy, std::string_view principal);

}  // namespace cumulite::protocol
