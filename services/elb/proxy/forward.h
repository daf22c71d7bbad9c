#pragma once
#include <string>

#include "runtime/task.h"
#include "services/elb/proxy/proxy.h"

namespace cumulite::elb::proxy {

/// What an authentication adds to the request of the target.
struct Identity {
  bool authenticates = false;
  std::string lines;  // complete header lines
};

/// Forwards a request as the rule says: chooses group and target, streams the request there and the answer
/// back. What can go wrong becomes AWS's 460, 463, 464, 500, 502, 503 or 504.
runtime::Task<void> ForwardRequest(ProxyRequest& request, const RuleAtWork& rule, const Identity& identity);

/// The weighted choice of a forward's groups; null when all weights are 0.
const GroupAtWork* ChooseGroup(const RuleAtWork& rule, std::optional<std::uint64_t> sticky,
                               std::uint64_t turn);

}  // namespace cumulite::elb::proxy
