#include "net/stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>

namespace cumulite::net {
namespace {
using boost::asio::ip::tcp;

/// How much one sendfile call moves: large enough to be cheap, small enough to let other connections in.
constexpr std::size_t kSendFileChunk = 1 << 20;
/// How much of a file a TLS stream encrypts at a time.
constexpr std::size_t kFileReadChunk = 128 << 10;

std::string Pem(X509* certificate) {
  BIO* const memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  std::string pem(text, static_cast<std::size_t>(size));
  BIO_free(memory);
  return pem;
}

/// Where OpenSSL leaves what is to be sent once the handshake is over: gathered, so that many records go out
/// by one call and none of them is copied twice. The BIO owns the text.
std::string& Gathered(BIO* bio) { return *static_cast<std::string*>(BIO_get_data(bio)); }
std::string& Gathered(SSL* ssl) { return Gathered(SSL_get_wbio(ssl)); }

const BIO_METHOD* GatheringMethod() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gathered");
    BIO_meth_set_write(made, [](BIO* bio, const char* data, int size) {
      Gathered(bio).append(data, static_cast<std::size_t>(size));
      return size;
    });
    BIO_meth_set_ctrl(made,
                      [](BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1L : 0L; });
    BIO_meth_set_create(made, [](BIO* bio) {
      BIO_set_data(bio, new std::string);
      BIO_set_init(bio, 1);
      return 1;
    });
    BIO_meth_set_destroy(made, [](BIO* bio) {
      delete &Gathered(bio);
      return 1;
    });
    return made;
  }();
  return method;
}

void GatherOutput(SSL* ssl) { SSL_set0_wbio(ssl, BIO_new(GatheringMethod())); }

/// What is encrypted before it is sent, and what a connection keeps of the memory for it.
constexpr std::size_t kMaxGathered = 64 << 10;
constexpr std::size_t kKeptGathered = 4 << 10;

/// Encrypts the front of `bytes`, up to kMaxGathered with what waits already; how much, or nullopt.
std::optional<std::size_t> Encrypt(SSL* ssl, std::string_view bytes) {
  const std::size_t waiting = Gathered(ssl).size();
  const std::size_t wanted = std::min(bytes.size(), kMaxGathered - std::min(waiting, kMaxGathered));
  std::size_t done = 0;
  while (done < wanted) {
    std::size_t taken = 0;
    ERR_clear_error();
    if (SSL_write_ex(ssl, bytes.data() + done, wanted - done, &taken) != 1) return std::nullopt;
    done += taken;
  }
  return done;
}

void Sent(std::string& gathered, std::size_t bytes) {
  gathered.erase(0, bytes);
  if (gathered.empty() && gathered.capacity() > kKeptGathered) std::string().swap(gathered);
}

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

/// Drops `sent` bytes from the front of the pieces.
std::span<iovec> Advance(std::span<iovec> pieces, std::size_t sent) {
  while (!pieces.empty() && sent >= pieces.front().iov_len) {
    sent -= pieces.front().iov_len;
    pieces = pieces.subspan(1);
  }
  if (sent > 0) {
    pieces.front().iov_base = static_cast<char*>(pieces.front().iov_base) + sent;
    pieces.front().iov_len -= sent;
  }
  return pieces;
}
}  // namespace

void Stream::ReadAwaiter::await_suspend(std::coroutine_handle<> waiter) {
  stream_.StartRead(data_, size_, [this, waiter](std::size_t bytes) {
    received_ = bytes;
    waiter.resume();
  });
}

class Stream::WritableAwaiter {
 public:
  explicit WritableAwaiter(tcp::socket& socket) : socket_(socket) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    socket_.async_wait(tcp::socket::wait_write, [this, waiter](boost::system::error_code error) {
      ok_ = !error;
      waiter.resume();
    });
  }
  bool await_resume() const noexcept { return ok_; }

 private:
  tcp::socket& socket_;
  bool ok_ = false;
};

