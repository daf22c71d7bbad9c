#include "services/sqs/operations/delete_queue.h"

#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members DeleteQueueRequest::Describe() {
  using R = DeleteQueueRequest;
  static constexpr protocol::Member kMembers[] = {Wire<&R::queue_url>("QueueUrl")};
  return kMembers;
}

runtime::Task<DeleteQueueResponse> DeleteQueue(SqsService& sqs, const protocol::RequestContext& context,
                                               DeleteQueueRequest request) {
  const auto queue = sqs.Find(request.queue_url, context, "DeleteQueue");
  const storage::Ticket ticket = sqs.Delete(queue);
  co_await sqs.CommitDeletion(queue, ticket);
  co_return DeleteQueueResponse{};
}

}  // namespace cumulite::sqs
