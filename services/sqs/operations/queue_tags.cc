#include "services/sqs/operations/queue_tags.h"

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"
#include "services/sqs/tags.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members TagQueueRequest::Describe() {
  using R = TagQueueRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      // SDKs of the Query protocol send Tags.1.Key, the API Reference shows Tag.1.Key: AWS takes both.
      Wire<&R::tags>("Tags").Flattened().Entries("Key", "Value"),
      Wire<&R::documented_tags>("Tag").Flattened().Entries("Key", "Value"),
  };
  return kMembers;
}

protocol::Members UntagQueueRequest::Describe() {
  using R = UntagQueueRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::tag_keys>("TagKeys").InQuery("TagKey").Flattened().Required(),
  };
  return kMembers;
}

protocol::Members ListQueueTagsRequest::Describe() {
  using R = ListQueueTagsRequest;
  static constexpr protocol::Member kMembers[] = {Wire<&R::queue_url>("QueueUrl")};
  return kMembers;
}

protocol::Members ListQueueTagsResponse::Describe() {
  using R = ListQueueTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::tags>("Tags").InQuery("Tag").Flattened().Entries("Key", "Value"),
  };
  return kMembers;
}

runtime::Task<TagQueueResponse> TagQueue(SqsService& sqs, const protocol::RequestContext& context,
                                         TagQueueRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "TagQueue");
  request.tags.merge(request.documented_tags);
  if (request.tags.empty()) throw Missing("Tags");
  const auto change = [&](Queue::Description& description) {
    for (const auto& [key, value] : request.tags) description.tags[key] = value;
    CheckTags(description.tags);
    return sqs.store().JournalTags(queue->number(), description.tags);
  };
  co_await sqs.CommitChange(queue, change);
  co_return TagQueueResponse{};
}

runtime::Task<UntagQueueResponse> UntagQueue(SqsService& sqs, const protocol::RequestContext& context,
                                             UntagQueueRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "UntagQueue");
  if (request.tag_keys.empty()) throw Missing("TagKeys");
  const auto change = [&](Queue::Description& description) {
    for (const std::string& key : request.tag_keys) description.tags.erase(key);
    return sqs.store().JournalTags(queue->number(), description.tags);
  };
  co_await sqs.CommitChange(queue, change);
  co_return UntagQueueResponse{};
}

runtime::Task<ListQueueTagsResponse> ListQueueTags(SqsService& sqs, const protocol::RequestContext& context,
                                                   ListQueueTagsRequest request) {
  const auto queue = sqs.Find(request.queue_url, context, "ListQueueTags");
  co_return ListQueueTagsResponse{queue->description()->tags};
}

}  // namespace cumulite::sqs
