#include "net/connection.h"

#include <cstring>

#include "base/coarse_clock.h"
#include "net/io_loop.h"

namespace cumulite::net {

void ReadBuffer::Reserve(std::size_t bytes) {
  const std::size_t content = end_ - begin_;
  if (content == 0) begin_ = end_ = 0;
  if (capacity_ - end_ >= bytes) return;
  if (capacity_ >= content + bytes) {
    std::memmove(data_.get(), data_.get() + begin_, content);
  } else {
    const std::size_t capacity = std::max(content + bytes, capacity_ * 2);
    auto grown = std::make_unique_for_overwrite<char[]>(capacity + kPadding);
    std::memset(grown.get() + capacity, 0, kPadding);
    if (content > 0) std::memcpy(grown.get(), data_.get() + begin_, content);
    data_ = std::move(grown);
    capacity_ = capacity;
  }
  begin_ = 0;
  end_ = content;
}

void ReadBuffer::Refill(std::string_view bytes) {
  Reserve(bytes.size());
  std::memcpy(space(), bytes.data(), bytes.size());
  Filled(bytes.size());
}

char* BodyBuffer::Get(std::size_t size) {
  if (capacity_ < size) {
    data_ = std::make_unique_for_overwrite<char[]>(size + ReadBuffer::kPadding);
    capacity_ = size;
  }
  return data_.get();
}

void BodyBuffer::Release() {
  constexpr std::size_t kKept = 64 << 10;
  if (capacity_ <= kKept) return;
  data_.reset();
  capacity_ = 0;
}

void Connection::SetDeadline(Deadline at) {
  deadline = at;
  loop.Expect(deadline);
}

Connection::Deadline Connection::In(std::chrono::seconds from_now) {
  return base::CoarseSteadyNow() + from_now;
}

}  // namespace cumulite::net
