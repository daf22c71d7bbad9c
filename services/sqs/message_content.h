#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/md5_batch.h"
#include "protocol/xml_text.h"
#include "services/messaging/message_attributes.h"

namespace cumulite::sqs {

using messaging::DecodeAttributes;
using messaging::EncodeAttributes;
using messaging::MessageAttributes;
using messaging::MessageAttributeValue;
using messaging::SizeOf;
using protocol::IsXmlText;

/// What a message carries: its row in the store beyond what Message keeps in memory.
struct MessageContent {
  std::string body;
  std::string attributes;  // EncodeAttributes
  std::string sender_id;
  std::string trace_header;      // empty: none
  std::string group;             // empty: none
  std::string deduplication_id;  // empty: none
  std::string source_arn;        // of the queue that gave it up as dead; empty: none
  protocol::Md5Digest body_md5{};
};

/// MD5OfMessageBody, MD5OfBody.
std::string BodyMd5Hex(const MessageContent& content);
std::string Md5Hex(std::string_view text);
/// MD5OfMessageSystemAttributes of a message with that AWSTraceHeader.
std::string Md5OfTraceHeader(std::string_view trace_header);

/// Errors: InvalidParameterValue in the words of AWS for a bad name, type or value.
void CheckAttributes(const MessageAttributes& attributes);

/// Which attributes a receive wants: "All", "*", ".*", "Prefix.*" or names.
class AttributeFilter {
 public:
  explicit AttributeFilter(const std::vector<std::string>& names) : names_(names) {}
  bool wants_none() const { return names_.empty(); }
  bool wants_all() const;
  bool Wants(std::string_view name) const;

 private:
  const std::vector<std::string>& names_;
};

}  // namespace cumulite::sqs
