#include <unistd.h>

#include <CLI/CLI.hpp>
#include <map>
#include <set>
#include <string_view>

#include "base/regions.h"
#include "config/help_topics.h"
#include "config/nearest.h"
#include "config/settings.h"
#include "config/settings_file.h"
#include "config/settings_help.h"
#include "config/settings_table.h"

namespace cumulite::config {
namespace {

constexpr const char* kConfigFlag = "--config";
constexpr const char* kConfigVariable = "CUMULITE_CONFIG";

struct Flags {
  std::string command = "serve";
  std::string topic;  // of help
  std::string config_file;
  std::vector<GivenSetting> given;
};

/// An argument without what follows '=' or ':', which may be a secret.
std::string Named(const std::string& argument) { return argument.substr(0, argument.find_first_of("=:")); }

std::vector<std::string> FlagNames() {
  std::vector<std::string> names{kConfigFlag, "--help", "--version"};
  for (const SettingRow& row : SettingTable()) names.push_back(FlagOf(row));
  return names;
}

/// Throws BadValue when CLI11 could not place every argument.
void RefuseRest(const std::vector<std::string>& rest) {
  for (const std::string& argument : rest) {
    if (argument.starts_with("-"))
      throw BadValue("unknown flag " + Named(argument) + Hint(Named(argument), FlagNames()));
  }
  if (!rest.empty()) throw BadValue("unexpected argument " + Named(rest.front()));
}

void Parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    throw BadValue(error.what());  // a flag without its value; names the flag only
  }
  RefuseRest(app.remaining());
}

CLI::Option* AddTo(CLI::App& app, const SettingRow& row) {
  CLI::Option* option =
      row.kind == SettingKind::kSwitch
          ? app.add_flag(FlagOf(row))
          : app.add_option(FlagOf(row))->expected(1)->type_name(std::string(row.value_name));
  return option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// Splits the command line into the command and what the flags give. Throws BadValue.
Flags ReadFlags(int argc, const char* const* argv) {
  Flags flags;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.add_option("command", flags.command);
  app.add_option("topic", flags.topic);
  app.add_option(kConfigFlag, flags.config_file)->type_name("FILE");
  bool help = false;
  bool version = false;
  app.add_flag("-h,--help", help);
  app.add_flag("--version", version);

  std::vector<std::pair<const SettingRow*, CLI::Option*>> options;
  for (const SettingRow& row : SettingTable()) options.emplace_back(&row, AddTo(app, row));
  Parse(app, argc, argv);
  for (const auto& [row, option] : options) {
    if (option->count() == 0) continue;
    if (row->kind != SettingKind::kList && option->count() > 1)
      throw BadValue(FlagOf(*row) + ": given twice");
    flags.given.push_back({row, option->results(), FlagOf(*row)});
  }
  if (version) flags.command = "version";
  if (help) flags.command = "help";
  if (flags.command != "help" && !flags.topic.empty()) RefuseRest({flags.topic});
  return flags;
}

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return parts;
}

/// An empty variable counts as absent: compose files pass ${NAME:-} through.
std::string Variable(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

std::vector<GivenSetting> ReadVariables(const Environment& environment) {
  std::vector<GivenSetting> given;
  for (const SettingRow& row : SettingTable()) {
    const std::string name = VariableOf(row);
    const std::string value = Variable(environment, name);
    if (value.empty()) continue;
    given.push_back({&row, row.kind == SettingKind::kList ? SplitList(value) : std::vector{value}, name});
  }
  return given;
}

std::vector<std::string> UnknownVariables(const Environment& environment) {
  std::set<std::string> known{kConfigVariable};
  for (const SettingRow& row : SettingTable()) known.insert(VariableOf(row));
  std::vector<std::string> warnings;
  for (const auto& [name, value] : environment) {
    if (!known.contains(name)) warnings.push_back("unknown environment variable " + name + " is ignored");
  }
  return warnings;
}

/// Takes over what one source gives. Throws BadValue.
void Apply(const std::vector<GivenSetting>& source, Settings& settings) {
  std::set<std::string_view> names;
  for (const GivenSetting& given : source) {
    try {
      given.row->set(settings, given.values);
    } catch (const BadValue& bad) {
      std::string shown;
      for (const std::string& value : given.values) shown += " \"" + value + "\"";
      throw BadValue(given.place + (given.row->secret ? "" : shown) + ": " + bad.what());
    }
    names.insert(given.row->name);
  }
  if (settings.ephemeral && names.contains("ephemeral") && names.contains("data_dir")) {
    throw BadValue("data_dir and ephemeral exclude each other");
  }
}

/// What no setting can check by itself. Throws BadValue.
void CheckTogether(const Settings& settings) {
  if (settings.tls_cert.empty() != settings.tls_key.empty())
    throw BadValue("tls_cert and tls_key go together");
  if (settings.listen.empty()) throw BadValue("listen: at least one address is needed");
  if (settings.auth == Auth::kStrict && settings.credential.empty()) {
    throw BadValue("auth \"strict\" would refuse every request: give at least one credential");
  }
  std::set<std::string_view> keys;
  for (const Credential& credential : settings.credential) {
    if (!keys.insert(credential.access_key).second) {
      throw BadValue("credential: the access key " + credential.access_key + " is given twice");
    }
  }
}

/// The page of a topic; without one, all flags and the topics. Throws BadValue.
HelpCommand Help(const std::string& wanted) {
  if (wanted.empty() || wanted == "settings") return {HelpText()};
  std::vector<std::string> names{"settings"};
  for (const HelpTopic& topic : HelpTopics()) {
    if (topic.name == wanted) return {std::string(topic.text)};
    names.emplace_back(topic.name);
  }
  throw BadValue("there is no help about " + Named(wanted) + Hint(wanted, names));
}

ServeCommand Serve(const Flags& flags, const Environment& environment) {
  ServeCommand command{{}, UnknownVariables(environment)};
  const std::string file =
      flags.config_file.empty() ? Variable(environment, kConfigVariable) : flags.config_file;
  if (!file.empty()) Apply(ReadSettingsFile(file), command.settings);
  Apply(ReadVariables(environment), command.settings);
  Apply(flags.given, command.settings);
  CheckTogether(command.settings);
  if (!base::IsRegion(command.settings.region)) {
    command.warnings.push_back("region \"" + command.settings.region + "\" is none of AWS's");
  }
  return command;
}

}  // namespace

Environment ProcessEnvironment() {
  constexpr std::string_view kPrefix = "CUMULITE_";
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Command ParseCommandLine(int argc, const char* const* argv, const Environment& environment) {
  try {
    const Flags flags = ReadFlags(argc, argv);
    if (flags.command == "help") return Help(flags.topic);
    if (flags.command == "version") return VersionCommand{};
    if (flags.command == "health") return HealthCommand{Serve(flags, environment).settings};
    if (flags.command == "serve") return Serve(flags, environment);
    return UsageError{"unknown command " + Named(flags.command) +
                      "; there are serve, health, version and help"};
  } catch (const BadValue& bad) {
    return UsageError{bad.what()};
  }
}

}  // namespace cumulite::config
