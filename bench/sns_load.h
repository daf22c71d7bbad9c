#pragma once
#include <memory>

#include "bench/scenario.h"

namespace cumulite::bench {

/// What subscribes to the topic: as many queues as the backlog says, or one queue among as many policies that
/// refuse. Units are publishes.
enum class SnsLoad { kRaw, kFiltered, kEnveloped, kBatch, kRefusing };

/// Publishes to one topic.
std::unique_ptr<Scenario> MakeSnsLoad(const ScenarioOptions& options, SnsLoad load);

}  // namespace cumulite::bench
