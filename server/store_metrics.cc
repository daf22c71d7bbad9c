#include "server/store_metrics.h"

#include <array>
#include <cstdint>

namespace cumulite::server {
namespace {
struct Family {
  std::string_view name;
  std::string_view type;
  std::string_view help;
  std::uint64_t (*read)(const services::StoreStats&);
};

using Stats = const services::StoreStats&;
constexpr std::array kFamilies{
    Family{"cumulite_writer_queue_depth", "gauge", "Writes that are not committed yet.",
           [](Stats stats) { return stats.writer.queue_depth; }},
    Family{"cumulite_writer_groups_total", "counter", "Groups of writes committed.",
           [](Stats stats) { return stats.writer.groups; }},
    Family{"cumulite_writer_jobs_total", "counter", "Writes committed.",
           [](Stats stats) { return stats.writer.jobs; }},
    Family{"cumulite_writer_failed_groups_total", "counter", "Groups whose commit failed.",
           [](Stats stats) { return stats.writer.failed_groups; }},
    Family{"cumulite_writer_last_group_size", "gauge", "Writes in the last group.",
           [](Stats stats) { return stats.writer.last_group_size; }},
    Family{"cumulite_database_bytes", "gauge", "The database file and its write-ahead log.",
           [](Stats stats) { return stats.database_bytes; }},
};
}  // namespace

void AppendServiceMetrics(std::span<ServiceSlot* const> slots, std::string& out) {
  for (const ServiceSlot* slot : slots) {
    if (const services::Service* const service = slot->opened()) service->AppendMetrics(out);
  }
}

void AppendStoreMetrics(std::span<ServiceSlot* const> slots, std::string& out) {
  for (const Family& family : kFamilies) {
    out.append("# HELP ").append(family.name).append(" ").append(family.help).append("\n");
    out.append("# TYPE ").append(family.name).append(" ").append(family.type).append("\n");
    for (const ServiceSlot* slot : slots) {
      const services::Service* const service = slot->opened();
      if (service == nullptr) continue;
      const std::optional<services::StoreStats> stats = service->store_stats();
      if (!stats) continue;
      out.append(family.name).append("{service=\"").append(service->name()).append("\"} ");
      out.append(std::to_string(family.read(*stats))).append("\n");
    }
  }
}

}  // namespace cumulite::server
