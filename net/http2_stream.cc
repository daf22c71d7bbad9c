#include "net/http2_stream.h"

#include <algorithm>

#include "net/http2_connection.h"

namespace cumulite::net {
namespace {
std::string_view View(nghttp2_rcbuf* buffer) {
  const nghttp2_vec bytes = nghttp2_rcbuf_get_buf(buffer);
  return {reinterpret_cast<const char*>(bytes.base), bytes.len};
}

/// RFC 9113 6.5.2: what a field counts beside its text.
constexpr std::size_t kFieldOverhead = 32;
}  // namespace

void Http2Fields::Add(nghttp2_rcbuf* name, nghttp2_rcbuf* value) {
  const protocol::HeaderField field{View(name), View(value)};
  size_ += field.name.size() + field.value.size() + kFieldOverhead;
  if (too_large()) return;
  nghttp2_rcbuf_incref(name);
  nghttp2_rcbuf_incref(value);
  held_.push_back(name);
  held_.push_back(value);
  fields_.push_back(field);
}

void Http2Fields::Clear() {
  fields_.clear();
  for (nghttp2_rcbuf* const buffer : held_) nghttp2_rcbuf_decref(buffer);
  held_.clear();
  size_ = 0;
}

std::string_view Http2Fields::Find(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &protocol::HeaderField::name);
  return found == fields_.end() ? std::string_view{} : found->value;
}

void Http2Lines::Add(std::string_view name, std::string_view value) {
  std::ranges::transform(name, std::back_inserter(text_),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  text_.append(value);
  places_.push_back({name.size(), value.size()});
}

/// RFC 9113 8.2.2
bool Http2Lines::IsOfTheConnection(std::string_view name) {
  constexpr std::string_view kNames[] = {"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding",
                                         "Upgrade"};
  return std::ranges::any_of(kNames,
                             [name](std::string_view of) { return protocol::EqualsIgnoreCase(name, of); });
}

std::string_view Http2Lines::Trimmed(std::string_view value) {
  while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  return value;
}

std::span<const nghttp2_nv> Http2Lines::Make() {
  made_.clear();
  auto* at = reinterpret_cast<std::uint8_t*>(text_.data());
  for (const Place& place : places_) {
    made_.push_back({at, at + place.name_size, place.name_size, place.value_size, NGHTTP2_NV_FLAG_NONE});
    at += place.name_size + place.value_size;
  }
  return made_;
}

class Http2Stream::ReadAwaiter {
 public:
  explicit ReadAwaiter(Http2Stream& stream) : stream_(stream) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) { stream_.reader_ = waiter; }
  void await_resume() const noexcept {}

 private:
  Http2Stream& stream_;
};

class Http2Stream::WriteAwaiter {
 public:
  explicit WriteAwaiter(Http2Stream& stream) : stream_(stream) {}
  bool await_ready() const noexcept { return stream_.closed_ || stream_.out_.empty(); }
  void await_suspend(std::coroutine_handle<> waiter) { stream_.writer_ = waiter; }
  void await_resume() const noexcept {}

 private:
  Http2Stream& stream_;
};

runtime::Task<bool> Http2Stream::ReceiveHead() {
  if (!head_arrived_ && !closed_) {
    ReadAwaiter wait(*this);
    co_await wait;
  }
  co_return head_arrived_;
}

runtime::Task<std::optional<std::string_view>> Http2Stream::Receive() {
  if (arrived_.empty() && !ended_ && !closed_) {
    ReadAwaiter wait(*this);
    co_await wait;
  }
  handed_.clear();
  if (arrived_.empty()) {
    if (ended_) co_return std::string_view{};
    co_return std::nullopt;
  }
  handed_.swap(arrived_);
  if (!closed_) {
    nghttp2_session_consume_stream(connection_->native(), id_, handed_.size());
    connection_->Flush();
  }
  co_return handed_;
}

void Http2Stream::WakeReader() {
  if (reader_) connection_->Wake(std::exchange(reader_, nullptr));
}

void Http2Stream::WakeWriter() {
  if (writer_) connection_->Wake(std::exchange(writer_, nullptr));
}

runtime::Task<bool> Http2Stream::Send(std::string_view bytes, End end) {
  if (closed_) co_return false;
  out_ = bytes;
  out_is_last_ = end == End::kLast;
  if (std::exchange(deferred_, false)) nghttp2_session_resume_data(connection_->native(), id_);
  connection_->Flush();
  WriteAwaiter wait(*this);
  co_await wait;
  const bool taken = out_.empty();
  out_ = {};
  co_return taken;
}

bool Http2Stream::Ask(Http2Lines& head, bool with_body) {
  const std::span<const nghttp2_nv> fields = head.Make();
  const nghttp2_data_provider provider = Provider();
  sent_all_ = !with_body;
  id_ = nghttp2_submit_request(connection_->native(), nullptr, fields.data(), fields.size(),
                               with_body ? &provider : nullptr, nullptr);
  return id_ > 0;
}

void Http2Stream::Respond(Http2Lines& head, bool with_body) {
  if (closed_) return;
  const std::span<const nghttp2_nv> fields = head.Make();
  const nghttp2_data_provider provider = Provider();
  sent_all_ = !with_body;
  nghttp2_submit_response(connection_->native(), id_, fields.data(), fields.size(),
                          with_body ? &provider : nullptr);
  if (!with_body) connection_->Flush();
}

void Http2Stream::Reset(std::uint32_t error_code) {
  if (closed_ || id_ < 0) return;
  nghttp2_submit_rst_stream(connection_->native(), NGHTTP2_FLAG_NONE, id_, error_code);
  connection_->Flush();
}

void Http2Stream::Abandon(std::uint32_t error_code) {
  if (closed_) return;
  const auto self = shared_from_this();  // what is woken may be the last to hold it
  if (id_ > 0) nghttp2_submit_rst_stream(connection_->native(), NGHTTP2_FLAG_NONE, id_, error_code);
  Close(error_code);
  connection_->Flush();
  connection_->Dispatch();
}

nghttp2_data_provider Http2Stream::Provider() {
  nghttp2_data_provider provider{};
  provider.source.ptr = this;
  provider.read_callback = &Http2Stream::TakeOut;
  return provider;
}

/// Says how much of `out_` the next frame takes; Http2Connection::SendData then takes it.
ssize_t Http2Stream::TakeOut(nghttp2_session* session, std::int32_t id, std::uint8_t*, std::size_t length,
                             std::uint32_t* flags, nghttp2_data_source* source, void*) {
  auto& self = *static_cast<Http2Stream*>(source->ptr);
  if (self.closed_) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  if (self.out_.empty() && !self.out_is_last_) {
    self.deferred_ = true;
    return NGHTTP2_ERR_DEFERRED;
  }
  *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  const std::size_t taken = std::min(length, self.out_.size());
  if (taken < self.out_.size() || !self.out_is_last_) return static_cast<ssize_t>(taken);
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  self.sent_all_ = true;
  if (self.trailing_lines_) {
    const std::span<const nghttp2_nv> lines = self.trailing_lines_->Make();
    *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    nghttp2_submit_trailer(session, id, lines.data(), lines.size());
  }
  return static_cast<ssize_t>(taken);
}

void Http2Stream::Close(std::uint32_t error_code) {
  if (std::exchange(closed_, true)) return;
  error_code_ = error_code;
  connection_->closed_.push_back(shared_from_this());
  WakeReader();
  WakeWriter();
}

}  // namespace cumulite::net
