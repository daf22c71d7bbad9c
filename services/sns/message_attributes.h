#pragma once
#include <map>
#include <optional>
#include <string>

#include "protocol/members.h"

namespace cumulite::sns {

struct MessageAttributeValue {
  std::string data_type;
  std::optional<std::string> string_value;
  std::optional<protocol::Blob> binary_value;
  static protocol::Members Describe();
};
using MessageAttributes = std::map<std::string, MessageAttributeValue>;

/// Errors: ParameterValueInvalid for a bad name, type or value, in the words of SNS (SQS has others).
/// Source: SNS Developer Guide "Amazon SNS message attributes".
void CheckMessageAttributes(const MessageAttributes& attributes);

}  // namespace cumulite::sns
