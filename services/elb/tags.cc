#include "services/elb/tags.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "services/elb/errors.h"
#include "services/resource/tags.h"

namespace cumulite::elb {

void CheckTags(const std::vector<Tag>& tags) {
  std::set<std::string_view> keys;
  for (const Tag& tag : tags) {
    if (!keys.insert(tag.key).second) {
      throw AwsError(kDuplicateTagKeys, "Tag key '" + tag.key + "' was specified more than once");
    }
    if (resource::IsReservedForAws(tag.key)) {
      throw Invalid("Tag keys cannot start with 'aws:': '" + tag.key + "'");
    }
  }
}

void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more) {
  for (const Tag& tag : more) {
    const auto found = std::ranges::find(tags, tag.key, &Tag::key);
    if (found == tags.end()) {
      tags.push_back({tag.key, tag.value.value_or("")});
    } else {
      found->value = tag.value.value_or("");
    }
  }
  if (tags.size() > resource::kMaxTags) {
    throw AwsError(kTooManyTags, "The maximum number of tags for a resource is '50'");
  }
}

void DropTags(std::vector<Tag>& tags, const std::vector<std::string>& keys) {
  std::erase_if(tags, [&](const Tag& tag) { return std::ranges::find(keys, tag.key) != keys.end(); });
}

}  // namespace cumulite::elb
