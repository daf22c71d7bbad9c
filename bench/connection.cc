#include "bench/connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace cumulite::bench {

Connection::Connection(const std::string& host) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const std::size_t colon = host.rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(host.substr(colon + 1))));
  inet_pton(AF_INET, host.substr(0, colon).c_str(), &address.sin_addr);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd_);
    throw std::runtime_error("cannot connect to " + host);
  }
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::Connection(Connection&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      received_(std::move(other.received_)),
      head_size_(other.head_size_),
      size_(other.size_) {}

Connection::~Connection() {
  if (fd_ >= 0) ::close(fd_);
}

void Connection::Send(std::string_view bytes) {
  if (bytes.starts_with("HEAD ")) announces_only_ = true;
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server closed a connection");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Connection::Receive() {
  char bytes[64 << 10];
  const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
  if (n <= 0) throw std::runtime_error("the server closed a connection");
  received_.append(bytes, static_cast<std::size_t>(n));
  if (head_size_ == 0) {
    const std::size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    head_size_ = size_ = end + 4;
    const std::size_t header = received_.find("\r\nContent-Length: ");
    if (header < end && !announces_only_) size_ += std::strtoul(received_.c_str() + header + 18, nullptr, 10);
  }
  return received_.size() >= size_;
}

Connection::Answer Connection::Take() {
  Answer answer{std::atoi(received_.c_str() + 9), received_.substr(head_size_, size_ - head_size_)};
  received_.erase(0, size_);
  head_size_ = size_ = 0;
  announces_only_ = false;
  return answer;
}

Connection::Answer Connection::Call(std::string_view request) {
  Send(request);
  while (!Receive()) continue;
  return Take();
}

void RaiseFileLimit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

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

}  // namespace cumulite::bench
