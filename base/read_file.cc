#include "base/read_file.h"

#include <cstdio>
#include <memory>

namespace cumulite::base {

std::optional<std::string> ReadFile(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return std::nullopt;
  std::string text;
  std::size_t got = 0;
  char block[4096];
  while ((got = std::fread(block, 1, sizeof block, file.get())) > 0) text.append(block, got);
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return text;
}

}  // namespace cumulite::base
