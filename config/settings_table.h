#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace cumulite::config {

/// A value that a setting does not take; what() completes "--threads ...: ".
class BadValue : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// How a setting is written: in the TOML file as text, number, true/false or a list of texts.
enum class SettingKind { kText, kNumber, kSwitch, kList };

/// One setting: the flags, the variables, the file, the help and the sample file are all made of these.
struct SettingRow {
  std::string_view name;        // "data_dir": the TOML key, and with FlagOf and VariableOf the rest
  SettingKind kind;             // a kSwitch is a flag without a value
  std::string_view value_name;  // "DIR", for the help
  std::string_view help;        // one sentence without the default
  bool secret;                  // its value must not be printed
  /// Sets it from the texts of one source: exactly one, unless it is a list. Throws BadValue.
  void (*set)(Settings& settings, std::span<const std::string> values);
  /// The texts that `set` would take to give the present value.
  std::vector<std::string> (*get)(const Settings& settings);
};

/// Every setting, in the order of the help and of the sample file.
std::span<const SettingRow> SettingTable();

std::string FlagOf(const SettingRow& row);      // "--data-dir"
std::string VariableOf(const SettingRow& row);  // "CUMULITE_DATA_DIR"

/// What one source (the flags, the environment, the file) says about one setting.
struct GivenSetting {
  const SettingRow* row;
  std::vector<std::string> values;
  std::string place;  // "--data-dir", "CUMULITE_DATA_DIR", "/etc/cumulite.toml:4: data_dir"
};

}  // namespace cumulite::config
