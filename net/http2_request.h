#pragma once
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/body_budget.h"
#include "net/connection.h"
#include "net/http2_stream.h"
#include "net/watched.h"
#include "protocol/http.h"
#include "protocol/trailers.h"
#include "runtime/cancel.h"

namespace cumulite::net {

class IoLoop;

/// One request on a stream of HTTP/2: its head as other requests have it, and its body as it arrives.
///
/// A client that is slow costs its own stream only. Thread: the connection's loop.
class Http2Request final : public Http2Stream,
                           public protocol::BodyReader,
                           public protocol::Trailers,
                           public Watched {
 public:
  Http2Request(Http2Connection& owner, std::int32_t id, Connection& connection, IoLoop& loop,
               BodyBudget& budget);
  ~Http2Request() override;

  /// Once the head has arrived; views that live as long as this.
  protocol::HttpRequest MakeRequest();
  runtime::Cancel& cancel() { return cancel_; }
  bool Hold(std::size_t bytes) { return share_.Grow(bytes); }

  /// An answer goes out: late only when no byte of it moves.
  void BeginSending();
  void EndSending();
  /// The answer is complete: whoever still reads the body gets no more of it.
  runtime::Task<void> EndReading();

  // protocol::BodyReader
  std::optional<std::uint64_t> content_length() const override { return content_length_; }
  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;
  void CallerKnown() override { share_.Known(); }
  void AllowSilence(std::chrono::seconds silence) override;
  // protocol::Trailers
  std::span<const protocol::HeaderField> trailers() const override { return trailing_fields().all(); }
  // Watched
  Deadline deadline() const override { return deadline_; }
  bool Expired(Deadline now) override;
  void Abort() override { Abandon(NGHTTP2_CANCEL); }

 private:
  void AfterClose() override { cancel_.Request(); }
  void SetDeadline(std::chrono::seconds from_now);

  Http2Connection& owner_;
  Connection& connection_;
  IoLoop& loop_;
  std::list<Watched*>::iterator position_;
  BodyBudget::Share share_;
  runtime::Cancel cancel_;
  std::vector<protocol::HeaderField> fields_;
  std::string cookies_;
  std::optional<std::uint64_t> content_length_;
  std::chrono::seconds patience_;
  Deadline deadline_ = Deadline::max();
  bool sending_ = false;
  std::uint64_t taken_at_last_look_ = 0;
  std::optional<std::uint64_t> writes_at_last_look_;
  bool late_ = false;
  bool abandoned_ = false;
  std::optional<std::string> whole_;
};

}  // namespace cumulite::net
