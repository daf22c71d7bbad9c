#include "net/session.h"

#include <boost/beast/http/status.hpp>
#include <charconv>
#include <cstring>

#include "net/handler.h"
#include "net/io_loop.h"
#include "net/tls.h"

namespace cumulite::net {
namespace {
/// How much is received at once: enough for an SDK's head and a short body, and small, because ten thousand
/// waiting connections have a buffer each. A connection whose requests are longer gets a longer one.
constexpr std::size_t kMinReadAhead = 2048 - 64;  // with ReadBuffer::kPadding, a size class of allocators
constexpr std::size_t kMaxReadAhead = 16 << 10;
/// Design section 10. SDKs send less than 2 KiB; S3 allows 8 KiB of header data.
constexpr std::size_t kMaxHead = 64 << 10;
/// A body nobody wanted is read up to here to keep the connection; beyond, closing is cheaper.
constexpr std::uint64_t kMaxDrain = 1 << 20;
/// Answers up to this size go out with their head in one piece: copying is cheaper than a second buffer.
constexpr std::size_t kInlineBody = 16 << 10;
constexpr std::chrono::seconds kLinger{2};
constexpr unsigned char kTlsHandshakeRecord = 0x16;  // RFC 8446 5.1

void AppendNumber(std::string& out, std::uint64_t number, int base = 10) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
  out.append(digits, end);
}

bool HasBody(const protocol::HttpRequest& request, const protocol::HttpResponse& response) {
  return request.method != "HEAD" && response.status != 204 && response.status != 304;
}

std::optional<std::uint64_t> BodyLength(const protocol::HttpResponse& response) {
  if (response.announced_length) return response.announced_length;
  if (response.source) return response.source_length;
  std::uint64_t length = response.body.size();
  for (const protocol::FileSegment& file : response.files) length += file.size();
  return length;
}

bool ExpectsContinue(const protocol::HttpRequest& request) {
  return protocol::EqualsIgnoreCase(request.Header("Expect"), "100-continue");
}
}  // namespace

Session::Session(boost::asio::ip::tcp::socket socket, IoLoop& loop, Handler& handler, Tls& tls,
                 const Timeouts& timeouts, ConnectionCount& connections)
    : connection_(std::move(socket), loop, timeouts),
      loop_(loop),
      handler_(handler),
      tls_(tls),
      connections_(connections) {
  boost::system::error_code error;
  boost::asio::ip::tcp::socket& raw = connection_.stream.socket();
  raw.set_option(boost::asio::ip::tcp::no_delay(true), error);
  raw.native_non_blocking(true, error);  // sendfile(2) has no flag for it
  const auto peer = raw.remote_endpoint(error);
  if (!error) peer_address_ = peer.address().to_string();
  position_ = loop_.Add(*this);
  connections_.Add();
}

Session::~Session() {
  loop_.Remove(position_);
  connections_.Remove();
}

void Session::Start() { Run(shared_from_this()).Detach(); }

bool Session::Expired(Deadline now) {
  if (connection_.deadline > now) return false;
  // A long answer is one write to the session: it is late only when no byte has moved since the last look.
  const std::uint64_t sent = connection_.stream.bytes_sent();
  if (!answering_ || std::exchange(sent_at_last_look_, sent) == sent) return true;
  connection_.SetDeadline(connection_.timeouts.body);
  return false;
}

void Session::Abort() {
  disconnected_ = true;
  connection_.stream.Abort();
  if (cancel_ != nullptr) cancel_->Request();
}

void Session::Finish() {
  finishing_ = true;
  if (idle_) Abort();
  if (cancel_ != nullptr) cancel_->Request();
}

runtime::Task<void> Session::Run(std::shared_ptr<Session> self) {
  bool open = false;
  {
    runtime::Task<bool> begun = self->Begin();
    open = co_await begun;
  }
  while (open) {
    self->idle_ = self->connection_.in.unread().empty();
    if (self->finishing_) break;
    std::size_t head_size = 0;
    {
      runtime::Task<std::size_t> head = self->ReadHead();
      head_size = co_await head;
    }
    if (head_size == 0) break;
    runtime::Task<bool> served = self->ServeRequest(head_size);
    open = co_await served;
  }
}

/// Looks at the first byte: TLS and plain HTTP share the port.
runtime::Task<bool> Session::Begin() {
  runtime::Task<bool> first = ReceiveMore(Connection::In(connection_.timeouts.idle));
  if (!co_await first) co_return false;
  const std::string received(connection_.in.unread());
  if (static_cast<unsigned char>(received.front()) != kTlsHandshakeRecord) co_return true;
  connection_.in.Consume(received.size());
  connection_.SetDeadline(connection_.timeouts.header);
  runtime::Task<bool> shaken = connection_.stream.Handshake(tls_.context(), received);
  co_return co_await shaken;
}

class Session::WatchAwaiter {
 public:
  explicit WatchAwaiter(Session& session) : session_(session) {}
  bool await_ready() const noexcept { return !session_.watching_; }
  void await_suspend(std::coroutine_handle<> waiter) { session_.watch_waiter_ = waiter; }
  void await_resume() const noexcept {}

