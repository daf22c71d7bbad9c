#pragma once
#include <exception>
#include <memory>
#include <optional>

#include "net/http2_upstream.h"
#include "net/http_exchange.h"
#include "protocol/trailers.h"

namespace cumulite::net {

/// One request and its answer on a stream of HTTP/2; sending and receiving go on at the same time.
/// Thread: the loop's.
class Http2Call : public std::enable_shared_from_this<Http2Call> {
 public:
  Http2Call(std::shared_ptr<CallState> state, std::shared_ptr<Http2Upstream> upstream);

  /// Sends the request (further on beside what follows) and receives the answer's head; false with error().
  runtime::Task<bool> Begin();
  HttpAnswer TakeHead() const;
  /// Not before the whole of it is there, or the other side has said it.
  std::optional<std::uint64_t> content_length() const { return content_length_; }
  runtime::Task<std::optional<std::string_view>> Receive();
  std::span<const protocol::HeaderField> trailers() const;
  const HttpError& error() const { return *error_; }
  /// The other side has not looked at the request: it may be sent again.
  bool refused() const;

  /// Waits until nothing is being sent any more; rethrows what the call's body source threw.
  runtime::Task<void> Settle();
  /// The same without waiting: sending that is still going on ends by itself.
  void Drop();

 private:
  static runtime::Task<bool> SendSource(std::shared_ptr<Http2Call> self);
  Http2Lines RequestLines() const;
  bool Fail(HttpError::Kind kind, std::string detail);

  const std::shared_ptr<CallState> state_;
  const std::shared_ptr<Http2Upstream> upstream_;
  std::shared_ptr<Http2Stream> stream_;
  std::optional<runtime::Task<bool>> sending_;
  std::exception_ptr source_failure_;
  std::optional<std::uint64_t> content_length_;
  std::optional<HttpError> error_;
  const bool kept_;
};

/// The answer's body of a call, and what follows it.
class Http2AnswerBody final : public AnswerBody, public protocol::Trailers {
 public:
  Http2AnswerBody(std::shared_ptr<CallState> state, std::shared_ptr<Http2Call> call)
      : state_(std::move(state)), call_(std::move(call)) {}
  ~Http2AnswerBody() override {
    call_->Drop();
    state_->guard.End();
  }

  std::optional<std::uint64_t> content_length() const override { return call_->content_length(); }
  runtime::Task<std::optional<std::string_view>> Receive() override { return call_->Receive(); }
  const HttpError& error() const override { return call_->error(); }
  std::span<const protocol::HeaderField> trailers() const override { return call_->trailers(); }

 private:
  const std::shared_ptr<CallState> state_;
  const std::shared_ptr<Http2Call> call_;
};

}  // namespace cumulite::net
