#pragma once
#include <filesystem>
#include <functional>
#include <string>

namespace cumulite::storage {

/// A secret in a file that its owner alone may read: what is there, or what `make` gives, written first
/// (whole or not at all, whenever the process is killed). What `good` refuses counts as not there. Errors:
/// StorageError kIo, kFull; what `make` throws.
std::string ReadOrMakePrivateFile(const std::filesystem::path& path,
                                  const std::function<bool(const std::string&)>& good,
                                  const std::function<std::string()>& make);

}  // namespace cumulite::storage
