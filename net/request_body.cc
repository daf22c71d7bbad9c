#include "net/request_body.h"

#include <algorithm>

#include "base/coarse_clock.h"
#include "protocol/http_errors.h"

namespace cumulite::net {
namespace {
/// How much of a long body is in memory at once.
constexpr std::size_t kPieceSize = 256 << 10;
/// How much chunked framing is received before it is decoded; also bounds one chunk header.
constexpr std::size_t kRawSize = 64 << 10;

constexpr protocol::ErrorKind kIncompleteBody{.code = "IncompleteBody", .query_code = {}, .status = 400};
}  // namespace

RequestBody::RequestBody(Connection& connection, RequestParser& parser, std::size_t head_size,
                         bool expects_continue)
    : connection_(connection),
      parser_(parser),
      chunked_(parser.chunked()),
      expects_continue_(expects_continue),
      consumed_(head_size) {
  if (parser.content_length()) content_length_ = *parser.content_length();
  remaining_ = content_length_.value_or(0);
}

/// Counts what the request holds in memory.
void RequestBody::Hold(std::size_t bytes) {
  if (connection_.share.Grow(bytes)) return;
  broken_ = true;
  throw protocol::AwsError(protocol::kServiceUnavailable,
                           "The request has failed due to a temporary failure of the server.");
}

void RequestBody::BreakOff() {
  broken_ = true;
  if (connection_.aborted) throw protocol::ConnectionClosed{};
  if (connection_.late) {
    throw protocol::AwsError(protocol::kRequestTimeoutException, "Reading the request timed out.");
  }
  throw protocol::AwsError(protocol::kRequestAbortedException, "The request was aborted before its end.");
}

/// How long the next bytes may take.
std::chrono::steady_clock::duration RequestBody::Patience() const {
  const Timeouts& timeouts = connection_.timeouts;
  if (timeouts.min_body_rate == 0) return timeouts.body;
  const std::chrono::seconds earned(received_ / timeouts.min_body_rate);
  return std::min(timeouts.body + std::chrono::steady_clock::duration{}, timeouts.body + earned - waited_);
}

runtime::Task<std::size_t> RequestBody::Receive(char* data, std::size_t size) {
  if (expects_continue_) {
    expects_continue_ = false;
    connection_.SetDeadline(connection_.timeouts.body);
    std::string line = "HTTP/1.1 100 Continue\r\n\r\n";
    iovec piece{line.data(), line.size()};
    runtime::Task<bool> sent = connection_.stream.Write({&piece, 1});
    if (!co_await sent) throw protocol::ConnectionClosed{};
  }
  const auto start = base::CoarseSteadyNow();
  connection_.tell_when_late = true;
  connection_.SetDeadline(start + Patience());
  reading_ = true;
  Stream::ReadAwaiter read = connection_.stream.Read(data, size);
  const std::size_t bytes = co_await read;
  reading_ = false;
  connection_.tell_when_late = false;
  connection_.ClearDeadline();
  if (bytes == 0) BreakOff();
  received_ += bytes;
  waited_ += base::CoarseSteadyNow() - start;
  co_return bytes;
}

std::string_view RequestBody::TakeBuffered() {
  const std::string_view bytes = connection_.in.unread().substr(consumed_);
  const std::string_view taken = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), remaining_));
  consumed_ += taken.size();
  remaining_ -= taken.size();
  return taken;
}

runtime::Task<std::string_view> RequestBody::Read() {
  if (chunked_) {
    runtime::Task<std::string_view> decoded = ReadChunked();
    co_return co_await decoded;
  }
  if (remaining_ == 0) co_return std::string_view{};
  if (buffered() > 0) co_return TakeBuffered();
  if (piece_ == nullptr) {
    Hold(std::min<std::uint64_t>(remaining_, kPieceSize));
    piece_size_ = std::min<std::uint64_t>(remaining_, kPieceSize);
    piece_ = connection_.body.Get(piece_size_);
  }
  runtime::Task<std::size_t> received = Receive(piece_, std::min<std::uint64_t>(remaining_, piece_size_));
  const std::size_t bytes = co_await received;
  remaining_ -= bytes;
  co_return std::string_view(piece_, bytes);
}

