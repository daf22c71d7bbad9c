#include "tests/unit/net/raw_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cumulite::net {
namespace {
constexpr timeval kReadTimeout{10, 0};
}

RawPeer::~RawPeer() { ::close(fd_); }

bool RawPeer::Fill() {
  char bytes[16 << 10];
  const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
  if (n > 0) buffer_.append(bytes, static_cast<std::size_t>(n));
  return n > 0;
}

std::string RawPeer::ReadHead() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return {};
  }
  const std::string head = buffer_.substr(0, end + 4);
  buffer_.erase(0, end + 4);
  return head;
}

std::string RawPeer::ReadBytes(std::size_t size) {
  while (buffer_.size() < size && Fill()) continue;
  const std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, bytes.size());
  return bytes;
}

bool RawPeer::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void RawPeer::WaitForEnd() {
  while (Fill()) buffer_.clear();
}

RawServer::RawServer(std::function<void(RawPeer&)> script)
    : script_(std::move(script)), fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd_, 64) != 0) std::abort();
  ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

RawServer::~RawServer() {
  ::shutdown(fd_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& peer : peers_) peer.join();
  ::close(fd_);
}

void RawServer::Accept() {
  for (;;) {
    const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kReadTimeout, sizeof kReadTimeout);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kReadTimeout, sizeof kReadTimeout);
    ++accepted_;
    peers_.emplace_back([this, fd] {
      RawPeer peer(fd);
      script_(peer);
    });
  }
}

std::string RawServer::Url(std::string_view target) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
}

}  // namespace cumulite::net
