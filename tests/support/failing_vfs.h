#pragma once
#include <atomic>
#include <chrono>

namespace cumulite::storage {

/// SQLite's file system with faults that a test turns on: registered under kFailingVfs when first used.
struct Faults {
  std::atomic<bool> disk_full{false};            // every write fails as on a full disk
  std::atomic<const char*> full_while{nullptr};  // every write fails so as long as that file is there
  std::atomic<int> full_writes{0};               // so many writes, the next ones, fail as on a full disk
  std::atomic<bool> sync_fails{false};           // every sync fails
  std::atomic<int> syncs{0};                     // how many were asked for
  std::atomic<bool> held{false};                 // every write waits until Release
  std::atomic<int> standing{0};                  // how many writes do

  void Release() {
    held = false;
    held.notify_all();
  }
  /// Blocks until a write stands still.
  /// Errors: std::runtime_error when none does within `patience`, so that a test fails and does not hang.
  void AwaitStanding(std::chrono::seconds patience = std::chrono::seconds{20});
};

inline constexpr const char* kFailingVfs = "failing";

/// Registers the file system and gives its switches.
Faults& InstallFailingVfs();

}  // namespace cumulite::storage
