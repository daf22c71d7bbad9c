#include "services/sns/operations/delete_topic.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members DeleteTopicRequest::Describe() {
  using T = DeleteTopicRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
  };
  return kMembers;
}

runtime::Task<DeleteTopicResponse> DeleteTopic(SnsService& sns, const protocol::RequestContext& context,
                                               DeleteTopicRequest request) {
  CheckTopicArn(request.topic_arn, "TopicArn", context);
  const TopicPtr topic = sns.store().FindTopic(request.topic_arn);
  if (!topic) co_return DeleteTopicResponse{};
  Authorize(*topic, context, "DeleteTopic");
  if (topic->archives()) {
    throw AwsError(kInvalidState, "Invalid state: The topic has an active archive policy.");
  }
  const auto erase = [&] { sns.store().EraseTopic(request.topic_arn); };
  co_await sns.Change(request.topic_arn, erase, storage::Room::kMakes);
  sns.log().info("topic deleted topic={}", request.topic_arn);
  co_return DeleteTopicResponse{};
}

}  // namespace cumulite::sns
