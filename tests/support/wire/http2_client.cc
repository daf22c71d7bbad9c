#include "tests/support/wire/http2_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace cumulite::testing {
namespace {
std::vector<nghttp2_nv> Pairs(const Http2Client::Fields& fields) {
  std::vector<nghttp2_nv> pairs;
  for (const auto& [name, value] : fields) {
    pairs.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(),
                     value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  return pairs;
}
}  // namespace

struct Http2Client::Callbacks {
  static Http2Client& Of(void* user) { return *static_cast<Http2Client*>(user); }

  static int Header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                    std::size_t name_size, const std::uint8_t* value, std::size_t value_size, std::uint8_t,
                    void* user) {
    Answer& answer = Of(user).AnswerOf(frame->hd.stream_id);
    std::string key(reinterpret_cast<const char*>(name), name_size);
    std::string text(reinterpret_cast<const char*>(value), value_size);
    if (key == ":status") {
      answer.status = std::stoi(text);
    } else if (frame->headers.cat == NGHTTP2_HCAT_RESPONSE) {
      answer.head.emplace_back(std::move(key), std::move(text));
    } else {
      answer.trailers.emplace_back(std::move(key), std::move(text));
    }
    return 0;
  }
  static int Data(nghttp2_session* session, std::uint8_t, std::int32_t id, const std::uint8_t* data,
                  std::size_t size, void* user) {
    Http2Client& self = Of(user);
    self.AnswerOf(id).body.append(reinterpret_cast<const char*>(data), size);
    if (self.window_ == Window::kOpens) nghttp2_session_consume(session, id, size);
    return 0;
  }
  static int Closed(nghttp2_session*, std::int32_t id, std::uint32_t error_code, void* user) {
    Answer& answer = Of(user).AnswerOf(id);
    answer.closed = true;
    answer.error_code = error_code;
    return 0;
  }
  static int Frame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
    if (frame->hd.type == NGHTTP2_GOAWAY) Of(user).goaway_ = frame->goaway.error_code;
    return 0;
  }
  static ssize_t Body(nghttp2_session* session, std::int32_t id, std::uint8_t* to, std::size_t size,
                      std::uint32_t* flags, nghttp2_data_source*, void* user) {
    Http2Client::Body& body = Of(user).bodies_[id];
    const std::size_t taken = std::min(size, body.left.size());
    std::copy_n(body.left.data(), taken, to);
    body.left.erase(0, taken);
    if (!body.left.empty()) return static_cast<ssize_t>(taken);
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (!body.trailers.empty()) {
      *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      const std::vector<nghttp2_nv> pairs = Pairs(body.trailers);
      nghttp2_submit_trailer(session, id, pairs.data(), pairs.size());
    }
    return static_cast<ssize_t>(taken);
  }
};

std::string Http2Client::Answer::Header(std::string_view name) const {
  for (const auto& [key, value] : head) {
    if (key == name) return value;
  }
  return {};
}

Http2Client::Http2Client(std::uint16_t port, Window window) : window_(window) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  timeval patience{10, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
  context_ = SSL_CTX_new(TLS_client_method());
  static constexpr unsigned char kOffer[] = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(context_, kOffer, sizeof kOffer - 1);
  ssl_ = SSL_new(context_);
  SSL_set_fd(ssl_, fd_);
  if (SSL_connect(ssl_) != 1) return;
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::Header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Callbacks::Data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::Closed);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::Frame);
  nghttp2_option* option = nullptr;
  nghttp2_option_new(&option);
  nghttp2_option_set_no_auto_window_update(option, 1);
  nghttp2_option_set_max_send_header_block_length(option, 1 << 20);
  nghttp2_session_client_new2(&session_, callbacks, this, option);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  Flush();
}

Http2Client::~Http2Client() {
  nghttp2_session_del(session_);
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  ::close(fd_);
}

std::string Http2Client::protocol() const {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_, &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

bool Http2Client::SendRaw(std::string_view bytes) {
  return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

bool Http2Client::SendFrame(std::uint8_t type, std::uint8_t flags, std::int32_t stream,
                            std::string_view payload) {
  std::string frame;
  const std::size_t size = payload.size();
  for (const int shift : {16, 8, 0}) frame += static_cast<char>((size >> shift) & 0xff);
  frame += static_cast<char>(type);
  frame += static_cast<char>(flags);
  for (const int shift : {24, 16, 8, 0}) frame += static_cast<char>((stream >> shift) & 0xff);
  return SendRaw(frame.append(payload));
}

bool Http2Client::Flush() {
  if (session_ == nullptr) return false;  // no connection: what is asked for does not come
  for (;;) {
    const std::uint8_t* bytes = nullptr;
    const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
    if (size < 0) return false;
    if (size == 0) return true;
    if (!SendRaw({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)})) return false;
  }
}

bool Http2Client::Receive() {
  if (session_ == nullptr) return false;
  char bytes[16 << 10];
  const int size = SSL_read(ssl_, bytes, sizeof bytes);
  if (size <= 0) return false;
  const ssize_t used = nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes),
                                                static_cast<std::size_t>(size));
  return used == size && Flush();
}

std::int32_t Http2Client::Begin(std::string method, std::string path, Fields fields, std::string body,
                                Fields trailers) {
  if (session_ == nullptr) return -1;
  Fields all = {{":method", std::move(method)},
                {":scheme", "https"},
                {":authority", "www.example.com"},
                {":path", std::move(path)}};
  all.insert(all.end(), fields.begin(), fields.end());
  const std::vector<nghttp2_nv> pairs = Pairs(all);
  nghttp2_data_provider provider{};
  provider.read_callback = &Callbacks::Body;
  const bool with_body = !body.empty() || !trailers.empty();
  const std::int32_t id = nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(),
                                                 with_body ? &provider : nullptr, nullptr);
  bodies_[id] = {std::move(body), std::move(trailers)};
  Flush();
  return id;
}

Http2Client::Answer Http2Client::Finish(std::int32_t stream) {
  while (!AnswerOf(stream).closed && Receive()) {
  }
  return AnswerOf(stream);
}

Http2Client::Answer Http2Client::Send(std::string method, std::string path, Fields fields, std::string body) {
  return Finish(Begin(std::move(method), std::move(path), std::move(fields), std::move(body)));
}

void Http2Client::Reset(std::int32_t stream, std::uint32_t error_code) {
  if (session_ == nullptr) return;
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, error_code);
  Flush();
}

bool Http2Client::WaitForBody(std::int32_t stream, std::size_t bytes) {
  while (AnswerOf(stream).body.size() < bytes) {
    if (!Receive()) return false;
  }
  return true;
}

bool Http2Client::Closed() {
  while (Receive()) {
  }
  return SSL_get_error(ssl_, -1) != SSL_ERROR_WANT_READ && errno != EAGAIN;
}

}  // namespace cumulite::testing
