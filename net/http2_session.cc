#include "net/http2_session.h"

#include <unistd.h>

#include "base/log.h"
#include "net/answer.h"
#include "net/handler.h"
#include "net/http2_request.h"
#include "net/io_loop.h"

namespace cumulite::net {
namespace {
constexpr std::uint32_t kMostParallel = 128;
constexpr std::uint64_t kMostRequests = 10'000;
constexpr std::size_t kFilePiece = 128 << 10;
}  // namespace

Http2Session::Http2Session(Connection& connection, IoLoop& loop, const Front& front,
                           protocol::ConnectionInfo& info)
    : Http2Connection(Side::kServer, connection.stream, connection.in, loop),
      connection_(connection),
      loop_(loop),
      front_(front),
      info_(info) {
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, kMostParallel},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(Http2Fields::kMost)},
  };
  nghttp2_submit_settings(native(), NGHTTP2_FLAG_NONE, settings, std::size(settings));
}

runtime::Task<bool> Http2Session::Run() {
  connection_.SetDeadline(connection_.timeouts.idle);
  runtime::Task<bool> conversation = Converse();
  const bool agreed = co_await conversation;
  connection_.ClearDeadline();
  co_return agreed;
}

void Http2Session::Finish() {
  finishing_ = true;
  GoAway();
  ForEachStream([](Http2Stream& stream) { static_cast<Http2Request&>(stream).cancel().Request(); });
}

std::shared_ptr<Http2Stream> Http2Session::Begin(std::int32_t id) {
  return std::make_shared<Http2Request>(*this, id, connection_, loop_, *front_.budget);
}

bool Http2Session::Hold(Http2Stream& stream, std::size_t bytes) {
  return static_cast<Http2Request&>(stream).Hold(bytes);
}

void Http2Session::Serve(std::shared_ptr<Http2Stream> stream) {
  Enter();
  ServeRequest(std::static_pointer_cast<Http2Request>(std::move(stream))).Detach();
}

runtime::Task<void> Http2Session::ServeRequest(std::shared_ptr<Http2Request> stream) {
  try {
    runtime::Task<void> handled = HandleRequest(*stream);
    co_await handled;
  } catch (const std::exception& failure) {
    base::Logger("net")->error("stream failed cause={}", failure.what());
    stream->Reset(NGHTTP2_INTERNAL_ERROR);
  }
  stream.reset();
  Leave();
}

runtime::Task<void> Http2Session::HandleRequest(Http2Request& stream) {
  protocol::HttpRequest request = stream.MakeRequest();
  request.tls = connection_.stream.tls();
  request.peer_address = info_.peer_address;
  request.connection = &info_;
  ++info_.requests;
  protocol::Exchange exchange{.request = request, .body = stream};
  exchange.context.cancel = &stream.cancel();
  bool answered = true;
  if (stream.head().too_large()) {
    front_.handler->Refuse(400, "RequestHeaderSectionTooLarge",
                           "Your request header section exceeds the maximum allowed size.",
                           exchange.response);
    exchange.response.close_connection = false;  // the next request has a head of its own
  } else if (request.target == "*") {
    AnswerAsServer(exchange.response);
  } else {
    runtime::Task<bool> handled = Handle(exchange);
    answered = co_await handled;
  }
  const bool last = exchange.response.close_connection || info_.requests >= kMostRequests;
  if (last && !std::exchange(going_away_, true)) GoAway();
  if (answered) {
    runtime::Task<void> sent = Answer(stream, request, exchange.response);
    co_await sent;
  }
  exchange.response.source.reset();
  runtime::Task<void> ended = stream.EndReading();
  co_await ended;
  // RFC 9113 8.1: an answer that needs no more of the request.
  if (!answered) stream.Reset(NGHTTP2_CANCEL);
  if (!stream.ended()) stream.Reset(NGHTTP2_NO_ERROR);
}

/// False when there is nobody to answer.
runtime::Task<bool> Http2Session::Handle(protocol::Exchange& exchange) {
  try {
    runtime::Task<void> handled = front_.handler->Serve(exchange);
    co_await handled;
    co_return true;
  } catch (const protocol::ConnectionClosed&) {
    co_return false;
  } catch (const std::exception& failure) {
    base::Logger("net")->error("request failed cause={}", failure.what());
  }
  exchange.response = {};
  exchange.response.status = 500;
  co_return true;
}

