// How a session sends its answers.
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <limits>

#include "base/log.h"
#include "net/answer.h"
#include "net/io_loop.h"
#include "net/session.h"

namespace cumulite::net {
namespace {
/// Answers up to this size go out with their head in one piece: copying is cheaper than a second buffer.
constexpr std::size_t kInlineBody = 16 << 10;

void AppendNumber(std::string& out, std::uint64_t number, int base = 10) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
  out.append(digits, end);
}

}  // namespace

bool Session::AnswerFraming::ends_with_connection(const protocol::HttpRequest& request,
                                                  const protocol::HttpResponse& response) const {
  return http10 && AnswerHasBody(request, response) && !AnswerLength(response);
}

void Session::WriteHead(const protocol::HttpRequest& request, const protocol::HttpResponse& response,
                        const AnswerFraming& framing) {
  out_.clear();
  out_ += "HTTP/1.1 ";
  AppendNumber(out_, static_cast<unsigned>(response.status));
  out_ += ' ';
  if (response.reason.empty()) {
    out_ += std::string_view(boost::beast::http::obsolete_reason(
        boost::beast::http::int_to_status(static_cast<unsigned>(response.status))));
  } else {
    out_ += response.reason;
  }
  out_ += "\r\n";
  out_ += response.headers;
  const auto length = AnswerLength(response);
  const bool at_end = framing.ends_with_connection(request, response);
  if (AnswerTellsLength(response)) {
    if (length) {
      out_ += "Content-Length: ";
      AppendNumber(out_, *length);
      out_ += "\r\n";
    } else if (request.method != "HEAD" && !at_end) {
      out_ += "Transfer-Encoding: chunked\r\n";
    }
  }
  if (!response.has_date) out_.append("Date: ").append(loop_.HttpDate()).append("\r\n");
  if (response.takeover) {
    out_ += "\r\n";  // its Connection and Upgrade are the handler's
  } else if (!framing.keep_alive || at_end) {
    out_ += "Connection: close\r\n\r\n";
  } else {
    out_ += framing.http10 ? "Connection: keep-alive\r\n\r\n" : "\r\n";
  }
}

runtime::Task<bool> Session::Answer(const protocol::HttpRequest& request, protocol::HttpResponse& response,
                                    AnswerFraming framing) {
  WriteHead(request, response, framing);
  const bool has_body = AnswerHasBody(request, response);
  const bool inline_body = has_body && !response.source && response.body.size() <= kInlineBody;
  if (inline_body) out_ += response.body;
  answering_ = true;
  connection_.SetDeadline(connection_.timeouts.body);
  if (has_body && response.source) {
    const bool chunked = !framing.http10 && !response.source->content_length();
    runtime::Task<bool> streamed = StreamBody(*response.source, chunked);
    if (!co_await streamed) co_return false;
    connection_.ClearDeadline();
    answering_ = false;
    co_return true;
  }
  std::size_t sent = 0;
  if (!connection_.stream.TryWrite(out_.data(), out_.size(), sent)) {
    iovec rest{out_.data() + sent, out_.size() - sent};
    runtime::Task<bool> written = connection_.stream.Write({&rest, 1});
    if (!co_await written) co_return false;
  }
  if (has_body && (!inline_body || !response.files.empty())) {
    runtime::Task<bool> written = SendBody(response);
    if (!co_await written) co_return false;
  }
  connection_.ClearDeadline();
  answering_ = false;
  co_return true;
}

runtime::Task<bool> Session::SendBody(protocol::HttpResponse& response) {
  if (response.body.size() > kInlineBody) {
    iovec piece{response.body.data(), response.body.size()};
    runtime::Task<bool> written = connection_.stream.Write({&piece, 1});
    if (!co_await written) co_return false;
  }
  for (const protocol::FileSegment& file : response.files) {
    connection_.SetDeadline(connection_.timeouts.body);
    runtime::Task<bool> written = connection_.stream.SendFile(file);
    if (!co_await written) co_return false;
  }
  co_return true;
}

/// Sends what is in out_, then the piece and its end: as one where copying is cheaper than a second buffer.
runtime::Task<bool> Session::SendPiece(std::string_view piece, std::string_view end) {
  if (piece.size() <= kInlineBody) {
    out_.append(piece).append(end);
    std::size_t sent = 0;
    if (connection_.stream.TryWrite(out_.data(), out_.size(), sent)) co_return true;
    iovec rest{out_.data() + sent, out_.size() - sent};
    runtime::Task<bool> written = connection_.stream.Write({&rest, 1});
    co_return co_await written;
  }
  iovec pieces[] = {{out_.data(), out_.size()},
                    {const_cast<char*>(piece.data()), piece.size()},  // iovec has no const form
                    {const_cast<char*>(end.data()), end.size()}};
  runtime::Task<bool> written = connection_.stream.Write(pieces);
  co_return co_await written;
}

/// Sends the head, which is in out_, with the first piece if that is there already.
runtime::Task<bool> Session::StreamBody(protocol::BodySource& source, bool chunked) {
  const bool counted = source.content_length().has_value();
  std::uint64_t left = source.content_length().value_or(std::numeric_limits<std::uint64_t>::max());
  for (;;) {
    std::string_view piece;
    try {
      runtime::Task<std::string_view> next = source.Read();
      bool alive = true;
      if (!next.done() && !out_.empty()) {
        iovec head{out_.data(), out_.size()};
        runtime::Task<bool> written = connection_.stream.Write({&head, 1});
        alive = co_await written;
        out_.clear();
      }
      if (!alive) connection_.stream.Abort();  // the source is waited for nevertheless: it reads into itself
      piece = co_await next;
      if (!alive) co_return false;
    } catch (const std::exception& failure) {
      base::Logger("net")->warn("answer broken off cause={}", failure.what());
      co_return false;
    } catch (const protocol::ConnectionClosed&) {
      co_return false;
    }
    if (piece.empty() && !chunked && out_.empty()) co_return !counted || left == 0;
    if (piece.size() > left) co_return false;  // it would be taken for the next answer
    left -= counted ? piece.size() : 0;
    if (chunked) {
      AppendNumber(out_, piece.size(), 16);
      out_ += "\r\n";
    }
    connection_.SetDeadline(connection_.timeouts.body);
    runtime::Task<bool> written = SendPiece(piece, chunked ? "\r\n" : "");
    if (!co_await written) co_return false;
    if (piece.empty()) co_return !counted || left == 0;
    if (counted && left == 0) co_return true;
    out_.clear();
  }
}

}  // namespace cumulite::net
