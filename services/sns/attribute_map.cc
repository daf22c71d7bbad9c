#include "services/sns/attribute_map.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "protocol/json_writer.h"

namespace cumulite::sns {

std::string_view ValueOf(const AttributeMap& map, std::string_view name) {
  const auto found = map.find(std::string(name));
  return found == map.end() ? std::string_view() : std::string_view(found->second);
}

std::string EncodeMap(const AttributeMap& map) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  for (const auto& [name, value] : map) {
    json.Key(name);
    json.String(value);
  }
  json.CloseObject();
  return text;
}

AttributeMap DecodeMap(std::string_view text) {
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object()) throw std::runtime_error("sns.db: an attribute map is no JSON object");
  AttributeMap map;
  for (const auto& [name, value] : document.items()) {
    if (!value.is_string()) throw std::runtime_error("sns.db: attribute " + name + " is no text");
    map.emplace(name, value.get<std::string>());
  }
  return map;
}

}  // namespace cumulite::sns
