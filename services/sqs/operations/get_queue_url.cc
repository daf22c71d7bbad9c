#include "services/sqs/operations/get_queue_url.h"

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members GetQueueUrlRequest::Describe() {
  using R = GetQueueUrlRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_name>("QueueName").Required(),
      Wire<&R::queue_owner_aws_account_id>("QueueOwnerAWSAccountId"),
  };
  return kMembers;
}

protocol::Members GetQueueUrlResponse::Describe() {
  using R = GetQueueUrlResponse;
  static constexpr protocol::Member kMembers[] = {Wire<&R::queue_url>("QueueUrl")};
  return kMembers;
}

runtime::Task<GetQueueUrlResponse> GetQueueUrl(SqsService& sqs, const protocol::RequestContext& context,
                                               GetQueueUrlRequest request) {
  if (!IsValidQueueName(request.queue_name)) throw QueueDoesNotExist();
  const QueueName name{request.queue_owner_aws_account_id.value_or(context.identity.account),
                       context.identity.region, request.queue_name};
  const auto queue = sqs.FindByName(name);
  if (!queue) throw QueueDoesNotExist();
  sqs.Authorize(*queue, context, "GetQueueUrl");
  co_return GetQueueUrlResponse{sqs.UrlOf(name, context)};
}

}  // namespace cumulite::sqs
