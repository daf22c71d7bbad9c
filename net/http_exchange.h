#pragma once
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "net/call_guard.h"
#include "net/connection_pool.h"
#include "net/message_parser.h"
#include "net/url.h"

namespace cumulite::net {

/// Where a call goes now: as its caller said, or as a redirect did.
struct Hop {
  Url url;
  std::string method;
  bool with_body = true;
  bool with_credentials = true;
};

/// A call under way; its exchanges share it.
struct CallState {
  CallState(IoLoop& loop, HttpCall the_call)
      : call(std::move(the_call)), guard(loop, call), redirects_left(call.max_redirects) {}

  const HttpCall call;
  CallGuard guard;
  Hop hop;
  int redirects_left;
};

/// One request and its answer on one connection. Sending and receiving go on at the same time, so that an
/// answer that comes before the request is out (a refusal, an echo) is read. Thread: the loop's.
class HttpExchange : public std::enable_shared_from_this<HttpExchange> {
 public:
  HttpExchange(std::shared_ptr<CallState> state, ConnectionPool& pool,
               std::unique_ptr<ClientConnection> connection);
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;

  /// Sends the request (further on beside what follows) and receives the answer's head; false with error().
  runtime::Task<bool> Begin();
  /// The head's part of the answer, after Begin.
  HttpAnswer TakeHead();
  /// After TakeHead of a lent answer: the whole body, where all of it has arrived.
  std::optional<std::string_view> Arrived();
  std::optional<std::uint64_t> content_length() const { return content_length_; }
  /// The next bytes of the body, empty at the end, nullopt with error().
  runtime::Task<std::optional<std::string_view>> Receive();

  const HttpError& error() const { return *error_; }
  /// The peer had closed the kept connection before it saw the request.
  bool stale() const { return connection_->used && !received_ && !guard_.cause(); }

  /// Waits until nothing is being sent any more, then keeps or closes the connection. Rethrows what the
  /// call's body source threw.
  runtime::Task<void> Settle();
  /// After a 101: what is left is no HTTP. Null when the request has not gone out.
  std::unique_ptr<ClientConnection> TakeConnection();
  /// The same as Settle without waiting: sending that is still going on ends by itself.
  void Drop();

 private:
  enum class Left { kNothing, kSome };

  /// True when all that is known of the request went out at once.
  bool SendAtOnce();
  static runtime::Task<bool> SendAll(std::shared_ptr<HttpExchange> self, std::string rest, bool body_left,
                                     Left left);
  runtime::Task<bool> SendSource(protocol::BodySource& source);
  void AppendRequestHead(std::string& head) const;
  bool sent() { return sent_ || (sending_ && sending_->done() && sending_->Get()); }
  runtime::Task<bool> ReceiveHead();
  bool ParseHead(std::size_t size);
  runtime::Task<bool> ReceiveMore();
  bool ParseBody();
  bool AtEndOfStream();
  bool Fail(HttpError::Kind kind, std::string detail);
  void Release();

  const std::shared_ptr<CallState> state_;
  const HttpCall& call_;
  CallGuard& guard_;
  ConnectionPool& pool_;
  std::unique_ptr<ClientConnection> connection_;
  const bool with_body_;
  const bool is_head_;
  AnswerParser::Head head_;
  std::size_t head_size_ = 0;
  std::optional<AnswerParser> parser_;
  std::optional<std::uint64_t> content_length_;
  bool sent_ = false;  // without waiting; else `sending_` is at it
  std::optional<runtime::Task<bool>> sending_;
  std::exception_ptr source_failure_;
  std::optional<HttpError> error_;
  bool received_ = false;  // any byte of an answer
};

}  // namespace cumulite::net
