#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "net/front.h"
#include "net/listener.h"
#include "net/listening.h"
#include "services/elb/proxy/data_plane.h"
#include "services/elb/proxy/listener_tls.h"
#include "services/elb/proxy/proxy.h"

namespace cumulite::elb::proxy {

/// Gives the table that holds now. Thread: any.
class CurrentTable {
 public:
  std::shared_ptr<const RoutingTable> Get() const {
    const std::scoped_lock lock(mutex_);
    return table_;
  }
  void Set(std::shared_ptr<const RoutingTable> table) {
    const std::scoped_lock lock(mutex_);
    table_.swap(table);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const RoutingTable> table_ = std::make_shared<RoutingTable>();
};

/// The listeners' own ports: opened, closed and told apart as the table says.
///
/// Thread: the home loop; States from any.
class Ports {
 public:
  /// All outlive the sessions of the ports.
  Ports(const net::Listening& listening, std::string address, ProxyTools& tools, const CurrentTable& table)
      : listening_(listening), address_(std::move(address)), tools_(tools), table_(table) {}

  void Follow(const RoutingTable& table);
  void Close();
  std::vector<ListenerState> States() const;

 private:
  enum class Kind { kHttp, kTcp };
  struct Open {
    Kind kind = Kind::kHttp;
    net::Front::Transport transport = net::Front::Transport::kPlain;
    std::shared_ptr<ListenerTls> tls;
    std::shared_ptr<net::Listener> listener;  // null: could not be bound
    std::string failure;
  };

  static Open Wanted(const std::vector<Entrance>& entrances);
  void Bind(std::uint16_t port, Open& open);
  void Publish(const RoutingTable& table);

  const net::Listening& listening_;
  const std::string address_;
  ProxyTools& tools_;
  const CurrentTable& table_;
  std::map<std::uint16_t, Open> open_;
  mutable std::mutex mutex_;
  std::vector<ListenerState> states_;
};

}  // namespace cumulite::elb::proxy
