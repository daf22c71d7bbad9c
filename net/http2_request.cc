#include "net/http2_request.h"

#include <charconv>

#include "net/http2_connection.h"
#include "net/io_loop.h"
#include "net/message_parser.h"
#include "net/yield.h"
#include "protocol/http_errors.h"

namespace cumulite::net {

Http2Request::Http2Request(Http2Connection& owner, std::int32_t id, Connection& connection, IoLoop& loop,
                           BodyBudget& budget)
    : Http2Stream(owner, id),
      owner_(owner),
      connection_(connection),
      loop_(loop),
      position_(loop.Add(*this)),
      share_(budget),
      patience_(connection.timeouts.body) {
  SetDeadline(connection.timeouts.header);
}

Http2Request::~Http2Request() { loop_.Remove(position_); }

void Http2Request::SetDeadline(std::chrono::seconds from_now) {
  deadline_ = Connection::In(from_now);
  loop_.Expect(deadline_);
}

/// Pseudo-fields become the request line and Host; crumbs of a cookie are put together (RFC 9113 8.2.3).
protocol::HttpRequest Http2Request::MakeRequest() {
  deadline_ = Deadline::max();
  const std::string_view authority = head().Find(":authority");
  if (!authority.empty()) fields_.push_back({"Host", authority});
  bool has_cookies = false;
  for (const protocol::HeaderField& field : head().all()) {
    if (field.name.starts_with(':')) continue;
    if (field.name == "host" && !authority.empty()) continue;
    if (field.name == "cookie") {
      cookies_.append(cookies_.empty() ? "" : "; ").append(field.value);
      if (!std::exchange(has_cookies, true)) fields_.push_back(field);
      continue;
    }
    fields_.push_back(field);
    if (field.name != "content-length") continue;
    std::uint64_t length = 0;
    const char* const end = field.value.data() + field.value.size();
    if (std::from_chars(field.value.data(), end, length).ptr == end) content_length_ = length;
  }
  for (protocol::HeaderField& field : fields_) {
    if (field.name == "cookie") field.value = cookies_;
  }
  if (ended()) content_length_ = bytes_waiting();
  RequestParser::Head parsed;
  parsed.method = head().Find(":method");
  parsed.target = head().Find(":path");
  protocol::HttpRequest request = parsed.Request();
  request.headers = fields_;
  request.version = 20;
  return request;
}

void Http2Request::AllowSilence(std::chrono::seconds silence) {
  patience_ = silence;
  connection_.timeouts.idle = silence;
}

void Http2Request::BeginSending() {
  sending_ = true;
  writes_at_last_look_ = owner_.writing();
  SetDeadline(patience_);
}

void Http2Request::EndSending() {
  sending_ = false;
  deadline_ = Deadline::max();
}

bool Http2Request::Expired(Deadline now) {
  if (deadline_ > now) return false;
  deadline_ = Deadline::max();
  const auto self = shared_from_this();  // what is woken may be the last to hold it
  if (receiving()) {
    late_ = true;
    WakeReader();
    owner_.Dispatch();
    return false;
  }
  if (sending_ && std::exchange(taken_at_last_look_, bytes_taken()) != bytes_taken()) {
    writes_at_last_look_ = owner_.writing();
    SetDeadline(patience_);
    return false;
  }
  // No byte of a write has moved for all that time: there is nobody to tell.
  if (sending_ && owner_.writing() && owner_.writing() == writes_at_last_look_) {
    owner_.BreakOff();
    return false;
  }
  Abandon(NGHTTP2_CANCEL);
  return false;
}

runtime::Task<void> Http2Request::EndReading() {
  abandoned_ = true;
  while (receiving()) {
    WakeReader();
    owner_.Dispatch();
    YieldAwaiter yield(loop_);
    co_await yield;
  }
}

runtime::Task<std::string_view> Http2Request::Read() {
  if (!sending_) SetDeadline(patience_);
  runtime::Task<std::optional<std::string_view>> next = Receive();
  const std::optional<std::string_view> piece = co_await next;
  if (!sending_) deadline_ = Deadline::max();
  if (piece) co_return *piece;
  if (std::exchange(late_, false) && !closed()) {
    throw protocol::AwsError(protocol::kRequestTimeoutException, "Reading the request timed out.");
  }
  throw protocol::ConnectionClosed{};
}

runtime::Task<std::optional<std::string_view>> Http2Request::ReadAll(std::size_t limit) {
  if (content_length_.value_or(0) > limit) co_return std::nullopt;
  if (!whole_) {
    std::string all;
    for (;;) {
      runtime::Task<std::string_view> next = Read();
      const std::string_view piece = co_await next;
      if (piece.empty()) break;
      if (all.size() + piece.size() > limit) co_return std::nullopt;
      if (!share_.Grow(2 * (all.size() + piece.size()))) {  // a growing string is there twice
        throw protocol::AwsError(protocol::kServiceUnavailable,
                                 "The request has failed due to a temporary failure of the server.");
      }
      all.append(piece);
    }
    all.reserve(all.size() + ReadBuffer::kPadding);
    whole_ = std::move(all);
  }
  if (whole_->size() > limit) co_return std::nullopt;
  co_return std::string_view(*whole_);
}

}  // namespace cumulite::net
