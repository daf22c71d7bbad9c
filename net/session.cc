#include "net/session.h"

#include "base/coarse_clock.h"
#include "base/log.h"
#include "net/answer.h"
#include "net/handler.h"
#include "net/http2_session.h"
#include "net/io_loop.h"
#include "net/tls.h"
#include "net/yield.h"

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
constexpr std::chrono::seconds kLinger{2};
constexpr unsigned char kTlsHandshakeRecord = 0x16;  // RFC 8446 5.1

bool ExpectsContinue(const protocol::HttpRequest& request) {
  return protocol::EqualsIgnoreCase(request.Header("Expect"), "100-continue");
}
}  // namespace

Session::Session(boost::asio::ip::tcp::socket socket, IoLoop& loop, std::shared_ptr<const Front> front)
    : front_(std::move(front)),
      connection_(std::move(socket), loop, front_->timeouts, *front_->budget),
      loop_(loop) {
  boost::system::error_code error;
  boost::asio::ip::tcp::socket& raw = connection_.stream.socket();
  raw.set_option(boost::asio::ip::tcp::no_delay(true), error);
  raw.native_non_blocking(true, error);  // sendfile(2) has no flag for it
  const auto peer = raw.remote_endpoint(error);
  if (!error) info_.peer_address = peer.address().to_string();
  info_.peer_port = peer.port();
  const auto local = raw.local_endpoint(error);
  if (!error) info_.local_address = local.address().to_string();
  info_.local_port = local.port();
  info_.opened = base::CoarseSteadyNow();
  position_ = loop_.Add(*this);
  front_->connections->Add();
}

Session::~Session() {
  loop_.Remove(position_);
  front_->connections->Remove();
}

void Session::Start() { Run(shared_from_this()).Detach(); }

bool Session::Expired(Deadline now) {
  if (connection_.deadline > now) return false;
  if (connection_.tell_when_late) {
    connection_.late = true;
    connection_.ClearDeadline();
    connection_.stream.CancelRead();
    return false;
  }
  // A long answer is one write to the session: it is late only when no byte has moved since the last look.
  const std::uint64_t sent = connection_.stream.bytes_sent();
  if (!answering_ || std::exchange(sent_at_last_look_, sent) == sent) return true;
  connection_.SetDeadline(connection_.timeouts.body);
  return false;
}

void Session::Abort() {
  disconnected_ = true;
  connection_.aborted = true;
  connection_.stream.Abort();
  if (cancel_ != nullptr) cancel_->Request();
}

void Session::Finish() {
  finishing_ = true;
  if (http2_ != nullptr) return http2_->Finish();
  if (idle_) Abort();
  if (cancel_ != nullptr) cancel_->Request();
}

runtime::Task<void> Session::Run(std::shared_ptr<Session> self) {
  try {
    runtime::Task<void> conversation = self->Converse();
    co_await conversation;
  } catch (const std::exception& failure) {
    base::Logger("net")->error("connection failed cause={}", failure.what());
  }
  // A read that still watches for the client's leaving would keep the connection open.
  self->connection_.stream.Abort();
}

runtime::Task<void> Session::Converse() {
  bool open = false;
  {
    runtime::Task<bool> begun = Begin();
    open = co_await begun;
  }
  if (open && front_->raw) {
    runtime::Task<void> handed = HandOver(*front_->raw);
    co_await handed;
    co_return;
  }
  if (open && connection_.stream.AgreedProtocol() == "h2") {
    runtime::Task<void> talked = SpeakHttp2();
    co_await talked;
    co_return;
  }
  while (open) {
    idle_ = connection_.in.unread().empty();
    if (finishing_) break;
    if (idle_ && !watching_) connection_.in.Shrink();
    std::size_t head_size = 0;
    {
      runtime::Task<std::size_t> head = ReadHead();
      head_size = co_await head;
    }
    if (head_size == 0) break;
    runtime::Task<bool> served = ServeRequest(head_size);
    open = co_await served;
  }
}

runtime::Task<void> Session::SpeakHttp2() {
  Http2Session http2(connection_, loop_, *front_, info_);
  http2_ = &http2;
  if (finishing_) http2.Finish();
  runtime::Task<bool> run = http2.Run();
  const bool agreed = co_await run;
  http2_ = nullptr;
  if (!agreed) co_return;
  runtime::Task<void> lingered = Linger();
  co_await lingered;
}

