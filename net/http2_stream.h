#pragma once
#include <nghttp2/nghttp2.h>

#include <coroutine>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/http.h"
#include "runtime/task.h"

namespace cumulite::net {

class Http2Connection;

/// The fields of one header block, as HPACK has decoded them: shared with its table, not copied.
class Http2Fields {
 public:
  /// How much of one block is kept, by RFC 9113's count: the head of HTTP/1 has the same limit.
  static constexpr std::size_t kMost = 64 << 10;

  Http2Fields() = default;
  Http2Fields(const Http2Fields&) = delete;
  Http2Fields& operator=(const Http2Fields&) = delete;
  ~Http2Fields() { Clear(); }

  void Add(nghttp2_rcbuf* name, nghttp2_rcbuf* value);
  void Clear();
  std::span<const protocol::HeaderField> all() const { return fields_; }
  /// A pseudo-field, empty when absent.
  std::string_view Find(std::string_view name) const;
  /// More came than is kept.
  bool too_large() const { return size_ > kMost; }
  std::size_t size() const { return size_; }

 private:
  std::vector<protocol::HeaderField> fields_;
  std::vector<nghttp2_rcbuf*> held_;
  std::size_t size_ = 0;
};

/// Fields on their way out: names in lower case, without what belongs to a connection of HTTP/1.
class Http2Lines {
 public:
  void Add(std::string_view name, std::string_view value);
  /// Complete lines: "Name: value\r\n". `skip` says which names are left out.
  template <class Skip>
  void AddLines(std::string_view lines, Skip skip) {
    while (!lines.empty()) {
      const std::string_view line = lines.substr(0, lines.find("\r\n"));
      lines.remove_prefix(std::min(line.size() + 2, lines.size()));
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0) continue;
      const std::string_view name = line.substr(0, colon);
      if (!IsOfTheConnection(name) && !skip(name)) Add(name, Trimmed(line.substr(colon + 1)));
    }
  }
  std::span<const nghttp2_nv> Make();

 private:
  static bool IsOfTheConnection(std::string_view name);
  static std::string_view Trimmed(std::string_view value);

  struct Place {
    std::size_t name_size;
    std::size_t value_size;
  };
  std::string text_;
  std::vector<Place> places_;
  std::vector<nghttp2_nv> made_;
};

/// One stream of an HTTP/2 connection: what arrives on it waits until somebody takes it, what goes out is
/// taken as the other side allows. Thread: the connection's loop.
class Http2Stream : public std::enable_shared_from_this<Http2Stream> {
 public:
  explicit Http2Stream(Http2Connection& connection, std::int32_t id = -1)
      : connection_(&connection), id_(id) {}
  Http2Stream(const Http2Stream&) = delete;
  Http2Stream& operator=(const Http2Stream&) = delete;
  virtual ~Http2Stream() = default;

  std::int32_t id() const { return id_; }
  const Http2Fields& head() const { return head_; }
  const Http2Fields& trailing_fields() const { return trailers_; }
  bool head_arrived() const { return head_arrived_; }
  /// All that the other side wanted to say has arrived.
  bool ended() const { return ended_; }
  /// Nothing goes either way any more; broken() when that came before the end.
  bool closed() const { return closed_; }
  bool broken() const { return closed_ && !(ended_ && sent_all_); }
  std::uint32_t error_code() const { return error_code_; }

  /// Waits for the head; false when the stream ends without one.
  runtime::Task<bool> ReceiveHead();
  /// The next bytes of the body, empty at its end, nullopt when it broke off or WakeReader was called.
  runtime::Task<std::optional<std::string_view>> Receive();
  std::size_t bytes_waiting() const { return arrived_.size(); }
  bool receiving() const { return reader_ != nullptr; }
  /// Ends a wait of ReceiveHead or Receive.
  void WakeReader();

  /// Sends the head of a request; false when the connection takes none.
  bool Ask(Http2Lines& head, bool with_body);
  /// Sends the head of an answer, at once with the end of the stream when there is no body.
  void Respond(Http2Lines& head, bool with_body);
  enum class End { kOpen, kLast };
  /// Done when all of it has been taken; false when it cannot be sent any more. `bytes` outlive it.
  runtime::Task<bool> Send(std::string_view bytes, End end);
  /// What follows the body; before the Send of its end.
  void SetTrailers(Http2Lines trailers) { trailing_lines_ = std::move(trailers); }
  /// Grows with every byte of the body that has been taken.
  std::uint64_t bytes_taken() const { return bytes_taken_; }
  /// Ends the stream, both ways, as soon as the other side can be told.
  void Reset(std::uint32_t error_code);
  /// The same, and whoever waits for it goes on at once, even when nothing can be written.
  void Abandon(std::uint32_t error_code);

 protected:
  /// After it has been closed, by Dispatch.
  virtual void AfterClose() {}

 private:
  friend class Http2Connection;
  class ReadAwaiter;
  class WriteAwaiter;

  nghttp2_data_provider Provider();
  static ssize_t TakeOut(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t length,
                         std::uint32_t* flags, nghttp2_data_source* source, void*);
  void Close(std::uint32_t error_code);
  void WakeWriter();

  Http2Connection* connection_;
  std::int32_t id_;
  Http2Fields head_;
  Http2Fields trailers_;
  bool head_arrived_ = false;
  bool ended_ = false;
  bool closed_ = false;
  bool sent_all_ = false;
  std::uint32_t error_code_ = 0;
  std::string arrived_;
  std::string handed_;
  std::coroutine_handle<> reader_;
  std::string_view out_;
  bool out_is_last_ = false;
  bool deferred_ = false;
  std::uint64_t bytes_taken_ = 0;
  std::optional<Http2Lines> trailing_lines_;
  std::coroutine_handle<> writer_;
};

}  // namespace cumulite::net
