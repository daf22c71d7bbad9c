#pragma once
#include <span>
#include <string>

#include "services/service.h"

namespace cumulite::server {

/// Appends the gauges and counters of every service's database, one Prometheus family after the other.
void AppendStoreMetrics(std::span<services::Service* const> services, std::string& out);

}  // namespace cumulite::server
