#pragma once
#include <string>

#include "services/elb/proxy/routing_table.h"

namespace cumulite::elb::proxy {

/// The CloudWatch metrics of AWS/ApplicationELB by their names, as Prometheus text: counters since the start.
/// Source: User Guide "CloudWatch metrics for your Application Load Balancer".
void AppendMetricsOf(const RoutingTable& table, std::string& out);

}  // namespace cumulite::elb::proxy
