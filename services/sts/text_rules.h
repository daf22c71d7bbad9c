#pragma once
#include <string_view>

namespace cumulite::sts {

// The patterns of the STS API Reference, each under the name of what it describes.

/// [\w+=,.@-]*
bool IsSessionName(std::string_view text);
/// The same of 2 to 64 characters: a RoleSessionName.
bool IsRoleSessionName(std::string_view text);
/// The same, not beginning with "aws:": a SourceIdentity.
bool IsSourceIdentity(std::string_view text);

}  // namespace cumulite::sts