namespace {
/// One asynchronous call of the TLS stream, awaited.
template <class Start>
class TlsAwaiter {
 public:
  explicit TlsAwaiter(Start start) : start_(std::move(start)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    start_([this, waiter](boost::system::error_code error, std::size_t) {
      ok_ = !error;
      waiter.resume();
    });
  }
  bool await_resume() const noexcept { return ok_; }

 private:
  Start start_;
  bool ok_ = false;
};
}  // namespace

bool Stream::TryWrite(const char* data, std::size_t size, std::size_t& sent) {
  sent = 0;
  if (tls_) {
    std::string& gathered = Gathered(tls_->native_handle());
    if (size > kMaxGathered || !gathered.empty()) return false;
    const std::optional<std::size_t> taken = Encrypt(tls_->native_handle(), {data, size});
    if (!taken) return false;
    sent = size;  // what the system does not take now goes out with the Write that follows
    const ssize_t gone =
        ::send(socket_.native_handle(), gathered.data(), gathered.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (gone > 0) Sent(gathered, static_cast<std::size_t>(gone));
    bytes_sent_ += size;
    return gathered.empty();
  }
  const ssize_t n = ::send(socket_.native_handle(), data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n > 0) sent = static_cast<std::size_t>(n);
  bytes_sent_ += sent;
  return sent == size;
}

runtime::Task<bool> Stream::Write(std::span<iovec> pieces) {
  if (tls_) {
    // Reading meanwhile may add to it (a TLS key update), so it is looked at anew after each wait.
    std::string& gathered = Gathered(tls_->native_handle());
    for (;;) {
      while (!pieces.empty() && gathered.size() < kMaxGathered) {
        const std::string_view next(static_cast<const char*>(pieces.front().iov_base),
                                    pieces.front().iov_len);
        const std::optional<std::size_t> taken = Encrypt(tls_->native_handle(), next);
        if (!taken) co_return false;
        pieces = Advance(pieces, *taken);
      }
      if (gathered.empty()) co_return true;
      const ssize_t n =
          ::send(socket_.native_handle(), gathered.data(), gathered.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n >= 0) {
        bytes_sent_ += static_cast<std::uint64_t>(n);
        Sent(gathered, static_cast<std::size_t>(n));
      } else if (WouldBlock(errno)) {
        WritableAwaiter writable(socket_);
        if (!co_await writable) co_return false;
      } else if (errno != EINTR) {
        co_return false;
      }
    }
  }
  while (!pieces.empty()) {
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t n = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0) {
      bytes_sent_ += static_cast<std::uint64_t>(n);
      pieces = Advance(pieces, static_cast<std::size_t>(n));
    } else if (WouldBlock(errno)) {
      WritableAwaiter writable(socket_);
      if (!co_await writable) co_return false;
    } else if (errno != EINTR) {
      co_return false;
    }
  }
  co_return true;
}

runtime::Task<bool> Stream::SendFile(const protocol::FileSegment& segment) {
  auto offset = static_cast<off_t>(segment.offset());
  std::uint64_t left = segment.size();
  std::unique_ptr<char[]> copy;
  while (left > 0) {
    if (tls_) {
      if (!copy) copy = std::make_unique_for_overwrite<char[]>(kFileReadChunk);
      const ssize_t n =
          ::pread(segment.fd(), copy.get(), std::min<std::uint64_t>(left, kFileReadChunk), offset);
      if (n <= 0) co_return false;
      iovec piece{copy.get(), static_cast<std::size_t>(n)};
      runtime::Task<bool> written = Write({&piece, 1});
      if (!co_await written) co_return false;
      offset += n;
      left -= static_cast<std::uint64_t>(n);
      continue;
    }
    const ssize_t n = ::sendfile(socket_.native_handle(), segment.fd(), &offset,
                                 std::min<std::uint64_t>(left, kSendFileChunk));
    if (n > 0) {
      bytes_sent_ += static_cast<std::uint64_t>(n);
      left -= static_cast<std::uint64_t>(n);
    } else if (n < 0 && WouldBlock(errno)) {
      WritableAwaiter writable(socket_);
      if (!co_await writable) co_return false;
    } else if (n == 0 || errno != EINTR) {
      co_return false;  // the file is shorter than its row says, or the connection is gone
    }
  }
  co_return true;
}

