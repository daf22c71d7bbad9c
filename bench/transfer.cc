// Moves big bodies without a file on this side: uploads zeros or throws away what it downloads, again and
// again, and prints one line of JSON with the rate and the CPU time that the server spent.
//
//   transfer put|get TARGET --host 127.0.0.1:4566 [--size BYTES] [--times 1] [--pid PID]...
#include <sys/socket.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "bench/connection.h"
#include "bench/requests.h"

namespace {
using cumulite::bench::Connection;
using cumulite::bench::Head;

constexpr std::size_t kPiece = 256 << 10;

std::uint64_t Put(const std::string& host, const std::string& target, std::uint64_t size) {
  static const std::string zeros(kPiece, '\0');
  Connection connection(host);
  connection.Send(Head(host, "PUT " + target, "s3", "", size));
  for (std::uint64_t sent = 0; sent < size;) {
    const std::uint64_t piece = std::min<std::uint64_t>(kPiece, size - sent);
    connection.Send(std::string_view(zeros).substr(0, piece));
    sent += piece;
  }
  while (!connection.Receive()) continue;
  const int status = connection.Take().status;
  if (status != 200) throw std::runtime_error("PUT answered " + std::to_string(status));
  return size;
}

/// The body's size, from the head; what follows is only counted.
std::uint64_t Get(const std::string& host, const std::string& target) {
  static std::string piece(kPiece, '\0');
  Connection connection(host);
  connection.Send(Head(host, "GET " + target, "s3", "", 0));
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t n = ::recv(connection.fd(), piece.data(), piece.size(), 0);
    if (n <= 0) throw std::runtime_error("the server closed a connection");
    head.append(piece.data(), static_cast<std::size_t>(n));
  }
  const std::size_t header = head.find("\r\nContent-Length: ");
  if (head.compare(9, 3, "200") != 0 || header == std::string::npos) throw std::runtime_error(head);
  const std::uint64_t size = std::strtoull(head.c_str() + header + 18, nullptr, 10);
  for (std::uint64_t got = head.size() - head.find("\r\n\r\n") - 4; got < size;) {
    const ssize_t n = ::recv(connection.fd(), piece.data(), piece.size(), 0);
    if (n <= 0) throw std::runtime_error("the body broke off");
    got += static_cast<std::uint64_t>(n);
  }
  return size;
}
}  // namespace

int main(int argc, char** argv) {
  CLI::App app("transfers of big bodies");
  std::string direction;
  std::string target;
  std::string host;
  std::uint64_t size = 1 << 30;
  int times = 1;
  std::vector<int> pids;
  app.add_option("direction", direction)->required()->check(CLI::IsMember({"put", "get"}));
  app.add_option("target", target)->required();
  app.add_option("--host", host)->required();
  app.add_option("--size", size);
  app.add_option("--times", times);
  app.add_option("--pid", pids);
  CLI11_PARSE(app, argc, argv);
  try {
    const std::uint64_t cpu = cumulite::bench::CpuNanoseconds(pids);
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t bytes = 0;
    for (int i = 0; i < times; ++i) bytes += direction == "put" ? Put(host, target, size) : Get(host, target);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double spent = static_cast<double>(cumulite::bench::CpuNanoseconds(pids) - cpu) / 1e9;
    const double mib = static_cast<double>(bytes) / (1 << 20);
    std::printf("{\"mib\":%.0f,\"mib_per_second\":%.0f,\"cpu_seconds_per_gib\":%.3f}\n", mib,
                mib / took.count(), spent / mib * 1024);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "transfer: %s\n", failure.what());
    return 1;
  }
}
