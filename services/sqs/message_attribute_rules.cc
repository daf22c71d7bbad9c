// The words of SQS for what is wrong with a message attribute.
#include "services/messaging/attribute_rules.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {
namespace {

constexpr std::size_t kMaxAttributes = 10;

std::string Explain(const messaging::AttributeFault& fault, const std::string& name,
                    const std::string& type) {
  const std::string the_attribute = "The message (user) attribute '" + name + "'";
  using enum messaging::AttributeFault::Kind;
  switch (fault.kind) {
    case kNameTooLong:
      return "Invalid message (user) attribute name: message attribute name must be shorter than 256 Bytes";
    case kNoType:
      return the_attribute + " must contain non-empty message attribute type.";
    case kUnknownType:
      return "The type of message (user) attribute '" + name +
             "' is invalid. You must use only the following supported type prefixes: Binary, Number, String.";
    case kTypeTooLong:
      return "Invalid type of message (user) attribute '" + name + "': it must be shorter than 256 Bytes";
    case kNotBinary:
      return the_attribute + " with type 'Binary' must use field 'Binary'.";
    case kNotText:
      return the_attribute + " with type '" + type + "' must use field 'String'.";
    case kEmptyValue:
      return "Message (user) attribute '" + name + "' must contain a non-empty value of type '" +
             std::string(fault.base_type) + "'.";
    case kNotXmlText:
      return "Invalid binary character was found in the message (user) attribute '" + name +
             "' value, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to "
             "#xFFFD] | [#x10000 to #x10FFFF]";
    case kNotANumber:
      return "Can't cast the value of message (user) attribute '" + name + "' to a number.";
    default:
      return "Invalid message (user) attribute name '" + name + "'.";
  }
}

}  // namespace

void CheckAttributes(const MessageAttributes& attributes) {
  if (attributes.size() > kMaxAttributes) {
    throw AwsError(kInvalidParameterValue, "Number of message attributes [" +
                                               std::to_string(attributes.size()) +
                                               "] exceeds the allowed maximum [10].");
  }
  for (const auto& [name, value] : attributes) {
    const auto fault = messaging::FindFault(name, value);
    if (!fault) continue;
    if (fault->kind == messaging::AttributeFault::Kind::kListValue) {
      throw AwsError(kUnsupportedOperation,
                     "Message attribute list values in SendMessage operation are not supported.");
    }
    throw AwsError(kInvalidParameterValue, Explain(*fault, name, value.data_type.value_or("")));
  }
}

}  // namespace cumulite::sqs
