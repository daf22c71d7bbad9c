#include "server/metrics.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cumulite::server {
namespace {
std::string Labels(std::string_view service, std::string_view operation) {
  return std::string("service=\"").append(service).append("\",operation=\"").append(operation).append("\"");
}

std::uint64_t NextId() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1) + 1;
}
}  // namespace

Metrics::Metrics() : id_(NextId()) {}

Metrics::Series& Metrics::Find(std::string_view service, std::string_view operation) {
  // Names are static text, so their addresses identify them.
  using Key = std::pair<const char*, const char*>;
  thread_local std::uint64_t owner = 0;
  thread_local std::map<Key, Series*> known;
  if (owner != id_) {
    known.clear();
    owner = id_;
  }
  Series*& series = known[{service.data(), operation.data()}];
  if (series != nullptr) return *series;
  const std::scoped_lock lock(mutex_);
  const auto same = std::ranges::find_if(
      series_, [&](const Series& other) { return other.service == service && other.operation == operation; });
  if (same != series_.end()) {
    series = &*same;
  } else {
    series = &series_.emplace_back();
    series->service = service;
    series->operation = operation;
  }
  return *series;
}

void Metrics::Count(std::string_view service, std::string_view operation, int status,
                    std::chrono::nanoseconds latency) {
  Series& series = Find(service, operation);
  const auto us = static_cast<std::uint64_t>(latency.count() / 1000);
  const auto bucket = std::ranges::lower_bound(kBounds, us) - kBounds.begin();
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5));
  series.by_class[status_class].fetch_add(1, std::memory_order_relaxed);
  series.buckets[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  series.sum_us.fetch_add(us, std::memory_order_relaxed);
}

std::string Metrics::Text() const {
  std::string requests =
      "# HELP cumulite_requests_total Requests answered.\n# TYPE cumulite_requests_total counter\n";
  std::string latency =
      "# HELP cumulite_request_duration_seconds Time from a request's head to its answer.\n"
      "# TYPE cumulite_request_duration_seconds histogram\n";
  const std::scoped_lock lock(mutex_);
  for (const Series& series : series_) {
    const std::string labels = Labels(series.service, series.operation);
    for (std::size_t i = 1; i < series.by_class.size(); ++i) {
      const std::uint64_t count = series.by_class[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      requests += "cumulite_requests_total{" + labels + ",status=\"" + std::to_string(i) + "xx\"} " +
                  std::to_string(count) + "\n";
    }
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
      total += series.buckets[i].load(std::memory_order_relaxed);
      const std::string bound =
          i < kBounds.size() ? std::to_string(static_cast<double>(kBounds[i]) / 1e6) : "+Inf";
      latency += "cumulite_request_duration_seconds_bucket{" + labels + ",le=\"" + bound + "\"} " +
                 std::to_string(total) + "\n";
    }
    const double sum = static_cast<double>(series.sum_us.load(std::memory_order_relaxed)) / 1e6;
    latency += "cumulite_request_duration_seconds_sum{" + labels + "} " + std::to_string(sum) + "\n";
    latency += "cumulite_request_duration_seconds_count{" + labels + "} " + std::to_string(total) + "\n";
  }
  std::string text = requests + latency;
  for (const auto& source : sources_) source(text);
  return text;
}

}  // namespace cumulite::server
