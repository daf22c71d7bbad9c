#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "services/sns/fan_out.h"
#include "services/sns/sns_store.h"
#include "services/storage/outbox.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::sns {

/// What a ReplayPolicy asks for: the archived messages of a span of time.
struct ReplaySpan {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};
/// Reads {"PointType":"Timestamp","StartingPoint":"2024-01-01T00:00:00Z"}, with EndingPoint or up to `now`.
/// Errors: InvalidParameter; `where` begins its text.
/// Source: SNS Developer Guide "Amazon SNS message replay for FIFO topic subscribers".
ReplaySpan ReadReplayPolicy(std::string_view json, base::TimePoint now, std::string_view where);

/// Delivers what a topic has archived once more, to one subscription and in the order of publishing.
///
/// Differs from AWS: messages that are published meanwhile do not wait for its end.
/// Thread: any I/O thread.
class Replay {
 public:
  Replay(storage::Database& database, storage::Writer& writer, SnsStore& store, storage::Outbox& outbox,
         FanOut& fan_out, const base::Clock& clock);

  /// The kind of the outbox row that stands for a replay under way.
  static constexpr std::string_view kKind = "replay";
  /// Inside the job that stores the policy.
  void Begin(const Subscription& subscription, const ReplaySpan& span);
  /// Delivers a page, and comes again for the next.
  runtime::Task<storage::OutboxVerdict> Continue(storage::OutboxEvent event);

 private:
  storage::Writer& writer_;
  SnsStore& store_;
  storage::Outbox& outbox_;
  FanOut& fan_out_;
  const base::Clock& clock_;
  storage::ReadStatement page_;
};

}  // namespace cumulite::sns
