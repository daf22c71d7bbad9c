#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace cumulite::sqs {

enum class QueueType : std::uint8_t { kStandard, kFifo };
enum class DeduplicationScope : std::uint8_t { kQueue, kMessageGroup };

/// The attributes of a queue that its state machine obeys.
struct QueueRules {
  QueueType type = QueueType::kStandard;
  std::chrono::seconds delay{0};
  std::chrono::seconds retention{345'600};
  DeduplicationScope deduplication_scope = DeduplicationScope::kQueue;

  /// Source: SQS Developer Guide "Amazon SQS message quotas".
  static constexpr std::size_t kMaxInFlight = 120'000;
};

/// A message may stay hidden for 12 hours from its receive, extensions included.
inline constexpr std::chrono::hours kMaxVisibilityTimeout{12};

}  // namespace cumulite::sqs
