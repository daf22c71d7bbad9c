#include "server/clock_file.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace cumulite::server {
namespace {
using nlohmann::json;

std::filesystem::path FileIn(const std::filesystem::path& data_directory) {
  return data_directory / "clock.json";
}

}  // namespace

void SaveClock(const std::filesystem::path& data_directory, const base::Clock::Setting& setting) {
  const std::filesystem::path file = FileIn(data_directory);
  if (setting.offset.count() == 0 && !setting.frozen_at) {
    std::filesystem::remove(file);
    return;
  }
  json content{{"offset_ms", setting.offset.count()}};
  if (setting.frozen_at) content["frozen_at_ms"] = setting.frozen_at->time_since_epoch().count();
  // Whole or not at all, whenever the process is killed.
  const std::filesystem::path next = data_directory / "clock.json.new";
  std::ofstream out(next, std::ios::trunc);
  out << content.dump() << "\n";
  out.close();
  if (!out) throw std::runtime_error("cannot write " + next.string());
  std::filesystem::rename(next, file);
}

std::optional<base::Clock::Setting> LoadClock(const std::filesystem::path& data_directory) {
  const std::filesystem::path file = FileIn(data_directory);
  std::ifstream in(file);
  if (!in) return std::nullopt;
  const json content = json::parse(in, nullptr, false);
  if (!content.is_object() || !content.value("offset_ms", json()).is_number_integer()) {
    throw std::runtime_error(file.string() + " is not a clock's file; remove it to go by the system's time");
  }
  base::Clock::Setting setting{.offset = std::chrono::milliseconds(content["offset_ms"].get<std::int64_t>()),
                               .frozen_at = {}};
  if (const json frozen = content.value("frozen_at_ms", json()); frozen.is_number_integer()) {
    setting.frozen_at.emplace(std::chrono::milliseconds(frozen.get<std::int64_t>()));
  }
  return setting;
}

}  // namespace cumulite::server
