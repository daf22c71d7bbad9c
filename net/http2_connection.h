#pragma once
#include <nghttp2/nghttp2.h>

#include <coroutine>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "net/connection.h"
#include "net/http2_stream.h"
#include "runtime/task.h"

namespace cumulite::net {

class IoLoop;

/// HTTP/2 over one stream of bytes, as either side: frames by nghttp2, one read and one write under way.
///
/// Whoever waits for a stream is resumed by Dispatch only, never from inside the library. Thread: the loop's.
class Http2Connection {
 public:
  enum class Side { kServer, kClient };

  /// All outlive it.
  Http2Connection(Side side, Stream& stream, ReadBuffer& in, IoLoop& loop);
  Http2Connection(const Http2Connection&) = delete;
  Http2Connection& operator=(const Http2Connection&) = delete;
  virtual ~Http2Connection();

  nghttp2_session* native() { return session_; }
  /// Sends what has been submitted, at once or with what is being sent.
  void Flush();
  /// Resumes `waiter` with the next Dispatch.
  void Wake(std::coroutine_handle<> waiter) { ready_.push_back(waiter); }
  /// Resumes all that can go on; false when there was nobody.
  bool Dispatch();
  /// Ends when its streams have; takes no new ones.
  void GoAway();
  /// Breaks all streams, and the connection.
  void BreakOff();
  template <class Act>
  void ForEachStream(Act act) {
    const auto streams = streams_;  // acting on one may end it, and others
    for (const auto& [id, stream] : streams) act(*stream);
  }
  /// How many writes have ended, if one is under way: it is stuck when that does not change.
  std::optional<std::uint64_t> writing() const {
    return writing_ ? std::optional<std::uint64_t>(writes_) : std::nullopt;
  }
  std::size_t streams() const { return streams_.size(); }
  bool over() const { return over_; }

 protected:
  /// Serves until the connection is over, nothing is being sent and no coroutine of a stream is left. True
  /// when it ended by agreement: whatever was said last is to be read by the other side.
  runtime::Task<bool> Converse();
  /// A coroutine of a stream, which uses the connection until Leave.
  void Enter() { ++inside_; }
  void Leave();
  void Adopt(std::shared_ptr<Http2Stream> stream);

  // From inside the library.
  virtual std::shared_ptr<Http2Stream> Begin(std::int32_t) { return nullptr; }
  virtual void OnFirstStream() {}
  virtual void OnLastStream() {}
  /// Memory for bytes that wait on a stream; false: there is none, and the stream ends.
  virtual bool Hold(Http2Stream&, std::size_t) { return true; }

  /// Outside of it: the head of a request is there.
  virtual void Serve(std::shared_ptr<Http2Stream>) {}

 private:
  friend class Http2Stream;
  struct Callbacks;
  class EndAwaiter;

  bool Receive(std::string_view bytes);
  bool Charge(const nghttp2_frame& frame);
  runtime::Task<void> Pump();
  void Collect();
  void CheckOver();
  void End();
  void CheckEnd();

  Stream& stream_;
  ReadBuffer& in_;
  IoLoop& loop_;
  const Side side_;
  nghttp2_session* session_ = nullptr;
  std::unordered_map<std::int32_t, std::shared_ptr<Http2Stream>> streams_;
  std::deque<std::shared_ptr<Http2Stream>> begun_;
  std::deque<std::shared_ptr<Http2Stream>> closed_;
  std::deque<std::coroutine_handle<>> ready_;
  std::string out_;
  std::size_t inside_ = 0;
  bool in_library_ = false;
  bool writing_ = false;
  std::uint64_t writes_ = 0;
  bool over_ = false;
  bool agreed_ = false;  // over, and all was said
  double patience_ = 0;  // how many frames that ask for nothing are put up with
  std::chrono::steady_clock::time_point patience_at_{};
  std::coroutine_handle<> end_waiter_;
};

}  // namespace cumulite::net
