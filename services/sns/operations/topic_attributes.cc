#include "services/sns/operations/topic_attributes.h"

#include "services/sns/archive_policy.h"
#include "services/sns/errors.h"
#include "services/sns/sns_service.h"
#include "services/sns/topic_attributes.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members GetTopicAttributesRequest::Describe() {
  using T = GetTopicAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
  };
  return kMembers;
}

protocol::Members GetTopicAttributesResponse::Describe() {
  using T = GetTopicAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members SetTopicAttributesRequest::Describe() {
  using T = SetTopicAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::attribute_name>("AttributeName").Required(),
      Wire<&T::attribute_value>("AttributeValue"),
  };
  return kMembers;
}

runtime::Task<GetTopicAttributesResponse> GetTopicAttributes(SnsService& sns,
                                                             const protocol::RequestContext& context,
                                                             GetTopicAttributesRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "GetTopicAttributes");
  GetTopicAttributesResponse response;
  response.attributes = ShowTopicAttributes(*topic, sns.store().CountSubscriptions(topic->arn));
  ShowArchiveBeginning(*topic, sns.clock().Now(), response.attributes);
  co_return response;
}

runtime::Task<SetTopicAttributesResponse> SetTopicAttributes(SnsService& sns,
                                                             const protocol::RequestContext& context,
                                                             SetTopicAttributesRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "SetTopicAttributes");
  const std::string& name = request.attribute_name;
  if (!IsTopicAttribute(name) || name == "FifoTopic") throw Invalid("AttributeName");
  const std::string value =
      CheckTopicAttribute(name, request.attribute_value.value_or(""), topic->fifo(), "");
  const auto change = [&](Topic& changed) {
    if (value.empty()) {
      changed.attributes.erase(name);
    } else {
      changed.attributes[name] = value;
    }
    if (name == "ArchivePolicy") NoteArchiveBeginning(changed.attributes, sns.clock().Now());
  };
  co_await sns.ChangeTopic(topic->arn, change);
  co_return SetTopicAttributesResponse{};
}

}  // namespace cumulite::sns
