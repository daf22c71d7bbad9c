#include "runtime/frame_pool.h"

#include <array>
#include <cstdint>
#include <new>

namespace cumulite::runtime {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kLargestFrame = 0;  // each frame is malloc's own, so that the sanitizer sees its end
#else
constexpr std::size_t kLargestFrame = 2048;
#endif
constexpr std::size_t kGrain = 64;
/// Of each size; the coroutines of some connections that are served at the same time.
constexpr std::uint32_t kMaxSpare = 64;

/// Frames of one size that are not in use, linked through their first bytes.
struct Spare {
  struct Link {
    Link* next;
  };
  Link* first = nullptr;
  std::uint32_t count = 0;
};

struct Lists {
  std::array<Spare, 2048 / kGrain> by_size;

  Lists() = default;
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;
  ~Lists() {
    for (Spare& spare : by_size) {
      spare.count = kMaxSpare;  // what ends after this goes to malloc
      while (Spare::Link* const link = spare.first) {
        spare.first = link->next;
        ::operator delete(link);
      }
    }
  }
};

thread_local Lists lists;

std::size_t IndexOf(std::size_t size) { return static_cast<std::uint32_t>(size - 1) / kGrain; }

}  // namespace

void* FramePool::Take(std::size_t size) {
  if (size > kLargestFrame) return ::operator new(size);
  const std::size_t index = IndexOf(size);
  Spare& spare = lists.by_size[index];
  Spare::Link* const link = spare.first;
  if (link == nullptr) return ::operator new((index + 1) * kGrain);
  spare.first = link->next;
  --spare.count;
  return link;
}

void FramePool::Give(void* frame, std::size_t size) noexcept {
  if (size > kLargestFrame) return ::operator delete(frame);
  Spare& spare = lists.by_size[IndexOf(size)];
  if (spare.count >= kMaxSpare) return ::operator delete(frame);
  auto* const link = static_cast<Spare::Link*>(frame);
  link->next = spare.first;
  spare.first = link;
  ++spare.count;
}

}  // namespace cumulite::runtime
