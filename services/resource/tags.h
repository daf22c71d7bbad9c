#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// What the resources of several services have alike: tags, places in lists, regions.
namespace cumulite::resource {

using Tags = std::map<std::string, std::string>;

inline constexpr std::size_t kMaxTags = 50;

/// What is wrong with a tag; each service has words of its own for it.
enum class TagFault : std::uint8_t {
  kKeyLength,     // not 1..128 characters
  kValueLength,   // more than 256 characters
  kReserved,      // key or value begins with "aws:", in any case
  kKeyCharacter,  // IsTagText
  kValueCharacter,
};

/// Source: AWS General Reference "Tagging AWS resources", "Tag naming limits and requirements".
std::optional<TagFault> FindTagFault(std::string_view key, std::string_view value);

/// Whether the text begins with "aws:", in any case.
bool IsReservedForAws(std::string_view text);

}  // namespace cumulite::resource
