#pragma once
#include <cstddef>

namespace cumulite::runtime {

/// Memory for coroutine frames, of which a request takes a score: lists of this thread, a few nanoseconds a
/// frame instead of a call to malloc. Frames beyond what a busy thread needs go back to malloc.
///
/// Thread: any; a frame may be given back on another thread than it was taken on.
class FramePool {
 public:
  static void* Take(std::size_t size);
  static void Give(void* frame, std::size_t size) noexcept;
};

}  // namespace cumulite::runtime
