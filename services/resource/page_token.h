#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::resource {

/// NextToken, ContinuationToken, Marker: where the next page of a list begins, as a text that says nothing to
/// a client. `list` names the list and what narrows it (operation, prefix, owner), so that a token of another
/// list is refused.
std::string EncodePageToken(std::string_view list, std::string_view place);

/// The place; nullopt for what is no token of this list.
std::optional<std::string> DecodePageToken(std::string_view list, std::string_view token);

}  // namespace cumulite::resource
