#pragma once
#include <chrono>
#include <cstring>
#include <memory>
#include <string_view>

#include "net/body_budget.h"
#include "net/stream.h"

namespace cumulite::net {

class IoLoop;

/// Bytes received and not yet used. A request's head and body are views into it, so it moves only between
/// requests.
class ReadBuffer {
 public:
  /// Readable bytes behind any content, as protocol::BodyReader::ReadAll promises to simdjson.
  static constexpr std::size_t kPadding = 64;

  std::string_view unread() const { return {data_.get() + begin_, end_ - begin_}; }
  char* space() { return data_.get() + end_; }
  std::size_t space_size() const { return capacity_ - end_; }
  void Filled(std::size_t bytes) { end_ += bytes; }
  void Consume(std::size_t bytes) { begin_ += bytes; }

  /// Gives memory back that only an unusually large request wanted; an empty buffer only.
  void Shrink() {
    if (capacity_ > kKept) *this = ReadBuffer{};
  }
  /// Makes room for at least `bytes` more; everything may move.
  void Reserve(std::size_t bytes);
  /// Puts bytes that were read elsewhere in front of nothing: only on an empty buffer.
  void Refill(std::string_view bytes);

 private:
  static constexpr std::size_t kKept = 32 << 10;

  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Memory for a body that does not fit behind its head; kept from request to request unless it is large.
class BodyBuffer {
 public:
  /// At least `size` bytes and kPadding more; what was in it is lost.
  char* Get(std::size_t size);
  /// The request is over.
  void Release();

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_ = 0;
};

/// Time-outs of a client that is slow, not of a request that takes long.
struct Timeouts {
  std::chrono::seconds idle{120};   // between requests
  std::chrono::seconds header{30};  // from a request's first byte to the end of its head
  std::chrono::seconds body{60};    // without any progress, either way
  /// A request's body may take the time above and what this many bytes a second need: else a client could
  /// hold a connection and its memory with a byte a minute.
  std::size_t min_body_rate = 1 << 10;  // 0: any
};

/// What a session and the body it reads share. Thread: the session's.
struct Connection {
  Connection(boost::asio::ip::tcp::socket socket, IoLoop& owner, const Timeouts& limits, BodyBudget& budget)
      : loop(owner), stream(std::move(socket)), share(budget), timeouts(limits) {}

  using Deadline = std::chrono::steady_clock::time_point;

  void SetDeadline(Deadline at);
  void SetDeadline(std::chrono::seconds from_now) { SetDeadline(In(from_now)); }
  static Deadline In(std::chrono::seconds from_now);
  void ClearDeadline() { deadline = Deadline::max(); }

  IoLoop& loop;
  Stream stream;
  ReadBuffer in;
  BodyBuffer body;
  BodyBudget::Share share;  // of the request at hand
  Timeouts timeouts;        // its own: a handler may allow more
  Deadline deadline = Deadline::max();
  bool tell_when_late = false;  // what is read then is a body: whoever sends it too slowly gets an answer
  bool late = false;            // and did not send it in time
  bool aborted = false;         // by us: nobody is answered any more
};

}  // namespace cumulite::net
