#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "config/settings.h"
#include "runtime/loop.h"
#include "server/startup/init_scripts.h"
#include "server/startup/seeder.h"
#include "server/world.h"

namespace cumulite::server {

/// What happens between listening and being healthy: seeding, then the scripts of the init folders.
///
/// Thread: one owner runs it, off the loops; the rest on any.
class Startup {
 public:
  /// Both outlive it.
  Startup(World& world, const config::Settings& settings);

  /// Seeds, and runs the scripts of all stages but the last against this server's `port`. A script that fails
  /// is logged and shown, as LocalStack does; it does not end the start.
  /// Errors: what Seeder::Run throws.
  void Run(runtime::Loop& loop, std::uint16_t port);
  /// The scripts of the last stage.
  void RunShutdownScripts();

  /// Whether all of it is done.
  bool ready() const { return ready_; }
  bool done(Stage stage) const { return done_[static_cast<std::size_t>(stage)]; }
  std::vector<InitScript> scripts() const;
  Seeder& seeder() { return seeder_; }

 private:
  void RunStage(Stage stage);

  const config::Settings& settings_;
  Seeder seeder_;
  std::map<std::string, std::string> variables_;  // of scripts
  std::atomic<bool> ready_{false};
  std::atomic<bool> done_[4]{};
  mutable std::mutex mutex_;
  std::vector<InitScript> scripts_;
};

}  // namespace cumulite::server
