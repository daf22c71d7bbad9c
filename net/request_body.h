#pragma once
#include <memory>
#include <optional>
#include <string>

#include "net/connection.h"
#include "net/message_parser.h"
#include "protocol/http.h"

namespace cumulite::net {

/// The body of the request at hand, counted or chunked, read from the socket only when somebody asks for it.
///
/// Sends "100 Continue" before it first reads from the socket, so a request that is refused on its head alone
/// never invites the body. Thread: the session's.
class RequestBody final : public protocol::BodyReader {
 public:
  /// `head_size` bytes of connection.in are the head, which stays there as long as this lives.
  RequestBody(Connection& connection, RequestParser& parser, std::size_t head_size, bool expects_continue);
  ~RequestBody() override { connection_.body.Release(); }

  std::optional<std::uint64_t> content_length() const override { return content_length_; }
  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;

  /// True once nothing of this request is left on the wire.
  bool complete() const { return chunked_ ? parser_.is_done() : remaining_ == 0; }
  /// The client waits for a 100 Continue that was never sent, so it sends no body.
  bool withheld() const { return expects_continue_ && buffered() == 0; }
  /// Chunked framing was read past the end of the body: the next request has begun to arrive.
  bool has_excess() const { return !raw_.empty(); }
  /// Throws away what is left of a body, up to `limit` bytes; false when more is left or the client is gone.
  runtime::Task<bool> Drain(std::uint64_t limit);
  /// Ends the request: takes head and body out of connection.in and gives back what was read too far.
  void Finish();

 private:
  std::size_t buffered() const { return connection_.in.unread().size() - consumed_; }
  std::string_view TakeBuffered();
  runtime::Task<std::size_t> Receive(char* data, std::size_t size);
  runtime::Task<std::string_view> ReadChunked();
  runtime::Task<std::string_view> ReadWhole(std::size_t size);

  Connection& connection_;
  RequestParser& parser_;
  std::optional<std::uint64_t> content_length_;
  const bool chunked_;
  bool expects_continue_;
  std::uint64_t remaining_ = 0;  // counted bodies: bytes not yet handed out
  std::size_t consumed_;         // of connection.in: the head and what was handed out
  char* piece_ = nullptr;        // connection.body, where a body that does not fit connection.in is read into
  std::size_t piece_size_ = 0;
  std::string raw_;  // chunked: received, not yet decoded
  std::string decoded_;
  std::optional<std::string_view> whole_;
};

}  // namespace cumulite::net
