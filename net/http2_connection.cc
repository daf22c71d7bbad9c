#include "net/http2_connection.h"

#include <algorithm>
#include <new>

#include "base/coarse_clock.h"
#include "net/io_loop.h"

namespace cumulite::net {
namespace {
constexpr std::size_t kReadAhead = 32 << 10;
/// How much is made ready for one write.
constexpr std::size_t kMostOut = 64 << 10;
/// Frames that cost us and ask for nothing (PING, SETTINGS, PRIORITY, RST_STREAM, empty DATA, WINDOW_UPDATE):
/// so many at once, so many a second; each frame of data either way pays for some.
constexpr double kMostPatience = 2'000;
constexpr double kPatienceASecond = 100;
constexpr double kPatienceAFrame = 4;
/// So much of all streams' data may arrive before anybody has taken it: 128 streams' windows.
constexpr std::int32_t kConnectionWindow = 8 << 20;
}  // namespace

struct Http2Connection::Callbacks {
  static Http2Connection& Of(void* user) { return *static_cast<Http2Connection*>(user); }
  static Http2Stream* StreamOf(void* user, std::int32_t id) {
    auto& streams = Of(user).streams_;
    const auto found = streams.find(id);
    return found == streams.end() ? nullptr : found->second.get();
  }

  static int BeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    Http2Connection& self = Of(user);
    if (self.side_ == Side::kClient || frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0;
    std::shared_ptr<Http2Stream> stream = self.Begin(frame->hd.stream_id);
    if (stream) self.Adopt(std::move(stream));
    return 0;
  }

  static int Header(nghttp2_session*, const nghttp2_frame* frame, nghttp2_rcbuf* name, nghttp2_rcbuf* value,
                    std::uint8_t, void* user) {
    Http2Stream* const stream = StreamOf(user, frame->hd.stream_id);
    if (stream == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    Http2Fields& fields = stream->head_arrived_ ? stream->trailers_ : stream->head_;
    fields.Add(name, value);
    // Four times the limit is nobody's mistake; the rest of the block is decoded without being looked at.
    return fields.size() > 4 * Http2Fields::kMost ? NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE : 0;
  }

  static int InvalidHeader(nghttp2_session*, const nghttp2_frame*, nghttp2_rcbuf*, nghttp2_rcbuf*,
                           std::uint8_t, void*) {
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;  // by itself the library would leave it out
  }

  static int FrameReceived(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    Http2Connection& self = Of(user);
    if (!self.Charge(*frame)) {
      nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
      return 0;
    }
    Http2Stream* const stream = StreamOf(user, frame->hd.stream_id);
    if (stream == nullptr) return 0;
    if (frame->hd.type == NGHTTP2_HEADERS && !stream->head_arrived_) {
      const bool interim = self.side_ == Side::kClient && stream->head_.Find(":status").starts_with('1');
      if (interim) {
        stream->head_.Clear();
        return 0;
      }
      stream->head_arrived_ = true;
      if (self.side_ == Side::kServer) self.begun_.push_back(stream->shared_from_this());
      stream->WakeReader();
    }
    const bool may_end = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (may_end && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
      stream->ended_ = true;
      stream->WakeReader();
    }
    return 0;
  }

  static int DataReceived(nghttp2_session* session, std::uint8_t, std::int32_t id, const std::uint8_t* data,
                          std::size_t size, void* user) {
    Http2Connection& self = Of(user);
    nghttp2_session_consume_connection(session, size);
    Http2Stream* const stream = StreamOf(user, id);
    if (stream == nullptr) return 0;
    if (!self.Hold(*stream, stream->arrived_.size() + size)) {
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, id, NGHTTP2_ENHANCE_YOUR_CALM);
      return 0;
    }
    stream->arrived_.append(reinterpret_cast<const char*>(data), size);
    stream->WakeReader();
    return 0;
  }

  static int StreamClosed(nghttp2_session*, std::int32_t id, std::uint32_t error_code, void* user) {
    Http2Connection& self = Of(user);
    const auto found = self.streams_.find(id);
    if (found == self.streams_.end()) return 0;
    const std::shared_ptr<Http2Stream> stream = std::move(found->second);
    self.streams_.erase(found);
    stream->Close(error_code);
    if (self.streams_.empty()) self.OnLastStream();
    return 0;
  }

