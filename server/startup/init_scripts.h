#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::server {

/// When scripts run. LocalStack's names.
enum class Stage : unsigned char { kBoot, kStart, kReady, kShutdown };
std::string_view StageName(Stage stage);  // "BOOT"

/// A script that was run, or is.
struct InitScript {
  enum class State : unsigned char { kRunning, kSuccessful, kError };
  Stage stage;
  std::string name;
  State state = State::kRunning;
};
std::string_view StateName(InitScript::State state);  // "SUCCESSFUL"

/// The scripts of a stage in the order in which they run: those in `folders` (of kReady), then those of the
/// folders of LocalStack's images below `root`. By name within a folder; .sh and .py alone.
std::vector<std::string> FindScripts(Stage stage, const std::vector<std::string>& folders,
                                     const std::string& root = "");

/// Runs a script to its end with `variables` added to the environment; what it prints goes to standard error.
/// Neither an execute bit nor lines that end in CRLF keep it from running. A signal that ends the server ends
/// it, too. Gives whether it succeeded. Blocks; off the loops.
bool RunScript(const std::string& path, const std::map<std::string, std::string>& variables);

}  // namespace cumulite::server
