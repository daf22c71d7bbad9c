#include "config/settings_help.h"

#include <algorithm>

#include "config/help_topics.h"
#include "config/settings_table.h"

namespace cumulite::config {
namespace {

/// Breaks `text` into lines of at most 100 columns that begin with `indent`.
std::string Wrap(std::string_view text, std::string_view indent) {
  constexpr std::size_t kColumns = 100;
  std::string wrapped;
  while (!text.empty()) {
    const std::size_t room = kColumns - indent.size();
    std::size_t cut = text.size() <= room ? text.size() : text.rfind(' ', room);
    if (cut == std::string_view::npos) cut = text.size();
    wrapped.append(indent).append(text.substr(0, cut)).append("\n");
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return wrapped;
}

std::string DefaultText(const SettingRow& row) {
  std::string text;
  for (const std::string& value : row.get(Settings{})) text += (text.empty() ? "" : ", ") + value;
  return text.empty() ? "none" : text;
}

std::string TomlValue(const SettingRow& row) {
  const std::vector<std::string> values = row.get(Settings{});
  if (row.kind == SettingKind::kNumber || row.kind == SettingKind::kSwitch) return values.front();
  if (row.kind == SettingKind::kText) return '"' + values.front() + '"';
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "\"" : ", \"") + value + '"';
  return '[' + list + ']';
}

}  // namespace

std::string HelpText() {
  std::string text =
      "Usage: cumulite [serve] [flags]\n"
      "       cumulite health [flags]     exit status 0 if the server of these flags is healthy\n"
      "       cumulite version\n"
      "       cumulite help [TOPIC]       ";
  for (const HelpTopic& topic : HelpTopics()) {
    text += std::string(topic.name) + ", ";
  }
  text +=
      "settings\n\n"
      "An AWS to run yourself: point AWS_ENDPOINT_URL at its address.\n\n"
      "Each flag --some-name is also the variable CUMULITE_SOME_NAME and the key some_name of the TOML\n"
      "file; flag beats variable beats file beats default.\n\n"
      "  --config FILE\n"
      "      TOML file with settings (default: none)\n";
  for (const SettingRow& row : SettingTable()) {
    text += "  " + FlagOf(row) + (row.value_name.empty() ? "" : " ") + std::string(row.value_name) + "\n";
    text += Wrap(std::string(row.help) + " (default: " + DefaultText(row) + ")", "      ");
  }
  return text;
}

std::string SampleFile() {
  std::string text =
      "# Every setting of Cumulite with its default.\n"
      "# Use: cumulite --config FILE, or CUMULITE_CONFIG=FILE. A key some_name is also the variable\n"
      "# CUMULITE_SOME_NAME and the flag --some-name; flag beats variable beats file.\n";
  for (const SettingRow& row : SettingTable()) {
    text += "\n" + Wrap(std::string(row.help) + '.', "# ");
    if (!row.value_name.empty()) text += "# " + std::string(row.value_name) + "\n";
    text += std::string(row.name) + " = " + TomlValue(row) + "\n";
  }
  return text;
}

}  // namespace cumulite::config
