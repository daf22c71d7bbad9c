#pragma once
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/sns/attribute_map.h"

namespace cumulite::sns {

struct Tag {
  std::string key;
  std::string value;
  static protocol::Members Describe();
};

/// The tags of one request.
/// Errors: InvalidParameter for a key given twice, or a key or value that AWS does not allow.
/// Source: SNS Developer Guide "Amazon SNS topic tagging".
AttributeMap ReadTags(const std::vector<Tag>& tags);

/// Errors: TagLimitExceeded.
void CheckTagCount(const AttributeMap& tags);

}  // namespace cumulite::sns
