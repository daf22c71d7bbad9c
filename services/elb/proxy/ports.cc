#include "services/elb/proxy/ports.h"

#include <algorithm>

#include "base/log.h"
#include "net/handler.h"
#include "services/elb/proxy/generated_answer.h"
#include "services/elb/proxy/tcp_forward.h"

namespace cumulite::elb::proxy {
namespace {
using Transport = net::Front::Transport;

/// The HTTP requests of one port.
class PortHandler final : public net::Handler {
 public:
  PortHandler(std::uint16_t port, ProxyTools& tools, const CurrentTable& table)
      : port_(port), tools_(tools), table_(table) {}

  runtime::Task<void> Serve(protocol::Exchange& exchange) override {
    std::shared_ptr<const RoutingTable> table = table_.Get();
    const Entrance entrance = table->ByPort(port_, exchange.request.Header("Host"));
    return ServeEntrance(tools_, std::move(table), entrance, exchange);
  }

  void Refuse(int status, std::string_view, std::string_view, protocol::HttpResponse& response) override {
    AnswerWithPage(status, true, response);
  }

 private:
  const std::uint16_t port_;
  ProxyTools& tools_;
  const CurrentTable& table_;
};

/// The connections of one port of a Network Load Balancer.
class PortConnections final : public protocol::Takeover {
 public:
  PortConnections(std::uint16_t port, ProxyTools& tools, const CurrentTable& table)
      : port_(port), tools_(tools), table_(table) {}

  runtime::Task<void> Run(protocol::ByteStream& client) override {
    std::shared_ptr<const RoutingTable> table = table_.Get();
    const protocol::ConnectionInfo* const connection = client.connection();
    const Entrance entrance = table->ByPort(port_, connection == nullptr ? "" : connection->server_name);
    return ForwardConnection(tools_, std::move(table), entrance, client);
  }

 private:
  const std::uint16_t port_;
  ProxyTools& tools_;
  const CurrentTable& table_;
};

bool IsTls(const Listener& listener) {
  return listener.protocol == Listener::Protocol::kHttps || listener.protocol == Listener::Protocol::kTls;
}

bool IsHttp(const Listener& listener) {
  return listener.protocol == Listener::Protocol::kHttp || listener.protocol == Listener::Protocol::kHttps;
}

bool IsStream(const Listener& listener) { return listener.protocol != Listener::Protocol::kUdp; }

bool KeepsOpen(Transport is, Transport wanted) { return is == wanted; }
}  // namespace

/// The oldest listener decides what is spoken on the port.
Ports::Open Ports::Wanted(const std::vector<Entrance>& entrances) {
  Open wanted;
  wanted.kind = IsHttp(*entrances.front().listener->settings) ? Kind::kHttp : Kind::kTcp;
  std::vector<std::shared_ptr<const Listener>> with_tls;
  bool any_plain = false;
  for (const Entrance& entrance : entrances) {
    const auto& listener = entrance.listener->settings;
    if (IsHttp(*listener) != (wanted.kind == Kind::kHttp)) continue;
    any_plain = any_plain || !IsTls(*listener);
    if (IsTls(*listener)) with_tls.push_back(listener);
  }
  if (with_tls.empty()) return wanted;
  wanted.transport = any_plain ? Transport::kPlainOrTls : Transport::kTls;
  wanted.tls = std::make_shared<ListenerTls>();
  wanted.tls->Follow(std::move(with_tls), entrances.front().load_balancer->settings->http2);
  return wanted;
}

void Ports::Follow(const RoutingTable& table) {
  std::map<std::uint16_t, Open> wanted;
  for (const auto& [port, entrances] : table.ports()) {
    std::vector<Entrance> streams;
    std::ranges::copy_if(entrances, std::back_inserter(streams),
                         [](const Entrance& entrance) { return IsStream(*entrance.listener->settings); });
    if (!streams.empty()) wanted.emplace(port, Wanted(streams));
  }
  for (auto it = open_.begin(); it != open_.end();) {
    const auto next = wanted.find(it->first);
    const bool stays = next != wanted.end() && next->second.kind == it->second.kind &&
                       KeepsOpen(it->second.transport, next->second.transport) && it->second.listener;
    if (!stays) {
      if (it->second.listener) it->second.listener->Close();
      it = open_.erase(it);
      continue;
    }
    if (it->second.tls) it->second.tls->FollowOther(*next->second.tls);
    wanted.erase(next);
    ++it;
  }
  for (auto& [port, open] : wanted) {
    Bind(port, open);
    open_.emplace(port, std::move(open));
  }
  Publish(table);
}

void Ports::Bind(std::uint16_t port, Open& open) {
  try {
    auto front = std::make_shared<net::Front>();
    if (open.kind == Kind::kHttp) {
      front->handler = std::make_shared<PortHandler>(port, tools_, table_);
    } else {
      front->raw = std::make_shared<PortConnections>(port, tools_, table_);
      // A target that talks first must not wait for its client's first byte, so none tells TLS from plain.
      if (open.transport == Transport::kPlainOrTls) open.transport = Transport::kTls;
      front->timeouts.idle = kTcpIdleTimeout;
    }
    front->transport = open.transport;
    front->tls = open.tls;
    front->max_connections = listening_.max_connections;
    front->connections = listening_.connections;
    front->budget = listening_.budget;
    open.listener = net::Listener::Bind(listening_.loops, config::Endpoint{address_, port});
    open.listener->Start(std::move(front));
    base::Logger("elb")->info("listener opened address={} port={}", address_, port);
  } catch (const std::exception& failure) {
    open.failure = failure.what();
    base::Logger("elb")->warn("listener has no port of its own port={} cause={}", port, open.failure);
  }
}

void Ports::Publish(const RoutingTable& table) {
  std::vector<ListenerState> states;
  for (const auto& [port, entrances] : table.ports()) {
    const auto open = open_.find(port);
    for (const Entrance& entrance : entrances) {
      ListenerState& state = states.emplace_back();
      state.listener_arn = entrance.listener->settings->arn;
      state.port = port;
      if (!IsStream(*entrance.listener->settings)) {
        state.failure = "UDP is not forwarded here";
        continue;
      }
      if (open == open_.end()) continue;
      state.bound = open->second.listener != nullptr;
      state.failure = open->second.failure;
    }
  }
  const std::scoped_lock lock(mutex_);
  states_ = std::move(states);
}

void Ports::Close() {
  for (auto& [port, open] : open_) {
    if (open.listener) open.listener->Close();
  }
  open_.clear();
}

std::vector<ListenerState> Ports::States() const {
  const std::scoped_lock lock(mutex_);
  return states_;
}

}  // namespace cumulite::elb::proxy
