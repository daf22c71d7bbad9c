#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/task.h"

namespace cumulite::protocol {

/// Compares ASCII text without regard to case, as header names are compared.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);

struct HeaderField {
  std::string_view name;   // as received
  std::string_view value;  // without surrounding blanks
};

/// What is known of the connection that a request came on.
struct ConnectionInfo {
  std::string peer_address;  // "127.0.0.1"
  std::uint16_t peer_port = 0;
  std::string local_address;
  std::uint16_t local_port = 0;
  std::chrono::steady_clock::time_point opened{};
  std::uint64_t requests = 0;  // so far, with the one at hand

  // Under TLS.
  std::string tls_version;                // "TLSv1.3"
  std::string tls_cipher;                 // OpenSSL's name: "TLS_AES_128_GCM_SHA256"
  std::string server_name;                // by which the client called us (SNI)
  std::vector<std::string> client_chain;  // the client's certificates in PEM, its own first
};

/// The head of one request; views into the session's buffer, valid until the response has been written.
struct HttpRequest {
  std::string_view method;  // "GET"
  std::string_view target;  // as received: path and query
  std::string_view path;    // not decoded
  std::string_view query;   // not decoded, without '?'
  std::span<const HeaderField> headers;
  bool tls = false;
  std::string_view peer_address;               // "127.0.0.1"
  int version = 11;                            // 10, 11, 20
  const ConnectionInfo* connection = nullptr;  // lives as long as the connection; null in tests
  /// What was odd in the head and has been mended, where a front takes such: bits of net::HeadOddity.
  std::uint32_t oddities = 0;

  /// The first header of that name (any case), if there is one.
  std::optional<std::string_view> Find(std::string_view name) const;
  /// The same, empty when absent.
  std::string_view Header(std::string_view name) const { return Find(name).value_or(std::string_view{}); }
};

struct QueryParam {
  std::string name;   // decoded
  std::string value;  // decoded; empty when there was no '='
};

/// Splits and decodes "a=1&b&c=%20" in order; '+' is a space.
/// Errors: none thrown; returns nullopt for a bad %-escape.
std::optional<std::vector<QueryParam>> ParseQuery(std::string_view raw);

/// Percent-decodes a path segment or query value; nullopt for a bad escape. '+' stays unless plus_is_space.
enum class Plus { kLiteral, kSpace };
std::optional<std::string> PercentDecode(std::string_view raw, Plus plus = Plus::kLiteral);
/// The same into a buffer of at least raw.size() bytes; returns the end of what it wrote, null for a bad
/// escape.
char* PercentDecodeTo(std::string_view raw, Plus plus, char* out);
/// Encodes all but the unreserved characters of RFC 3986 (A-Z a-z 0-9 - _ . ~); '/' stays if asked.
enum class Slash { kEncode, kKeep };
std::string PercentEncode(std::string_view text, Slash slash = Slash::kEncode);

/// A body that is taken piece by piece, at the pace of whoever consumes it: what arrives (a request's, an
/// answer's to us) as well as what goes out, so that a proxy hands the one on as the other.
///
/// Thread: the request's loop.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// How long it is in all, where that is known before it has been read.
  virtual std::optional<std::uint64_t> content_length() const { return std::nullopt; }
  /// The next bytes; empty at the end. Valid until the next call. Throwing breaks off whatever it feeds.
  virtual runtime::Task<std::string_view> Read() = 0;
};

/// The bytes of a request's body.
///
/// Errors: both readers throw AwsError for malformed framing, for a body that comes too slowly or breaks off,
/// and when the memory for bodies is used up; ConnectionClosed when there is nobody to answer.
class BodyReader : public BodySource {
 public:
  /// The whole body in one piece; at least 64 readable bytes follow it (simdjson's padding).
  /// nullopt when it is longer than `limit` bytes (found before reading where Content-Length tells).
  virtual runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) = 0;
  /// Whose request it is has been found out: more of it may be held in memory.
  virtual void CallerKnown() {}
  /// From here on the connection may be silent for so long, within this request and between the next ones.
  virtual void AllowSilence([[maybe_unused]] std::chrono::seconds silence) {}
};

/// The client closed or broke the connection: there is nobody to answer.
struct ConnectionClosed {};

/// A connection's bytes in both directions, once HTTP has let go of it: after a 101, or from its start.
///
/// One read and one write may be under way at once. What is not read is not received (back-pressure).
/// Thread: the connection's loop.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// The next bytes; empty at the end, or when the connection is broken. Valid until the next call.
  virtual runtime::Task<std::string_view> Read() = 0;
  /// Done when the system has taken them all; false when the connection is broken. `bytes` outlive it.
  virtual runtime::Task<bool> Write(std::string_view bytes) = 0;
  /// The end that Read told of was no end: the connection was broken off on this side.
  virtual bool aborted() const = 0;
  /// No more will be written; reading goes on.
  virtual runtime::Task<void> FinishWriting() = 0;
  /// Breaks the connection; what waits on it ends.
  virtual void Abort() = 0;
  /// Of a client's connection; null for one of ours.
  virtual const ConnectionInfo* connection() const { return nullptr; }
};

/// Who goes on with a connection when the head of its answer has been sent. The request is over then: views
/// into it have ended.
class Takeover {
 public:
  virtual ~Takeover() = default;
  /// The connection ends when this does, without regard to what it throws.
  virtual runtime::Task<void> Run(ByteStream& client) = 0;
};

/// An open file that a response sends a part of; closes it when destroyed.
class FileSegment {
 public:
  FileSegment(int fd, std::uint64_t offset, std::uint64_t size) : fd_(fd), offset_(offset), size_(size) {}
  FileSegment(FileSegment&& other) noexcept;
  FileSegment& operator=(FileSegment&& other) noexcept;
  ~FileSegment();
  int fd() const { return fd_; }
  std::uint64_t offset() const { return offset_; }
  std::uint64_t size() const { return size_; }

 private:
  int fd_ = -1;
  std::uint64_t offset_ = 0;
  std::uint64_t size_ = 0;
};

/// What a service answers. The session adds Content-Length, Date, Connection and the access line.
struct HttpResponse {
  int status = 200;
  std::string reason;     // empty: the usual one
  bool has_date = false;  // `headers` has one: none is added
  std::string headers;    // complete lines: "ETag: \"...\"\r\n"; filled by AddHeader
  std::string body;       // the whole body, unless `files` or `source` is set

  std::vector<FileSegment> files;      // sent one after the other, by sendfile where it can
  std::unique_ptr<BodySource> source;  // streamed; chunked unless it knows its length
  std::unique_ptr<Takeover> takeover;  // with 101: no body, and no more HTTP on this connection
  /// HEAD answers, and 304: the length to announce where no body is sent.
  std::optional<std::uint64_t> announced_length;
  bool close_connection = false;

  /// Appends one header line; CR, LF and NUL in the value are dropped, so no value can forge a header.
  void AddHeader(std::string_view name, std::string_view value);
};

}  // namespace cumulite::protocol
