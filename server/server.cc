#include "server/server.h"

#include <thread>

#include "net/io_loop.h"
#include "net/listener.h"
#include "net/listening.h"
#include "net/tls.h"
#include "runtime/run_on.h"
#include "server/admin.h"
#include "server/gateway.h"
#include "server/metrics.h"
#include "server/startup/startup.h"
#include "server/store_metrics.h"
#include "server/web_rules.h"
#include "server/world.h"

namespace cumulite::server {
namespace {
/// What sessions get to see their connection break once the grace is over.
constexpr std::chrono::seconds kAbortTime{2};

protocol::AuthSettings MakeAuthSettings(const config::Settings& settings, const base::Clock& clock,
                                        const protocol::SessionIssuer& sessions) {
  protocol::AuthSettings auth;
  auth.sessions = &sessions;
  auth.clock = &clock;  // clients sign by real time, whatever the admin API did to ours
  auth.mode =
      settings.auth == config::Auth::kStrict ? protocol::AuthMode::kStrict : protocol::AuthMode::kPermissive;
  auth.default_account = settings.account;
  auth.default_region = settings.region;
  auth.base_hosts = settings.base_hosts;
  for (const config::Credential& c : settings.credential) {
    auth.credentials.push_back({c.access_key, c.secret, c.account, c.name});
  }
  return auth;
}

std::vector<std::unique_ptr<net::IoLoop>> MakeLoops(const config::Settings& settings, base::Clock& clock) {
  const unsigned count =
      settings.threads != 0 ? settings.threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<net::IoLoop>> loops;
  for (unsigned i = 0; i < count; ++i) loops.push_back(std::make_unique<net::IoLoop>(clock));
  return loops;
}

}  // namespace

/// Members in the order in which they depend on each other; Stop takes them down in the other.
class Server::Impl {
 public:
  Impl(const config::Settings& settings, base::Clock& clock)
      : settings_(settings),
        loops_(MakeLoops(settings, clock)),
        listening_{loops_, connections_, std::make_shared<net::BodyBudget>(net::BodyBudget::Limits{}),
                   settings.max_connections},
        world_((Bind(), settings_), clock, &listening_) {
    tls_ = settings.tls_cert.empty() ? net::ServerTls::SelfSigned(world_.data().path())
                                     : std::make_unique<net::ServerTls>(settings.tls_cert, settings.tls_key);
    metrics_.AddSource([this](std::string& out) {
      out += "# HELP cumulite_connections Open client connections.\n# TYPE cumulite_connections gauge\n";
      out += "cumulite_connections " + std::to_string(connections_->open()) + "\n";
      AppendStoreMetrics(world_.slots(), out);
      AppendServiceMetrics(world_.slots(), out);
    });
    authenticator_ =
        std::make_unique<protocol::Authenticator>(MakeAuthSettings(settings, clock, world_.sessions()));
    admin_ = std::make_unique<Admin>(world_, startup_, metrics_, settings_, rules_, *authenticator_);
    gateway_ =
        std::make_shared<Gateway>(Router(world_.slots()), *authenticator_, world_, rules_, *admin_, metrics_);
    Serve();
    try {
      startup_.Run(*loops_.front(), ports().front());
      tls_->WaitForCertificate();  // is healthy meanwhile: only a TLS client needs it, and waits
    } catch (...) {
      Stop();
      throw;
    }
  }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    startup_.RunShutdownScripts();
    runtime::RunOn(*loops_.front(), [this] {
      for (auto& listener : listeners_) listener->Close();
    });
    OnEverything([](net::Watched& watched) { watched.Finish(); });
    if (!connections_->WaitForNone(settings_.shutdown_grace)) {
      OnEverything([](net::Watched& watched) { watched.Abort(); });
      connections_->WaitForNone(kAbortTime);
    }
    world_.Stop();
    for (auto& loop : loops_) loop->Join();
  }

  std::vector<std::uint16_t> ports() const {
    std::vector<std::uint16_t> ports;
    for (const auto& listener : listeners_) ports.push_back(listener->local_endpoint().port());
    return ports;
  }

 private:
  void Bind() {
    for (const config::Endpoint& endpoint : settings_.listen) {
      listeners_.push_back(net::Listener::Bind(loops_, endpoint));
    }
  }

  void Serve() {
    auto front = std::make_shared<net::Front>();
    front->handler = gateway_;
    front->transport = net::Front::Transport::kPlainOrTls;
    front->tls = tls_;
    front->timeouts = {settings_.idle_timeout, settings_.header_timeout, settings_.body_timeout};
    front->max_connections = settings_.max_connections;
    front->connections = connections_;
    front->budget = listening_.budget;
    for (auto& listener : listeners_) listener->Start(front);
    std::vector<runtime::Loop*> loops;
    for (auto& loop : loops_) {
      loop->Start();
      loops.push_back(loop.get());
    }
    world_.Start(std::move(loops));
  }

  void OnEverything(const std::function<void(net::Watched&)>& act) {
    for (auto& loop : loops_) {
      runtime::RunOn(*loop, [&loop, &act] { loop->ForEachWatched(act); });
    }
  }

  const config::Settings settings_;
  const std::shared_ptr<net::ConnectionCount> connections_ = std::make_shared<net::ConnectionCount>();
  Metrics metrics_;
  std::vector<std::unique_ptr<net::IoLoop>> loops_;
  const net::Listening listening_;
  std::vector<std::shared_ptr<net::Listener>> listeners_;
  World world_;
  Startup startup_{world_, settings_};
  const WebRules rules_{settings_};
  std::shared_ptr<net::ServerTls> tls_;
  std::unique_ptr<protocol::Authenticator> authenticator_;
  std::unique_ptr<Admin> admin_;
  std::shared_ptr<Gateway> gateway_;
  bool stopped_ = false;
};

Server::Server(const config::Settings& settings, base::Clock& clock)
    : impl_(std::make_unique<Impl>(settings, clock)) {}

Server::~Server() { Stop(); }

void Server::Stop() { impl_->Stop(); }

std::vector<std::uint16_t> Server::ports() const { return impl_->ports(); }

}  // namespace cumulite::server
