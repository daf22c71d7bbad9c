#include <fmt/core.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>

#include "base/clock.h"
#include "base/log.h"
#include "config/settings.h"
#include "config/version.h"
#include "server/server.h"
#include "server/supervision.h"

namespace {
namespace base = cumulite::base;
namespace config = cumulite::config;

constexpr int kExitFailure = 1;
constexpr int kExitUsage = 2;

/// SIGTERM and SIGINT end the server in order; every thread started later inherits the mask.
sigset_t BlockStopSignals() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // sendfile(2) has no flag against it
  return stop;
}

/// A connection is a descriptor, and the usual soft limit of 1024 is far below max_connections.
void RaiseFileLimit() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

void Announce(const config::Settings& settings, const cumulite::server::Server& server,
              std::chrono::steady_clock::time_point start) {
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::string addresses;
  for (std::size_t i = 0; i < settings.listen.size(); ++i) {
    const std::string& host = settings.listen[i].host;
    const bool v6 = host.find(':') != std::string::npos;
    const std::string address =
        fmt::format("{}{}{}:{}", v6 ? "[" : "", host, v6 ? "]" : "", server.ports()[i]);
    addresses += fmt::format("{}http://{} https://{}", i == 0 ? "" : " ", address, address);
  }
  const std::string data = settings.ephemeral ? "ephemeral" : settings.data_dir;
  fmt::print("cumulite {} on {} data={} started in {:.1f} ms\nReady.\n", config::kVersion, addresses, data,
             took.count());
  std::fflush(stdout);
}

int Serve(const config::ServeCommand& command, std::chrono::steady_clock::time_point start) {
  base::SetLogLevel(command.settings.log_level);
  base::SetLogFormat(command.settings.log_format);
  for (const std::string& warning : command.warnings) base::Logger("config")->warn("{}", warning);
  const sigset_t stop = BlockStopSignals();
  RaiseFileLimit();
  base::Clock clock;
  cumulite::server::Server server(command.settings, clock);
  Announce(command.settings, server, start);
  if (command.settings.stop_with_stdin) cumulite::server::StopWithStdin();
  cumulite::server::ServiceManager manager;
  manager.Ready(command.settings.listen.front().host, server.ports().front());
  int signal = 0;
  sigwait(&stop, &signal);
  base::Logger("server")->info("stopping signal={}", signal);
  manager.Stopping();
  server.Stop();
  return 0;
}

/// For container engines, whose images need no curl for it.
int CheckHealth(const config::Settings& settings) {
  const config::Endpoint& address = settings.listen.front();
  constexpr std::chrono::seconds kPatience{2};
  if (cumulite::server::IsHealthy(address.host, address.port, kPatience)) return 0;
  fmt::print(stderr, "cumulite: no healthy server at {}:{}\n", address.host, address.port);
  return kExitFailure;
}
}  // namespace

int main(int argc, char** argv) {
  const auto start = std::chrono::steady_clock::now();
  const config::Command command = config::ParseCommandLine(argc, argv, config::ProcessEnvironment());
  if (const auto* wrong = std::get_if<config::UsageError>(&command)) {
    fmt::print(stderr, "cumulite: {}\n", wrong->message);
    return kExitUsage;
  }
  if (const auto* help = std::get_if<config::HelpCommand>(&command)) {
    fmt::print("{}", help->text);
    return 0;
  }
  if (std::holds_alternative<config::VersionCommand>(command)) {
    fmt::print("cumulite {}\n", config::kVersion);
    return 0;
  }
  if (const auto* health = std::get_if<config::HealthCommand>(&command)) return CheckHealth(health->settings);
  try {
    return Serve(std::get<config::ServeCommand>(command), start);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "cumulite: {}\n", failure.what());
    return kExitFailure;
  }
}
