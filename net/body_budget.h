#pragma once
#include <atomic>
#include <cstddef>
#include <utility>

namespace cumulite::net {

/// How much memory the requests under way may hold, over all connections: large heads, and bodies that are
/// buffered. Callers who are not known yet share the smaller part of it. Thread: any.
class BodyBudget {
 public:
  struct Limits {
    std::size_t unknown = std::size_t{128} << 20;
    std::size_t all = std::size_t{512} << 20;
  };

  explicit BodyBudget(const Limits& limits) : limits_(limits) {}

  /// What one request holds. Thread: its session's.
  class Share {
   public:
    explicit Share(BodyBudget& budget) : budget_(budget) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { Release(); }

    /// Holds at least `bytes` in all; false when the budget does not have them.
    bool Grow(std::size_t bytes) { return bytes <= held_ || Take(bytes); }
    /// The caller has been identified.
    void Known() {
      if (!std::exchange(known_, true)) budget_.unknown_.fetch_sub(held_, std::memory_order_relaxed);
    }
    /// The request is over; the next one's caller is unknown again.
    void Release() {
      if (held_ > 0) budget_.all_.fetch_sub(held_, std::memory_order_relaxed);
      if (held_ > 0 && !known_) budget_.unknown_.fetch_sub(held_, std::memory_order_relaxed);
      held_ = 0;
      known_ = false;
    }

   private:
    bool Take(std::size_t bytes) {
      constexpr std::size_t kStep = 64 << 10;
      const std::size_t more = (bytes - held_ + kStep - 1) / kStep * kStep;
      const auto fits = [more](std::atomic<std::size_t>& used, std::size_t limit) {
        if (used.fetch_add(more, std::memory_order_relaxed) + more <= limit) return true;
        used.fetch_sub(more, std::memory_order_relaxed);
        return false;
      };
      if (!fits(budget_.all_, budget_.limits_.all)) return false;
      if (!known_ && !fits(budget_.unknown_, budget_.limits_.unknown)) {
        budget_.all_.fetch_sub(more, std::memory_order_relaxed);
        return false;
      }
      held_ += more;
      return true;
    }

    BodyBudget& budget_;
    std::size_t held_ = 0;
    bool known_ = false;
  };

 private:
  const Limits limits_;
  std::atomic<std::size_t> unknown_ = 0;
  std::atomic<std::size_t> all_ = 0;
};

}  // namespace cumulite::net
