#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"

/// What SQS and SNS share: message attributes, batches.
namespace cumulite::messaging {

/// MessageAttributeValue of the SQS API (and MessageSystemAttributeValue, which looks the same). SNS has the
/// same without the lists, and requires the type.
struct MessageAttributeValue {
  std::optional<std::string> string_value;
  std::optional<protocol::Blob> binary_value;
  std::vector<std::string> string_list_values;     // reserved by AWS
  std::vector<protocol::Blob> binary_list_values;  // reserved by AWS
  std::optional<std::string> data_type;
  static protocol::Members Describe();
};
using MessageAttributes = std::map<std::string, MessageAttributeValue>;

/// The attributes in AWS's order for their MD5: by name, each as length and name, length and type, a byte
/// that tells text (1) from bytes (2), length and value. Also how a store keeps them.
/// Source: SQS Developer Guide "Calculating the MD5 message digest for message attributes".
std::string EncodeAttributes(const MessageAttributes& attributes);
MessageAttributes DecodeAttributes(std::string_view encoded);
/// The same of one attribute of type String.
std::string EncodeTextAttribute(std::string_view name, std::string_view value);

/// Bytes that count against a message's maximum: body, and names, types and values of the attributes.
std::size_t SizeOf(std::string_view body, const MessageAttributes& attributes);

}  // namespace cumulite::messaging
