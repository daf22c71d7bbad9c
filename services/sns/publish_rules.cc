#include "services/sns/publish_rules.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "protocol/checksum.h"
#include "protocol/utf8.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kMaxSubject = 100;
constexpr std::size_t kMaxId = 128;

/// UTF-8 without line breaks and other control characters.
bool IsSubject(std::string_view subject) {
  return !subject.empty() && protocol::CountCodePoints(subject) <= kMaxSubject && subject.front() != ' ' &&
         std::ranges::none_of(subject, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

/// Letters, digits and punctuation.
void CheckId(const std::optional<std::string>& id, std::string_view parameter) {
  if (!id) return;
  const bool allowed = !id->empty() && id->size() <= kMaxId &&
                       std::ranges::all_of(*id, [](char c) { return c > 0x20 && c < 0x7f; });
  if (!allowed) {
    throw Invalid(parameter,
                  std::string(parameter) +
                      " can only include alphanumeric and punctuation characters. 1 to 128 in length");
  }
}

/// The bodies of a message with MessageStructure json.
void ReadStructure(const std::string& text, Message& message) {
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object()) throw Invalid("Message Structure - JSON message body failed to parse");
  for (const auto& [protocol, body] : document.items()) {
    if (body.is_string()) message.bodies.emplace(protocol, body.get<std::string>());
  }
  const auto found = message.bodies.find("default");
  if (found == message.bodies.end()) {
    throw Invalid("Message Structure - No default entry in JSON message body");
  }
  message.body = std::move(found->second);
  message.bodies.erase(found);
}

std::vector<Message::Attribute> ReadAttributes(MessageAttributes&& attributes) {
  std::vector<Message::Attribute> list;
  list.reserve(attributes.size());
  for (auto& [name, value] : attributes) {
    std::string text = value.binary_value ? std::move(value.binary_value->bytes)
                                          : std::move(value.string_value).value_or("");
    list.push_back({name, std::move(value.data_type), std::move(text)});
  }
  return list;
}

}  // namespace

std::size_t SizeOf(const PublishInput& input) {
  std::size_t size = input.message.size();
  for (const auto& [name, value] : input.attributes) {
    size += name.size() + value.data_type.size();
    if (value.string_value) size += value.string_value->size();
    if (value.binary_value) size += value.binary_value->bytes.size();
  }
  return size;
}

void CheckFifoRules(const PublishInput& input, const Topic& topic) {
  CheckId(input.group, "MessageGroupId");
  if (!topic.fifo()) {
    if (!input.deduplication_id) return;
    throw Invalid(
        "MessageDeduplicationId",
        "The request includes MessageDeduplicationId parameter that is not valid for this topic type");
  }
  if (!input.group) throw Invalid("The MessageGroupId parameter is required for FIFO topics");
  if (!input.deduplication_id && !topic.deduplicates_by_content()) {
    throw Invalid(
        "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
        "explicitly");
  }
  CheckId(input.deduplication_id, "MessageDeduplicationId");
}

Publication PublicationOf(const protocol::RequestContext& context) {
  return {.now = context.clock->Now(),
          .trace_header = context.trace_header,
          .address = std::string(context.scheme) + "://" + std::string(context.host),
          .strict = context.strict};
}

Message ReadMessage(PublishInput&& input, const Topic* topic, const Publication& publication) {
  if (input.message.empty()) throw Invalid("Empty message");
  if (input.subject && !IsSubject(*input.subject)) throw Invalid("Subject");
  CheckMessageAttributes(input.attributes);
  if (SizeOf(input) > kMaxMessageBytes) throw Invalid("Message too long");
  if (topic != nullptr) CheckFifoRules(input, *topic);
  Message message;
  message.id = base::RandomUuid();
  message.published = publication.now;
  if (topic != nullptr) {
    message.topic_arn = topic->arn;
    message.signature_version_2 = ValueOf(topic->attributes, "SignatureVersion") == "2";
    if (topic->fifo()) {
      message.deduplication_id =
          input.deduplication_id
              ? std::move(*input.deduplication_id)
              : protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, input.message).Hex();
    }
  }
  message.group = std::move(input.group).value_or("");
  message.subject = std::move(input.subject).value_or("");
  if (input.message_structure == "json") {
    ReadStructure(input.message, message);
  } else if (input.message_structure && !input.message_structure->empty()) {
    throw Invalid("MessageStructure");
  } else {
    message.body = std::move(input.message);
  }
  message.attributes = ReadAttributes(std::move(input.attributes));
  message.trace_header = publication.trace_header;
  message.address = publication.address;
  message.strict = publication.strict;
  return message;
}

}  // namespace cumulite::sns
