#include "services/sns/tags.h"

#include "protocol/http.h"
#include "protocol/tag_text.h"
#include "protocol/utf8.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxKey = 128;
constexpr std::size_t kMaxValue = 256;

void CheckTag(const Tag& tag) {
  if (tag.key.empty() || protocol::CountCodePoints(tag.key) > kMaxKey || !protocol::IsTagText(tag.key)) {
    throw Invalid("Tags", "Tag key '" + tag.key + "' is invalid.");
  }
  if (protocol::CountCodePoints(tag.value) > kMaxValue || !protocol::IsTagText(tag.value)) {
    throw Invalid("Tags", "Tag value of key '" + tag.key + "' is invalid.");
  }
  if (protocol::EqualsIgnoreCase(std::string_view(tag.key).substr(0, 4), "aws:")) {
    throw Invalid("aws: prefixed tag key names are not allowed for external use.");
  }
}

}  // namespace

protocol::Members Tag::Describe() {
  using protocol::Wire;
  static constexpr protocol::Member kMembers[] = {
      Wire<&Tag::key>("Key").Required(),
      Wire<&Tag::value>("Value").Required(),
  };
  return kMembers;
}

AttributeMap ReadTags(const std::vector<Tag>& tags) {
  AttributeMap read;
  for (const Tag& tag : tags) {
    CheckTag(tag);
    if (!read.emplace(tag.key, tag.value).second) throw Invalid("Duplicated keys are not allowed.");
  }
  return read;
}

void CheckTagCount(const AttributeMap& tags) {
  if (tags.size() > kMaxTags) {
    throw AwsError(kTagLimitExceeded, "Could not complete request: tag quota of per resource exceeded");
  }
}

}  // namespace cumulite::sns
