#pragma once
#include <string>
#include <vector>

namespace cumulite::server {

/// One thing that a seed file declares.
struct SeedEntry {
  std::string kind;    // "queue", "topic", "table", "bucket", "target_group", "load_balancer"
  std::string json;    // its members as a JSON object, in the file's order
  std::string place;   // "seed.toml:12"
  std::string folder;  // of the file, for the paths in it; with a '/' at its end
};

/// Reads a seed file: TOML when its name ends in .toml, JSON else. `region` and `account` of the file's top
/// are put into each entry that has none of its own.
///
/// Errors: std::runtime_error with file and line.
std::vector<SeedEntry> ReadSeedFile(const std::string& path);

}  // namespace cumulite::server
