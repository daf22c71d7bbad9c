#include "net/http_exchange.h"

#include <algorithm>
#include <charconv>

namespace cumulite::net {
namespace {
using boost::beast::http::error;

constexpr std::size_t kHeadReadAhead = 16 << 10;
constexpr std::size_t kBodyReadAhead = 128 << 10;
/// A body up to this size goes out with its head in one piece.
constexpr std::size_t kInlineBody = 16 << 10;
/// Bounds one chunk's header, and the trailers.
constexpr std::size_t kMaxChunkHeader = 16 << 10;
constexpr int kMaxInterimAnswers = 16;
constexpr std::string_view kVersion = "HTTP/1.";

bool IsCredential(std::string_view name) {
  return protocol::EqualsIgnoreCase(name, "Authorization") || protocol::EqualsIgnoreCase(name, "Cookie");
}

/// RFC 9110 8.6: a request of a method that has a body says so when it has none.
bool ExpectsBody(std::string_view method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

std::string ChunkHeader(std::size_t size) {
  char text[24];
  char* const end = std::to_chars(text, text + 16, size, 16).ptr;
  return std::string(text, end) + "\r\n";
}

iovec Piece(std::string_view bytes) {
  return {const_cast<char*>(bytes.data()), bytes.size()};  // iovec has no const form
}
}  // namespace

HttpExchange::HttpExchange(std::shared_ptr<CallState> state, ConnectionPool& pool,
                           std::unique_ptr<ClientConnection> connection)
    : state_(std::move(state)),
      call_(state_->call),
      guard_(state_->guard),
      pool_(pool),
      connection_(std::move(connection)),
      with_body_(state_->hop.with_body),
      is_head_(state_->hop.method == "HEAD") {
  guard_.Use(&connection_->stream);
}

bool HttpExchange::Fail(HttpError::Kind kind, std::string detail) {
  if (error_) return false;
  // What breaks a call off shows itself as a connection that is closed.
  const HttpError::Kind cause = guard_.cause().value_or(kind);
  error_ = HttpError{cause, cause == kind ? std::move(detail) : std::string(NameOf(cause))};
  return false;
}

void HttpExchange::AppendRequestHead(std::string& head) const {
  const Hop& hop = state_->hop;
  head.append(hop.method).append(" ").append(hop.url.target).append(" HTTP/1.1\r\n");
  bool has_host = false;
  for (const HttpHeader& header : call_.headers) {
    const bool is_host = protocol::EqualsIgnoreCase(header.name, "Host");
    if (!hop.with_credentials && (is_host || IsCredential(header.name))) continue;
    has_host = has_host || is_host;
    head.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (!has_host) head.append("Host: ").append(hop.url.Authority()).append("\r\n");
  head += call_.header_lines;
  std::optional<std::uint64_t> length = call_.body.size();
  if (call_.body_source != nullptr) length = call_.body_source->content_length();
  if (!with_body_) length = 0;
  if (!length) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (*length > 0 || ExpectsBody(hop.method)) {
    head.append("Content-Length: ").append(std::to_string(*length)).append("\r\n");
  }
  head += "\r\n";
}

runtime::Task<bool> HttpExchange::Begin() {
  sent_ = SendAtOnce();
  runtime::Task<bool> head = ReceiveHead();
  co_return co_await head;
}

bool HttpExchange::SendAtOnce() {
  std::string& bytes = pool_.scratch();
  bytes.clear();
  AppendRequestHead(bytes);
  const bool has_source = with_body_ && call_.body_source != nullptr;
  const bool has_body = with_body_ && !has_source && !call_.body.empty();
  const bool body_left = has_body && call_.body.size() > kInlineBody;
  if (has_body && !body_left) bytes += call_.body;
  std::size_t sent = 0;
  const bool all = connection_->stream.TryWrite(bytes.data(), bytes.size(), sent);
  if (all && !has_source && !body_left) return true;
  sending_.emplace(
      SendAll(shared_from_this(), bytes.substr(sent), body_left, all ? Left::kNothing : Left::kSome));
  return false;
}

runtime::Task<bool> HttpExchange::SendAll(std::shared_ptr<HttpExchange> self, std::string rest,
                                          bool body_left, Left left) {
  protocol::BodySource* const source = self->with_body_ ? self->call_.body_source : nullptr;
  iovec pieces[] = {Piece(rest), Piece(self->call_.body)};
  if (left == Left::kSome || body_left) {
    runtime::Task<bool> written = self->connection_->stream.Write({pieces, body_left ? 2U : 1U});
    if (!co_await written) co_return false;
  }
  if (source == nullptr) co_return true;
  bool sent = false;
  try {
    runtime::Task<bool> streamed = self->SendSource(*source);
    sent = co_await streamed;
  } catch (...) {
    self->source_failure_ = std::current_exception();
    self->guard_.Break(HttpError::Kind::kClosed);
  }
  co_return sent;
}

runtime::Task<bool> HttpExchange::SendSource(protocol::BodySource& source) {
  const std::optional<std::uint64_t> length = source.content_length();
  std::uint64_t left = length.value_or(0);
  for (;;) {
    guard_.BeginWaitForSource();
    runtime::Task<std::string_view> next = source.Read();
    const std::string_view bytes = co_await next;
    guard_.EndWaitForSource();
    if (guard_.cause()) co_return false;
    if (length && (bytes.empty() ? left > 0 : bytes.size() > left)) {
      guard_.Break(HttpError::Kind::kInvalid);  // not as long as it said
      co_return false;
    }
    if (length && bytes.empty()) co_return true;
    left -= length ? bytes.size() : 0;
    const std::string before = length ? std::string{} : ChunkHeader(bytes.size());
    iovec pieces[] = {Piece(before), Piece(bytes), Piece(length ? "" : "\r\n")};
    runtime::Task<bool> written = connection_->stream.Write(pieces);
    if (!co_await written) co_return false;
    if (bytes.empty()) co_return true;
  }
}

runtime::Task<bool> HttpExchange::ReceiveMore() {
  std::uint64_t wanted = parser_ ? kBodyReadAhead : kHeadReadAhead;
  if (parser_ && parser_->content_length_remaining()) {
    wanted = std::clamp<std::uint64_t>(*parser_->content_length_remaining(), kHeadReadAhead, kBodyReadAhead);
  }
  connection_->in.Reserve(wanted);
  guard_.ExpectProgress();
  Stream::ReadAwaiter read = connection_->stream.Read(connection_->in.space(), connection_->in.space_size());
  const std::size_t bytes = co_await read;
  guard_.EndPhase();
  connection_->in.Filled(bytes);
  received_ = received_ || bytes > 0;
  co_return bytes > 0;
}

runtime::Task<bool> HttpExchange::ReceiveHead() {
  std::size_t searched = 0;
  for (int interim = 0;;) {
    const std::string_view unread = connection_->in.unread();
    const HeadScan scan = ScanHead(unread, searched);
    // Told from the first bytes, so that what speaks another protocol is not waited for.
    const std::size_t known = std::min(unread.size(), kVersion.size());
    if (scan.state == HeadScan::State::kBadLine || unread.substr(0, known) != kVersion.substr(0, known)) {
      co_return Fail(HttpError::Kind::kMalformed, "the answer is not HTTP/1.1");
    }
    const bool found = scan.state == HeadScan::State::kFound;
    if ((found ? scan.size : unread.size()) > call_.max_head) {
      co_return Fail(HttpError::Kind::kTooLarge, "the head of the answer is too large");
    }
    if (found) {
      if (!ParseHead(scan.size)) co_return false;
      if (head_.status >= 200 || head_.status == 101) co_return true;
      if (++interim > kMaxInterimAnswers) {
        co_return Fail(HttpError::Kind::kMalformed, "interim answers without end");
      }
      connection_->in.Consume(scan.size);
      parser_.reset();
      searched = 0;
      continue;
    }
    runtime::Task<bool> more = ReceiveMore();
    if (!co_await more) {
      co_return Fail(HttpError::Kind::kClosed,
                     "the connection was closed before the answer's head was whole");
    }
  }
}

bool HttpExchange::ParseHead(std::size_t size) {
  const std::string_view bytes = connection_->in.unread().substr(0, size);
  head_.Clear();
  head_size_ = size;
  parser_.emplace(head_, bytes);
  parser_->skip(is_head_);
  boost::beast::error_code malformed;
  parser_->put(boost::asio::buffer(bytes.data(), bytes.size()), malformed);
  if (malformed || !parser_->is_header_done() || head_.status < 100) {
    return Fail(HttpError::Kind::kMalformed,
                malformed ? malformed.message() : "the head of the answer is malformed");
  }
  return true;
}

HttpAnswer HttpExchange::TakeHead() {
  HttpAnswer answer;
  answer.status = head_.status;
  answer.reason = head_.reason;
  if (call_.answer == HttpCall::Answer::kLent) {
    answer.fields = head_.fields;
  } else {
    answer.headers.reserve(head_.fields.size());
    for (const protocol::HeaderField& field : head_.fields) {
      answer.headers.push_back({std::string(field.name), std::string(field.value)});
    }
  }
  if (parser_->content_length() && !is_head_) content_length_ = *parser_->content_length();
  connection_->in.Consume(head_size_);
  return answer;
}

std::optional<std::string_view> HttpExchange::Arrived() {
  if (parser_->is_done()) return std::string_view{};
  if (!content_length_ || *content_length_ != connection_->in.unread().size()) return std::nullopt;
  parser_->clear_piece();
  if (!ParseBody() || !parser_->is_done()) return std::nullopt;
  return parser_->piece();
}

runtime::Task<std::optional<std::string_view>> HttpExchange::Receive() {
  for (;;) {
    if (error_) co_return std::nullopt;
    if (parser_->is_done()) co_return std::string_view{};
    parser_->clear_piece();
    if (!connection_->in.unread().empty() && ParseBody()) {
      if (!parser_->piece().empty()) co_return parser_->piece();
      continue;
    }
    if (error_) continue;
    runtime::Task<bool> more = ReceiveMore();
    if (!co_await more && !AtEndOfStream()) {
      Fail(HttpError::Kind::kClosed, "the connection was closed in the middle of the answer");
    }
  }
}

/// True when something was consumed; false when more is needed, or with an error.
bool HttpExchange::ParseBody() {
  const std::string_view unread = connection_->in.unread();
  boost::beast::error_code malformed;
  const std::size_t used = parser_->put(boost::asio::buffer(unread.data(), unread.size()), malformed);
  connection_->in.Consume(used);
  const bool needs_more = malformed == error::need_more;
  if ((malformed && !needs_more) || (needs_more && unread.size() > kMaxChunkHeader)) {
    return Fail(HttpError::Kind::kMalformed, "the framing of the answer's body is malformed");
  }
  return !needs_more;
}

/// An answer that tells no length ends with its connection; any other is cut off.
bool HttpExchange::AtEndOfStream() {
  if (guard_.cause() || !parser_->need_eof()) return false;
  boost::beast::error_code cut_off;
  parser_->put_eof(cut_off);
  return !cut_off;
}

runtime::Task<void> HttpExchange::Settle() {
  if (std::exchange(sent_, false)) Release();
  if (sending_ && !sending_->done()) connection_->stream.Abort();
  if (sending_) {
    runtime::Task<bool>& sending = *sending_;
    const bool in_time = sending.done();
    const bool sent = co_await sending;
    sending_.reset();
    if (sent && in_time) Release();
  }
  guard_.Use(static_cast<Stream*>(nullptr));
  if (source_failure_) std::rethrow_exception(source_failure_);
}

void HttpExchange::Drop() {
  guard_.Use(static_cast<Stream*>(nullptr));
  if (std::exchange(sent_, false)) return Release();
  if (!sending_) return;
  if (sending_->done()) {
    if (sending_->Get()) Release();
  } else {
    connection_->stream.Abort();
    std::move(*sending_).Detach();
  }
  sending_.reset();
}

std::unique_ptr<ClientConnection> HttpExchange::TakeConnection() {
  if (!sent()) {
    Drop();
    return nullptr;
  }
  sent_ = false;
  guard_.Use(static_cast<Stream*>(nullptr));
  sending_.reset();
  return std::move(connection_);
}

/// Keeps the connection where another request may follow on it.
void HttpExchange::Release() {
  const bool whole = !error_ && !guard_.cause() && parser_ && parser_->is_done();
  if (whole && !call_.fresh_connection && head_.status != 101 && parser_->keep_alive() &&
      connection_->in.unread().empty()) {
    pool_.Keep(std::move(connection_));
  }
}

}  // namespace cumulite::net
