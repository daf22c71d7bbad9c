#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::server {

/// Counts requests and their latency by service and operation, and asks others for gauges when it is read.
///
/// Hot path: one look-up in a small thread-local table and a few relaxed increments.
/// Thread: any.
/// Source: Prometheus text exposition format 0.0.4.
class Metrics {
 public:
  /// Upper bounds of the latency histogram, in microseconds.
  static constexpr std::array<std::uint64_t, 11> kBounds{50,     100,    250,     500,       1'000,     2'500,
                                                         10'000, 50'000, 250'000, 1'000'000, 10'000'000};

  Metrics();

  /// `service` and `operation` are static text.
  void Count(std::string_view service, std::string_view operation, int status,
             std::chrono::nanoseconds latency);

  /// Adds lines when the text is asked for: "name{labels} value\n", with their own HELP and TYPE.
  void AddSource(std::function<void(std::string& out)> source) { sources_.push_back(std::move(source)); }

  std::string Text() const;

 private:
  struct Series {
    std::string_view service;
    std::string_view operation;
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  // [4]: answers 4xx
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> sum_us{0};
  };
  Series& Find(std::string_view service, std::string_view operation);

  const std::uint64_t id_;  // tells thread-local tables of one server from another's in the same process
  mutable std::mutex mutex_;
  std::deque<Series> series_;
  std::vector<std::function<void(std::string&)>> sources_;
};

}  // namespace cumulite::server
