#pragma once
#include <filesystem>
#include <mutex>
#include <string_view>

namespace cumulite::storage {

/// Says on disk that a service keeps work which nobody will ask it for (timers, deliveries, tasks), so that
/// the next start opens it at once instead of at its first request. A file without content.
///
/// Raise it before the write that makes such work is queued, and lower it when the last is done and durable:
/// a marker without work costs an opening, work without a marker waits for a request. Both cost a look at a
/// flag when nothing changes.
/// Thread: any; who raises and who lowers must be told apart by the service's own lock.
class WorkMarker {
 public:
  /// Of the service of that name in a data directory.
  WorkMarker(const std::filesystem::path& data_directory, std::string_view service);

  static bool IsRaised(const std::filesystem::path& data_directory, std::string_view service);

  /// Errors: StorageError kIo, kFull.
  void Raise();
  void Lower() noexcept;

 private:
  const std::filesystem::path file_;
  std::mutex mutex_;
  bool raised_;
};

}  // namespace cumulite::storage
