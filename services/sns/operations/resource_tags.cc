#include "services/sns/operations/resource_tags.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members TagResourceRequest::Describe() {
  using T = TagResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Range(1, 1011),
      Wire<&T::tags>("Tags").Required(),
  };
  return kMembers;
}

protocol::Members UntagResourceRequest::Describe() {
  using T = UntagResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Range(1, 1011),
      Wire<&T::tag_keys>("TagKeys").Required(),
  };
  return kMembers;
}

protocol::Members ListTagsForResourceRequest::Describe() {
  using T = ListTagsForResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Range(1, 1011),
  };
  return kMembers;
}

protocol::Members ListTagsForResourceResponse::Describe() {
  using T = ListTagsForResourceResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tags>("Tags").KeepEmpty(),
  };
  return kMembers;
}

namespace {

/// Tags speak of resources, and miss them in words of their own.
TopicPtr OpenResource(const SnsService& sns, const std::string& arn, const protocol::RequestContext& context,
                      std::string_view action) {
  CheckTopicArn(arn, "ResourceArn", context);
  TopicPtr topic = sns.store().FindTopic(arn);
  if (!topic) throw AwsError(kResourceNotFound, "Resource does not exist");
  Authorize(*topic, context, action);
  return topic;
}

}  // namespace

runtime::Task<TagResourceResponse> TagResource(SnsService& sns, const protocol::RequestContext& context,
                                               TagResourceRequest request) {
  const TopicPtr topic = OpenResource(sns, request.resource_arn, context, "TagResource");
  const AttributeMap tags = ReadTags(request.tags);
  const auto change = [&](Topic& changed) {
    for (const auto& [key, value] : tags) changed.tags[key] = value;
    CheckTagCount(changed.tags);
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return TagResourceResponse{};
}

runtime::Task<UntagResourceResponse> UntagResource(SnsService& sns, const protocol::RequestContext& context,
                                                   UntagResourceRequest request) {
  const TopicPtr topic = OpenResource(sns, request.resource_arn, context, "UntagResource");
  const auto change = [&](Topic& changed) {
    for (const std::string& key : request.tag_keys) changed.tags.erase(key);
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return UntagResourceResponse{};
}

runtime::Task<ListTagsForResourceResponse> ListTagsForResource(SnsService& sns,
                                                               const protocol::RequestContext& context,
                                                               ListTagsForResourceRequest request) {
  const TopicPtr topic = OpenResource(sns, request.resource_arn, context, "ListTagsForResource");
  ListTagsForResourceResponse response;
  for (const auto& [key, value] : topic->tags) response.tags.push_back({key, value});
  co_return response;
}

}  // namespace cumulite::sns