runtime::Task<std::string_view> RequestBody::ReadChunked() {
  decoded_.clear();
  Hold(2 * kRawSize);
  if (buffered() > 0) {
    raw_.append(connection_.in.unread().substr(consumed_));
    consumed_ = connection_.in.unread().size();
  }
  parser_.eager(true);
  parser_.set_body_sink(&decoded_);
  while (decoded_.empty() && !parser_.is_done()) {
    boost::beast::error_code error;
    if (!raw_.empty()) {
      raw_.erase(0, parser_.put(boost::asio::buffer(raw_), error));
      if (!error) continue;
    }
    if ((error && error != boost::beast::http::error::need_more) || raw_.size() >= kRawSize) {
      broken_ = true;
      throw protocol::AwsError(kIncompleteBody,
                               "The chunked transfer coding of the request body is malformed.");
    }
    const std::size_t before = raw_.size();
    raw_.resize(kRawSize);
    runtime::Task<std::size_t> received = Receive(raw_.data() + before, kRawSize - before);
    raw_.resize(before + co_await received);
  }
  co_return decoded_;
}

runtime::Task<std::optional<std::string_view>> RequestBody::ReadAll(std::size_t limit) {
  if (whole_) co_return whole_->size() > limit ? std::nullopt : whole_;
  if (too_long_ || content_length_.value_or(0) > limit) co_return std::nullopt;
  if (!chunked_) {
    runtime::Task<std::string_view> whole = ReadWhole(static_cast<std::size_t>(remaining_));
    whole_ = co_await whole;
    co_return whole_;
  }
  std::string all;
  for (;;) {
    runtime::Task<std::string_view> more = ReadChunked();
    const std::string_view bytes = co_await more;
    if (bytes.empty()) break;
    if (all.size() + bytes.size() > limit) {
      too_long_ = true;
      co_return std::nullopt;
    }
    Hold(2 * (all.size() + bytes.size()) + 2 * kRawSize);  // a growing string is there twice
    all.append(bytes);
  }
  all.reserve(all.size() + ReadBuffer::kPadding);
  decoded_ = std::move(all);
  whole_ = decoded_;
  co_return whole_;
}

runtime::Task<std::string_view> RequestBody::ReadWhole(std::size_t size) {
  if (buffered() >= size) co_return TakeBuffered();
  // In place when it fits behind the head, so that an ordinary request is never copied.
  if (buffered() + connection_.in.space_size() >= size) {
    while (buffered() < size) {
      runtime::Task<std::size_t> received = Receive(connection_.in.space(), connection_.in.space_size());
      connection_.in.Filled(co_await received);
    }
    co_return TakeBuffered();
  }
  Hold(buffered());
  piece_ = connection_.body.Get(size);
  const std::string_view first = TakeBuffered();
  std::memcpy(piece_, first.data(), first.size());
  for (std::size_t have = first.size(); have < size;) {
    // Memory that nothing has been written to is not there yet, so only what arrives counts.
    const std::size_t next = std::min(size - have, kPieceSize);
    Hold(have + next);
    runtime::Task<std::size_t> received = Receive(piece_ + have, next);
    const std::size_t bytes = co_await received;
    have += bytes;
    remaining_ -= bytes;
  }
  co_return std::string_view(piece_, size);
}

runtime::Task<bool> RequestBody::Drain(std::uint64_t limit) {
  std::uint64_t dropped = 0;
  try {
    while (!complete()) {
      if (dropped > limit || remaining_ > limit) co_return false;
      runtime::Task<std::string_view> piece = Read();
      dropped += (co_await piece).size();
    }
  } catch (const protocol::ConnectionClosed&) {
    co_return false;
  } catch (const protocol::AwsError&) {
    co_return false;
  }
  co_return true;
}

void RequestBody::Finish() {
  connection_.in.Consume(consumed_);
  if (!raw_.empty()) connection_.in.Refill(raw_);
}

}  // namespace cumulite::net
