#pragma once
#include <nghttp2/nghttp2.h>
#include <openssl/ssl.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::testing {

/// A client of HTTP/2 over TLS, blocking: requests by nghttp2, or frames as a test makes them up. Whatever it
/// waits for, it gives up after ten seconds.
class Http2Client {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;
  struct Answer {
    int status = 0;
    Fields head;
    Fields trailers;
    std::string body;
    bool closed = false;
    std::uint32_t error_code = 0;
    /// The first of that name, empty when absent.
    std::string Header(std::string_view name) const;
  };
  enum class Window { kOpens, kStays };  // kStays: what arrives is never said to have been taken

  explicit Http2Client(std::uint16_t port, Window window = Window::kOpens);
  Http2Client(const Http2Client&) = delete;
  Http2Client& operator=(const Http2Client&) = delete;
  ~Http2Client();

  /// What ALPN settled on.
  std::string protocol() const;

  /// Sends a request and returns its stream; `fields` follow the pseudo-fields.
  std::int32_t Begin(std::string method, std::string path, Fields fields = {}, std::string body = {},
                     Fields trailers = {});
  /// Until the stream has ended, or the connection.
  Answer Finish(std::int32_t stream);
  Answer Send(std::string method, std::string path, Fields fields = {}, std::string body = {});
  void Reset(std::int32_t stream, std::uint32_t error_code);
  /// Sends and receives until that many bytes of body have come on the stream; false when that does not
  /// happen.
  bool WaitForBody(std::int32_t stream, std::size_t bytes);

  /// Frames of the test's own, after the preface.
  bool SendFrame(std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string_view payload);
  bool SendRaw(std::string_view bytes);
  /// Receives until the server has closed; true when it did.
  bool Closed();
  /// Of the GOAWAY that came; 0xffffffff when none did.
  std::uint32_t goaway() const { return goaway_; }

 private:
  struct Body {
    std::string left;
    Fields trailers;
  };
  struct Callbacks;

  bool Flush();
  bool Receive();
  Answer& AnswerOf(std::int32_t stream) { return answers_[stream]; }

  const Window window_;
  int fd_ = -1;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  nghttp2_session* session_ = nullptr;
  std::map<std::int32_t, Answer> answers_;
  std::map<std::int32_t, Body> bodies_;
  std::uint32_t goaway_ = 0xffffffff;
};

}  // namespace cumulite::testing
