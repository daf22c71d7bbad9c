#pragma once
#include <span>
#include <string>

#include "server/service_slot.h"

namespace cumulite::server {

/// Appends the gauges and counters of every open service's database, one Prometheus family after the other.
void AppendStoreMetrics(std::span<ServiceSlot* const> slots, std::string& out);

/// Appends what each open service counts itself.
void AppendServiceMetrics(std::span<ServiceSlot* const> slots, std::string& out);

}  // namespace cumulite::server
