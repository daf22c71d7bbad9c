#include "services/sqs/tags.h"

#include <algorithm>

#include "protocol/http.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxKey = 128;
constexpr std::size_t kMaxValue = 256;

std::size_t CodePoints(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

/// Letters and digits of any language, blanks and a few signs.
bool IsTagText(std::string_view text) {
  static constexpr std::string_view kSigns = "_.:/=+-@ \t\r\n";
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || kSigns.find(c) != std::string_view::npos;
  });
}

bool IsReserved(std::string_view text) { return protocol::EqualsIgnoreCase(text.substr(0, 4), "aws:"); }

}  // namespace

void CheckTags(const TagMap& tags) {
  if (tags.size() > kMaxTags) {
    throw AwsError(kInvalidParameterValue, "Too many tags added for queue: a queue can have at most 50.");
  }
  for (const auto& [key, value] : tags) {
    if (key.empty() || CodePoints(key) > kMaxKey) {
      throw AwsError(kInvalidParameterValue, "Tag keys must be between 1 and 128 characters in length.");
    }
    if (CodePoints(value) > kMaxValue) {
      throw AwsError(kInvalidParameterValue, "Tag values must be at most 256 characters in length.");
    }
    if (IsReserved(key) || IsReserved(value)) {
      throw AwsError(kInvalidParameterValue, "Tag keys and values must not start with 'aws:'.");
    }
    if (!IsTagText(key) || !IsTagText(value)) {
      throw AwsError(kInvalidParameterValue,
                     "Tag keys and values can only include letters, digits, white space and _ . : / = + - @");
    }
  }
}

}  // namespace cumulite::sqs
