#include "services/sns/operations/publish.h"

#include "services/sns/access.h"
#include "services/sns/direct_publish.h"
#include "services/sns/errors.h"
#include "services/sns/publish_rules.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members PublishRequest::Describe() {
  using T = PublishRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn"),
      Wire<&T::target_arn>("TargetArn"),
      Wire<&T::phone_number>("PhoneNumber"),
      Wire<&T::message>("Message").Required(),
      Wire<&T::subject>("Subject"),
      Wire<&T::message_structure>("MessageStructure"),
      Wire<&T::message_attributes>("MessageAttributes").Entries("Name", "Value"),
      Wire<&T::message_deduplication_id>("MessageDeduplicationId"),
      Wire<&T::message_group_id>("MessageGroupId"),
  };
  return kMembers;
}

protocol::Members PublishResponse::Describe() {
  using T = PublishResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::message_id>("MessageId"),
      Wire<&T::sequence_number>("SequenceNumber"),
  };
  return kMembers;
}

namespace {

/// The one of TopicArn, TargetArn and PhoneNumber that a request has.
/// Errors: InvalidParameter.
void CheckOneTarget(const PublishRequest& request) {
  const int targets =
      (request.topic_arn ? 1 : 0) + (request.target_arn ? 1 : 0) + (request.phone_number ? 1 : 0);
  if (targets == 1) return;
  if (targets == 0) throw Invalid("TopicArn or TargetArn", "no value for required parameter");
  throw Invalid("Only one of TopicArn, TargetArn or PhoneNumber may be given");
}

PublishInput Input(PublishRequest& request) {
  return {.message = std::move(request.message),
          .subject = std::move(request.subject),
          .message_structure = std::move(request.message_structure),
          .attributes = std::move(request.message_attributes),
          .deduplication_id = std::move(request.message_deduplication_id),
          .group = std::move(request.message_group_id)};
}

}  // namespace

runtime::Task<PublishResponse> Publish(SnsService& sns, const protocol::RequestContext& context,
                                       PublishRequest request) {
  CheckOneTarget(request);
  if (request.phone_number) {
    co_return PublishResponse{PublishToPhone(sns, context, *request.phone_number, Input(request)), {}};
  }
  const bool by_topic = request.topic_arn.has_value();
  const std::string& arn = by_topic ? *request.topic_arn : *request.target_arn;
  if (IsEndpointArn(arn)) {
    co_return PublishResponse{PublishToEndpoint(sns, context, arn, Input(request)), {}};
  }
  const TopicPtr topic = sns.OpenTopic(arn, context, "Publish", by_topic ? "TopicArn" : "TargetArn");
  std::vector<Message> messages;
  messages.push_back(ReadMessage(Input(request), topic.get(), PublicationOf(context)));
  auto publishing = sns.publisher().Publish(topic, std::move(messages));
  auto published = co_await publishing;
  PublishResponse response;
  response.message_id = std::move(published.front().message_id);
  if (topic->fifo()) response.sequence_number = std::move(published.front().sequence_number);
  co_return response;
}

}  // namespace cumulite::sns
