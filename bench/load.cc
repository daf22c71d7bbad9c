// Drives one kind of load at a server over kept connections and prints one line of JSON: answers, units of
// work, failures, latencies, and the CPU time that the server's own processes spent meanwhile.
//
//   load SCENARIO --host 127.0.0.1:4566 [--connections 64] [--seconds 3] [--body 1024] [--backlog 0]
//        [--queue bench] [--units N] [--no-setup] [--pid PID]...
#include <sys/epoll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "bench/connection.h"
#include "bench/scenario.h"

namespace {
using cumulite::bench::Connection;
using cumulite::bench::CpuNanoseconds;
using cumulite::bench::Scenario;
using SteadyClock = std::chrono::steady_clock;

/// A connection with at most one request on its way.
struct Client {
  Connection connection;
  SteadyClock::time_point sent_at;
};

struct Counts {
  std::uint64_t answers = 0;
  std::uint64_t units = 0;
  std::uint64_t failures = 0;
  std::vector<std::uint32_t> latencies_us;
};

void Count(Counts& counts, std::size_t units, SteadyClock::duration latency) {
  ++counts.answers;
  if (units == 0) {
    ++counts.failures;
  } else if (units != Scenario::kNoUnits) {
    counts.units += units;
  }
  counts.latencies_us.push_back(static_cast<std::uint32_t>(latency / std::chrono::microseconds(1)));
}

/// When the load ends: whatever comes first.
struct Limits {
  std::chrono::duration<double> time;
  std::uint64_t units;
};

void SendNext(Client& client, std::string_view request) {
  client.sent_at = SteadyClock::now();
  client.connection.Send(request);
}

Counts Drive(Scenario& scenario, std::vector<Client>& clients, const Limits& limits) {
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].connection.fd(), &event);
    SendNext(clients[i], scenario.Next(i));
  }
  Counts counts;
  std::size_t under_way = clients.size();
  const auto end = SteadyClock::now() + limits.time;
  std::array<epoll_event, 256> events{};
  while (under_way > 0) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 10'000);
    if (ready <= 0) throw std::runtime_error("no answer in 10 s");
    for (int e = 0; e < ready; ++e) {
      const std::size_t i = events[static_cast<std::size_t>(e)].data.u64;
      Client& client = clients[i];
      if (!client.connection.Receive()) continue;
      const auto now = SteadyClock::now();
      const Connection::Answer answer = client.connection.Take();
      Count(counts, scenario.Answered(i, answer.status, answer.body), now - client.sent_at);
      if (now >= end || counts.units >= limits.units) {
        --under_way;
        continue;
      }
      SendNext(client, scenario.Next(i));
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
  std::uint64_t units = UINT64_MAX;
  bool no_setup = false;
  std::vector<int> pids;
  app.add_option("scenario", name, cumulite::bench::ScenarioNames())->required();
  app.add_option("--host", options.host)->required();
  app.add_option("--connections", count);
  app.add_option("--seconds", seconds);
  app.add_option("--units", units);
  app.add_option("--queue", options.queue);
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
      Connection setup(options.host);
      scenario->SetUp([&](const std::string& request) {
        const Connection::Answer answer = setup.Call(request);
        if (answer.status != 200) throw std::runtime_error("while preparing: " + answer.body);
        return answer.body;
      });
    }
    std::vector<Client> clients;
    for (std::size_t i = 0; i < count; ++i) clients.push_back({Connection(options.host), {}});
    const std::uint64_t cpu = CpuNanoseconds(pids);
    const auto start = SteadyClock::now();
    Counts counts = Drive(*scenario, clients,
                          {std::chrono::duration<double>(seconds), std::min(units, scenario->Total())});
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
