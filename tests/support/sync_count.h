#pragma once
#include <filesystem>
#include <vector>

namespace cumulite::test_support {

/// What this program asked the disk to make durable since the last call, in that order: the files and folders
/// given to fdatasync and fsync, under their names of that moment. SQLite's are not among them unless it is
/// linked statically.
///
/// A program that calls it gets both functions from here; they do what libc's do.
std::vector<std::filesystem::path> TakeSynced();

}  // namespace cumulite::test_support
