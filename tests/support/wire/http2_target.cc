#include "tests/support/wire/http2_target.h"

#include <nghttp2/nghttp2.h>
#include <sys/socket.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace cumulite::testing {
namespace {
struct State {
  const Http2Target::Answers& answers;
  std::map<std::int32_t, Http2Target::Seen> seen;
  std::map<std::int32_t, Http2Target::Answer> given;
};

State& Of(void* user) { return *static_cast<State*>(user); }

std::vector<nghttp2_nv> Pairs(const Http2Target::Fields& fields) {
  std::vector<nghttp2_nv> pairs;
  for (const auto& [name, value] : fields) {
    pairs.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(),
                     value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  return pairs;
}

int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
             const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
  Of(user).seen[frame->hd.stream_id].head.emplace_back(std::string(name, name + name_size),
                                                       std::string(value, value + value_size));
  return 0;
}

int OnData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data, std::size_t size,
           void* user) {
  Of(user).seen[id].body.append(reinterpret_cast<const char*>(data), size);
  return 0;
}

ssize_t TakeBody(nghttp2_session* session, std::int32_t id, std::uint8_t* to, std::size_t size,
                 std::uint32_t* flags, nghttp2_data_source*, void* user) {
  Http2Target::Answer& answer = Of(user).given[id];
  const std::size_t taken = std::min(size, answer.body.size());
  std::copy_n(answer.body.data(), taken, to);
  answer.body.erase(0, taken);
  if (!answer.body.empty()) return static_cast<ssize_t>(taken);
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (!answer.trailers.empty()) {
    *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    const std::vector<nghttp2_nv> pairs = Pairs(answer.trailers);
    nghttp2_submit_trailer(session, id, pairs.data(), pairs.size());
  }
  return static_cast<ssize_t>(taken);
}

int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
  const bool request = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
  if (!request || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) return 0;
  State& state = Of(user);
  const std::int32_t id = frame->hd.stream_id;
  Http2Target::Answer& answer = state.given[id] = state.answers(state.seen[id]);
  if (answer.reset) return nghttp2_submit_rst_stream(session, 0, id, NGHTTP2_INTERNAL_ERROR);
  const std::vector<nghttp2_nv> pairs = Pairs(answer.head);
  nghttp2_data_provider provider{};
  provider.read_callback = &TakeBody;
  const bool with_body = !answer.body.empty() || !answer.trailers.empty();
  return nghttp2_submit_response(session, id, pairs.data(), pairs.size(), with_body ? &provider : nullptr);
}
}  // namespace

std::string Http2Target::Seen::Header(const std::string& name) const {
  for (const auto& [key, value] : head) {
    if (key == name) return value;
  }
  return {};
}

void Http2Target::Serve(int fd, const Answers& answers) {
  State state{.answers = answers, .seen = {}, .given = {}};
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, &OnHeader);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &OnData);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &OnFrame);
  nghttp2_session* session = nullptr;
  nghttp2_session_server_new(&session, callbacks, &state);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, nullptr, 0);
  for (bool open = true; open;) {
    const std::uint8_t* out = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(session, &out)) > 0) {
      ::send(fd, out, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }
    std::uint8_t bytes[16 << 10];
    const ssize_t received = ::recv(fd, bytes, sizeof bytes, 0);
    open = received > 0 &&
           nghttp2_session_mem_recv(session, bytes, static_cast<std::size_t>(received)) == received;
  }
  nghttp2_session_del(session);
}

}  // namespace cumulite::testing
