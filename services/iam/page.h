#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/rpc_errors.h"
#include "services/iam/errors.h"
#include "services/resource/page_token.h"

namespace cumulite::iam {

inline constexpr std::int32_t kPageSize = 100;

/// Cuts a list, which is in the order of `name`, to the page behind `marker`; gives the marker of the next
/// page. `list_name` tells lists apart. Errors: ValidationError for a marker of another list.
template <class T>
std::optional<std::string> CutPage(const std::string& list_name, std::vector<T>& list,
                                   const std::optional<std::string>& marker,
                                   const std::optional<std::int32_t>& max_items, std::string T::*name) {
  if (marker) {
    const auto place = resource::DecodePageToken(list_name, *marker);
    if (!place) throw AwsError(protocol::kValidation, "Invalid Marker.");
    std::erase_if(list, [&](const T& entry) { return entry.*name <= *place; });
  }
  const auto limit = static_cast<std::size_t>(max_items.value_or(kPageSize));
  if (list.size() <= limit) return std::nullopt;
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
  return resource::EncodePageToken(list_name, list.back().*name);
}

}  // namespace cumulite::iam
