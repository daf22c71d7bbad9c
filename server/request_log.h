#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/log.h"
#include "protocol/exchange.h"

namespace cumulite::server {

/// One line a request: at info those that failed, at warn and error those that are our fault, at debug all.
///
/// The same failure of the same client is written once a second at most; the next line says how many it
/// stands for. A request that went well costs a load and a branch unless debug is on. Thread: any.
class RequestLog {
 public:
  RequestLog() : log_(base::Logger("request")) {}

  void Write(const protocol::Exchange& exchange, std::string_view service, std::chrono::nanoseconds latency);

 private:
  struct Repeated {
    std::chrono::steady_clock::time_point written;
    std::uint64_t left_out = 0;
  };
  /// How many lines like it were left out since the last; `leave_out`: it is to be left out, too.
  std::uint64_t TakeLeftOut(const std::string& key, bool& leave_out);

  const base::Log* const log_;
  std::mutex mutex_;
  std::map<std::string, Repeated, std::less<>> recent_;
};

/// What a request is about, as far as it says so itself: a queue's or topic's name or URL, a table, S3's
/// path. Cut at 256 bytes.
std::string ResourceOf(const protocol::Exchange& exchange);

}  // namespace cumulite::server
