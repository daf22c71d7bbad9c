#include "services/sqs/operations/set_queue_attributes.h"

#include "services/sqs/redrive_check.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members SetQueueAttributesRequest::Describe() {
  using R = SetQueueAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::attributes>("Attributes").InQuery("Attribute").Flattened().Entries("Name", "Value").Required(),
  };
  return kMembers;
}

runtime::Task<SetQueueAttributesResponse> SetQueueAttributes(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             SetQueueAttributesRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "SetQueueAttributes");
  QueueAttributes checked = queue->description()->attributes;
  checked.Apply(request.attributes, QueueAttributes::Occasion::kSet);
  if (request.attributes.contains("RedrivePolicy")) CheckRedrive(sqs, queue->name(), checked);
  const auto change = [&](Queue::Description& description) {
    description.modified_at = sqs.clock().Now();
    description.attributes.Apply(request.attributes, QueueAttributes::Occasion::kSet);
    return sqs.store().JournalAttributes(queue->number(), description.attributes.values(),
                                         description.modified_at);
  };
  co_await sqs.CommitChange(queue, change);
  co_return SetQueueAttributesResponse{};
}

}  // namespace cumulite::sqs
