#include "config/settings_file.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include "base/read_file.h"
#include "config/nearest.h"

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace cumulite::config {
namespace {

std::string ReadText(const std::string& path) {
  std::optional<std::string> text = base::ReadFile(path);
  if (!text) throw BadValue("cannot read the file " + path + ": " + std::generic_category().message(errno));
  return *std::move(text);
}

std::string PlaceOf(const std::string& path, const toml::source_region& source) {
  return path + ":" + std::to_string(source.begin.line) + ": ";
}

toml::table Parse(const std::string& path) {
  try {
    return toml::parse(ReadText(path), path);
  } catch (const toml::parse_error& error) {
    throw BadValue(PlaceOf(path, error.source()) + std::string(error.description()));
  }
}

const SettingRow* FindRow(std::string_view name) {
  const auto table = SettingTable();
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const SettingRow& r) { return r.name == name; });
  return row == table.end() ? nullptr : &*row;
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const SettingRow& row : SettingTable()) names.emplace_back(row.name);
  return names;
}

/// The texts of a list, or nothing when it is no list of strings.
std::vector<std::string> ListTexts(const toml::node& node, bool& fits) {
  std::vector<std::string> texts;
  const toml::array* array = node.as_array();
  fits = array != nullptr;
  if (!fits) return texts;
  for (const toml::node& element : *array) {
    fits = fits && element.is_string();
    texts.push_back(element.value_or(std::string()));
  }
  return texts;
}

/// The texts of a value whose TOML type is the one that the setting has. Throws BadValue.
std::vector<std::string> TextsOf(const SettingRow& row, const toml::node& node) {
  switch (row.kind) {
    case SettingKind::kText:
      if (!node.is_string()) throw BadValue("must be a string");
      return {node.value_or(std::string())};
    case SettingKind::kNumber:
      if (node.is_string()) return {node.value_or(std::string())};
      if (!node.is_integer()) throw BadValue("must be a whole number");
      return {std::to_string(node.value_or(std::int64_t{0}))};
    case SettingKind::kSwitch:
      if (node.is_string()) return {node.value_or(std::string())};
      if (node.is_integer()) return {std::to_string(node.value_or(std::int64_t{0}))};
      if (!node.is_boolean()) throw BadValue("must be true or false");
      return {node.value_or(false) ? "true" : "false"};
    case SettingKind::kList:
      break;
  }
  if (node.is_string()) return {node.value_or(std::string())};
  bool fits = false;
  std::vector<std::string> texts = ListTexts(node, fits);
  if (!fits) throw BadValue("must be a string or an array of strings");
  return texts;
}

}  // namespace

std::vector<GivenSetting> ReadSettingsFile(const std::string& path) {
  std::vector<GivenSetting> given;
  for (const auto& [key, node] : Parse(path)) {
    const std::string place = PlaceOf(path, node.source()) + std::string(key.str());
    const SettingRow* row = FindRow(key.str());
    if (row == nullptr) throw BadValue(place + ": unknown setting" + Hint(key.str(), Names()));
    try {
      given.push_back({row, TextsOf(*row, node), place});
    } catch (const BadValue& bad) {
      throw BadValue(place + ": " + bad.what());
    }
  }
  return given;
}

}  // namespace cumulite::config