  static int SendData(nghttp2_session*, nghttp2_frame* frame, const std::uint8_t* head, std::size_t length,
                      nghttp2_data_source* source, void* user) {
    Http2Connection& self = Of(user);
    if (self.out_.size() >= kMostOut) return NGHTTP2_ERR_WOULDBLOCK;
    auto& stream = *static_cast<Http2Stream*>(source->ptr);
    if (stream.closed_) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;  // its bytes are gone
    constexpr std::size_t kFrameHead = 9;
    self.out_.append(reinterpret_cast<const char*>(head), kFrameHead);
    const std::size_t padding = frame->data.padlen;
    if (padding > 0) self.out_ += static_cast<char>(padding - 1);
    self.out_.append(stream.out_.substr(0, length));
    if (padding > 1) self.out_.append(padding - 1, '\0');
    stream.out_.remove_prefix(length);
    stream.bytes_taken_ += length;
    self.patience_ = std::min(self.patience_ + kPatienceAFrame, kMostPatience);
    if (stream.out_.empty()) stream.WakeWriter();
    return 0;
  }

  static nghttp2_session_callbacks* Make() {
    nghttp2_session_callbacks* made = nullptr;
    if (nghttp2_session_callbacks_new(&made) != 0) throw std::bad_alloc();
    nghttp2_session_callbacks_set_on_begin_headers_callback(made, &BeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback2(made, &Header);
    nghttp2_session_callbacks_set_on_invalid_header_callback2(made, &InvalidHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, &FrameReceived);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, &DataReceived);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, &StreamClosed);
    nghttp2_session_callbacks_set_send_data_callback(made, &SendData);
    return made;
  }
};

Http2Connection::Http2Connection(Side side, Stream& stream, ReadBuffer& in, IoLoop& loop)
    : stream_(stream),
      in_(in),
      loop_(loop),
      side_(side),
      patience_(kMostPatience),
      patience_at_(base::CoarseSteadyNow()) {
  static const nghttp2_session_callbacks* const kCallbacks = Callbacks::Make();
  static const nghttp2_option* const kOptions = [] {
    nghttp2_option* made = nullptr;
    if (nghttp2_option_new(&made) != 0) throw std::bad_alloc();
    nghttp2_option_set_no_auto_window_update(made, 1);
    nghttp2_option_set_max_reserved_remote_streams(made, 0);
    return made;
  }();
  const auto create = side == Side::kServer ? &nghttp2_session_server_new2 : &nghttp2_session_client_new2;
  if (create(&session_, kCallbacks, this, kOptions) != 0) throw std::bad_alloc();
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
}

Http2Connection::~Http2Connection() { nghttp2_session_del(session_); }

void Http2Connection::Adopt(std::shared_ptr<Http2Stream> stream) {
  if (streams_.empty()) OnFirstStream();
  const std::int32_t id = stream->id();
  streams_.emplace(id, std::move(stream));
}

