#include "server/startup/seed_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "base/read_file.h"
#include "config/nearest.h"

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace cumulite::server {
namespace {
using nlohmann::ordered_json;

constexpr std::array<std::string_view, 6> kKinds{"queue",  "topic",        "table",
                                                 "bucket", "target_group", "load_balancer"};
constexpr std::array<std::string_view, 2> kDefaults{"region", "account"};

std::string PlaceOf(const std::string& path, std::size_t line) { return path + ":" + std::to_string(line); }

[[noreturn]] void Fail(const std::string& place, const std::string& what) {
  throw std::runtime_error("seed: " + place + ": " + what);
}

std::string ReadText(const std::string& path) {
  std::optional<std::string> text = base::ReadFile(path);
  if (!text) throw std::runtime_error("seed: cannot read the file " + path);
  return *std::move(text);
}

ordered_json ToJson(const std::string& path, const toml::node& node) {
  if (const auto* table = node.as_table()) {
    ordered_json object = ordered_json::object();
    // toml++ keeps the names in alphabetical order; the source tells theirs.
    std::vector<std::pair<toml::source_position, std::string>> names;
    for (const auto& [key, value] : *table) names.emplace_back(key.source().begin, std::string(key.str()));
    std::ranges::sort(names, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [position, name] : names) object[name] = ToJson(path, *table->get(name));
    return object;
  }
  if (const auto* array = node.as_array()) {
    ordered_json list = ordered_json::array();
    for (const toml::node& element : *array) list.push_back(ToJson(path, element));
    return list;
  }
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return *number;
  if (const auto number = node.value_exact<double>()) return *number;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  Fail(PlaceOf(path, node.source().begin.line), "dates have no place in an AWS request; write a string");
}

/// The lines of the objects that stand in a list at the top of a JSON document, in their order.
std::vector<std::size_t> LinesOfEntries(std::string_view text) {
  std::vector<std::size_t> lines;
  std::size_t line = 1;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' && depth == 2) lines.push_back(line);
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
  }
  return lines;
}

struct Document {
  ordered_json root;
  std::vector<std::size_t> lines;  // of the entries
};

Document ReadToml(const std::string& path) {
  try {
    const toml::table table = toml::parse(ReadText(path), path);
    Document document{.root = ToJson(path, table), .lines = {}};
    for (const auto& [name, list] : document.root.items()) {
      const toml::array* const entries = table.get(name)->as_array();
      for (std::size_t i = 0; entries != nullptr && i < entries->size(); ++i) {
        document.lines.push_back(entries->get(i)->source().begin.line);
      }
    }
    return document;
  } catch (const toml::parse_error& error) {
    Fail(PlaceOf(path, error.source().begin.line), std::string(error.description()));
  }
}

Document ReadJson(const std::string& path) {
  const std::string text = ReadText(path);
  try {
    return {.root = ordered_json::parse(text), .lines = LinesOfEntries(text)};
  } catch (const ordered_json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    Fail(PlaceOf(path, 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'))), "malformed JSON");
  }
}

void CheckName(const std::string& path, const std::string& name, const ordered_json& value) {
  if (std::ranges::find(kDefaults, name) != kDefaults.end()) {
    if (!value.is_string()) Fail(path, name + " must be a string");
    return;
  }
  std::vector<std::string> names(kKinds.begin(), kKinds.end());
  names.insert(names.end(), kDefaults.begin(), kDefaults.end());
  if (std::ranges::find(kKinds, name) == kKinds.end())
    Fail(path, "unknown key " + name + config::Hint(name, names));
  const bool objects =
      value.is_array() && std::ranges::all_of(value, [](const auto& e) { return e.is_object(); });
  if (!objects) Fail(path, name + " must be a list of tables");
}

}  // namespace

std::vector<SeedEntry> ReadSeedFile(const std::string& path) {
  Document document = path.ends_with(".toml") ? ReadToml(path) : ReadJson(path);
  if (!document.root.is_object()) Fail(path, "must be an object");
  for (const auto& [name, value] : document.root.items()) CheckName(path, name, value);
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  std::vector<SeedEntry> entries;
  for (auto& [name, list] : document.root.items()) {
    if (!list.is_array()) continue;
    for (ordered_json& members : list) {
      for (const std::string_view key : kDefaults) {
        if (document.root.contains(key) && !members.contains(key)) members[key] = document.root[key];
      }
      const std::size_t line = document.lines.at(entries.size());
      entries.push_back(
          {.kind = name, .json = members.dump(), .place = PlaceOf(path, line), .folder = folder});
    }
  }
  return entries;
}

}  // namespace cumulite::server
