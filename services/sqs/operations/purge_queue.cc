#include "services/sqs/operations/purge_queue.h"

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members PurgeQueueRequest::Describe() {
  using R = PurgeQueueRequest;
  static constexpr protocol::Member kMembers[] = {Wire<&R::queue_url>("QueueUrl")};
  return kMembers;
}

runtime::Task<PurgeQueueResponse> PurgeQueue(SqsService& sqs, const protocol::RequestContext& context,
                                             PurgeQueueRequest request) {
  static constexpr std::chrono::seconds kCooldown{60};
  const auto queue = co_await sqs.Open(request.queue_url, context, "PurgeQueue");
  const TimePoint now = sqs.clock().Now();
  const auto purged_at = queue->purged_at();
  if (sqs.settings().enforce_cooldowns && purged_at && now < *purged_at + kCooldown) {
    throw AwsError(kPurgeQueueInProgress, "Only one PurgeQueue operation on " + queue->name().name +
                                              " is allowed every 60 seconds.");
  }
  const storage::Ticket ticket = queue->With(
      [&](QueueState& state) { return sqs.store().JournalPurge(queue->number(), queue->Purge(state, now)); });
  co_await sqs.Commit(queue, ticket);
  sqs.log().info("queue purged queue={}", queue->arn());
  co_return PurgeQueueResponse{};
}

}  // namespace cumulite::sqs
