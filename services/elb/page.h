#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/elb/errors.h"

namespace cumulite::elb {

inline constexpr std::int32_t kPageSize = 400;

/// Cuts a list, which is in its order, to the page behind `marker`, which is what `name_of` gives of the last
/// element of the page before; gives the marker of the next page.
/// Errors: ValidationError for a marker that is no element's.
template <class T, class NameOf>
std::optional<std::string> CutPage(std::vector<T>& list, const std::optional<std::string>& marker,
                                   const std::optional<std::int32_t>& page_size, NameOf name_of) {
  std::size_t start = 0;
  if (marker && !marker->empty()) {
    while (start < list.size() && name_of(list[start]) != *marker) ++start;
    if (start == list.size()) throw Invalid("The marker '" + *marker + "' is not valid");
    ++start;
  }
  list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(start));
  const auto limit = static_cast<std::size_t>(page_size.value_or(kPageSize));
  if (list.size() <= limit) return std::nullopt;
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
  return name_of(list.back());
}

}  // namespace cumulite::elb
