#pragma once
#include <algorithm>
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
  ~RequestBody() override {
    connection_.body.Release();
    connection_.share.Release();
  }

  std::optional<std::uint64_t> content_length() const override { return content_length_; }
  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;
  void CallerKnown() override { connection_.share.Known(); }
  void AllowSilence(std::chrono::seconds silence) override {
    connection_.timeouts.idle = connection_.timeouts.body = silence;
    connection_.timeouts.min_body_rate = 0;
  }

  /// True once nothing of this request is left on the wire.
  bool complete() const { return chunked_ ? parser_.is_done() : remaining_ == 0; }
  /// At least how much of it is not yet here; 0 for what is chunked.
  std::uint64_t rest() const { return remaining_ - std::min<std::uint64_t>(remaining_, buffered()); }
  /// It came too slowly, broke off, is malformed or too much: no more of it is read.
  bool broken() const { return broken_; }
  /// Somebody waits for more of it.
  bool reading() const { return reading_; }
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
  void Hold(std::size_t bytes);
  [[noreturn]] void BreakOff();
  std::chrono::steady_clock::duration Patience() const;
  runtime::Task<std::size_t> Receive(char* data, std::size_t size);
  runtime::Task<std::string_view> ReadChunked();
  runtime::Task<std::string_view> ReadWhole(std::size_t size);

  Connection& connection_;
  RequestParser& parser_;
  std::optional<std::uint64_t> content_length_;
  const bool chunked_;
  bool expects_continue_;
  bool broken_ = false;
  bool reading_ = false;
  std::uint64_t received_ = 0;                    // from the socket, for the minimum rate
  std::chrono::steady_clock::duration waited_{};  // for those
  std::uint64_t remaining_ = 0;                   // counted bodies: bytes not yet handed out
  std::size_t consumed_;                          // of connection.in: the head and what was handed out
  char* piece_ = nullptr;  // connection.body, where a body that does not fit connection.in is read into
  std::size_t piece_size_ = 0;
  std::string raw_;  // chunked: received, not yet decoded
  std::string decoded_;
  bool too_long_ = false;  // for a ReadAll, which has read some of it: nobody gets the rest as if it were all
  std::optional<std::string_view> whole_;
};

}  // namespace cumulite::net
