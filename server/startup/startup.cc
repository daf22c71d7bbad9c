#include "server/startup/startup.h"

#include <exception>
#include <future>

#include "base/log.h"

namespace cumulite::server {
namespace {

/// As a client on this machine reaches it.
std::string UrlOf(const config::Endpoint& endpoint, std::uint16_t port) {
  std::string host = endpoint.host;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

runtime::Task<void> SeedAndTell(Seeder& seeder, std::promise<void>& done) {
  std::exception_ptr failure;
  try {
    runtime::Task<void> seeding = seeder.Run();
    co_await seeding;
  } catch (const std::exception&) {
    failure = std::current_exception();
  }
  failure ? done.set_exception(failure) : done.set_value();
}

}  // namespace

Startup::Startup(World& world, const config::Settings& settings)
    : settings_(settings), seeder_(world, settings) {}

void Startup::Run(runtime::Loop& loop, std::uint16_t port) {
  const bool strict = settings_.auth == config::Auth::kStrict;
  variables_ = {
      {"AWS_ENDPOINT_URL", UrlOf(settings_.listen.front(), port)},
      {"AWS_ACCESS_KEY_ID", strict ? settings_.credential.front().access_key : "test"},
      {"AWS_SECRET_ACCESS_KEY", strict ? settings_.credential.front().secret : "test"},
      {"AWS_DEFAULT_REGION", settings_.region},
      {"AWS_REGION", settings_.region},
  };
  if (!settings_.seed.empty()) {
    std::promise<void> done;
    loop.Post([this, &done] { SeedAndTell(seeder_, done).Detach(); });
    done.get_future().get();
  }
  for (const Stage stage : {Stage::kBoot, Stage::kStart, Stage::kReady}) RunStage(stage);
  ready_ = true;
}

void Startup::RunShutdownScripts() {
  if (ready_) RunStage(Stage::kShutdown);
}

void Startup::RunStage(Stage stage) {
  const base::Log& log = *base::Logger("init");
  for (const std::string& path : FindScripts(stage, settings_.init)) {
    std::size_t index = 0;
    {
      const std::scoped_lock lock(mutex_);
      index = scripts_.size();
      scripts_.push_back({.stage = stage, .name = path.substr(path.rfind('/') + 1)});
    }
    InitScript::State state = InitScript::State::kError;
    try {
      if (RunScript(path, variables_)) state = InitScript::State::kSuccessful;
      if (state == InitScript::State::kError) log.warn("script failed path={}", path);
    } catch (const std::exception& failure) {
      log.warn("script cannot be run path={}: {}", path, failure.what());
    }
    const std::scoped_lock lock(mutex_);
    scripts_[index].state = state;
  }
  done_[static_cast<std::size_t>(stage)] = true;
}

std::vector<InitScript> Startup::scripts() const {
  const std::scoped_lock lock(mutex_);
  return scripts_;
}

}  // namespace cumulite::server
