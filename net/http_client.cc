#include "net/http_client.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "net/call_guard.h"
#include "net/client_tls.h"
#include "net/connection_pool.h"
#include "net/http2_call.h"
#include "net/http_exchange.h"
#include "net/io_loop.h"
#include "net/resolver.h"
#include "net/upgraded_connection.h"
#include "net/url.h"

namespace cumulite::net {
namespace {
using Kind = HttpError::Kind;

/// RFC 9110 5.6.2
bool IsToken(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) || kMarks.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

/// A value that would end its line could forge another header.
bool IsFieldValue(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

bool IsFraming(std::string_view name) {
  return protocol::EqualsIgnoreCase(name, "Content-Length") ||
         protocol::EqualsIgnoreCase(name, "Transfer-Encoding");
}

std::optional<HttpError> Invalid(const HttpCall& call) {
  if (!IsToken(call.method)) return HttpError{Kind::kInvalid, "the method is no token"};
  for (const HttpHeader& header : call.headers) {
    if (!IsToken(header.name) || !IsFieldValue(header.value) || IsFraming(header.name)) {
      return HttpError{Kind::kInvalid, "a header cannot be sent"};
    }
  }
  return std::nullopt;
}

/// RFC 9110 9.2.2: what may be sent twice.
bool MayRepeat(const HttpCall& call, const Hop& hop) {
  constexpr std::string_view kIdempotent[] = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
  const bool idempotent = std::ranges::find(kIdempotent, hop.method) != std::end(kIdempotent);
  return idempotent && (call.body_source == nullptr || !hop.with_body);
}

/// Where an answer sends us, if it does and we can go.
std::optional<Hop> Redirect(const CallState& state, const HttpAnswer& answer) {
  const Hop& hop = state.hop;
  if (state.redirects_left <= 0) return std::nullopt;
  const int status = answer.status;
  const bool keeps_method = status == 307 || status == 308;
  if (!keeps_method && status != 301 && status != 302 && status != 303) return std::nullopt;
  const std::optional<std::string_view> location = answer.Find("Location");
  std::optional<Url> url = location ? ResolveUrl(hop.url, *location) : std::nullopt;
  if (!url) return std::nullopt;
  if (keeps_method && hop.with_body && state.call.body_source != nullptr) return std::nullopt;
  Hop next = hop;
  // RFC 9110 15.4: a 301 or 302 to a POST has always been followed by a GET.
  if (!keeps_method && hop.method != "HEAD" && (status == 303 || hop.method == "POST")) {
    next.method = "GET";
    next.with_body = false;
  }
  next.with_credentials = hop.with_credentials && url->Origin() == hop.url.Origin();
  next.url = std::move(*url);
  return next;
}

std::vector<HttpHeader> Copied(std::span<const protocol::HeaderField> fields) {
  std::vector<HttpHeader> headers;
  for (const protocol::HeaderField& field : fields) {
    headers.push_back({std::string(field.name), std::string(field.value)});
  }
  return headers;
}

class StreamedBody final : public AnswerBody {
 public:
  StreamedBody(std::shared_ptr<CallState> state, std::shared_ptr<HttpExchange> exchange)
      : state_(std::move(state)), exchange_(std::move(exchange)) {}
  ~StreamedBody() override {
    exchange_->Drop();
    state_->guard.End();
  }

  std::optional<std::uint64_t> content_length() const override { return exchange_->content_length(); }
  runtime::Task<std::optional<std::string_view>> Receive() override { return exchange_->Receive(); }
  const HttpError& error() const override { return exchange_->error(); }

 private:
  const std::shared_ptr<CallState> state_;
  const std::shared_ptr<HttpExchange> exchange_;
};

class PooledClient final : public HttpClient {
 public:
  explicit PooledClient(HttpClientLimits limits) : limits_(limits) {}

  // HttpClient
  runtime::Task<HttpResult> Send(HttpCall call) override;
  runtime::Task<HttpResult> Connect(HttpCall call) override;

 private:
  /// One connection, or why there is none.
  struct Connected {
    std::unique_ptr<ClientConnection> connection;
    HttpError error;
  };

  runtime::Task<HttpResult> SendOverHttp2(std::shared_ptr<CallState> state);
  runtime::Task<HttpResult> SendHop(std::shared_ptr<CallState> state);
  static HttpResult StreamAnswer(const std::shared_ptr<CallState>& state,
                                 const std::shared_ptr<HttpExchange>& exchange);
  static runtime::Task<HttpResult> ReceiveWhole(std::shared_ptr<CallState> state,
                                                std::shared_ptr<HttpExchange> exchange);
  runtime::Task<Connected> ConnectTo(CallState& state);
  runtime::Task<HttpError> Reach(CallState& state, ClientConnection& connection);
  /// What one loop keeps; used by it alone.
  struct Pools {
    Pools(IoLoop& its, const HttpClientLimits& limits, Pools* following)
        : loop(its), http1(its, limits), next(following) {}
    IoLoop& loop;
    ConnectionPool http1;
    Http2Pool http2;
    Pools* const next;
  };
  Pools& PoolsOf(IoLoop& loop);
  std::shared_ptr<const ClientTls> TlsOf(const CallState& state);

  const HttpClientLimits limits_;
  Resolver resolver_;
  std::mutex mutex_;
  std::shared_ptr<const ClientTls> default_tls_;  // made when first needed
  std::vector<std::unique_ptr<Pools>> pools_;
  std::atomic<Pools*> first_{nullptr};  // a few, gone through by every call without a lock
};

PooledClient::Pools& PooledClient::PoolsOf(IoLoop& loop) {
  for (Pools* pools = first_.load(std::memory_order_acquire); pools != nullptr; pools = pools->next) {
    if (&pools->loop == &loop) return *pools;
  }
  const std::scoped_lock lock(mutex_);
  Pools& made = *pools_.emplace_back(std::make_unique<Pools>(loop, limits_, first_.load()));
  first_.store(&made, std::memory_order_release);
  return made;
}

std::shared_ptr<const ClientTls> PooledClient::TlsOf(const CallState& state) {
  if (!state.hop.url.tls) return nullptr;
  if (state.call.tls) return state.call.tls;
  const std::scoped_lock lock(mutex_);
  if (!default_tls_) default_tls_ = ClientTls::Make(ClientTls::Verify::kPeer);
  return default_tls_;
}

runtime::Task<HttpResult> PooledClient::Send(HttpCall call) {
  auto* const loop = dynamic_cast<IoLoop*>(runtime::Loop::CurrentOrNull());
  if (loop == nullptr || loop->stopping()) co_return HttpResult(HttpError{Kind::kClosed, "the server stops"});
  std::optional<Url> url = ParseUrl(call.url);
  if (!url) co_return HttpResult(HttpError{Kind::kInvalid, "not a URL of http or https"});
  if (const std::optional<HttpError> invalid = Invalid(call)) co_return HttpResult(*invalid);
  if (!call.target.empty()) url->target = std::exchange(call.target, {});
  const auto state = std::make_shared<CallState>(*loop, std::move(call));
  state->hop = Hop{.url = std::move(*url), .method = state->call.method};
  if (state->call.http2) {
    runtime::Task<HttpResult> sent = SendOverHttp2(state);
    co_return co_await sent;
  }
  for (;; --state->redirects_left) {
    runtime::Task<HttpResult> sent = SendHop(state);
    HttpResult result = co_await sent;
    std::optional<Hop> next;
    if (result.ok()) next = Redirect(*state, result.answer());
    if (!next) {
      const bool tells = result.ok() && state->call.answer != HttpCall::Answer::kLent;
      if (tells) result.answer().url = state->hop.url.Text();
      co_return result;
    }
    state->hop = std::move(*next);
  }
}

/// A connection that takes no more, or went away before it had seen the request, is replaced once.
runtime::Task<HttpResult> PooledClient::SendOverHttp2(std::shared_ptr<CallState> state) {
  IoLoop& loop = state->guard.loop();
  Http2Pool& pool = PoolsOf(loop).http2;
  const std::string origin = state->hop.url.Origin();
  for (int attempt = 0;; ++attempt) {
    std::shared_ptr<Http2Upstream> upstream;
    if (!state->call.fresh_connection) upstream = pool.Find(origin, TlsOf(*state).get());
    if (!upstream) {
      runtime::Task<Connected> connecting = ConnectTo(*state);
      Connected connected = co_await connecting;
      if (!connected.connection) co_return HttpResult(std::move(connected.error));
      // Others may have connected meanwhile: then theirs serves this call, too.
      if (!state->call.fresh_connection) upstream = pool.Find(origin, TlsOf(*state).get());
      if (!upstream) {
        upstream = Http2Upstream::Start(loop, std::move(connected.connection), limits_.idle_timeout);
        if (!state->call.fresh_connection) pool.Keep(upstream);
      }
    }
    const auto exchange = std::make_shared<Http2Call>(state, upstream);
    runtime::Task<bool> begun = exchange->Begin();
    const bool answered = co_await begun;
    if (state->call.fresh_connection) upstream->GoAway();
    if (answered) {
      HttpAnswer answer = exchange->TakeHead();
      answer.url = state->hop.url.Text();
      answer.stream = std::make_unique<Http2AnswerBody>(state, exchange);
      co_return HttpResult(std::move(answer));
    }
    runtime::Task<void> settled = exchange->Settle();
    co_await settled;
    if (attempt > 0 || !exchange->refused()) co_return HttpResult(exchange->error());
  }
}

/// Over a kept connection first; should that turn out to be closed, once more over a new one.
runtime::Task<HttpResult> PooledClient::SendHop(std::shared_ptr<CallState> state) {
  ConnectionPool& pool = PoolsOf(state->guard.loop()).http1;
  std::unique_ptr<ClientConnection> connection;
  if (!state->call.fresh_connection) {
    connection = pool.Take(state->hop.url.Origin(), TlsOf(*state).get());
  }
  for (;;) {
    if (!connection) {
      runtime::Task<Connected> connecting = ConnectTo(*state);
      Connected connected = co_await connecting;
      if (!connected.connection) co_return HttpResult(std::move(connected.error));
      connection = std::move(connected.connection);
    }
    const auto exchange = std::make_shared<HttpExchange>(state, pool, std::move(connection));
    runtime::Task<bool> begun = exchange->Begin();
    if (co_await begun) {
      if (state->call.answer != HttpCall::Answer::kWhole) co_return StreamAnswer(state, exchange);
      runtime::Task<HttpResult> received = ReceiveWhole(state, exchange);
      co_return co_await received;
    }
    runtime::Task<void> settled = exchange->Settle();
    co_await settled;
    if (!exchange->stale() || !MayRepeat(state->call, state->hop)) co_return HttpResult(exchange->error());
  }
}

HttpResult PooledClient::StreamAnswer(const std::shared_ptr<CallState>& state,
                                      const std::shared_ptr<HttpExchange>& exchange) {
  HttpAnswer answer = exchange->TakeHead();
  if (Redirect(*state, answer)) {
    exchange->Drop();
    return HttpResult(std::move(answer));
  }
  if (answer.status == 101) {
    if (!answer.fields.empty()) answer.headers = Copied(answer.fields);  // which go with the connection
    answer.fields = {};
    answer.upgraded = Upgrade(state->guard.loop(), exchange->TakeConnection());
    return HttpResult(std::move(answer));
  }
  if (state->call.answer == HttpCall::Answer::kLent) answer.arrived = exchange->Arrived();
  answer.stream = std::make_unique<StreamedBody>(state, exchange);
  return HttpResult(std::move(answer));
}

runtime::Task<HttpResult> PooledClient::ReceiveWhole(std::shared_ptr<CallState> state,
                                                     std::shared_ptr<HttpExchange> exchange) {
  HttpAnswer answer = exchange->TakeHead();
  std::optional<HttpError> failure;
  const HttpError too_large{Kind::kTooLarge, "the body of the answer is too large"};
  const std::size_t limit = state->call.max_body;
  if (exchange->content_length().value_or(0) > limit) failure = too_large;
  if (!failure) answer.body.reserve(static_cast<std::size_t>(exchange->content_length().value_or(0)));
  while (!failure) {
    runtime::Task<std::optional<std::string_view>> next = exchange->Receive();
    const std::optional<std::string_view> piece = co_await next;
    if (!piece) {
      failure = exchange->error();
    } else if (piece->empty()) {
      break;
    } else if (answer.body.size() + piece->size() > limit) {
      failure = too_large;
    } else {
      answer.body += *piece;
    }
  }
  runtime::Task<void> settled = exchange->Settle();
  co_await settled;
  co_return failure ? HttpResult(std::move(*failure)) : HttpResult(std::move(answer));
}

runtime::Task<HttpResult> PooledClient::Connect(HttpCall call) {
  auto* const loop = dynamic_cast<IoLoop*>(runtime::Loop::CurrentOrNull());
  if (loop == nullptr || loop->stopping()) co_return HttpResult(HttpError{Kind::kClosed, "the server stops"});
  std::optional<Url> url = ParseUrl(call.url);
  if (!url) co_return HttpResult(HttpError{Kind::kInvalid, "not a URL of http or https"});
  const auto state = std::make_shared<CallState>(*loop, std::move(call));
  state->hop = Hop{.url = std::move(*url), .method = state->call.method};
  runtime::Task<Connected> connecting = ConnectTo(*state);
  Connected connected = co_await connecting;
  state->guard.End();
  if (!connected.connection) co_return HttpResult(std::move(connected.error));
  HttpAnswer answer;
  answer.upgraded = Upgrade(*loop, std::move(connected.connection));
  co_return HttpResult(std::move(answer));
}

runtime::Task<PooledClient::Connected> PooledClient::ConnectTo(CallState& state) {
  Connected result;
  result.connection =
      std::make_unique<ClientConnection>(state.guard.loop(), state.hop.url.Origin(), TlsOf(state));
  state.guard.BeginConnect();
  runtime::Task<HttpError> connected = Reach(state, *result.connection);
  result.error = co_await connected;
  state.guard.Use(static_cast<Stream*>(nullptr));
  state.guard.EndPhase();
  const std::optional<Kind> cause = state.guard.cause();
  if (cause) result.error = {*cause, std::string(NameOf(*cause)) + " while connecting"};
  if (!result.error.detail.empty()) result.connection.reset();
  co_return result;
}

/// The error has no detail when all went well.
runtime::Task<HttpError> PooledClient::Reach(CallState& state, ClientConnection& connection) {
  const Url& url = state.hop.url;
  CallGuard& guard = state.guard;
  Resolver::Lookup lookup(resolver_, url.host, url.port);
  guard.Use(&lookup);
  const Resolver::Found found = co_await lookup;
  guard.Use(static_cast<Resolver::Lookup*>(nullptr));
  if (found.endpoints.empty()) co_return HttpError{Kind::kDns, url.host + ": " + found.error};
  boost::system::error_code refused;
  guard.Use(&connection.stream);
  for (std::size_t i = 0; i < found.endpoints.size() && !guard.cause(); ++i) {
    guard.BeginAttempt(found.endpoints.size() - i);
    Stream::ConnectAwaiter connecting = connection.stream.Connect(found.endpoints[i]);
    refused = co_await connecting;
    if (!refused) break;
  }
  if (refused || guard.cause())
    co_return HttpError{Kind::kConnect, url.Authority() + ": " + refused.message()};
  if (!connection.tls) co_return HttpError{};
  guard.BeginAttempt(1);
  runtime::Task<std::string> shaken = connection.stream.HandshakeAsClient(
      connection.tls->context(), url.host, connection.tls->verifies(), state.call.http2);
  std::string failure = co_await shaken;
  co_return HttpError{Kind::kTls, std::move(failure)};
}
}  // namespace

std::string_view NameOf(HttpError::Kind kind) {
  constexpr std::string_view kNames[] = {"invalid",   "dns",       "connect", "tls",      "timeout",
                                         "malformed", "too large", "closed",  "cancelled"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<std::string_view> HttpAnswer::Find(std::string_view name) const {
  for (const protocol::HeaderField& field : fields) {
    if (protocol::EqualsIgnoreCase(field.name, name)) return field.value;
  }
  for (const HttpHeader& header : headers) {
    if (protocol::EqualsIgnoreCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

runtime::Task<std::string_view> AnswerBody::Read() {
  runtime::Task<std::optional<std::string_view>> next = Receive();
  const std::optional<std::string_view> piece = co_await next;
  if (!piece) throw std::runtime_error("the answer broke off: " + error().detail);
  co_return *piece;
}

runtime::Task<HttpResult> HttpClient::Connect(HttpCall call) {
  co_return HttpResult(HttpError{HttpError::Kind::kConnect, call.url + ": this client makes no connections"});
}

std::unique_ptr<HttpClient> MakeHttpClient(HttpClientLimits limits) {
  return std::make_unique<PooledClient>(limits);
}

}  // namespace cumulite::net
