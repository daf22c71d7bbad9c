#include "services/sqs/tags.h"

#include "services/resource/tags.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

std::string Explain(resource::TagFault fault) {
  switch (fault) {
    case resource::TagFault::kKeyLength:
      return "Tag keys must be between 1 and 128 characters in length.";
    case resource::TagFault::kValueLength:
      return "Tag values must be at most 256 characters in length.";
    case resource::TagFault::kReserved:
      return "Tag keys and values must not start with 'aws:'.";
    case resource::TagFault::kKeyCharacter:
    case resource::TagFault::kValueCharacter:
      break;
  }
  return "Tag keys and values can only include letters, digits, white space and _ . : / = + - @";
}

}  // namespace

void CheckTags(const TagMap& tags) {
  if (tags.size() > resource::kMaxTags) {
    throw AwsError(kInvalidParameterValue, "Too many tags added for queue: a queue can have at most 50.");
  }
  for (const auto& [key, value] : tags) {
    if (const auto fault = resource::FindTagFault(key, value)) {
      throw AwsError(kInvalidParameterValue, Explain(*fault));
    }
  }
}

}  // namespace cumulite::sqs
