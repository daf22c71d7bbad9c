#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cumulite::net {

/// One accepted connection, blocking; reads give up after ten seconds.
class RawPeer {
 public:
  explicit RawPeer(int fd) : fd_(fd) {}
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;
  ~RawPeer();

  /// Everything up to the end of the next head; empty when the client closed.
  std::string ReadHead();
  /// That many bytes of a body.
  std::string ReadBytes(std::size_t size);
  /// False once the client has gone away.
  bool Send(std::string_view bytes);
  /// Until the client closes.
  void WaitForEnd();
  int fd() const { return fd_; }

 private:
  bool Fill();

  const int fd_;
  std::string buffer_;
};

/// Listens on a free loopback port and hands each connection to the script, one after the other, each on a
/// thread of its own.
class RawServer {
 public:
  explicit RawServer(std::function<void(RawPeer&)> script);
  ~RawServer();

  std::uint16_t port() const { return port_; }
  std::string Url(std::string_view target) const;
  int accepted() const { return accepted_; }

 private:
  void Accept();

  const std::function<void(RawPeer&)> script_;
  int fd_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> accepted_ = 0;
  std::vector<std::thread> peers_;
  std::thread acceptor_;
};

}  // namespace cumulite::net
