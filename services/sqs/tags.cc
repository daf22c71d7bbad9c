#include "services/sqs/tags.h"

#include "protocol/http.h"
#include "protocol/tag_text.h"
#include "protocol/utf8.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxKey = 128;
constexpr std::size_t kMaxValue = 256;

bool IsReserved(std::string_view text) { return protocol::EqualsIgnoreCase(text.substr(0, 4), "aws:"); }

}  // namespace

void CheckTags(const TagMap& tags) {
  if (tags.size() > kMaxTags) {
    throw AwsError(kInvalidParameterValue, "Too many tags added for queue: a queue can have at most 50.");
  }
  for (const auto& [key, value] : tags) {
    if (key.empty() || protocol::CountCodePoints(key) > kMaxKey) {
      throw AwsError(kInvalidParameterValue, "Tag keys must be between 1 and 128 characters in length.");
    }
    if (protocol::CountCodePoints(value) > kMaxValue) {
      throw AwsError(kInvalidParameterValue, "Tag values must be at most 256 characters in length.");
    }
    if (IsReserved(key) || IsReserved(value)) {
      throw AwsError(kInvalidParameterValue, "Tag keys and values must not start with 'aws:'.");
    }
    if (!protocol::IsTagText(key) || !protocol::IsTagText(value)) {
      throw AwsError(kInvalidParameterValue,
                     "Tag keys and values can only include letters, digits, white space and _ . : / = + - @");
    }
  }
}

}  // namespace cumulite::sqs