/// Looks at the first byte, where TLS and plain HTTP share the port.
runtime::Task<bool> Session::Begin() {
  if (front_->transport == Front::Transport::kPlain) co_return true;
  runtime::Task<bool> first = ReceiveMore(Connection::In(connection_.timeouts.idle));
  if (!co_await first) co_return false;
  const std::string received(connection_.in.unread());
  const bool is_tls = static_cast<unsigned char>(received.front()) == kTlsHandshakeRecord;
  if (!is_tls) co_return front_->transport == Front::Transport::kPlainOrTls;
  connection_.in.Consume(received.size());
  connection_.SetDeadline(connection_.timeouts.header);
  const std::shared_ptr<boost::asio::ssl::context> context = front_->tls->Context();
  runtime::Task<bool> shaken = connection_.stream.Handshake(*context, received);
  if (!co_await shaken) co_return false;
  connection_.stream.DescribeTls(info_);
  co_return true;
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

/// The connection as whoever took it over sees it: idle for as long as no byte moves either way.
class Session::Bytes final : public protocol::ByteStream {
 public:
  explicit Bytes(Session& session) : session_(session) {}

  runtime::Task<std::string_view> Read() override {
    Connection& connection = session_.connection_;
    if (connection.in.unread().empty()) {
      runtime::Task<bool> more = session_.ReceiveMore(Connection::In(connection.timeouts.idle));
      if (!co_await more) co_return std::string_view{};
    }
    const std::string_view bytes = connection.in.unread();
    connection.in.Consume(bytes.size());
    co_return bytes;
  }

  runtime::Task<bool> Write(std::string_view bytes) override {
    session_.connection_.SetDeadline(session_.connection_.timeouts.idle);
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};  // iovec has no const form
    runtime::Task<bool> written = session_.connection_.stream.Write({&piece, 1});
    const bool ok = co_await written;
    session_.connection_.SetDeadline(session_.connection_.timeouts.idle);
    co_return ok;
  }

  runtime::Task<void> FinishWriting() override { return session_.connection_.stream.ShutdownWrite(); }
  bool aborted() const override { return session_.connection_.aborted; }
  void Abort() override { session_.Abort(); }
  const protocol::ConnectionInfo* connection() const override { return &session_.info_; }

 private:
  Session& session_;
};

runtime::Task<void> Session::SwitchProtocols(protocol::Exchange& exchange, RequestBody& body) {
  WriteHead(exchange.request, exchange.response, AnswerFraming{});
  body.Finish();
  iovec head{out_.data(), out_.size()};
  runtime::Task<bool> sent = connection_.stream.Write({&head, 1});
  if (!co_await sent) co_return;
  runtime::Task<void> handed = HandOver(*exchange.response.takeover);
  co_await handed;
}

/// From here on the connection is the handler's. The server's stop, which leaves requests their time, ends it
/// at once: nobody knows when it would be done.
runtime::Task<void> Session::HandOver(protocol::Takeover& handler) {
  idle_ = true;
  read_ahead_ = kMaxReadAhead;
  if (finishing_) co_return;
  Bytes bytes(*this);
  try {
    runtime::Task<void> run = handler.Run(bytes);
    co_await run;
  } catch (const std::exception& failure) {
    base::Logger("net")->error("connection taken over failed cause={}", failure.what());
  } catch (const protocol::ConnectionClosed&) {
  }
}

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
      searched = 0;
      continue;
    }
    const HeadScan scan = ScanHead(unread, searched);
    if (scan.state == HeadScan::State::kFound && scan.size <= kMaxHead) co_return scan.size;
    if (scan.state == HeadScan::State::kBadLine) {
      runtime::Task<void> refused = RefuseMalformed();
      co_await refused;
      co_return 0;
    }
    if (unread.size() > kMaxHead) {
      runtime::Task<void> refused = Refuse(400, "RequestHeaderSectionTooLarge",
                                           "Your request header section exceeds the maximum allowed size.");
      co_await refused;
      co_return 0;
    }
    if (unread.size() >= kMaxReadAhead && !connection_.share.Grow(kMaxHead)) {
      runtime::Task<void> refused = Refuse(503, "ServiceUnavailable", "Reduce your request rate.");
      co_await refused;
      co_return 0;
    }
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
  // RFC 9112 3.2: one Host, no more and, since 1.1, no less.
  const bool wrong_host = parser.hosts() > 1 || (parser.hosts() == 0 && parser.version() >= 11);
  const bool is_asterisk = head_.target == "*";
  if (malformed || !parser.is_header_done() || wrong_host || (is_asterisk && head_.method != "OPTIONS")) {
    runtime::Task<void> refused = RefuseMalformed();
    co_await refused;
    co_return false;
  }
  protocol::HttpRequest request = head_.Request();
  request.tls = connection_.stream.tls();
  request.peer_address = info_.peer_address;
  request.version = parser.version();
  request.connection = &info_;
  ++info_.requests;
  RequestBody body(connection_, parser, head_size, ExpectsContinue(request));
  const std::uint64_t request_size = head_size + body.content_length().value_or(0);
  read_ahead_ = std::clamp<std::uint64_t>(request_size, std::max(read_ahead_, kMinReadAhead), kMaxReadAhead);
  runtime::Cancel cancel([this, &body] { WatchForDisconnect(body); });
  protocol::Exchange exchange{.request = request, .body = body};
  exchange.context.cancel = &cancel;
  cancel_ = &cancel;
  bool answered = true;
  if (is_asterisk) {
    AnswerAsServer(exchange.response);
  } else {
    runtime::Task<bool> handled = Handle(exchange);
    answered = co_await handled;
  }
  if (exchange.response.takeover && answered && !disconnected_) {
    runtime::Task<void> switched = SwitchProtocols(exchange, body);
    co_await switched;
    cancel_ = nullptr;
    co_return false;
  }
  cancel_ = nullptr;
  runtime::Task<bool> concluded = Conclude(exchange, body, parser, answered && !disconnected_);
  co_return co_await concluded;
}

