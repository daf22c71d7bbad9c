// Long polls that wait on one queue: prints one line of JSON with what they cost the server meanwhile and how
// many of them one message wakes.
//
//   polls --host 127.0.0.1:4566 --pid PID [--connections 10000] [--seconds 5]
#include <sys/epoll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/connection.h"
#include "bench/requests.h"

namespace {
using cumulite::bench::Connection;
using cumulite::bench::CpuNanoseconds;
using cumulite::bench::QueueUrl;
using cumulite::bench::SqsCall;
using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view kQueue = "polls";

long ResidentKib(int pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

/// How many polls answer within the time, and how many of these bring a message.
struct Woken {
  int answers = 0;
  int messages = 0;
  double first_us = 0;  // until the first answer
};

Woken WaitForAnswers(std::vector<Connection>& polls, std::chrono::duration<double> time) {
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < polls.size(); ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(poll, EPOLL_CTL_ADD, polls[i].fd(), &event);
  }
  Woken woken;
  const auto start = SteadyClock::now();
  std::array<epoll_event, 256> events{};
  while (SteadyClock::now() - start < time) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 10);
    for (int e = 0; e < ready; ++e) {
      Connection& connection = polls[events[static_cast<std::size_t>(e)].data.u64];
      if (!connection.Receive()) continue;
      if (woken.answers++ == 0) {
        woken.first_us = std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count();
      }
      if (connection.Take().body.find("\"Body\"") != std::string::npos) ++woken.messages;
    }
  }
  ::close(poll);
  return woken;
}

std::vector<Connection> StartPolls(const std::string& host, std::size_t count) {
  const std::string receive =
      SqsCall(host, "ReceiveMessage", "{" + QueueUrl(host, kQueue) + ",\"WaitTimeSeconds\":20}");
  std::vector<Connection> polls;
  for (std::size_t i = 0; i < count; ++i) {
    polls.emplace_back(host);
    polls.back().Send(receive);
  }
  return polls;
}

void Measure(const std::string& host, int pid, std::size_t count, std::chrono::duration<double> time) {
  Connection control(host);
  control.Call(SqsCall(host, "CreateQueue", "{\"QueueName\":\"" + std::string(kQueue) + "\"}"));
  const long resident_before = ResidentKib(pid);
  std::vector<Connection> polls = StartPolls(host, count);
  std::this_thread::sleep_for(std::chrono::seconds(2));  // until all of them wait
  const long resident = ResidentKib(pid);
  const std::uint64_t cpu = CpuNanoseconds({pid});
  std::this_thread::sleep_for(time);
  const double cpu_ms = static_cast<double>(CpuNanoseconds({pid}) - cpu) / 1e6;
  control.Send(SqsCall(host, "SendMessage", "{" + QueueUrl(host, kQueue) + ",\"MessageBody\":\"wake up\"}"));
  const Woken woken = WaitForAnswers(polls, std::chrono::seconds(1));
  std::printf(
      "{\"polls\":%zu,\"resident_growth_kib\":%ld,\"cpu_ms_per_second\":%.3f,\"answers\":%d,"
      "\"messages\":%d,\"wake_us\":%.0f}\n",
      count, resident - resident_before, cpu_ms / time.count(), woken.answers, woken.messages,
      woken.first_us);
}
}  // namespace

int main(int argc, char** argv) {
  CLI::App app("long polls");
  std::string host;
  int pid = 0;
  std::size_t count = 10'000;
  double seconds = 5;
  app.add_option("--host", host)->required();
  app.add_option("--pid", pid)->required();
  app.add_option("--connections", count);
  app.add_option("--seconds", seconds);
  CLI11_PARSE(app, argc, argv);
  cumulite::bench::RaiseFileLimit();
  try {
    Measure(host, pid, count, std::chrono::duration<double>(seconds));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "polls: %s\n", failure.what());
    return 1;
  }
}
