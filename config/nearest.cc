#include "config/nearest.h"

#include <algorithm>
#include <numeric>

namespace cumulite::config {
namespace {

constexpr std::size_t kLongestTyped = 64;

/// How many letters must be added, taken away or changed.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string Nearest(std::string_view typed, const std::vector<std::string>& names) {
  if (typed.size() > kLongestTyped) return {};
  std::string nearest;
  std::size_t least = typed.size() / 3 + 2;  // beyond it the names have little in common
  for (const std::string& name : names) {
    const std::size_t distance = Distance(typed, name);
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

std::string Hint(std::string_view typed, const std::vector<std::string>& names) {
  const std::string nearest = Nearest(typed, names);
  return (nearest.empty() ? "" : "; did you mean " + nearest + "?") +
         std::string(nearest.empty() ? "; see cumulite help" : " See cumulite help");
}

}  // namespace cumulite::config