/// Sends the answer, unless there is nobody to send it to; true when another request may follow.
runtime::Task<bool> Session::Conclude(protocol::Exchange& exchange, RequestBody& body,
                                      const RequestParser& parser, bool open) {
  protocol::HttpResponse& response = exchange.response;
  // botocore takes the status of an answer in place of 100 Continue for that of the next upload, too, which
  // then waits for bytes that never come: such a connection is not kept.
  bool keep = parser.keep_alive() && !response.close_connection && !finishing_ && !body.withheld() &&
              !body.broken() && body.rest() <= kMaxDrain;
  const AnswerFraming framing{.keep_alive = keep, .http10 = parser.version() < 11};
  keep = keep && !framing.ends_with_connection(exchange.request, response);
  if (open) {
    // Before the rest of a body that nobody wanted: it may never come.
    runtime::Task<bool> sent = Answer(exchange.request, response, framing);
    open = co_await sent;
  }
  response.source.reset();
  if (body.reading()) {
    runtime::Task<void> ended = EndReading(body);
    co_await ended;
    keep = false;
  }
  if (!open) co_return false;
  if (!keep) {
    runtime::Task<void> lingered = Linger();
    co_await lingered;
    co_return false;
  }
  if (!body.complete()) {
    runtime::Task<bool> drained = body.Drain(kMaxDrain);
    if (!co_await drained) {
      runtime::Task<void> lingered = Linger();
      co_await lingered;
      co_return false;
    }
  }
  body.Finish();
  co_return true;
}

/// A proxy may still read the request's body when its answer is complete: that ends where the body does.
runtime::Task<void> Session::EndReading(RequestBody& body) {
  connection_.aborted = true;
  connection_.stream.CancelRead();
  while (body.reading()) {
    YieldAwaiter yield(loop_);
    co_await yield;
  }
}

/// False when there is nobody to answer.
runtime::Task<bool> Session::Handle(protocol::Exchange& exchange) {
  try {
    runtime::Task<void> handled = front_->handler->Serve(exchange);
    co_await handled;
    co_return true;
  } catch (const protocol::ConnectionClosed&) {
    co_return false;
  } catch (const std::exception& failure) {
    // What a handler could not even answer, such as an allocation that failed, costs the request alone.
    base::Logger("net")->error("request failed cause={}", failure.what());
  }
  exchange.response = {};
  exchange.response.status = 500;
  exchange.response.close_connection = true;
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

/// Answers what is not HTTP, or too much of it, before any service is known; the connection ends.
runtime::Task<void> Session::Refuse(int status, std::string_view code, std::string_view message) {
  protocol::HttpResponse response;
  front_->handler->Refuse(status, code, message, response);
  runtime::Task<bool> sent = Answer(protocol::HttpRequest{}, response, AnswerFraming{});
  if (!co_await sent) co_return;
  runtime::Task<void> lingered = Linger();
  co_await lingered;
}

runtime::Task<void> Session::RefuseMalformed() {
  return Refuse(400, "BadRequest", "An error occurred when parsing the HTTP request.");
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
