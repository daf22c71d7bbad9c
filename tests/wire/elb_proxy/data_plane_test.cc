#include "tests/wire/elb_proxy/data_plane_test.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cumulite::elb::proxy {
namespace {
std::size_t LengthIn(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

std::string ReadChunked(net::RawPeer& peer) {
  std::string body;
  for (;;) {
    std::string line;
    while (!line.ends_with("\r\n")) {
      const std::string byte = peer.ReadBytes(1);
      if (byte.empty()) return body;
      line += byte;
    }
    const std::size_t size = std::stoul(line, nullptr, 16);
    body += peer.ReadBytes(size);
    peer.ReadBytes(2);
    if (size == 0) return body;
  }
}
}  // namespace

std::string Content(std::string_view body, std::string_view more_headers) {
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return answer.append(more_headers).append("\r\n").append(body);
}

Backend::Backend(std::string name) : Backend(Answer([name](const Seen&) { return Content(name); })) {}

Backend::Backend(Answer answer)
    : answer_(std::move(answer)), server_([this](net::RawPeer& peer) { Serve(peer); }) {}

void Backend::Serve(net::RawPeer& peer) {
  for (;;) {
    Seen seen;
    seen.head = peer.ReadHead();
    if (seen.head.empty()) return;
    if (seen.head.find("User-Agent: ELB-HealthChecker/2.0") != std::string::npos) {
      ++checks_;
      peer.Send(healthy_ ? Content("ok") : "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const bool chunked = seen.head.find("Transfer-Encoding: chunked") != std::string::npos;
    seen.body = chunked ? ReadChunked(peer) : peer.ReadBytes(LengthIn(seen.head));
    {
      const std::scoped_lock lock(mutex_);
      seen_.push_back(seen);
    }
    const std::string answer = answer_(seen);
    if (answer.empty() || !peer.Send(answer)) return;
  }
}

std::vector<Backend::Seen> Backend::seen() const {
  const std::scoped_lock lock(mutex_);
  return seen_;
}

Backend::Seen Backend::last() const {
  const std::scoped_lock lock(mutex_);
  return seen_.empty() ? Seen{} : seen_.back();
}

std::uint16_t DataPlaneTest::FreePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0) std::abort();
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

DataPlaneTest::DataPlaneTest() {
  for (int i = 0; i < 2; ++i) loops_.push_back(std::make_unique<net::IoLoop>(clock_));
  listening_ = std::make_unique<net::Listening>(
      net::Listening{loops_, std::make_shared<net::ConnectionCount>(),
                     std::make_shared<net::BodyBudget>(net::BodyBudget::Limits{}), 1'000});
  plane_ = MakeDataPlane({.http = *http_, .clock = clock_, .listening = listening_.get()});
  for (auto& loop : loops_) loop->Start();
  load_balancer_->arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/lb/1";
  load_balancer_->name = "lb";
  load_balancer_->dns_name = "lb-1.us-east-1.elb.localhost";
  listener_->arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/lb/1/2";
  listener_->port = port_;
}

DataPlaneTest::~DataPlaneTest() {
  plane_->Stop();
  for (auto& loop : loops_) loop->Join();
  http_.reset();
}

std::shared_ptr<TargetGroup> DataPlaneTest::Group(std::string name,
                                                  const std::vector<const Backend*>& targets) const {
  auto group = std::make_shared<TargetGroup>();
  group->arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/" + name + "/3";
  group->name = name;
  group->type = TargetGroup::Type::kIp;
  for (const Backend* target : targets) {
    group->targets.push_back(
        {.id = "127.0.0.1", .port = target->port(), .zone = "us-east-1a", .address = "127.0.0.1"});
  }
  return group;
}

void DataPlaneTest::ForwardTo(std::shared_ptr<const TargetGroup> group) {
  Rule rule;
  rule.action = Forward{.groups = {{std::move(group), 1}}};
  listener_->rules.push_back(std::move(rule));
}

void DataPlaneTest::Install() {
  auto snapshot = std::make_shared<Snapshot>();
  auto load_balancer = std::make_shared<LoadBalancer>(*load_balancer_);
  load_balancer->listeners.push_back(std::make_shared<Listener>(*listener_));
  snapshot->load_balancers.push_back(load_balancer);
  for (const auto& other : others_) snapshot->load_balancers.push_back(other);
  for (const auto& each : snapshot->load_balancers) {
    for (const auto& listener : each->listeners) {
      for (const Rule& rule : listener->rules) {
        const auto* const forward = std::get_if<Forward>(&rule.action);
        if (forward == nullptr) continue;
        for (const auto& group : forward->groups) snapshot->target_groups.push_back(group.group);
      }
    }
  }
  plane_->Install(snapshot);
  runtime::RunOn(*loops_.front(), [] {});
  Settle();
}

namespace {
runtime::Task<void> SettleInto(DataPlane& plane, std::promise<void>& done) {
  runtime::Task<bool> settled = plane.Settle();
  co_await settled;
  done.set_value();
}
}  // namespace

void DataPlaneTest::Settle() {
  std::promise<void> done;
  loops_.back()->Post([&] { SettleInto(*plane_, done).Detach(); });
  done.get_future().get();
}

void DataPlaneTest::Advance(std::chrono::seconds by) {
  clock_.Advance(by);
  for (auto& loop : loops_) runtime::RunOn(*loop, [] {});
  Settle();
}

testing::Reply DataPlaneTest::Send(std::string_view bytes) const {
  testing::Client client(port_);
  client.Send(bytes);
  return client.Read(bytes.starts_with("HEAD ")).value_or(testing::Reply{});
}

testing::Reply DataPlaneTest::SendGet(std::string_view path, std::string_view more_headers) const {
  std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: www.example.com\r\n";
  return Send(request.append(more_headers).append("\r\n"));
}

std::string DataPlaneTest::Get(std::string_view path, std::string_view more_headers) const {
  return SendGet(path, more_headers).body;
}

std::string DataPlaneTest::StateOf(const TargetGroup& group, std::size_t target) const {
  const std::vector<TargetHealth> all = plane_->HealthOf(group.arn);
  if (target >= all.size()) return "?";
  return all[target].state + (all[target].reason.empty() ? "" : " " + all[target].reason);
}

}  // namespace cumulite::elb::proxy
