#pragma once
#include <sys/uio.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <coroutine>
#include <optional>
#include <span>
#include <string>

#include "protocol/http.h"
#include "runtime/task.h"

namespace cumulite::net {

/// A socket, plain or under TLS, with awaitable reads and writes.
///
/// Errors are results, not exceptions: a closed connection is ordinary. Thread: the socket's loop.
class Stream {
 public:
  explicit Stream(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

  /// Awaits bytes; the result is how many, 0 at the end of the stream or on any error.
  class ReadAwaiter {
   public:
    ReadAwaiter(Stream& stream, char* data, std::size_t size) : stream_(stream), data_(data), size_(size) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter);
    std::size_t await_resume() const noexcept { return received_; }

   private:
    Stream& stream_;
    char* data_;
    std::size_t size_;
    std::size_t received_ = 0;
  };
  ReadAwaiter Read(char* data, std::size_t size) { return {*this, data, size}; }

  /// Reads without a coroutine; `done(bytes)` runs later on the loop (never from inside this call).
  template <class Done>
  void StartRead(char* data, std::size_t size, Done done);

  /// Writes all pieces; false when the connection is broken.
  runtime::Task<bool> Write(std::span<iovec> pieces);
  /// Sends a part of a file, by sendfile(2) where the stream is plain.
  runtime::Task<bool> SendFile(const protocol::FileSegment& segment);
  /// The fast path of Write: true when everything went out at once.
  bool TryWrite(const char* data, std::size_t size, std::size_t& sent);

  /// Turns to TLS; `received` are the bytes of the handshake that were read already.
  runtime::Task<bool> Handshake(boost::asio::ssl::context& context, std::string_view received);
  bool tls() const { return tls_.has_value(); }
  /// What ALPN has settled on: "h2"; empty when nothing was, or without TLS.
  std::string_view AgreedProtocol();
  /// After the handshake: version, cipher, names and the client's certificates.
  void DescribeTls(protocol::ConnectionInfo& info);

  /// Opens the socket towards somebody else; the result is the error, if there is one.
  class ConnectAwaiter {
   public:
    ConnectAwaiter(Stream& stream, const boost::asio::ip::tcp::endpoint& peer)
        : stream_(stream), peer_(peer) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter);
    boost::system::error_code await_resume() const noexcept { return error_; }

   private:
    Stream& stream_;
    const boost::asio::ip::tcp::endpoint peer_;
    boost::system::error_code error_;
  };
  ConnectAwaiter Connect(const boost::asio::ip::tcp::endpoint& peer) { return {*this, peer}; }
  /// Turns to TLS as the one who called; the result is empty, or says what was wrong. `verify` holds the
  /// certificate against `host`, a name or an address; `http2` asks for that, and fails without it.
  runtime::Task<std::string> HandshakeAsClient(boost::asio::ssl::context& context, std::string host,
                                               bool verify, bool http2 = false);

  /// Says goodbye: TLS close_notify, then no more writes.
  runtime::Task<void> ShutdownWrite();
  /// Ends the read that is under way; the connection can still be written to.
  void CancelRead();
  /// Breaks the connection; whatever waits on it ends with an error.
  void Abort();

  /// Grows with every write that made progress.
  std::uint64_t bytes_sent() const { return bytes_sent_; }
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  class WritableAwaiter;

  boost::asio::ip::tcp::socket socket_;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
  std::uint64_t bytes_sent_ = 0;
};

template <class Done>
void Stream::StartRead(char* data, std::size_t size, Done done) {
  auto finished = [done = std::move(done)](boost::system::error_code error, std::size_t bytes) mutable {
    done(error ? std::size_t{0} : bytes);
  };
  if (tls_) {
    tls_->async_read_some(boost::asio::buffer(data, size), std::move(finished));
  } else {
    socket_.async_read_some(boost::asio::buffer(data, size), std::move(finished));
  }
}

}  // namespace cumulite::net
