#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "net/http_client.h"
#include "net/io_loop.h"
#include "net/listening.h"
#include "runtime/run_on.h"
#include "services/elb/proxy/data_plane.h"
#include "tests/support/wire/client.h"
#include "tests/unit/net/raw_server.h"

namespace cumulite::elb::proxy {

/// A target on loopback: answers each request by a function, health checks with 200, and keeps what it saw.
class Backend {
 public:
  struct Seen {
    std::string head;
    std::string body;
  };
  using Answer = std::function<std::string(const Seen&)>;

  /// Each request gets `Content(name)`.
  explicit Backend(std::string name);
  explicit Backend(Answer answer);
  /// Has each connection for itself.
  explicit Backend(std::function<void(net::RawPeer&)> script) : server_(std::move(script)) {}

  std::uint16_t port() const { return server_.port(); }
  int accepted() const { return server_.accepted(); }
  /// Requests, without health checks.
  std::vector<Seen> seen() const;
  Seen last() const;
  int checks() const { return checks_; }
  void set_healthy(bool healthy) { healthy_ = healthy; }

 private:
  void Serve(net::RawPeer& peer);

  const Answer answer_;
  mutable std::mutex mutex_;
  std::vector<Seen> seen_;
  std::atomic<int> checks_ = 0;
  std::atomic<bool> healthy_ = true;
  net::RawServer server_;
};

/// "HTTP/1.1 200 OK" with that body.
std::string Content(std::string_view body, std::string_view more_headers = {});

/// Load balancers at work on two loops, with real sockets on both sides, under a clock that stands still.
class DataPlaneTest : public ::testing::Test {
 protected:
  DataPlaneTest();
  ~DataPlaneTest() override;

  template <class... Args>
  Backend& AddBackend(Args&&... args) {
    backends_.push_back(std::make_unique<Backend>(std::forward<Args>(args)...));
    return *backends_.back();
  }

  /// A group of these targets.
  std::shared_ptr<TargetGroup> Group(std::string name, const std::vector<const Backend*>& targets) const;
  /// A load balancer with one listener, whose default rule forwards to the group.
  void ForwardTo(std::shared_ptr<const TargetGroup> group);
  /// What the test has made of load_balancer_ and listener_ holds from here on, checks included.
  void Install();

  std::string Get(std::string_view path = "/", std::string_view more_headers = {}) const;
  testing::Reply Send(std::string_view bytes) const;
  testing::Reply SendGet(std::string_view path = "/", std::string_view more_headers = {}) const;
  std::string StateOf(const TargetGroup& group, std::size_t target = 0) const;
  void Advance(std::chrono::seconds by);
  void Settle();

  static std::uint16_t FreePort();

  base::Clock clock_{base::TimePoint(std::chrono::seconds(1'800'000'000))};
  std::vector<std::unique_ptr<Backend>> backends_;
  std::vector<std::unique_ptr<net::IoLoop>> loops_;
  std::unique_ptr<net::HttpClient> http_ = net::MakeHttpClient();
  std::unique_ptr<net::Listening> listening_;
  std::unique_ptr<DataPlane> plane_;
  std::shared_ptr<LoadBalancer> load_balancer_ = std::make_shared<LoadBalancer>();
  std::shared_ptr<Listener> listener_ = std::make_shared<Listener>();
  std::vector<std::shared_ptr<const LoadBalancer>> others_;
  std::uint16_t port_ = FreePort();
};

}  // namespace cumulite::elb::proxy
