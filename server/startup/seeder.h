#pragma once
#include <string>
#include <vector>

#include "config/settings.h"
#include "runtime/task.h"
#include "server/startup/seed_file.h"
#include "server/world.h"

namespace cumulite::server {

/// Makes what seed files declare, through the services' own operations. What is there already stays, so that
/// the same file can be given at every start. Queues come first, then topics, tables and buckets.
///
/// Thread: any; its tasks run on a loop.
class Seeder {
 public:
  /// Both outlive it.
  Seeder(World& world, const config::Settings& settings) : world_(world), settings_(settings) {}

  /// Reads the files anew and makes everything in them.
  /// Errors: std::runtime_error with file and line, and what the service said.
  runtime::Task<void> Run();

 private:
  World& world_;
  const config::Settings& settings_;
};

}  // namespace cumulite::server
