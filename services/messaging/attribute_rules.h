#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "services/messaging/message_attributes.h"

namespace cumulite::messaging {

/// What is wrong with a message attribute; each service has words of its own for it.
struct AttributeFault {
  enum class Kind : std::uint8_t {
    kNameTooLong,
    kNameEmpty,
    kNameReserved,  // "AWS.", "Amazon.", in any case
    kNameFirstDot,  // begins with a dot
    kNameLastDot,   // ends with one
    kNameSuccessiveDots,
    kNameCharacter,
    kNoType,
    kUnknownType,  // neither String, Number nor Binary, with or without a label
    kTypeTooLong,
    kListValue,
    kNotBinary,  // a text where the type wants bytes
    kNotText,    // bytes where the type wants a text
    kEmptyValue,
    kNotXmlText,
    kNotANumber,
  };
  Kind kind;
  std::string_view base_type = {};  // "String", "Number", "Binary", once the type is known to be one
  unsigned char character = 0;      // of kNameCharacter
};

/// The first fault of an attribute: of its name, then its type, then its value.
///
/// Source: SQS Developer Guide "Amazon SQS message metadata"; SNS Developer Guide "Amazon SNS message
/// attributes".
std::optional<AttributeFault> FindFault(std::string_view name, const MessageAttributeValue& value);

/// "String" of "String.label"; empty for a type that there is not.
std::string_view BaseType(std::string_view type);

/// Whether the text is a number of the attribute type Number.
bool IsNumber(std::string_view text);

}  // namespace cumulite::messaging
