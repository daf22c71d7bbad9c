#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/md5_batch.h"
#include "protocol/operation.h"

namespace cumulite::sqs {

/// MessageAttributeValue of the API, and MessageSystemAttributeValue, which looks the same.
struct MessageAttributeValue {
  std::optional<std::string> string_value;
  std::optional<protocol::Blob> binary_value;
  std::vector<std::string> string_list_values;     // reserved by AWS
  std::vector<protocol::Blob> binary_list_values;  // reserved by AWS
  std::optional<std::string> data_type;
  static protocol::Members Describe();
};
using MessageAttributes = std::map<std::string, MessageAttributeValue>;

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

/// The attributes in AWS's order for their MD5: by name, each as length and name, length and type, a byte
/// that tells text (1) from bytes (2), length and value. Also how the store keeps them.
/// Source: SQS Developer Guide "Calculating the MD5 message digest for message attributes".
std::string EncodeAttributes(const MessageAttributes& attributes);
MessageAttributes DecodeAttributes(std::string_view encoded);

/// MD5OfMessageBody, MD5OfBody.
std::string BodyMd5Hex(const MessageContent& content);
std::string Md5Hex(std::string_view text);
/// MD5OfMessageSystemAttributes of a message with that AWSTraceHeader.
std::string Md5OfTraceHeader(std::string_view trace_header);

/// Bytes that count against MaximumMessageSize: body, and names, types and values of the attributes.
std::size_t SizeOf(std::string_view body, const MessageAttributes& attributes);

/// Whether XML 1.0 can carry the text (which is UTF-8): no control characters but tab, LF and CR, no U+FFFE
/// or U+FFFF.
bool IsXmlText(std::string_view text);

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
