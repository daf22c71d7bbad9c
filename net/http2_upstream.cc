#include "net/http2_upstream.h"

#include "net/io_loop.h"

namespace cumulite::net {

std::shared_ptr<Http2Upstream> Http2Upstream::Start(IoLoop& loop,
                                                    std::unique_ptr<ClientConnection> connection,
                                                    std::chrono::seconds idle_timeout) {
  auto made = std::make_shared<Http2Upstream>(loop, std::move(connection), idle_timeout);
  Run(made).Detach();
  return made;
}

Http2Upstream::Http2Upstream(IoLoop& loop, std::unique_ptr<ClientConnection> connection,
                             std::chrono::seconds idle_timeout)
    : Http2Connection(Side::kClient, connection->stream, connection->in, loop),
      loop_(loop),
      connection_(std::move(connection)),
      idle_timeout_(idle_timeout),
      position_(loop.Add(*this)) {
  const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0}};
  nghttp2_submit_settings(native(), NGHTTP2_FLAG_NONE, settings, std::size(settings));
}

Http2Upstream::~Http2Upstream() { loop_.Remove(position_); }

runtime::Task<void> Http2Upstream::Run(std::shared_ptr<Http2Upstream> self) {
  runtime::Task<bool> conversation = self->Converse();
  co_await conversation;
  self->connection_->stream.Abort();
}

bool Http2Upstream::Serves(const std::string& origin, const ClientTls* tls) const {
  return connection_->origin == origin && connection_->tls.get() == tls;
}

bool Http2Upstream::usable() { return !over() && nghttp2_session_check_request_allowed(native()) != 0; }

std::shared_ptr<Http2Stream> Http2Upstream::Request(Http2Lines& head, bool with_body) {
  auto stream = std::make_shared<Http2Stream>(*this);
  if (!stream->Ask(head, with_body)) return nullptr;
  Adopt(stream);
  used_ = true;
  Flush();
  return stream;
}

void Http2Upstream::OnLastStream() {
  idle_until_ = Connection::In(idle_timeout_);
  loop_.Expect(idle_until_);
}

bool Http2Upstream::Expired(Deadline now) { return idle_until_ <= now; }

std::shared_ptr<Http2Upstream> Http2Pool::Find(const std::string& origin, const ClientTls* tls) {
  std::shared_ptr<Http2Upstream> found;
  std::erase_if(all_, [&](const std::weak_ptr<Http2Upstream>& weak) {
    const std::shared_ptr<Http2Upstream> upstream = weak.lock();
    if (!upstream || !upstream->usable()) return true;
    if (!found && upstream->Serves(origin, tls)) found = upstream;
    return false;
  });
  return found;
}

}  // namespace cumulite::net