runtime::Task<bool> Stream::Handshake(boost::asio::ssl::context& context, std::string_view received) {
  tls_.emplace(socket_, context);
  auto start = [this, received](auto done) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server,
                          boost::asio::buffer(received.data(), received.size()), std::move(done));
  };
  TlsAwaiter<decltype(start)> shaken(start);
  const bool agreed = co_await shaken;
  if (agreed) GatherOutput(tls_->native_handle());
  co_return agreed;
}

std::string_view Stream::AgreedProtocol() {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  if (tls_) SSL_get0_alpn_selected(tls_->native_handle(), &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

void Stream::DescribeTls(protocol::ConnectionInfo& info) {
  SSL* const ssl = tls_->native_handle();
  info.tls_version = SSL_get_version(ssl);
  info.tls_cipher = SSL_get_cipher_name(ssl);
  if (const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)) info.server_name = name;
  // Of a server's connection this chain lacks the peer's own certificate.
  const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl);
  X509* const own = SSL_get1_peer_certificate(ssl);
  if (own == nullptr) return;
  info.client_chain.push_back(Pem(own));
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    X509* const certificate = sk_X509_value(chain, i);
    if (X509_cmp(certificate, own) != 0) info.client_chain.push_back(Pem(certificate));
  }
  X509_free(own);
}

void Stream::ConnectAwaiter::await_suspend(std::coroutine_handle<> waiter) {
  tcp::socket& socket = stream_.socket_;
  boost::system::error_code ignored;
  if (socket.is_open()) socket.close(ignored);
  socket.async_connect(peer_, [this, waiter](boost::system::error_code error) {
    error_ = error;
    boost::system::error_code unheard;
    stream_.socket_.set_option(tcp::no_delay(true), unheard);
    stream_.socket_.native_non_blocking(true, unheard);  // sendfile(2) has no flag for it
    waiter.resume();
  });
}

runtime::Task<std::string> Stream::HandshakeAsClient(boost::asio::ssl::context& context, std::string host,
                                                     bool verify, bool http2) {
  tls_.emplace(socket_, context);
  SSL* const ssl = tls_->native_handle();
  boost::system::error_code not_an_address;
  boost::asio::ip::make_address(host, not_an_address);
  if (not_an_address) SSL_set_tlsext_host_name(ssl, host.c_str());  // RFC 6066 3: names only
  if (verify) {
    const bool known = not_an_address ? SSL_set1_host(ssl, host.c_str()) == 1
                                      : X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    if (!known) co_return "the host's name cannot be verified";
  }
  if (http2) {
    static constexpr unsigned char kOffer[] = "\x02h2";
    SSL_set_alpn_protos(ssl, kOffer, sizeof kOffer - 1);
  }
  boost::system::error_code failure;
  auto start = [this, &failure](auto done) {
    tls_->async_handshake(boost::asio::ssl::stream_base::client,
                          [&failure, done = std::move(done)](boost::system::error_code error) mutable {
                            failure = error;
                            done(error, 0);
                          });
  };
  TlsAwaiter<decltype(start)> shaken(start);
  if (co_await shaken) {
    GatherOutput(ssl);
    co_return http2&& AgreedProtocol() != "h2" ? std::string("the server does not speak HTTP/2")
                                               : std::string{};
  }
  const long verdict = SSL_get_verify_result(ssl);
  co_return verdict == X509_V_OK ? failure.message() : std::string(X509_verify_cert_error_string(verdict));
}

runtime::Task<void> Stream::ShutdownWrite() {
  // Until the handshake is over OpenSSL reads and writes by one BIO.
  if (tls_ && SSL_get_wbio(tls_->native_handle()) != SSL_get_rbio(tls_->native_handle())) {
    ERR_clear_error();
    SSL_shutdown(tls_->native_handle());  // says so; the peer's answer is read with what else it sends
    runtime::Task<bool> flushed = Write({});
    co_await flushed;
  }
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Stream::CancelRead() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Stream::Abort() {
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.cancel(ignored);
}

}  // namespace cumulite::net
