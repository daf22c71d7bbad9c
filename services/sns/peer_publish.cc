// How other services publish to topics.
#include <utility>

#include "services/peer_attributes.h"
#include "services/sns/access.h"
#include "services/sns/publish_rules.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
namespace {

PublishInput Input(services::TopicMessage& message) {
  PublishInput input;
  input.message = std::move(message.body);
  if (!message.subject.empty()) input.subject = std::move(message.subject);
  services::TakeAttributes(message.attributes, input.attributes);
  if (!message.group.empty()) input.group = std::move(message.group);
  if (!message.deduplication_id.empty()) input.deduplication_id = std::move(message.deduplication_id);
  return input;
}

}  // namespace

runtime::Task<SnsService::Outcome> SnsService::Publish(services::TopicMessage message) {
  try {
    const TopicPtr topic = store_.FindTopic(message.topic_arn);
    if (!topic) co_return Outcome::kNoTopic;
    if (message.strict && !MayPublish(*topic, message, clock_.Now())) co_return Outcome::kDenied;
    std::vector<Message> messages;
    messages.push_back(ReadMessage(
        Input(message), topic.get(),
        {.now = clock_.Now(), .trace_header = {}, .address = message.address, .strict = message.strict}));
    auto publishing = publisher_.Publish(topic, std::move(messages));
    co_await publishing;
    co_return Outcome::kPublished;
  } catch (const protocol::AwsError&) {
    co_return Outcome::kRejected;
  } catch (const std::exception& failure) {
    log_.warn("publishing for another service failed topic={}: {}", message.topic_arn, failure.what());
    co_return Outcome::kFailed;
  }
}

}  // namespace cumulite::sns