runtime::Task<void> Http2Session::Answer(Http2Request& stream, const protocol::HttpRequest& request,
                                         protocol::HttpResponse& response) {
  if (response.takeover) {  // RFC 9113 8.6: there is no 101
    stream.Reset(NGHTTP2_HTTP_1_1_REQUIRED);
    co_return;
  }
  const std::optional<std::uint64_t> length = AnswerLength(response);
  Http2Lines head;
  head.Add(":status", std::to_string(response.status));
  head.AddLines(response.headers, [](std::string_view) { return false; });
  if (length && AnswerTellsLength(response)) head.Add("content-length", std::to_string(*length));
  if (!response.has_date) head.Add("date", loop_.HttpDate());
  const bool has_body = AnswerHasBody(request, response) && length != 0U;
  stream.Respond(head, has_body);
  if (!has_body) co_return;
  stream.BeginSending();
  bool whole = false;
  try {
    runtime::Task<bool> sent =
        response.source ? StreamBody(stream, *response.source) : SendBody(stream, response);
    whole = co_await sent;
  } catch (const std::exception& failure) {
    base::Logger("net")->warn("answer broken off cause={}", failure.what());
  } catch (const protocol::ConnectionClosed&) {
  }
  if (!whole) stream.Reset(NGHTTP2_INTERNAL_ERROR);
}

runtime::Task<bool> Http2Session::SendBody(Http2Request& stream, protocol::HttpResponse& response) {
  using End = Http2Stream::End;
  if (!response.body.empty() || response.files.empty()) {
    runtime::Task<bool> sent = stream.Send(response.body, response.files.empty() ? End::kLast : End::kOpen);
    if (!co_await sent) co_return false;
  }
  for (std::size_t i = 0; i < response.files.size(); ++i) {
    runtime::Task<bool> sent = SendFile(stream, response.files[i], i + 1 == response.files.size());
    if (!co_await sent) co_return false;
  }
  co_return true;
}

runtime::Task<bool> Http2Session::SendFile(Http2Request& stream, const protocol::FileSegment& file,
                                           bool last) {
  const auto piece = std::make_unique_for_overwrite<char[]>(kFilePiece);
  std::uint64_t sent = 0;
  while (sent < file.size()) {
    const ssize_t size =
        ::pread(file.fd(), piece.get(), std::min<std::uint64_t>(kFilePiece, file.size() - sent),
                static_cast<off_t>(file.offset() + sent));
    if (size <= 0) co_return false;
    sent += static_cast<std::uint64_t>(size);
    const bool is_last = last && sent == file.size();
    runtime::Task<bool> taken = stream.Send({piece.get(), static_cast<std::size_t>(size)},
                                            is_last ? Http2Stream::End::kLast : Http2Stream::End::kOpen);
    if (!co_await taken) co_return false;
  }
  co_return true;
}

runtime::Task<bool> Http2Session::StreamBody(Http2Request& stream, protocol::BodySource& source) {
  using End = Http2Stream::End;
  const auto* const trailing = dynamic_cast<const protocol::Trailers*>(&source);
  const std::optional<std::uint64_t> length = source.content_length();
  std::uint64_t sent = 0;
  for (;;) {
    // Whoever answers slowly is not a client that reads slowly.
    stream.EndSending();
    runtime::Task<std::string_view> next = source.Read();
    const std::string_view piece = co_await next;
    stream.BeginSending();
    sent += piece.size();
    if (length && (sent > *length || (piece.empty() && sent < *length))) co_return false;
    const bool last = piece.empty() || (sent == length && trailing == nullptr);
    if (piece.empty() && trailing != nullptr && !trailing->trailers().empty()) {
      Http2Lines lines;
      for (const protocol::HeaderField& field : trailing->trailers()) lines.Add(field.name, field.value);
      stream.SetTrailers(std::move(lines));
    }
    runtime::Task<bool> taken = stream.Send(piece, last ? End::kLast : End::kOpen);
    if (!co_await taken) co_return false;
    if (last) co_return true;
  }
}

}  // namespace cumulite::net
