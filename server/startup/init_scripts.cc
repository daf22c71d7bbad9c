#include "server/startup/init_scripts.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "base/read_file.h"

namespace cumulite::server {
namespace {
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kFolders{"boot.d", "start.d", "ready.d", "shutdown.d"};

void AppendScripts(const fs::path& folder, std::vector<std::string>& scripts) {
  std::error_code absent;
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder, absent)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".sh" || extension == ".py") found.push_back(entry.path().string());
  }
  std::ranges::sort(found);
  scripts.insert(scripts.end(), found.begin(), found.end());
}

/// A file without carriage returns beside the system's temporary ones, gone with the object.
class CleanCopy {
 public:
  explicit CleanCopy(std::string text) {
    std::erase(text, '\r');
    path_ = (fs::temp_directory_path() / "cumulite-init-XXXXXX").string();
    const int file = ::mkstemp(path_.data());
    if (file < 0) throw std::system_error(errno, std::generic_category(), path_);
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(file);
    if (!whole) throw std::runtime_error("no room for a copy of the script");
  }
  CleanCopy(const CleanCopy&) = delete;
  CleanCopy& operator=(const CleanCopy&) = delete;
  ~CleanCopy() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

const char* InterpreterOf(const std::string& path) {
  if (path.ends_with(".py")) return "python3";
  return ::access("/bin/bash", X_OK) == 0 ? "bash" : "sh";
}

std::vector<std::string> EnvironmentWith(const std::map<std::string, std::string>& variables) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (!variables.contains(std::string(text.substr(0, text.find('='))))) all.emplace_back(text);
  }
  for (const auto& [name, value] : variables) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// In a process group of its own, with no signal blocked and its output where the log goes.
pid_t Spawn(const std::string& interpreter, const std::string& path,
            const std::map<std::string, std::string>& variables) {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t files;
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_init(&files);
  sigset_t none;
  sigset_t usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
  std::vector<std::string> words{interpreter, path};
  std::vector<std::string> environment = EnvironmentWith(variables);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, interpreter.c_str(), &files, &attributes, Pointers(words).data(),
                                     Pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&files);
  ::posix_spawnattr_destroy(&attributes);
  if (failure != 0) throw std::system_error(failure, std::generic_category(), interpreter);
  return child;
}

bool StopIsAsked() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

}  // namespace

std::string_view StageName(Stage stage) {
  constexpr std::array<std::string_view, 4> kNames{"BOOT", "START", "READY", "SHUTDOWN"};
  return kNames[static_cast<std::size_t>(stage)];
}

std::string_view StateName(InitScript::State state) {
  constexpr std::array<std::string_view, 3> kNames{"RUNNING", "SUCCESSFUL", "ERROR"};
  return kNames[static_cast<std::size_t>(state)];
}

std::vector<std::string> FindScripts(Stage stage, const std::vector<std::string>& folders,
                                     const std::string& root) {
  std::vector<std::string> scripts;
  if (stage == Stage::kReady) {
    for (const std::string& folder : folders) AppendScripts(folder, scripts);
    AppendScripts(root + "/docker-entrypoint-initaws.d", scripts);
  }
  AppendScripts(fs::path(root + "/etc/localstack/init") / kFolders[static_cast<std::size_t>(stage)], scripts);
  return scripts;
}

bool RunScript(const std::string& path, const std::map<std::string, std::string>& variables) {
  std::optional<std::string> text = base::ReadFile(path);
  if (!text) throw std::runtime_error("cannot be read");
  const CleanCopy copy(*std::move(text));
  const pid_t child = Spawn(InterpreterOf(path), copy.path(), variables);
  bool told = false;
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended < 0) throw std::system_error(errno, std::generic_category(), "waitpid");
    if (!told && StopIsAsked()) {
      told = true;
      ::kill(-child, SIGTERM);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace cumulite::server
