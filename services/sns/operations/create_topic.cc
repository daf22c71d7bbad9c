#include "services/sns/operations/create_topic.h"

#include "protocol/http.h"
#include "services/sns/access.h"
#include "services/sns/archive_policy.h"
#include "services/sns/data_protection.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"
#include "services/sns/topic_attributes.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members CreateTopicRequest::Describe() {
  using T = CreateTopicRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name").Required(),
      Wire<&T::attributes>("Attributes"),
      Wire<&T::tags>("Tags"),
      Wire<&T::data_protection_policy>("DataProtectionPolicy"),
  };
  return kMembers;
}

protocol::Members CreateTopicResponse::Describe() {
  using T = CreateTopicResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn"),
  };
  return kMembers;
}

namespace {

Topic ReadTopic(const SnsService& sns, const protocol::RequestContext& context, CreateTopicRequest& request) {
  Topic topic;
  const auto wanted = request.attributes.find("FifoTopic");
  const bool fifo = wanted != request.attributes.end() && protocol::EqualsIgnoreCase(wanted->second, "true");
  if (!IsTopicName(request.name, fifo)) throw Invalid("Topic Name");
  topic.arn = TopicArn(context.identity, request.name);
  topic.account = context.identity.account;
  topic.region = context.identity.region;
  for (auto& [name, value] : request.attributes) {
    if (!IsTopicAttribute(name)) throw Invalid("Attributes", "Unknown attribute " + name);
    topic.attributes[name] = CheckTopicAttribute(name, std::move(value), fifo, "Attributes Reason: ");
  }
  topic.tags = ReadTags(request.tags);
  CheckTagCount(topic.tags);
  topic.data_protection_policy = request.data_protection_policy.value_or("");
  if (!topic.data_protection_policy.empty()) CheckDataProtectionPolicy(topic.data_protection_policy);
  topic.created = sns.clock().Now();
  return topic;
}

/// What a CreateTopic must be when there is such a topic already.
void CheckSame(const Topic& current, const Topic& wanted) {
  if (!HasTopicAttributes(current.attributes, wanted.attributes)) {
    throw Invalid("Attributes", "Topic already exists with different attributes");
  }
  for (const auto& [key, value] : wanted.tags) {
    const auto found = current.tags.find(key);
    if (found == current.tags.end() || found->second != value) {
      throw Invalid("Tags", "Topic already exists with different tags");
    }
  }
}

/// Settings that say the default are not kept; a FIFO topic stays one.
void DropDefaults(AttributeMap& attributes) {
  std::erase_if(attributes, [](const auto& attribute) {
    return attribute.second.empty() || (attribute.first == "FifoTopic" && attribute.second == "false");
  });
}

}  // namespace

runtime::Task<CreateTopicResponse> CreateTopic(SnsService& sns, const protocol::RequestContext& context,
                                               CreateTopicRequest request) {
  AuthorizeOwn(context, "CreateTopic");
  Topic topic = ReadTopic(sns, context, request);
  const auto create = [&] {
    if (const auto current = sns.store().LoadTopic(topic.arn)) {
      CheckSame(*current, topic);
      return false;
    }
    DropDefaults(topic.attributes);
    NoteArchiveBeginning(topic.attributes, topic.created);
    sns.store().InsertTopic(topic);
    return true;
  };
  if (co_await sns.Change(topic.arn, create)) sns.log().info("topic created topic={}", topic.arn);
  co_return CreateTopicResponse{topic.arn};
}

}  // namespace cumulite::sns
