#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace cumulite::server {

/// Asks the server at that address over HTTP whether it is healthy: GET /_cumulite/health answers 200.
/// `host`: as in --listen; an address of all interfaces is asked on loopback. Blocks for `patience` at most.
/// Errors: none thrown. Thread: any but an I/O thread.
bool IsHealthy(const std::string& host, std::uint16_t port, std::chrono::milliseconds patience);

/// Ends the process as SIGTERM does once standard input closes: whoever started us holds the other end of
/// that pipe and closes it by ending, even by SIGKILL. Call it once.
void StopWithStdin();

/// What systemd's notification socket is told; nothing happens where nobody gave one.
///
/// Source: sd_notify(3), the protocol behind it. Thread: one owner.
class ServiceManager {
 public:
  /// Also begins to report being alive, as often as systemd asks (WatchdogSec), while IsHealthy.
  void Ready(const std::string& host, std::uint16_t port);
  void Stopping();
  ~ServiceManager();

 private:
  void Watch(const std::string& host, std::uint16_t port, std::chrono::milliseconds interval);
  void EndWatch();

  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
  std::thread watch_;
};

}  // namespace cumulite::server
