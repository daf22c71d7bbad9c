#include "net/relay.h"

namespace cumulite::net {
namespace {
runtime::Task<void> Carry(protocol::ByteStream& from, protocol::ByteStream& to) {
  for (;;) {
    runtime::Task<std::string_view> next = from.Read();
    const std::string_view bytes = co_await next;
    if (bytes.empty()) break;
    runtime::Task<bool> written = to.Write(bytes);
    if (!co_await written) {
      from.Abort();
      co_return;
    }
  }
  if (from.aborted()) co_return to.Abort();
  runtime::Task<void> finished = to.FinishWriting();
  co_await finished;
}
}  // namespace

runtime::Task<void> Relay(protocol::ByteStream& a, protocol::ByteStream& b) {
  runtime::Task<void> there = Carry(a, b);
  runtime::Task<void> back = Carry(b, a);
  co_await there;
  co_await back;
}

}  // namespace cumulite::net
