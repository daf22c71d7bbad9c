#include "services/sns/operations/publish_batch.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "services/sns/errors.h"
#include "services/sns/publish_rules.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members PublishBatchRequestEntry::Describe() {
  using T = PublishBatchRequestEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::message>("Message").Required(),
      Wire<&T::subject>("Subject"),
      Wire<&T::message_structure>("MessageStructure"),
      Wire<&T::message_attributes>("MessageAttributes").Entries("Name", "Value"),
      Wire<&T::message_deduplication_id>("MessageDeduplicationId"),
      Wire<&T::message_group_id>("MessageGroupId"),
  };
  return kMembers;
}

protocol::Members PublishBatchRequest::Describe() {
  using T = PublishBatchRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::publish_batch_request_entries>("PublishBatchRequestEntries").Required(),
  };
  return kMembers;
}

protocol::Members PublishBatchResultEntry::Describe() {
  using T = PublishBatchResultEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id"),
      Wire<&T::message_id>("MessageId"),
      Wire<&T::sequence_number>("SequenceNumber"),
  };
  return kMembers;
}

protocol::Members BatchResultErrorEntry::Describe() {
  using T = BatchResultErrorEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::code>("Code").Required(),
      Wire<&T::message>("Message"),
      Wire<&T::sender_fault>("SenderFault").Required(),
  };
  return kMembers;
}

protocol::Members PublishBatchResponse::Describe() {
  using T = PublishBatchResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::successful>("Successful").KeepEmpty(),
      Wire<&T::failed>("Failed").KeepEmpty(),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxEntries = 10;
constexpr std::size_t kMaxId = 80;

bool IsIdByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Errors: EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct.
void CheckIds(const std::vector<PublishBatchRequestEntry>& entries) {
  if (entries.empty()) {
    throw AwsError(kEmptyBatchRequest, "The batch request doesn't contain any entries.");
  }
  if (entries.size() > kMaxEntries) {
    throw AwsError(kTooManyEntries, "The batch request contains more entries than permissible.");
  }
  std::set<std::string_view> ids;
  for (const auto& entry : entries) {
    if (entry.id.size() > kMaxId) {
      throw AwsError(kInvalidBatchEntryId,
                     "The Id of a batch entry in the batch request is too long: " + entry.id);
    }
    if (entry.id.empty() || !std::ranges::all_of(entry.id, IsIdByte)) {
      throw AwsError(
          kInvalidBatchEntryId,
          "The Id of a batch entry in the batch request contains an impermissible character: " + entry.id);
    }
    if (!ids.insert(entry.id).second) {
      throw AwsError(kBatchEntryIdsNotDistinct, "Two or more batch entries in the request have the same Id.");
    }
  }
}

PublishInput Input(PublishBatchRequestEntry& entry) {
  return {.message = std::move(entry.message),
          .subject = std::move(entry.subject),
          .message_structure = std::move(entry.message_structure),
          .attributes = std::move(entry.message_attributes),
          .deduplication_id = std::move(entry.message_deduplication_id),
          .group = std::move(entry.message_group_id)};
}

/// What AWS refuses the whole request for.
void CheckTogether(const std::vector<PublishInput>& inputs, const Topic& topic) {
  std::size_t total = 0;
  for (const PublishInput& input : inputs) {
    total += SizeOf(input);
    CheckMessageAttributes(input.attributes);
    CheckFifoRules(input, topic);
  }
  if (total > kMaxMessageBytes) {
    throw AwsError(kBatchRequestTooLong,
                   "The length of all the messages put together is more than the limit.");
  }
}

}  // namespace

runtime::Task<PublishBatchResponse> PublishBatch(SnsService& sns, const protocol::RequestContext& context,
                                                 PublishBatchRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "Publish");
  auto& entries = request.publish_batch_request_entries;
  CheckIds(entries);
  std::vector<PublishInput> inputs;
  for (auto& entry : entries) inputs.push_back(Input(entry));
  CheckTogether(inputs, *topic);
  PublishBatchResponse response;
  std::vector<Message> messages;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    try {
      messages.push_back(ReadMessage(std::move(inputs[i]), topic.get(), PublicationOf(context)));
      ids.push_back(std::move(entries[i].id));
    } catch (const AwsError& error) {
      response.failed.push_back(
          {std::move(entries[i].id), std::string(error.kind().QueryCode()), error.message(), true});
    }
  }
  if (messages.empty()) co_return response;
  auto publishing = sns.publisher().Publish(topic, std::move(messages));
  auto published = co_await publishing;
  for (std::size_t i = 0; i < published.size(); ++i) {
    PublishBatchResultEntry& entry = response.successful.emplace_back();
    entry.id = std::move(ids[i]);
    entry.message_id = std::move(published[i].message_id);
    if (topic->fifo()) entry.sequence_number = std::move(published[i].sequence_number);
  }
  co_return response;
}

}  // namespace cumulite::sns
