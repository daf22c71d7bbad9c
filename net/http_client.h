#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/http.h"
#include "runtime/cancel.h"
#include "runtime/task.h"

namespace cumulite::net {

class ClientTls;

struct HttpHeader {
  std::string name;
  std::string value;
};

/// One request to somebody else, and how far to go for it.
struct HttpCall {
  std::string method = "GET";
  std::string url;  // "http://127.0.0.1:8080/path?query" or https; sent as it stands, not encoded again
  std::string
      target;  // "/path?query" instead of the URL's, sent byte for byte: blanks are the caller's fault
  /// Sent in this order and spelling. Host is added unless given; Content-Length and Transfer-Encoding are
  /// the client's own.
  std::vector<HttpHeader> headers;
  /// Complete lines that follow them, sent unlooked at: whoever made them vouches for them.
  std::string header_lines;
  std::string body;
  /// Instead of `body`: chunked unless it knows its length. Outlives the call, and the answer's stream.
  protocol::BodySource* body_source = nullptr;

  /// kLent: as kStream, with the head's fields lent and a short body that came with it at hand.
  enum class Answer { kWhole, kStream, kLent };
  Answer answer = Answer::kWhole;

  // Steady clock, noticed up to 0.1 s late; zero means none.
  std::chrono::milliseconds connect_timeout{5'000};  // names, TCP and TLS
  std::chrono::milliseconds timeout{30'000};         // all of it, to the answer's last byte
  std::chrono::milliseconds progress_timeout{0};     // the longest silence while an answer is awaited or read

  std::size_t max_head = 64 << 10;
  std::size_t max_body = 1 << 20;  // of a whole answer; a stream ends where its reader wants
  /// How many redirects to follow (301, 302, 303, 307, 308); the one beyond is the answer. Credentials
  /// (Authorization, Cookie) do not go along to another origin, a streamed body to nowhere.
  int max_redirects = 0;

  /// Over HTTP/2, without redirects: by ALPN under TLS, else known beforehand (RFC 9113 3.3). Answer::kStream
  /// only; its stream is a protocol::Trailers, too.
  bool http2 = false;
  /// On a connection of its own that is closed afterwards.
  bool fresh_connection = false;
  std::shared_ptr<const ClientTls> tls;  // null: the system's authorities, verified
  runtime::Cancel* cancel = nullptr;     // outlives the call, and the answer's stream
};

/// Why there is no answer.
struct HttpError {
  enum class Kind {
    kInvalid,    // the call cannot be sent as it is: its URL, its headers, its body's length
    kDns,        // the name has no address
    kConnect,    // no address took the connection
    kTls,        // the handshake failed, or the certificate is not believed
    kTimeout,    // one of the call's
    kMalformed,  // not HTTP/1.x, or not as strictly as we read it
    kTooLarge,   // head or body beyond the call's limits
    kClosed,     // the peer went away before the end of its answer, or this server stops
    kCancelled,  // by the call's Cancel
  };
  Kind kind = Kind::kClosed;
  std::string detail;  // for a log or a description of a target's health
};

/// "connect", "timeout", ...: one word for logs.
std::string_view NameOf(HttpError::Kind kind);

/// An answer's body as it arrives. What is not read is not received (back-pressure); destroying it before its
/// end closes the connection. Thread: the call's loop.
class AnswerBody : public protocol::BodySource {
 public:
  /// The next bytes, empty at the end, nullopt when it broke off: error() says why.
  virtual runtime::Task<std::optional<std::string_view>> Receive() = 0;
  virtual const HttpError& error() const = 0;
  /// protocol::BodySource, for handing it on. Throws std::runtime_error where Receive gives nullopt.
  runtime::Task<std::string_view> Read() override;
};

struct HttpAnswer {
  int status = 0;
  std::string reason;
  std::vector<HttpHeader> headers;     // as received: order, spelling, repetition
  std::string body;                    // Answer::kWhole
  std::unique_ptr<AnswerBody> stream;  // Answer::kStream, kLent
  /// Answer::kLent instead of `headers`, and the whole body where it is here already. Both are valid until
  /// the stream is read or destroyed.
  std::span<const protocol::HeaderField> fields;
  std::optional<std::string_view> arrived;
  std::unique_ptr<protocol::ByteStream>
      upgraded;     // Answer::kStream or kLent, and 101: the connection, without time-outs
  std::string url;  // who answered, after redirects; not Answer::kLent

  /// The first of that name (any case), if there is one.
  std::optional<std::string_view> Find(std::string_view name) const;
};

class HttpResult {
 public:
  explicit HttpResult(HttpAnswer answer) : value_(std::move(answer)) {}
  explicit HttpResult(HttpError error) : value_(std::move(error)) {}

  /// Some answer came, whatever its status.
  bool ok() const { return std::holds_alternative<HttpAnswer>(value_); }
  HttpAnswer& answer() { return std::get<HttpAnswer>(value_); }
  const HttpError& error() const { return std::get<HttpError>(value_); }

 private:
  std::variant<HttpAnswer, HttpError> value_;
};

/// Calls other HTTP servers. Services get a reference to the server's one; tests of a service give their own.
///
/// Connections are kept for the next call to the same origin on the same loop. One on which a request had no
/// answer at all because the peer had closed it meanwhile is replaced once, if the method may be repeated
/// (RFC 9110 9.2.2) and the body is not a stream.
///
/// Thread: any I/O loop; a call's coroutine and stream stay on the loop where it began.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// Failing is ordinary, so nothing is thrown but what `body_source` throws.
  virtual runtime::Task<HttpResult> Send(HttpCall call) = 0;
  /// Only the connection (with TLS for https): the answer's `upgraded`, on which nothing has been said yet.
  virtual runtime::Task<HttpResult> Connect(HttpCall call);
};

/// What is kept, a loop.
struct HttpClientLimits {
  std::size_t idle_connections = 1024;
  std::size_t idle_per_origin = 256;
  std::chrono::seconds idle_timeout{50};  // shorter than servers' usual 60 s
};

/// One for a server; destroyed after its loops have been joined and before they are.
std::unique_ptr<HttpClient> MakeHttpClient(HttpClientLimits limits = {});

}  // namespace cumulite::net
