#pragma once
#include <map>
#include <string>
#include <string_view>

namespace cumulite::sns {

/// Attributes and tags: names to values.
using AttributeMap = std::map<std::string, std::string>;

/// The value under `name`; empty when there is none.
std::string_view ValueOf(const AttributeMap& map, std::string_view name);

/// How the store keeps a map: a JSON object of texts.
std::string EncodeMap(const AttributeMap& map);
/// Errors: std::runtime_error for what EncodeMap did not write.
AttributeMap DecodeMap(std::string_view text);

}  // namespace cumulite::sns
