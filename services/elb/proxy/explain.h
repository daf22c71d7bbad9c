#pragma once
#include <string>

#include "base/clock.h"
#include "services/elb/proxy/data_plane.h"
#include "services/elb/proxy/routing_table.h"

namespace cumulite::elb::proxy {

/// What a request would get, rule by rule, as JSON; nothing is counted and no turn is taken.
std::string ExplainRequest(const RoutingTable& table, const Question& question, base::TimePoint now);

}  // namespace cumulite::elb::proxy
