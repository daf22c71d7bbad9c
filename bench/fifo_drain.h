#pragma once
#include <memory>

#include "bench/scenario.h"

namespace cumulite::bench {

/// Consumers empty a FIFO queue of 1 000 groups; a message that comes out of its group's order is a failure.
///
/// `backlog` messages are prepared, dealt to the groups in turn. The load ends with the last one deleted.
std::unique_ptr<Scenario> MakeFifoDrain(const ScenarioOptions& options);

}  // namespace cumulite::bench
