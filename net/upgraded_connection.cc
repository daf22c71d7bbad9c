#include "net/upgraded_connection.h"

#include "net/connection_pool.h"
#include "net/io_loop.h"

namespace cumulite::net {
namespace {
constexpr std::size_t kReadAhead = 16 << 10;

class UpgradedConnection final : public protocol::ByteStream, public Watched {
 public:
  UpgradedConnection(IoLoop& loop, std::unique_ptr<ClientConnection> connection)
      : loop_(loop), connection_(std::move(connection)), position_(loop.Add(*this)) {}
  ~UpgradedConnection() override { loop_.Remove(position_); }

  // protocol::ByteStream
  runtime::Task<std::string_view> Read() override {
    ReadBuffer& in = connection_->in;
    if (in.unread().empty()) {
      in.Reserve(kReadAhead);
      Stream::ReadAwaiter read = connection_->stream.Read(in.space(), in.space_size());
      in.Filled(co_await read);
    }
    const std::string_view bytes = in.unread();
    in.Consume(bytes.size());
    co_return bytes;
  }
  runtime::Task<bool> Write(std::string_view bytes) override {
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};  // iovec has no const form
    runtime::Task<bool> written = connection_->stream.Write({&piece, 1});
    co_return co_await written;
  }
  runtime::Task<void> FinishWriting() override { return connection_->stream.ShutdownWrite(); }
  bool aborted() const override { return aborted_; }
  /// Of Watched, too.
  void Abort() override {
    aborted_ = true;
    connection_->stream.Abort();
  }

  // Watched
  Deadline deadline() const override { return Deadline::max(); }
  bool Expired(Deadline) override { return false; }

 private:
  IoLoop& loop_;
  const std::unique_ptr<ClientConnection> connection_;
  const std::list<Watched*>::iterator position_;
  bool aborted_ = false;
};
}  // namespace

std::unique_ptr<protocol::ByteStream> Upgrade(IoLoop& loop, std::unique_ptr<ClientConnection> connection) {
  if (!connection) return nullptr;
  return std::make_unique<UpgradedConnection>(loop, std::move(connection));
}

}  // namespace cumulite::net
