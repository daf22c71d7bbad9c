#include "net/http2_call.h"

#include <charconv>

namespace cumulite::net {

Http2Call::Http2Call(std::shared_ptr<CallState> state, std::shared_ptr<Http2Upstream> upstream)
    : state_(std::move(state)), upstream_(std::move(upstream)), kept_(upstream_->used()) {}

bool Http2Call::Fail(HttpError::Kind kind, std::string detail) {
  if (error_) return false;
  const HttpError::Kind cause = state_->guard.cause().value_or(kind);
  error_ = HttpError{cause, cause == kind ? std::move(detail) : std::string(NameOf(cause))};
  return false;
}

Http2Lines Http2Call::RequestLines() const {
  const HttpCall& call = state_->call;
  const Url& url = state_->hop.url;
  std::string_view authority;
  for (const HttpHeader& header : call.headers) {
    if (protocol::EqualsIgnoreCase(header.name, "Host")) authority = header.value;
  }
  Http2Lines lines;
  lines.Add(":method", call.method);
  lines.Add(":scheme", url.tls ? "https" : "http");
  lines.Add(":authority", authority.empty() ? url.Authority() : std::string(authority));
  lines.Add(":path", url.target);
  const auto is_host = [](std::string_view name) { return protocol::EqualsIgnoreCase(name, "Host"); };
  for (const HttpHeader& header : call.headers) lines.AddLines(header.name + ": " + header.value, is_host);
  lines.AddLines(call.header_lines, is_host);
  std::optional<std::uint64_t> length = call.body.size();
  if (call.body_source != nullptr) length = call.body_source->content_length();
  if (length.value_or(0) > 0) lines.Add("content-length", std::to_string(*length));
  return lines;
}

runtime::Task<bool> Http2Call::Begin() {
  if (state_->guard.cause()) co_return Fail(HttpError::Kind::kClosed, "broken off before it began");
  const HttpCall& call = state_->call;
  Http2Lines lines = RequestLines();
  const bool with_body = call.body_source != nullptr || !call.body.empty();
  stream_ = upstream_->Request(lines, with_body);
  if (!stream_) co_return Fail(HttpError::Kind::kClosed, "the connection takes no more requests");
  CallGuard& guard = state_->guard;
  guard.Use(stream_.get());
  if (with_body) sending_.emplace(SendSource(shared_from_this()));
  guard.ExpectProgress();
  runtime::Task<bool> head = stream_->ReceiveHead();
  const bool received = co_await head;
  guard.EndPhase();
  if (!received) co_return Fail(HttpError::Kind::kClosed, "the stream was closed without an answer");
  if (stream_->head().size() > call.max_head) {
    co_return Fail(HttpError::Kind::kTooLarge, "the head of the answer is too large");
  }
  const std::string_view length = stream_->head().Find("content-length");
  std::uint64_t parsed = 0;
  if (!length.empty() &&
      std::from_chars(length.data(), length.data() + length.size(), parsed).ec == std::errc{}) {
    content_length_ = parsed;
  }
  if (stream_->ended() && (!content_length_ || call.method == "HEAD"))
    content_length_ = stream_->bytes_waiting();
  co_return true;
}

runtime::Task<bool> Http2Call::SendSource(std::shared_ptr<Http2Call> self) {
  using End = Http2Stream::End;
  const HttpCall& call = self->state_->call;
  const std::shared_ptr<Http2Stream> stream = self->stream_;
  if (call.body_source == nullptr) {
    runtime::Task<bool> sent = stream->Send(call.body, End::kLast);
    co_return co_await sent;
  }
  CallGuard& guard = self->state_->guard;
  const std::optional<std::uint64_t> length = call.body_source->content_length();
  std::uint64_t total = 0;
  bool sent = false;
  try {
    for (;;) {
      guard.BeginWaitForSource();
      runtime::Task<std::string_view> next = call.body_source->Read();
      const std::string_view piece = co_await next;
      guard.EndWaitForSource();
      total += piece.size();
      if (guard.cause() || (length && (total > *length || (piece.empty() && total < *length)))) break;
      const bool last = piece.empty() || total == length;
      runtime::Task<bool> taken = stream->Send(piece, last ? End::kLast : End::kOpen);
      if (!co_await taken) break;
      if (last) {
        sent = true;
        break;
      }
    }
  } catch (...) {
    self->source_failure_ = std::current_exception();
  }
  if (!sent) stream->Abandon(NGHTTP2_CANCEL);
  co_return sent;
}

HttpAnswer Http2Call::TakeHead() const {
  HttpAnswer answer;
  for (const protocol::HeaderField& field : stream_->head().all()) {
    if (field.name == ":status") {
      std::from_chars(field.value.data(), field.value.data() + field.value.size(), answer.status);
    } else if (!field.name.starts_with(':')) {
      answer.headers.push_back({std::string(field.name), std::string(field.value)});
    }
  }
  return answer;
}

runtime::Task<std::optional<std::string_view>> Http2Call::Receive() {
  if (error_) co_return std::nullopt;
  state_->guard.ExpectProgress();
  runtime::Task<std::optional<std::string_view>> next = stream_->Receive();
  const std::optional<std::string_view> piece = co_await next;
  state_->guard.EndPhase();
  if (!piece) Fail(HttpError::Kind::kClosed, "the stream was closed in the middle of the answer");
  co_return piece;
}

std::span<const protocol::HeaderField> Http2Call::trailers() const {
  return stream_->trailing_fields().all();
}

bool Http2Call::refused() const {
  if (state_->guard.cause() || state_->call.body_source != nullptr) return false;
  if (!stream_ || stream_->error_code() == NGHTTP2_REFUSED_STREAM) return true;
  return kept_ && upstream_->over() && !stream_->head_arrived();
}

runtime::Task<void> Http2Call::Settle() {
  if (sending_) {
    if (!sending_->done() && stream_) stream_->Abandon(NGHTTP2_CANCEL);
    runtime::Task<bool>& sending = *sending_;
    co_await sending;
    sending_.reset();
  }
  state_->guard.Use(static_cast<Http2Stream*>(nullptr));
  if (source_failure_) std::rethrow_exception(source_failure_);
}

void Http2Call::Drop() {
  state_->guard.Use(static_cast<Http2Stream*>(nullptr));
  if (stream_) stream_->Abandon(NGHTTP2_CANCEL);
  if (!sending_) return;
  if (!sending_->done()) std::move(*sending_).Detach();
  sending_.reset();
}

}  // namespace cumulite::net
