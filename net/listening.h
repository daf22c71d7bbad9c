#pragma once
#include <memory>
#include <span>
#include <vector>

#include "net/body_budget.h"
#include "net/connection_count.h"

namespace cumulite::net {

class IoLoop;

/// What listeners that are opened while the server runs need of it, and share with the others: its loops, the
/// count of connections and the memory for bodies. Lives as long as the server. Thread: any.
struct Listening {
  const std::vector<std::unique_ptr<IoLoop>>& loops;
  std::shared_ptr<ConnectionCount> connections;
  std::shared_ptr<BodyBudget> budget;
  std::int64_t max_connections = 0;
};

}  // namespace cumulite::net
