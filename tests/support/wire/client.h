#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/wire/reply.h"

namespace cumulite::testing {

/// A raw TCP client: sends the bytes that a test gives and reads whole answers. Reads give up after ten
/// seconds, so a server that never answers fails the test instead of hanging it.
class Client {
 public:
  explicit Client(std::uint16_t port);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// False when the server broke the connection under it.
  bool Send(std::string_view bytes);
  /// Waits for some bytes, which the next Read finds; for a client that reads slowly.
  bool Receive() { return Fill(); }
  /// No more bytes from this side; the server sees the end of the stream.
  void HalfClose();
  /// Breaks the connection with a reset.
  void Reset();

  /// The next answer, nullopt when the connection ended without one. 100 Continue comes as an answer of its
  /// own. `head` says that the request was a HEAD, whose answer has no body whatever its length says.
  std::optional<Reply> Read(bool head = false);
  /// True when the server closed without sending anything more.
  bool Closed();
  /// True when nothing arrives within that time: for "no 100 Continue was sent".
  bool Silent(std::chrono::milliseconds time);

 private:
  bool Fill();
  std::optional<std::string> TakeLine();
  bool TakeBytes(std::size_t size, std::string& out);
  void TakeChunked(std::string& out);

  int fd_ = -1;
  std::string buffer_;
};

}  // namespace cumulite::testing