/// False when the other side has asked for nothing too often.
bool Http2Connection::Charge(const nghttp2_frame& frame) {
  switch (frame.hd.type) {
    case NGHTTP2_DATA:
      if (frame.hd.length > 0) {
        patience_ = std::min(patience_ + kPatienceAFrame, kMostPatience);
        return true;
      }
      if ((frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) return true;
      break;
    case NGHTTP2_HEADERS:
      return true;
    default:
      break;
  }
  if (patience_ < 1) {
    const auto now = base::CoarseSteadyNow();
    patience_ += kPatienceASecond * std::chrono::duration<double>(now - patience_at_).count();
    patience_ = std::min(patience_, kMostPatience);
    patience_at_ = now;
  }
  if (patience_ < 1) return false;
  patience_ -= 1;
  return true;
}

void Http2Connection::Collect() {
  in_library_ = true;
  while (out_.size() < kMostOut) {
    const std::uint8_t* bytes = nullptr;
    const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
    if (size <= 0) break;
    out_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  in_library_ = false;
}

void Http2Connection::Flush() {
  if (in_library_ || writing_ || over_) return;
  Pump().Detach();
}

runtime::Task<void> Http2Connection::Pump() {
  writing_ = true;
  for (;;) {
    out_.clear();
    // Those whose bytes have been taken go on at once: what they have more goes out with the same write.
    do {
      Collect();
    } while (Dispatch() && out_.size() < kMostOut);
    if (out_.empty()) break;
    iovec piece{out_.data(), out_.size()};
    runtime::Task<bool> written = stream_.Write({&piece, 1});
    const bool ok = co_await written;
    ++writes_;
    if (!ok) {
      writing_ = false;
      BreakOff();
      break;
    }
  }
  writing_ = false;
  CheckOver();
  CheckEnd();
}

bool Http2Connection::Dispatch() {
  if (in_library_) return false;
  bool any = false;
  for (; !begun_.empty() || !closed_.empty() || !ready_.empty(); any = true) {
    if (!closed_.empty()) {
      const std::shared_ptr<Http2Stream> stream = std::move(closed_.front());
      closed_.pop_front();
      stream->AfterClose();
      continue;
    }
    if (!begun_.empty()) {
      const std::shared_ptr<Http2Stream> stream = std::move(begun_.front());
      begun_.pop_front();
      Serve(stream);
      continue;
    }
    const std::coroutine_handle<> waiter = ready_.front();
    ready_.pop_front();
    waiter.resume();
  }
  return any;
}

void Http2Connection::GoAway() {
  if (over_) return;
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session_),
                        NGHTTP2_NO_ERROR, nullptr, 0);
  Flush();
}

void Http2Connection::BreakOff() {
  stream_.Abort();
  End();
}

/// Whatever is still open ends with the connection.
void Http2Connection::End() {
  over_ = true;
  auto streams = std::exchange(streams_, {});
  for (auto& [id, stream] : streams) stream->Close(NGHTTP2_INTERNAL_ERROR);
  Dispatch();
}

/// Both sides have said all there is to say: the read that waits for more ends.
void Http2Connection::CheckOver() {
  if (over_ || nghttp2_session_want_read(session_) != 0 || nghttp2_session_want_write(session_) != 0) return;
  over_ = agreed_ = true;
  stream_.CancelRead();
}

class Http2Connection::EndAwaiter {
 public:
  explicit EndAwaiter(Http2Connection& connection) : connection_(connection) {}
  bool await_ready() const noexcept { return connection_.inside_ == 0 && !connection_.writing_; }
  void await_suspend(std::coroutine_handle<> waiter) { connection_.end_waiter_ = waiter; }
  void await_resume() const noexcept {}

 private:
  Http2Connection& connection_;
};

void Http2Connection::Leave() {
  --inside_;
  CheckEnd();
}

void Http2Connection::CheckEnd() {
  if (!end_waiter_ || inside_ > 0 || writing_) return;
  // Not from here: whoever has just left still stands on this connection.
  loop_.Post([waiter = std::exchange(end_waiter_, nullptr)] { waiter.resume(); });
}

/// False when what came is no HTTP/2.
bool Http2Connection::Receive(std::string_view bytes) {
  in_library_ = true;
  const ssize_t used =
      nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  in_library_ = false;
  Flush();
  Dispatch();
  return used >= 0;
}

runtime::Task<bool> Http2Connection::Converse() {
  Flush();
  while (!over_) {
    if (in_.unread().empty()) {
      in_.Reserve(kReadAhead);
      Stream::ReadAwaiter read = stream_.Read(in_.space(), in_.space_size());
      const std::size_t bytes = co_await read;
      if (bytes == 0) break;
      in_.Filled(bytes);
    }
    const std::string_view bytes = in_.unread();
    in_.Consume(bytes.size());
    if (!Receive(bytes)) break;
  }
  if (!agreed_) stream_.Abort();
  End();
  EndAwaiter end(*this);
  co_await end;
  co_return agreed_;
}

}  // namespace cumulite::net