 private:
  Session& session_;
};

runtime::Task<bool> Session::ReceiveMore(Connection::Deadline until) {
  connection_.SetDeadline(until);
  if (watching_) {
    WatchAwaiter watch(*this);
    co_await watch;
    co_return !disconnected_;
  }
  if (disconnected_) co_return false;
  connection_.in.Reserve(std::max(read_ahead_, kMinReadAhead));
  Stream::ReadAwaiter read = connection_.stream.Read(connection_.in.space(), connection_.in.space_size());
  const std::size_t bytes = co_await read;
  connection_.in.Filled(bytes);
  co_return bytes > 0;
}

/// The size of the next request's head, once all of it is in the buffer; 0 when there is none to come.
runtime::Task<std::size_t> Session::ReadHead() {
  std::size_t searched = 0;
  // Set once each, so that a client that sends a byte now and then does not push them on.
  const Connection::Deadline idle_until = Connection::In(connection_.timeouts.idle);
  std::optional<Connection::Deadline> head_until;
  for (;;) {
    const std::string_view unread = connection_.in.unread();
    // RFC 9112 2.2: empty lines before a request are skipped.
    if (unread.starts_with("\r\n")) {
      connection_.in.Consume(2);
      continue;
    }
    // memmem(3): string_view::find stops at every single CR.
    const void* end = ::memmem(unread.data() + searched, unread.size() - searched, "\r\n\r\n", 4);
    if (end != nullptr) {
      const auto head_size = static_cast<std::size_t>(static_cast<const char*>(end) + 4 - unread.data());
      if (head_size <= kMaxHead) co_return head_size;
    }
    if (unread.size() > kMaxHead) {
      runtime::Task<void> refused = Refuse(400, "RequestHeaderSectionTooLarge",
                                           "Your request header section exceeds the maximum allowed size.");
      co_await refused;
      co_return 0;
    }
    searched = unread.size() < 3 ? 0 : unread.size() - 3;
    if (!unread.empty() && !head_until) {
      idle_ = false;
      head_until = Connection::In(connection_.timeouts.header);
    }
    runtime::Task<bool> more = ReceiveMore(head_until.value_or(idle_until));
    if (!co_await more) co_return 0;
  }
}

runtime::Task<bool> Session::ServeRequest(std::size_t head_size) {
  idle_ = false;
  connection_.ClearDeadline();
  head_.Clear();
  const std::string_view bytes = connection_.in.unread().substr(0, head_size);
  RequestParser parser(head_, bytes);
  boost::beast::error_code malformed;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), malformed);
  if (malformed || !parser.is_header_done()) {
    runtime::Task<void> refused =
        Refuse(400, "BadRequest", "An error occurred when parsing the HTTP request.");
    co_await refused;
    co_return false;
  }
  protocol::HttpRequest request = head_.Request();
  request.tls = connection_.stream.tls();
  request.peer_address = peer_address_;
  RequestBody body(connection_, parser, head_size, ExpectsContinue(request));
  const std::uint64_t request_size = head_size + body.content_length().value_or(0);
  read_ahead_ = std::clamp<std::uint64_t>(request_size, std::max(read_ahead_, kMinReadAhead), kMaxReadAhead);
  runtime::Cancel cancel([this, &body] { WatchForDisconnect(body); });
  protocol::Exchange exchange{.request = request, .body = body};
  exchange.context.cancel = &cancel;
  cancel_ = &cancel;
  bool answered = true;
  try {
    runtime::Task<void> handled = handler_.Serve(exchange);
    co_await handled;
  } catch (const protocol::ConnectionClosed&) {
    answered = false;
  }
  cancel_ = nullptr;
  if (!answered || disconnected_) co_return false;

  // botocore takes the status of an answer in place of 100 Continue for that of the next upload, too, which
  // then waits for bytes that never come: such a connection is not kept.
  bool keep_alive =
      parser.keep_alive() && !exchange.response.close_connection && !finishing_ && !body.withheld();
  if (keep_alive && !body.complete()) {
    runtime::Task<bool> drained = body.Drain(kMaxDrain);
    keep_alive = co_await drained;
  }
  runtime::Task<bool> sent = Answer(request, exchange.response, keep_alive);
  if (!co_await sent) co_return false;
  if (!keep_alive) {
    runtime::Task<void> lingered = Linger();
    co_await lingered;
    co_return false;
  }
  body.Finish();
  co_return true;
}

void Session::WatchForDisconnect(const RequestBody& body) {
  // Bytes that already wait behind this request tell that the client is there; they would hide its leaving.
  const bool can_watch = body.complete() && !body.has_excess() && connection_.in.space_size() > 0;
  if (watching_ || !can_watch) return;
  watching_ = true;
  auto self = shared_from_this();
  connection_.stream.StartRead(connection_.in.space(), connection_.in.space_size(),
                               [self](std::size_t bytes) {
                                 self->watching_ = false;
                                 self->connection_.in.Filled(bytes);
                                 if (bytes == 0) {
                                   self->disconnected_ = true;
                                   if (self->cancel_ != nullptr) self->cancel_->Request();
                                 }
                                 if (const auto waiter = std::exchange(self->watch_waiter_, nullptr))
                                   waiter.resume();
                               });
}

