#include "server/supervision.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "config/environment.h"

namespace cumulite::server {
namespace {

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

/// An address of all interfaces is none to connect to.
std::string Reachable(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  return host == "::" ? "::1" : host;
}

bool SendAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// The first bytes of the answer, enough for its status.
std::string Ask(const addrinfo& address, std::chrono::milliseconds patience) {
  const Socket socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval limit{.tv_sec = patience.count() / 1000, .tv_usec = patience.count() % 1000 * 1000};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);  // connect(2) heeds it, too
  if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) != 0) return {};
  if (!SendAll(socket.get(),
               "GET /_cumulite/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    return {};
  std::string answer(64, '\0');
  const ssize_t received = ::recv(socket.get(), answer.data(), answer.size(), MSG_WAITALL);
  answer.resize(received > 0 ? static_cast<std::size_t>(received) : 0);
  return answer;
}

void Notify(std::string_view state) {
  const std::string path = config::EnvironmentVariable("NOTIFY_SOCKET");
  sockaddr_un address{};
  if (path.empty() || path.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';  // the abstract namespace
  const Socket socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address), size);
}

/// How often systemd wants to hear of us; zero when it does not.
std::chrono::milliseconds WatchdogInterval() {
  const std::string microseconds = config::EnvironmentVariable("WATCHDOG_USEC");
  return std::chrono::milliseconds(std::strtoll(microseconds.c_str(), nullptr, 10) / 1000);
}
}  // namespace

bool IsHealthy(const std::string& host, std::uint16_t port, std::chrono::milliseconds patience) {
  const addrinfo hints{.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  addrinfo* found = nullptr;
  if (::getaddrinfo(Reachable(host).c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return false;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    if (Ask(*address, patience).starts_with("HTTP/1.1 200 ")) return true;
  }
  return false;
}

void StopWithStdin() {
  std::thread([] {
    char ignored[64];
    for (;;) {
      const ssize_t got = ::read(STDIN_FILENO, ignored, sizeof ignored);
      if (got == 0 || (got < 0 && errno != EINTR)) break;
    }
    ::kill(::getpid(), SIGTERM);
  }).detach();
}

void ServiceManager::Ready(const std::string& host, std::uint16_t port) {
  Notify("READY=1");
  const std::chrono::milliseconds wanted = WatchdogInterval();
  if (wanted.count() <= 0) return;
  // Half of it, as sd_watchdog_enabled(3) advises.
  watch_ = std::thread([this, host, port, interval = wanted / 2] { Watch(host, port, interval); });
}

void ServiceManager::Watch(const std::string& host, std::uint16_t port, std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  while (!ending_.wait_for(lock, interval, [this] { return ended_; })) {
    lock.unlock();
    if (IsHealthy(host, port, interval)) Notify("WATCHDOG=1");
    lock.lock();
  }
}

void ServiceManager::EndWatch() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  ending_.notify_all();
  if (watch_.joinable()) watch_.join();
}

void ServiceManager::Stopping() {
  EndWatch();
  Notify("STOPPING=1");
}

ServiceManager::~ServiceManager() { EndWatch(); }

}  // namespace cumulite::server
