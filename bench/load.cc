// Drives one kind of load at a server over kept connections and prints one line of JSON: answers, units of
// work, failures, latencies, and the CPU time that the server's own processes spent meanwhile.
//
//   load SCENARIO --host 127.0.0.1:4566 [--connections 64] [--seconds 3] [--body 1024] [--backlog 0]
//        [--no-setup] [--pid PID]...
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "bench/scenario.h"

namespace {
using cumulite::bench::Scenario;
using SteadyClock = std::chrono::steady_clock;

/// One kept connection with at most one request on its way.
struct Connection {
  int fd = -1;
  std::string received;
  SteadyClock::time_point sent_at;
};

struct Counts {
  std::uint64_t answers = 0;
  std::uint64_t units = 0;
  std::uint64_t failures = 0;
  std::vector<std::uint32_t> latencies_us;
};

int Connect(const std::string& host) {
  const std::size_t colon = host.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(host.substr(colon + 1))));
  inet_pton(AF_INET, host.substr(0, colon).c_str(), &address.sin_addr);
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to " + host);
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

void SendAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server closed a connection");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

struct Answer {
  int status = 0;
  std::string_view body;
  std::size_t size = 0;  // of the whole answer; 0: not complete yet
};

/// Answers here are counted, never chunked.
Answer Parse(std::string_view bytes) {
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return {};
  std::size_t length = 0;
  const std::size_t header = bytes.substr(0, head).find("\r\nContent-Length: ");
  if (header != std::string_view::npos) length = std::strtoul(bytes.data() + header + 18, nullptr, 10);
  if (bytes.size() < head + 4 + length) return {};
  return {std::atoi(bytes.data() + 9), bytes.substr(head + 4, length), head + 4 + length};
}

bool Receive(Connection& connection) {
  char bytes[64 << 10];
  const ssize_t n = ::recv(connection.fd, bytes, sizeof bytes, 0);
  if (n <= 0) throw std::runtime_error("the server closed a connection");
  connection.received.append(bytes, static_cast<std::size_t>(n));
  return true;
}

std::string CallOnce(Connection& connection, const std::string& request) {
  SendAll(connection.fd, request);
  for (;;) {
    const Answer answer = Parse(connection.received);
    if (answer.size > 0) {
      std::string body(answer.body);
      connection.received.erase(0, answer.size);
      return body;
    }
    Receive(connection);
  }
}

/// CPU nanoseconds of all threads of the processes, from the scheduler's own books.
std::uint64_t CpuNanoseconds(const std::vector<int>& pids) {
  std::uint64_t total = 0;
  for (const int pid : pids) {
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
      std::uint64_t spent = 0;
      std::ifstream(task.path() / "schedstat") >> spent;
      total += spent;
    }
  }
  return total;
}

void Count(Counts& counts, std::size_t units, SteadyClock::duration latency) {
  ++counts.answers;
  if (units == 0) {
    ++counts.failures;
  } else if (units != SIZE_MAX) {
    counts.units += units;
  }
  counts.latencies_us.push_back(static_cast<std::uint32_t>(latency / std::chrono::microseconds(1)));
}

Counts Drive(Scenario& scenario, std::vector<Connection>& connections, std::chrono::duration<double> time) {
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < connections.size(); ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].fd, &event);
    connections[i].sent_at = SteadyClock::now();
    SendAll(connections[i].fd, scenario.Next(i));
  }
  Counts counts;
  std::size_t under_way = connections.size();
  const auto end = SteadyClock::now() + time;
  std::array<epoll_event, 256> events{};
  while (under_way > 0) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 10'000);
    if (ready <= 0) throw std::runtime_error("no answer in 10 s");
    for (int e = 0; e < ready; ++e) {
      const std::size_t i = events[static_cast<std::size_t>(e)].data.u64;
      Connection& connection = connections[i];
      Receive(connection);
      const Answer answer = Parse(connection.received);
      if (answer.size == 0) continue;
      const auto now = SteadyClock::now();
      Count(counts, scenario.Answered(i, answer.status, answer.body), now - connection.sent_at);
      connection.received.erase(0, answer.size);
      if (now >= end) {
        --under_way;
        continue;
      }
      connection.sent_at = now;
      SendAll(connection.fd, scenario.Next(i));
    }
  }
  ::close(poll);
  return counts;
}

std::uint32_t Percentile(std::vector<std::uint32_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}
}  // namespace

int main(int argc, char** argv) {
  CLI::App app("load driver");
  std::string name;
  cumulite::bench::ScenarioOptions options;
  std::size_t count = 64;
  double seconds = 3;
  bool no_setup = false;
  std::vector<int> pids;
  app.add_option("scenario", name, cumulite::bench::ScenarioNames())->required();
  app.add_option("--host", options.host)->required();
  app.add_option("--connections", count);
  app.add_option("--seconds", seconds);
  app.add_option("--body", options.body_size);
  app.add_option("--backlog", options.backlog);
  app.add_flag("--no-setup", no_setup);
  app.add_option("--pid", pids);
  CLI11_PARSE(app, argc, argv);
  const auto scenario = cumulite::bench::MakeScenario(name, options);
  if (!scenario) {
    std::fprintf(stderr, "unknown scenario %s; known: %s\n", name.c_str(),
                 cumulite::bench::ScenarioNames().c_str());
    return 2;
  }
  try {
    if (!no_setup) {
      Connection setup{.fd = Connect(options.host)};
      scenario->SetUp([&](const std::string& request) { return CallOnce(setup, request); });
      ::close(setup.fd);
    }
    std::vector<Connection> connections(count);
    for (Connection& connection : connections) connection.fd = Connect(options.host);
    const std::uint64_t cpu = CpuNanoseconds(pids);
    const auto start = SteadyClock::now();
    Counts counts = Drive(*scenario, connections, std::chrono::duration<double>(seconds));
    const std::chrono::duration<double> took = SteadyClock::now() - start;
    const double spent = static_cast<double>(CpuNanoseconds(pids) - cpu) / 1000;
    std::ranges::sort(counts.latencies_us);
    std::printf(
        "{\"scenario\":\"%s\",\"answers\":%lu,\"units\":%lu,\"failures\":%lu,\"per_second\":%.0f,"
        "\"units_per_second\":%.0f,\"cpu_us\":%.2f,\"p50_us\":%u,\"p99_us\":%u}\n",
        name.c_str(), counts.answers, counts.units, counts.failures,
        static_cast<double>(counts.answers) / took.count(), static_cast<double>(counts.units) / took.count(),
        spent / static_cast<double>(counts.answers), Percentile(counts.latencies_us, 0.5),
        Percentile(counts.latencies_us, 0.99));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "load: %s\n", failure.what());
    return 1;
  }
  return 0;
}
