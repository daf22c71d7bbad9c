#include "tests/support/wire/client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace cumulite::testing {
namespace {
constexpr timeval kReadTimeout{10, 0};

bool SameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return std::tolower(x) == std::tolower(y); });
}
}  // namespace

std::string Reply::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) return value;
  }
  return {};
}

bool Reply::Has(std::string_view name) const {
  return std::ranges::any_of(headers, [&](const auto& header) { return SameName(header.first, name); });
}

Client::Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kReadTimeout, sizeof kReadTimeout);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
}

Client::~Client() { ::close(fd_); }

bool Client::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;  // the server closed early; what it answered is read next
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::HalfClose() { ::shutdown(fd_, SHUT_WR); }

void Client::Reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(fd_, -1));
}

bool Client::Fill() {
  char bytes[64 << 10];
  const ssize_t received = ::recv(fd_, bytes, sizeof bytes, 0);
  if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("no answer in 10 s");
  if (received <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(received));
  return true;
}

std::optional<std::string> Client::TakeLine() {
  for (;;) {
    if (const std::size_t end = std::string_view(buffer_).find("\r\n"); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 2);
      return line;
    }
    if (!Fill()) return std::nullopt;
  }
}

bool Client::TakeBytes(std::size_t size, std::string& out) {
  while (buffer_.size() < size) {
    if (!Fill()) return false;
  }
  out.append(buffer_, 0, size);
  buffer_.erase(0, size);
  return true;
}

void Client::TakeChunked(std::string& out) {
  for (;;) {
    const std::string line = TakeLine().value_or("0");
    std::size_t size = 0;
    std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (size == 0) {
      while (!TakeLine().value_or("").empty()) continue;  // trailers
      return;
    }
    if (!TakeBytes(size, out)) throw std::runtime_error("the answer broke off");
    TakeLine();
  }
}

std::optional<Reply> Client::Read(bool head) {
  const std::optional<std::string> status = TakeLine();
  if (!status) return std::nullopt;
  Reply reply;
  if (status->size() < 12) throw std::runtime_error("not HTTP: " + *status);
  reply.status = std::stoi(status->substr(9, 3));
  for (;;) {
    const std::string line = TakeLine().value_or("");
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    reply.headers.emplace_back(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
  }
  if (head || reply.status < 200 || reply.status == 204 || reply.status == 304) return reply;
  if (reply.Header("Transfer-Encoding") == "chunked") {
    TakeChunked(reply.body);
  } else if (reply.Has("Content-Length")) {
    if (!TakeBytes(std::stoul(reply.Header("Content-Length")), reply.body)) {
      throw std::runtime_error("the answer broke off");
    }
  } else {
    while (Fill()) continue;
    reply.body = std::exchange(buffer_, {});
  }
  return reply;
}

bool Client::Closed() { return buffer_.empty() && !Fill(); }

bool Client::Silent(std::chrono::milliseconds time) {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  return buffer_.empty() && ::poll(&waiting, 1, static_cast<int>(time.count())) == 0;
}

}  // namespace cumulite::testing