void Session::WriteHead(const protocol::HttpRequest& request, const protocol::HttpResponse& response,
                        bool keep_alive) {
  out_.clear();
  out_ += "HTTP/1.1 ";
  AppendNumber(out_, static_cast<unsigned>(response.status));
  out_ += ' ';
  out_ += std::string_view(boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(response.status))));
  out_ += "\r\n";
  out_ += response.headers;
  const auto length = BodyLength(response);
  if (response.status != 204 && (response.status != 304 || response.announced_length)) {
    if (length) {
      out_ += "Content-Length: ";
      AppendNumber(out_, *length);
      out_ += "\r\n";
    } else if (request.method != "HEAD") {
      out_ += "Transfer-Encoding: chunked\r\n";
    }
  }
  out_ += "Date: ";
  out_ += loop_.HttpDate();
  out_ += keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
}

runtime::Task<bool> Session::Answer(const protocol::HttpRequest& request, protocol::HttpResponse& response,
                                    bool keep_alive) {
  WriteHead(request, response, keep_alive);
  const bool has_body = HasBody(request, response);
  const bool inline_body = has_body && !response.source && response.body.size() <= kInlineBody;
  if (inline_body) out_ += response.body;
  answering_ = true;
  connection_.SetDeadline(connection_.timeouts.body);
  std::size_t sent = 0;
  if (!connection_.stream.TryWrite(out_.data(), out_.size(), sent)) {
    iovec rest{out_.data() + sent, out_.size() - sent};
    runtime::Task<bool> written = connection_.stream.Write({&rest, 1});
    if (!co_await written) co_return false;
  }
  if (has_body && (!inline_body || !response.files.empty())) {
    runtime::Task<bool> written = SendBody(response);
    if (!co_await written) co_return false;
  }
  connection_.ClearDeadline();
  answering_ = false;
  co_return true;
}

runtime::Task<bool> Session::SendBody(protocol::HttpResponse& response) {
  if (response.source) {
    runtime::Task<bool> streamed = StreamBody(*response.source, !response.source_length);
    co_return co_await streamed;
  }
  if (response.body.size() > kInlineBody) {
    iovec piece{response.body.data(), response.body.size()};
    runtime::Task<bool> written = connection_.stream.Write({&piece, 1});
    if (!co_await written) co_return false;
  }
  for (const protocol::FileSegment& file : response.files) {
    connection_.SetDeadline(connection_.timeouts.body);
    runtime::Task<bool> written = connection_.stream.SendFile(file);
    if (!co_await written) co_return false;
  }
  co_return true;
}

runtime::Task<bool> Session::StreamBody(protocol::BodySource& source, bool chunked) {
  for (;;) {
    runtime::Task<std::string_view> next = source.Read();
    const std::string_view piece = co_await next;
    out_.clear();
    if (chunked) {
      AppendNumber(out_, piece.size(), 16);
      out_ += "\r\n";
    }
    connection_.SetDeadline(connection_.timeouts.body);
    std::string end = chunked ? "\r\n" : "";
    iovec pieces[] = {{out_.data(), out_.size()},
                      {const_cast<char*>(piece.data()), piece.size()},  // iovec has no const form
                      {end.data(), end.size()}};
    runtime::Task<bool> written = connection_.stream.Write(pieces);
    if (!co_await written) co_return false;
    if (piece.empty()) co_return true;
  }
}

/// Answers what is not HTTP, or too much of it, before any service is known; the connection ends.
runtime::Task<void> Session::Refuse(int status, std::string_view code, std::string_view message) {
  protocol::HttpResponse response;
  response.status = status;
  response.AddHeader("Content-Type", "application/xml");
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>";
  response.body.append(code).append("</Code><Message>").append(message).append("</Message></Error>");
  runtime::Task<bool> sent = Answer(protocol::HttpRequest{}, response, false);
  if (!co_await sent) co_return;
  runtime::Task<void> lingered = Linger();
  co_await lingered;
}

/// Lets the client read the last answer: closing with unread input would reset the connection under it.
runtime::Task<void> Session::Linger() {
  connection_.SetDeadline(kLinger);
  runtime::Task<void> shut = connection_.stream.ShutdownWrite();
  co_await shut;
  if (finishing_) co_return;  // the server stops: there is no time for manners
  if (watching_) {
    WatchAwaiter watch(*this);
    co_await watch;
  }
  char ignored[4096];
  for (;;) {
    Stream::ReadAwaiter read = connection_.stream.Read(ignored, sizeof ignored);
    if (co_await read == 0) co_return;
  }
}

}  // namespace cumulite::net
